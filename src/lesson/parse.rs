//! Lesson files: TOML front matter between `+++` lines, then Markdown. `## ` begins a page, a
//! fenced block with the word `lab` or `question` behind the fence holds TOML.

mod directive;
mod toml;

use super::error::{LessonError, Trouble};
use super::model::{About, Block, Lesson, LessonPage, Level};
use super::question::Question;
use super::table::Keys;
use super::template::Template;
use directive::directive;
use std::collections::BTreeSet;
pub(super) use toml::table;

/// The longest lesson, in bytes.
const MAX_LEN: usize = 1_000_000;

/// The most pages of a lesson.
const MAX_PAGES: usize = 200;

impl Lesson {
    /// Reads the lesson in `text`; `file` is the name that errors give.
    ///
    /// # Errors
    /// Everything that is not as `lessons/README.md` says, each with its line.
    pub fn parse(text: &str, file: &str) -> Result<Lesson, Vec<LessonError>> {
        // Browsers take a byte order mark off what they fetch.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > MAX_LEN {
            let what = format!("a lesson of {} bytes", text.len());
            let fix = format!("make several of it, each of {MAX_LEN} bytes at most");
            return Err(vec![Trouble::new(what, fix).at(file, 1)]);
        }
        let (about, line, body) = front_matter(text, file).map_err(|error| vec![error])?;
        let mut reader = Reader::new(file, line);
        for line in body.split_inclusive('\n') {
            reader.line(line);
        }
        reader.finish(about)
    }
}

/// The front matter, and the rest with its first line.
fn front_matter<'a>(text: &'a str, file: &str) -> Result<(About, usize, &'a str), LessonError> {
    let fix = "begin the file with a line `+++`, the front matter as TOML, and a line `+++`";
    let fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !fence(first) {
        return Err(Trouble::new("no front matter", fix).at(file, 1));
    }
    let mut end = first.len();
    for (count, line) in lines.enumerate() {
        if fence(line) {
            let table = toml::table(&text[first.len()..end], file, 2)?;
            return Ok((about(&Keys::new(file, &table))?, count + 3, &text[end + line.len()..]));
        }
        end += line.len();
    }
    Err(Trouble::new("the front matter is never closed", fix).at(file, 1))
}

/// Reads the front matter.
fn about(keys: &Keys<'_>) -> Result<About, LessonError> {
    let known = ["id", "title", "minutes", "level", "summary", "scenario", "objectives"];
    keys.allow_only("the front matter", &known)?;
    let text = |name| {
        keys.need(name, keys.text(name), "write it as a text").map(|text| text.is.to_owned())
    };
    let level = keys.parsed("level", |word| {
        Level::ALL.into_iter().find(|level| level.name() == word).ok_or_else(|| {
            let fix = format!("use one of: {}", Level::ALL.map(Level::name).join(", "));
            Trouble::new(format!("`{word}` is no level"), fix)
        })
    });
    let minutes = keys.need("minutes", keys.number("minutes"), "say how long it takes")?;
    if minutes.is == 0 {
        let trouble = Trouble::new("a lesson of 0 minutes", "say how long it takes");
        return Err(trouble.at(keys.file, minutes.line));
    }
    let objectives = keys.texts("objectives")?;
    if objectives.is_empty() {
        return Err(
            keys.wrong(Trouble::new("no objectives", "say what one can do after the lesson"))
        );
    }
    Ok(About {
        id: keys.id()?,
        title: text("title")?,
        minutes: minutes.is,
        level: keys.need("level", level, "say whom it is for")?.is,
        summary: text("summary")?,
        scenario: text("scenario")?,
        objectives: objectives.into_iter().map(|line| line.is.to_owned()).collect(),
    })
}

/// What the lines read so far add up to.
struct Reader<'f> {
    file: &'f str,
    line: usize,
    intro: Option<Template>,
    pages: Vec<LessonPage>,
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
    /// Shown as it is.
    Code,
}

impl<'f> Reader<'f> {
    fn new(file: &'f str, line: usize) -> Reader<'f> {
        Reader {
            file,
            line,
            intro: None,
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
            self.end_block(&fence);
            self.text_line = self.line + 1;
        }
    }

    fn end_block(&mut self, fence: &Fence) {
        if let Err(error) = self.block(fence) {
            self.errors.push(error);
        }
    }

    fn block(&mut self, fence: &Fence) -> Result<(), LessonError> {
        let Some(page) = self.pages.last_mut() else {
            let fix = "move it below a `## ` heading";
            return Err(
                Trouble::new("a block before the first page", fix).at(self.file, fence.line)
            );
        };
        let table = toml::table(&fence.text, self.file, fence.line)?;
        let keys = Keys::new(self.file, &table);
        match fence.kind {
            FenceKind::Lab if page.lab.is_some() => {
                let fix = "keep one, or begin a new page with a `## ` heading";
                let what = format!("a second lab block on the page “{}”", page.title);
                return Err(Trouble::new(what, fix).at(self.file, fence.line));
            }
            FenceKind::Lab => page.lab = Some(directive(&keys)?),
            _ => page.blocks.push(Block::Question(Box::new(Question::read(&keys)?))),
        }
        Ok(())
    }

    fn end_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        match (Template::parse(&text, self.file, self.text_line), self.pages.last_mut()) {
            (Err(error), _) => self.errors.push(error),
            (Ok(template), None) => self.intro = Some(template),
            (Ok(template), Some(page)) if !template.is_empty() => {
                page.blocks.push(Block::Text(template));
            }
            (Ok(_), Some(_)) => {}
        }
    }

    fn open_page(&mut self, title: &str) {
        self.end_text();
        let id = slug(title);
        if self.pages.len() < MAX_PAGES && self.pages.iter().any(|page| page.id == id) {
            let what = format!("a second page called “{title}”");
            self.errors
                .push(Trouble::new(what, "give it a title of its own").at(self.file, self.line));
        }
        let (title, line) = (title.to_owned(), self.line);
        self.pages.push(LessonPage { id, title, line, lab: None, blocks: Vec::new() });
        self.text_line = self.line + 1;
    }

    fn finish(mut self, about: About) -> Result<Lesson, Vec<LessonError>> {
        if let Some(fence) = self.fence.take() {
            let fix = format!("close it with a line `{}`", fence.marks);
            self.errors
                .push(Trouble::new("a block is never closed", fix).at(self.file, fence.line));
        }
        self.end_text();
        if self.pages.is_empty() {
            let fix = "begin each page with a `## ` heading";
            self.errors.push(Trouble::new("no page", fix).at(self.file, self.line));
        }
        if let Some(page) = self.pages.get(MAX_PAGES) {
            let fix = format!("make several lessons of it, each of {MAX_PAGES} pages at most");
            self.errors.push(Trouble::new("too many pages", fix).at(self.file, page.line));
        }
        let mut seen = BTreeSet::new();
        for question in self.pages.iter().flat_map(LessonPage::questions) {
            if !seen.insert(&question.id) {
                let what = format!("a second question with the id `{}`", question.id);
                let trouble = Trouble::new(what, "give it an id of its own");
                self.errors.push(trouble.at(self.file, question.line));
            }
        }
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let intro = self.intro.unwrap_or_else(|| Template::empty(self.file));
        Ok(Lesson { file: self.file.to_owned(), about, intro, pages: self.pages })
    }
}

/// The backticks or tildes with which `line` opens or closes a fenced block.
fn fence_marks(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    (length >= 3).then(|| &line[..length])
}

/// `What is in a ServerHello?` as `what-is-in-a-serverhello`.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests;
