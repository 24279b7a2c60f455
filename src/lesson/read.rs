//! What a lesson's file means: its front matter, pages and blocks.

use super::directive::directive;
use super::error::{LessonError, Trouble};
use super::file::{FileBlock, FilePage, LessonFile};
use super::model::{About, Block, Lesson, LessonPage, Level};
use super::question::Question;
use super::source;
use super::table::Keys;
use std::collections::BTreeSet;

/// The most pages of a lesson.
const MAX_PAGES: usize = 200;

impl Lesson {
    /// Reads the lesson in `text`, as authors write it; `file` is the name that errors give.
    ///
    /// # Errors
    /// Everything that is not as `lessons/README.md` says, each with its line.
    pub fn parse(text: &str, file: &str) -> Result<Lesson, Vec<LessonError>> {
        Lesson::read(&source::lesson_file(text, file)?)
    }

    /// Reads the lesson in `file`.
    ///
    /// # Errors
    /// As [`Lesson::parse`].
    pub fn read(file: &LessonFile) -> Result<Lesson, Vec<LessonError>> {
        let name = file.file.as_str();
        let keys = Keys::new(name, &file.about);
        let about = about(&keys).map_err(|error| vec![error])?;
        let prerequisites_line = keys.line_of("prerequisites");
        let mut errors = Vec::new();
        if file.pages.is_empty() {
            let fix = "begin each page with a `## ` heading";
            errors.push(Trouble::new("no page", fix).at(name, file.end));
        }
        if let Some(page) = file.pages.get(MAX_PAGES) {
            let fix = format!("make several lessons of it, each of {MAX_PAGES} pages at most");
            return Err(vec![Trouble::new("too many pages", fix).at(name, page.line)]);
        }
        let pages: Vec<LessonPage> =
            file.pages.iter().map(|page| self::page(page, name, &mut errors)).collect();
        let (mut titles, mut ids) = (BTreeSet::new(), BTreeSet::new());
        for page in &pages {
            if !titles.insert(&page.id) {
                let what = format!("a second page called “{}”", page.title);
                errors.push(Trouble::new(what, "give it a title of its own").at(name, page.line));
            }
            for question in page.questions() {
                if !ids.insert(&question.id) {
                    let what = format!("a second question with the id `{}`", question.id);
                    let trouble = Trouble::new(what, "give it an id of its own");
                    errors.push(trouble.at(name, question.line));
                }
            }
        }
        let former = pages.iter().map(|page| (page.formerly.as_slice(), page.line));
        errors.extend(former_in_use(former, &titles, "page", name));
        let former = pages.iter().flat_map(LessonPage::questions);
        let former = former.map(|question| (question.formerly.as_slice(), question.line));
        errors.extend(former_in_use(former, &ids, "question", name));
        if errors.is_empty() {
            let (file, intro) = (name.to_owned(), file.intro.clone());
            Ok(Lesson { file, about, prerequisites_line, intro, pages })
        } else {
            Err(errors)
        }
    }
}

/// Names of before, each list with its line, that mean two things: one of today's, or another of before.
fn former_in_use<'a>(
    former: impl Iterator<Item = (&'a [String], usize)>,
    today: &BTreeSet<&String>,
    what: &str,
    file: &str,
) -> Vec<LessonError> {
    let mut seen = BTreeSet::new();
    let names = former.flat_map(|(names, line)| names.iter().map(move |name| (name, line)));
    let twice = names.filter(|(name, _)| today.contains(name) || !seen.insert(*name));
    let error = |(name, line): (&String, usize)| {
        let fix = format!("name under `formerly` only what no {what} of the lesson is called now");
        Trouble::new(format!("two meanings of the {what} `{name}`"), fix).at(file, line)
    };
    twice.map(error).collect()
}

/// Reads the front matter.
fn about(keys: &Keys<'_>) -> Result<About, LessonError> {
    let known = [
        "id",
        "title",
        "minutes",
        "level",
        "summary",
        "scenario",
        "objectives",
        "prerequisites",
        "sources",
    ];
    keys.allow_only("the front matter", &known)?;
    let text = |name| {
        let text = keys.need(name, keys.text(name), "write it as a text");
        text.map(|text| text.is.to_owned())
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
    let objectives = keys.lines("objectives")?;
    if objectives.is_empty() {
        let fix = "say what one can do after the lesson";
        return Err(keys.wrong(Trouble::new("no `objectives`", fix)));
    }
    Ok(About {
        id: keys.id()?,
        title: text("title")?,
        minutes: minutes.is,
        level: keys.need("level", level, "say whom it is for")?.is,
        summary: text("summary")?,
        scenario: text("scenario")?,
        objectives,
        prerequisites: keys.lines("prerequisites")?,
        sources: keys.lines("sources")?,
    })
}

/// Reads a page; what is wrong with its blocks goes to `errors`.
fn page(page: &FilePage, file: &str, errors: &mut Vec<LessonError>) -> LessonPage {
    let mut blocks = Vec::new();
    for block in &page.blocks {
        match block {
            FileBlock::Text(prose) => blocks.push(Block::Text(prose.clone())),
            FileBlock::Question(table) => match Question::read(&Keys::new(file, table)) {
                Ok(question) => blocks.push(Block::Question(Box::new(question))),
                Err(error) => errors.push(error),
            },
        }
    }
    let mut formerly = Vec::new();
    let lab = page.lab.as_ref().and_then(|table| {
        let keys = Keys::new(file, table);
        let names = keys.lines("formerly").map_err(|error| errors.push(error)).unwrap_or_default();
        formerly = names.iter().map(|heading| slug(heading)).collect();
        directive(&keys).map_err(|error| errors.push(error)).ok()
    });
    LessonPage {
        id: slug(&page.title),
        formerly,
        title: page.title.clone(),
        line: page.line,
        lab,
        notes: page.notes.clone(),
        blocks,
    }
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
