//! Lesson files as authors write them: TOML front matter between `+++` lines, then Markdown. `## ` begins a
//! page, a fenced block with the word `lab` or `question` behind the fence holds TOML, one with the word `notes`
//! more Markdown.
//!
//! The parsers of TOML and Markdown are reached from here alone, so that the page can leave them out until
//! somebody brings a lesson that was not built into it.

mod markdown;
mod toml;

pub(super) use markdown::prose;
pub(super) use toml::table;

use super::error::{LessonError, Trouble};
use super::file::{FileBlock, FilePage, LessonFile};
use super::prose::Prose;
use super::table::{Keys, Table};

/// The longest lesson, in bytes.
const MAX_LEN: usize = 1_000_000;

/// Reads the file in `text`; `file` is the name that errors give.
///
/// # Errors
/// Everything that TOML, Markdown or the form of the file do not allow, each with its line.
pub fn lesson_file(text: &str, file: &str) -> Result<LessonFile, Vec<LessonError>> {
    // Browsers take a byte order mark off what they fetch.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_LEN {
        let what = format!("a lesson of {} bytes", text.len());
        let fix = format!("make several of it, each of {MAX_LEN} bytes at most");
        return Err(vec![Trouble::new(what, fix).at(file, 1)]);
    }
    let (about, line, body) = front_matter(text, file)?;
    let mut reader = Reader::new(file, line);
    for line in body.split_inclusive('\n') {
        reader.line(line);
    }
    reader.finish(about)
}

/// Reads the file in `text`, in TOML, that holds nothing but tables `[[name]]`, at most `most` of them, each by
/// `read`; `file` is the name that errors give.
///
/// # Errors
/// What TOML does not allow, and everything that `read` finds.
pub fn tables<T>(
    text: &str,
    file: &str,
    name: &str,
    most: usize,
    read: fn(&Keys<'_>) -> Result<T, LessonError>,
) -> Result<Vec<T>, Vec<LessonError>> {
    let table = table(text, file, 1)?;
    let keys = Keys::new(file, &table);
    let list = keys.allow_only("the file", &[name]).and_then(|()| keys.tables(name, most));
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for keys in list.map_err(|error| vec![error])? {
        match read(&keys) {
            Ok(one) => found.push(one),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

/// The front matter, and the rest with its first line.
fn front_matter<'a>(
    text: &'a str,
    file: &str,
) -> Result<(Table, usize, &'a str), Vec<LessonError>> {
    let fix = "begin the file with a line `+++`, the front matter as TOML, and a line `+++`";
    let wrong = |what: &str| vec![Trouble::new(what, fix).at(file, 1)];
    let fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !fence(first) {
        return Err(wrong("no front matter"));
    }
    let mut end = first.len();
    for (count, line) in lines.enumerate() {
        if fence(line) {
            let about = table(&text[first.len()..end], file, 2)?;
            return Ok((about, count + 3, &text[end + line.len()..]));
        }
        end += line.len();
    }
    Err(wrong("the front matter is never closed"))
}

/// What the lines read so far add up to.
struct Reader<'f> {
    file: &'f str,
    line: usize,
    intro: Prose,
    pages: Vec<FilePage>,
    text: String,
    text_line: usize,
    fence: Option<Fence>,
    errors: Vec<LessonError>,
}

/// A fenced block that is open.
struct Fence {
    marks: String,
    kind: FenceKind,
    line: usize,
    text: String,
}

enum FenceKind {
    Lab,
    Question,
    /// For whoever presents the page.
    Notes,
    /// Shown as it is.
    Code,
}

impl<'f> Reader<'f> {
    fn new(file: &'f str, line: usize) -> Reader<'f> {
        Reader {
            file,
            line,
            intro: Prose::default(),
            pages: Vec::new(),
            text: String::new(),
            text_line: line,
            fence: None,
            errors: Vec::new(),
        }
    }

    fn line(&mut self, line: &str) {
        match self.fence.take() {
            Some(fence) => self.line_in_fence(fence, line),
            None if fence_marks(line).is_some() => self.open_fence(line),
            None => match line.strip_prefix("## ") {
                Some(title) => self.open_page(title.trim()),
                // The page shows the title by itself.
                None if self.pages.is_empty() && line.starts_with("# ") => self.text.push('\n'),
                None => self.text.push_str(line),
            },
        }
        self.line += 1;
    }

    fn open_fence(&mut self, line: &str) {
        let marks = fence_marks(line).unwrap_or_default().to_owned();
        let kind = match line[marks.len()..].trim() {
            "lab" => FenceKind::Lab,
            "question" => FenceKind::Question,
            "notes" => FenceKind::Notes,
            _ => FenceKind::Code,
        };
        match kind {
            FenceKind::Code => self.text.push_str(line),
            _ => self.end_text(),
        }
        self.fence = Some(Fence { marks, kind, line: self.line + 1, text: String::new() });
    }

    fn line_in_fence(&mut self, mut fence: Fence, line: &str) {
        let closes = line.trim_end() == fence.marks;
        if let FenceKind::Code = fence.kind {
            self.text.push_str(line);
        }
        if !closes {
            fence.text.push_str(line);
            self.fence = Some(fence);
            return;
        }
        if !matches!(fence.kind, FenceKind::Code) {
            if let Err(errors) = self.block(&fence) {
                self.errors.extend(errors);
            }
            self.text_line = self.line + 1;
        }
    }

    fn block(&mut self, fence: &Fence) -> Result<(), Vec<LessonError>> {
        let wrong =
            |what: String, fix: &str| Err(vec![Trouble::new(what, fix).at(self.file, fence.line)]);
        let Some(page) = self.pages.last_mut() else {
            return wrong("a block before the first page".into(), "move it below a `## ` heading");
        };
        let second = |name: &str| {
            let fix = "keep one, or begin a new page with a `## ` heading";
            wrong(format!("a second {name} block on the page “{}”", page.title), fix)
        };
        let table = || table(&fence.text, self.file, fence.line);
        match fence.kind {
            FenceKind::Lab if page.lab.is_some() => return second("lab"),
            FenceKind::Notes if page.notes.is_some() => return second("notes"),
            FenceKind::Lab => page.lab = Some(table()?),
            FenceKind::Notes => page.notes = Some(prose(&fence.text, self.file, fence.line)?),
            FenceKind::Question | FenceKind::Code => {
                page.blocks.push(FileBlock::Question(table()?))
            }
        }
        Ok(())
    }

    fn end_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        match (prose(&text, self.file, self.text_line), self.pages.last_mut()) {
            (Err(errors), _) => self.errors.extend(errors),
            (Ok(prose), None) => self.intro = prose,
            (Ok(prose), Some(page)) if !prose.is_empty() => {
                page.blocks.push(FileBlock::Text(prose))
            }
            (Ok(_), Some(_)) => {}
        }
    }

    fn open_page(&mut self, title: &str) {
        self.end_text();
        let (title, line) = (title.to_owned(), self.line);
        self.pages.push(FilePage { title, line, lab: None, notes: None, blocks: Vec::new() });
        self.text_line = self.line + 1;
    }

    fn finish(mut self, about: Table) -> Result<LessonFile, Vec<LessonError>> {
        if let Some(fence) = self.fence.take() {
            let fix = format!("close it with a line `{}`", fence.marks);
            self.errors
                .push(Trouble::new("a block is never closed", fix).at(self.file, fence.line));
        }
        self.end_text();
        let (file, end) = (self.file.to_owned(), self.line);
        if self.errors.is_empty() {
            Ok(LessonFile { file, about, intro: self.intro, pages: self.pages, end })
        } else {
            Err(self.errors)
        }
    }
}

/// The backticks or tildes with which `line` opens or closes a fenced block.
fn fence_marks(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    (length >= 3).then(|| &line[..length])
}

#[cfg(test)]
mod tests;
