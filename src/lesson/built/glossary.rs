//! The glossary as the page reads it: all of its terms, and for the search what each is called.

use super::shown::Shown;
use crate::lesson::prose::Prose;
use serde::{Deserialize, Serialize};

/// The file of all terms, in the folder of the lessons.
pub const TERMS: &str = "built/glossary.json";

/// The file of their names, in the folder of the lessons.
pub const TERM_CARDS: &str = "built/terms.json";

/// A term, as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BuiltTerm {
    /// Stands for it in links.
    pub id: String,
    /// The word.
    pub name: String,
    /// What it was called before.
    pub old: Vec<String>,
    /// Other words by which people look for it.
    pub also: Vec<String>,
    /// What it means.
    pub text: Prose,
    /// Where it is defined.
    pub rfc: Vec<String>,
    /// The ids of terms that belong to it.
    pub see: Vec<String>,
    /// A step that shows it, or a recipe.
    pub show: Option<Shown>,
    /// A page of a lesson that tells more of it, where nothing shows it.
    #[serde(default)]
    pub page: Option<Shown>,
}

/// What the search shows of a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermCard {
    /// Stands for it in links.
    pub id: String,
    /// The word.
    pub name: String,
    /// What else it is found by.
    pub also: String,
    /// The first sentence about it.
    pub what: String,
}

impl BuiltTerm {
    /// Reads what was built; `None` if another version of the program wrote it.
    pub fn all_from_json(json: &str) -> Option<Vec<BuiltTerm>> {
        serde_json::from_str(json).ok()
    }

    /// Everything that it can be found by.
    pub fn words(&self) -> String {
        format!("{} {} {} {}", self.name, self.id, self.old.join(" "), self.also.join(" "))
    }
}

impl TermCard {
    /// Reads what was built; `None` if another version of the program wrote it.
    pub fn all_from_json(json: &str) -> Option<Vec<TermCard>> {
        serde_json::from_str(json).ok()
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use build::build;

#[cfg(not(target_arch = "wasm32"))]
mod build {
    use super::*;
    use crate::lesson::built::shown::Runs;
    use crate::lesson::error::LessonError;
    use crate::lesson::glossary::{Made, OnPage, Term};
    use crate::lesson::model::Lesson;
    use crate::route::{Page, Place, RecipeLink};

    /// The files of the `terms`, which errors say are in `file`: names in the folder of the lessons, and
    /// contents.
    ///
    /// # Errors
    /// What the run of a place does not have.
    pub fn build(
        terms: Vec<Term>,
        lessons: &[Lesson],
        file: &str,
    ) -> Result<Vec<(String, String)>, Vec<LessonError>> {
        let mut runs = Runs::default();
        let cards: Vec<TermCard> = terms.iter().map(card).collect();
        let built = terms.into_iter().map(|term| {
            let Term { id, name, old, also, prose, rfc, see, show, made, page, .. } = term;
            let show = show.map(|place| runs.look_up(&place, file)).transpose()?;
            let show = show.or_else(|| made.as_ref().map(recipe));
            let page = page.and_then(|page| on_page(&page, lessons));
            Ok(BuiltTerm { id, name, old, also, text: prose, rfc, see, show, page })
        });
        let built = built.collect::<Result<Vec<_>, _>>().map_err(|error| vec![error])?;
        // Texts and lists under text keys: serialising them cannot fail.
        let json = serde_json::to_string(&built).unwrap_or_default();
        let short = serde_json::to_string(&cards).unwrap_or_default();
        Ok(vec![(TERMS.to_owned(), json), (TERM_CARDS.to_owned(), short)])
    }

    /// The link to a page of a lesson, with the titles of both.
    fn on_page(page: &OnPage, lessons: &[Lesson]) -> Option<Shown> {
        let (lesson, number, page) = page.among(lessons)?;
        Some(Shown {
            href: Page::Lesson(lesson.about.id.clone(), number, None).href(),
            step: page.title.clone(),
            run: lesson.about.title.clone(),
        })
    }

    /// The link to a recipe, and what one sees there.
    fn recipe(made: &Made) -> Shown {
        let recipe = RecipeLink { name: made.recipe.clone(), ..RecipeLink::default() };
        Shown {
            href: Page::Certificates(Some(recipe)).href(),
            step: made.object.clone(),
            run: Place::Certificates.label().to_owned(),
        }
    }

    fn card(term: &Term) -> TermCard {
        let words = term.prose.words().replace('\n', " ");
        let what = words.split_inclusive(". ").next().unwrap_or_default().trim().to_owned();
        let also = [&term.old[..], &term.also].concat().join(" ");
        TermCard { id: term.id.clone(), name: term.name.clone(), also, what }
    }
}
