//! The glossary: `lessons/glossary.toml`, a table `[[term]]` for each word.

use super::directive::place;
use super::error::{LessonError, Trouble};
use super::model::Directive;
#[cfg(not(target_arch = "wasm32"))]
use super::model::{Lesson, LessonPage};
use super::prose::Prose;
use super::source::{prose, tables};
use super::table::{At, Keys};
use std::collections::BTreeSet;

/// Its file, in the folder of the lessons.
pub const GLOSSARY: &str = "glossary.toml";

/// The most terms.
const MOST: usize = 2_000;

/// What the address of a link to a term begins with, wherever authors write Markdown.
pub const TERM: &str = "term:";

/// The ids of the terms that Markdown leads to.
pub fn linked(markdown: &str) -> impl Iterator<Item = &str> {
    let addresses = markdown.split("](").skip(1).filter_map(|rest| rest.strip_prefix(TERM));
    addresses.filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// The keys that say where a term is to be seen, or why nowhere: one of them at most.
const WHERE: [&str; 4] = ["show", "made", "page", "unseen"];

/// A word and what it means.
#[derive(Clone, Debug)]
pub struct Term {
    /// The line on which it begins.
    pub line: usize,
    /// Stands for it in links: lower-case letters, digits and hyphens.
    pub id: String,
    /// The word.
    pub name: String,
    /// What it was called before.
    pub old: Vec<String>,
    /// Other words by which people look for it.
    pub also: Vec<String>,
    /// A paragraph of Markdown; `[words](term:id)` leads to another term.
    pub text: String,
    /// The same, read. No value of a run stands in it.
    pub prose: Prose,
    /// Where it is defined.
    pub rfc: Vec<String>,
    /// The ids of terms that belong to it.
    pub see: Vec<String>,
    /// A step that shows it.
    pub show: Option<Directive>,
    /// What shows it where no run does.
    pub made: Option<Made>,
    /// Where a lesson tells more of it, where nothing shows it.
    pub page: Option<OnPage>,
    /// Why it is nowhere to be seen, if it is not.
    pub unseen: Option<String>,
}

/// A page of a lesson, by the ids of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnPage {
    /// The line on which it is named.
    pub line: usize,
    /// The lesson's id.
    pub lesson: String,
    /// The page's.
    pub page: String,
}

/// A kind of object that a recipe of certificates makes. Whether there is such a one is not judged here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The recipe's name.
    pub recipe: String,
    /// What the object is: `key store`.
    pub object: String,
}

/// Reads the terms in `text`; `file` is the name that errors give.
///
/// # Errors
/// What is not of the form, two terms with one id, and references to terms that are not there.
pub fn terms(text: &str, file: &str) -> Result<Vec<Term>, Vec<LessonError>> {
    let terms = tables(text, file, "term", MOST, term)?;
    let errors = references(&terms, file);
    if errors.is_empty() { Ok(terms) } else { Err(errors) }
}

fn term(keys: &Keys<'_>) -> Result<Term, LessonError> {
    keys.allow_only(
        "a term",
        &[&WHERE[..], &["id", "name", "old", "also", "text", "rfc", "see"]].concat(),
    )?;
    let text =
        |name: &str, fix| keys.need(name, keys.text(name), fix).map(|text| text.is.to_owned());
    let (show, made) = (keys.maybe_table("show")?, keys.maybe_table("made")?);
    let places: Vec<&str> = WHERE.into_iter().filter(|name| keys.has(name)).collect();
    if let [one, other, ..] = places.as_slice() {
        let what = format!("both `{one}` and `{other}`");
        return Err(keys.wrong(Trouble::new(what, "keep the one that shows more")));
    }
    let page = keys.parsed("page", |text| {
        let fix = "write the ids of a lesson and of its page, as lesson/page";
        let parts = text.split_once('/').map(|(lesson, page)| (lesson.to_owned(), page.to_owned()));
        parts.ok_or_else(|| Trouble::new(format!("`{text}` is no page"), fix))
    })?;
    let page = page.map(|At { line, is: (lesson, page) }| OnPage { line, lesson, page });
    let markdown = text("text", "say what it means")?;
    let prose = prose(&markdown, keys.file, keys.line_of("text"));
    let prose = prose.map_err(|mut errors| errors.swap_remove(0))?;
    if !prose.is_fixed() {
        let trouble = Trouble::new("a value of a run", "write the text without `{{`");
        return Err(keys.wrong(trouble));
    }
    Ok(Term {
        line: keys.line(),
        id: keys.id()?,
        name: text("name", "write the word itself")?,
        old: keys.lines("old")?,
        also: keys.lines("also")?,
        text: markdown,
        prose,
        rfc: keys.lines("rfc")?,
        see: keys.lines("see")?,
        show: show.map(|show| place(&show, "`show`", &[])).transpose()?,
        made: made.as_ref().map(object).transpose()?,
        page,
        unseen: keys.text("unseen")?.map(|why| why.is.to_owned()),
    })
}

fn object(keys: &Keys<'_>) -> Result<Made, LessonError> {
    keys.allow_only("`made`", &["recipe", "object"])?;
    let text =
        |name: &str, fix| keys.need(name, keys.text(name), fix).map(|text| text.is.to_owned());
    Ok(Made {
        recipe: text("recipe", "name the recipe, as recipe = \"private-ca\"")?,
        object: text("object", "say what it makes, as object = \"key store\"")?,
    })
}

#[cfg(not(target_arch = "wasm32"))]
impl OnPage {
    /// The lesson among these, and its page with the number from 1; `None` if there is no such.
    pub fn among<'a>(&self, lessons: &'a [Lesson]) -> Option<(&'a Lesson, usize, &'a LessonPage)> {
        let lesson = lessons.iter().find(|lesson| lesson.about.id == self.lesson)?;
        let mut pages = lesson.pages.iter().zip(1..);
        let (page, number) = pages.find(|(page, _)| page.id == self.page)?;
        Some((lesson, number, page))
    }
}

/// Pages of `terms` that none of the lessons has.
#[cfg(not(target_arch = "wasm32"))]
pub fn unknown_pages(terms: &[Term], lessons: &[Lesson], file: &str) -> Vec<LessonError> {
    let pages = terms.iter().filter_map(|term| term.page.as_ref());
    let unknown = pages.filter(|page| page.among(lessons).is_none());
    unknown
        .map(|OnPage { line, lesson, page }| {
            let fix = "use the id of a lesson, and the title of its page in lower-case letters and hyphens";
            Trouble::new(format!("no page `{lesson}/{page}`"), fix).at(file, *line)
        })
        .collect()
}

/// Ids that stand twice, and references to ids that are not there.
fn references(terms: &[Term], file: &str) -> Vec<LessonError> {
    let mut ids = BTreeSet::new();
    let twice = terms.iter().filter(|term| !ids.insert(term.id.as_str()));
    let mut errors: Vec<LessonError> = twice
        .map(|term| {
            let what = format!("a second term with the id `{}`", term.id);
            Trouble::new(what, "give it an id of its own").at(file, term.line)
        })
        .collect();
    for term in terms {
        let named = linked(&term.text).chain(term.see.iter().map(String::as_str));
        errors.extend(named.filter(|id| !ids.contains(id)).map(|id| {
            let what = format!("`{}` leads to `{id}`, which is no term", term.id);
            Trouble::new(what, "use the id of a term").at(file, term.line)
        }));
    }
    errors
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::lesson::course;

    fn term(more: &str) -> Result<Vec<Term>, Vec<LessonError>> {
        terms(&format!("[[term]]\nid = \"a\"\nname = \"A\"\ntext = \"b\"\n{more}\n"), "g")
    }

    #[test]
    fn a_term_names_one_place_at_most() {
        assert!(term("").unwrap()[0].page.is_none());
        for (more, error) in [
            ("page = \"tcp\"", "g:5: `tcp` is no page"),
            ("page = \"a/b\"\nunseen = \"c\"", "both `page` and `unseen`"),
            ("made = { recipe = \"a\", object = \"b\" }\npage = \"a/b\"", "both `made` and `page`"),
        ] {
            let found = term(more).unwrap_err()[0].to_string();
            assert!(found.contains(error), "{found}");
        }
    }

    #[test]
    fn a_page_that_no_lesson_has_is_told_with_its_line() {
        let lessons = course();
        for (page, is_there) in [
            ("your-first-handshake/sealed", true),
            ("your-first-handshake/opened", false),
            ("your-last-handshake/sealed", false),
        ] {
            let terms = term(&format!("page = \"{page}\"")).unwrap();
            let found = unknown_pages(&terms, &lessons, "g");
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(found.is_empty(), is_there, "{found:?}");
            assert!(found.iter().all(|one| one.starts_with(&format!("g:5: no page `{page}`"))));
        }
    }
}
