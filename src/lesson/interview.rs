//! Interview prompts: the files in `lessons/interview`, one a level. `lessons/interview/README.md` says how one
//! is written.

use super::directive::place;
use super::error::{LessonError, Trouble};
use super::model::Directive;
use super::prose::Prose;
use super::source::tables;
use super::table::Keys;

/// The folder, in the folder of the lessons.
pub const INTERVIEW: &str = "interview";

/// The levels, the first one first; each has a file of its name.
pub const LEVELS: [&str; 4] = ["junior", "mid", "senior", "staff"];

/// What prompts are about.
pub const THEMES: [&str; 12] = [
    "promises",
    "tcp",
    "handshake",
    "keys",
    "certificates",
    "mutual-tls",
    "resumption",
    "performance",
    "gateways",
    "failures",
    "operations",
    "future",
];

/// A theme as it stands in a sentence.
pub fn theme_name(theme: &str) -> &str {
    match theme {
        "tcp" => "TCP",
        "mutual-tls" => "mutual TLS",
        theme => theme,
    }
}

/// The most prompts of a file, and the most proofs of a prompt.
const MOST: usize = 500;

/// One thing to be asked in an interview.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The line on which it begins.
    pub line: usize,
    /// Stands for it in links and in progress: lower-case letters, digits and hyphens.
    pub id: String,
    /// One of [`THEMES`].
    pub theme: &'static str,
    /// How long an answer takes.
    pub minutes: usize,
    /// The question.
    pub ask: String,
    /// Of an exercise, its parts.
    pub parts: Vec<String>,
    /// Each helps a little more.
    pub hints: Vec<String>,
    /// What is asked next, in order.
    pub follow_ups: Vec<String>,
    /// What a weak answer has or lacks.
    pub weak: Vec<String>,
    /// What a fair one has.
    pub fair: Vec<String>,
    /// What a strong one has.
    pub strong: Vec<String>,
    /// An answer as one would say it.
    pub model: Prose,
    /// Places in the lab that prove it.
    pub proofs: Vec<Proof>,
}

/// A place in the lab that proves a claim.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The claim.
    pub claim: String,
    /// Where the lab shows it.
    pub place: Directive,
}

/// Reads the prompts in `text`; `file` is the name that errors give.
///
/// # Errors
/// Everything that is not as `lessons/interview/README.md` says and can be told without a run.
pub fn prompts(text: &str, file: &str) -> Result<Vec<Prompt>, Vec<LessonError>> {
    tables(text, file, "prompt", MOST, prompt)
}

fn prompt(keys: &Keys<'_>) -> Result<Prompt, LessonError> {
    let known = [
        "id",
        "theme",
        "minutes",
        "ask",
        "parts",
        "hints",
        "follow_ups",
        "weak",
        "fair",
        "strong",
        "model",
        "proof",
    ];
    keys.allow_only("a prompt", &known)?;
    let theme = keys.parsed("theme", |word| {
        THEMES.into_iter().find(|theme| *theme == word).ok_or_else(|| {
            let fix = format!("use one of: {}", THEMES.join(", "));
            Trouble::new(format!("`{word}` is no theme"), fix)
        })
    });
    let minutes = keys.need("minutes", keys.number("minutes"), "say how long an answer takes")?;
    let model = keys.prose("model")?;
    if !model.is_fixed() {
        let trouble = Trouble::new("a value of a run", "write `model` without `{{`");
        return Err(keys.wrong(trouble));
    }
    let proofs = keys.tables("proof", MOST)?.iter().map(proof).collect::<Result<_, _>>()?;
    Ok(Prompt {
        line: keys.line(),
        id: keys.id()?,
        theme: keys.need("theme", theme, "say what it is about")?.is,
        minutes: minutes.is,
        ask: keys.need("ask", keys.text("ask"), "write the question")?.is.to_owned(),
        parts: lines(keys, "parts", 0)?,
        hints: lines(keys, "hints", 1)?,
        follow_ups: lines(keys, "follow_ups", 2)?,
        weak: lines(keys, "weak", 1)?,
        fair: lines(keys, "fair", 1)?,
        strong: lines(keys, "strong", 1)?,
        model,
        proofs,
    })
}

fn proof(keys: &Keys<'_>) -> Result<Proof, LessonError> {
    let claim = keys.need("claim", keys.text("claim"), "say what the lab proves there")?;
    Ok(Proof { claim: claim.is.to_owned(), place: place(keys, "a proof", &["claim"])? })
}

/// The texts under `name`, at least `least`.
fn lines(keys: &Keys<'_>, name: &str, least: usize) -> Result<Vec<String>, LessonError> {
    let found = keys.lines(name)?;
    if found.len() < least {
        let what = format!("{} of `{name}`", found.len());
        return Err(keys.wrong(Trouble::new(what, format!("write {least} at least"))));
    }
    Ok(found)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_model_answer_leads_to_the_glossary_and_to_no_term_twice() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons").join(INTERVIEW);
        for level in LEVELS {
            let text = std::fs::read_to_string(dir.join(format!("{level}.toml"))).unwrap();
            for prompt in prompts(&text, level).unwrap() {
                let html = prompt.model.fixed();
                let links = html.as_str().split("href=\"#/learn/glossary/").skip(1);
                let mut ids: Vec<&str> =
                    links.map(|rest| rest.split('"').next().unwrap()).collect();
                assert!((1..=7).contains(&ids.len()), "{}: {ids:?}", prompt.id);
                ids.sort_unstable();
                let count = ids.len();
                ids.dedup();
                assert_eq!(ids.len(), count, "{}", prompt.id);
            }
        }
    }

    #[test]
    fn every_theme_has_a_name_and_prompts_of_two_levels_at_least() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons").join(INTERVIEW);
        let all = LEVELS.map(|level| {
            let text = std::fs::read_to_string(dir.join(format!("{level}.toml"))).unwrap();
            prompts(&text, level).unwrap()
        });
        for theme in THEMES {
            assert!(!theme_name(theme).contains('-'), "{theme}");
            let has = |level: &&Vec<Prompt>| level.iter().any(|prompt| prompt.theme == theme);
            assert!(all.iter().filter(has).count() >= 2, "{theme}");
        }
    }
}
