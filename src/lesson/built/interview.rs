//! Interview prompts as the page reads them: a list of all, and each in a file of its own.

use super::shown::Shown;
use crate::lesson::prose::Prose;
use serde::{Deserialize, Serialize};

/// The list of prompts, in the folder of the lessons.
pub const PROMPTS: &str = "built/interview.json";

/// The file of the prompt `id`, in the folder of the lessons.
pub fn prompt_file(id: &str) -> String {
    format!("built/interview/{id}.json")
}

/// What the list shows of a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptCard {
    /// Stands for it in links and in progress.
    pub id: String,
    /// One of [`LEVELS`](crate::lesson::LEVELS).
    pub level: String,
    /// One of [`THEMES`](crate::lesson::THEMES).
    pub theme: String,
    /// How long an answer takes.
    pub minutes: usize,
    /// The question.
    pub ask: String,
}

/// The rest of a prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BuiltPrompt {
    /// Of an exercise, its parts.
    pub parts: Vec<String>,
    /// Each helps a little more.
    pub hints: Vec<String>,
    /// What is asked next, in order.
    pub follow_ups: Vec<String>,
    /// What a weak, a fair and a strong answer has or lacks.
    pub rubric: [Vec<String>; 3],
    /// An answer as one would say it.
    pub model: Prose,
    /// What the lab proves of it, and where.
    pub proofs: Vec<(String, Shown)>,
}

impl PromptCard {
    /// Reads what was built; `None` if another version of the program wrote it.
    pub fn all_from_json(json: &str) -> Option<Vec<PromptCard>> {
        serde_json::from_str(json).ok()
    }
}

impl BuiltPrompt {
    /// Reads what was built; `None` if another version of the program wrote it.
    pub fn from_json(json: &str) -> Option<BuiltPrompt> {
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
    use crate::lesson::interview::Prompt;

    /// The files of the `prompts`, each with its level and the file that errors say it is in: names in the
    /// folder of the lessons, and contents.
    ///
    /// # Errors
    /// What the run of a proof does not have.
    pub fn build(
        prompts: Vec<(&str, String, Prompt)>,
    ) -> Result<Vec<(String, String)>, Vec<LessonError>> {
        let (mut runs, mut cards, mut files) = (Runs::default(), Vec::new(), Vec::new());
        for (level, file, prompt) in prompts {
            let Prompt { id, theme, minutes, ask, parts, hints, follow_ups, model, .. } = prompt;
            let proof = |proof: crate::lesson::interview::Proof| {
                Ok((proof.claim, runs.look_up(&proof.place, &file)?))
            };
            let proofs: Result<Vec<_>, LessonError> =
                prompt.proofs.into_iter().map(proof).collect();
            let built = BuiltPrompt {
                parts,
                hints,
                follow_ups,
                rubric: [prompt.weak, prompt.fair, prompt.strong],
                model,
                proofs: proofs.map_err(|error| vec![error])?,
            };
            // Texts and lists under text keys: serialising them cannot fail.
            files.push((prompt_file(&id), serde_json::to_string(&built).unwrap_or_default()));
            let (level, theme) = (level.to_owned(), theme.to_owned());
            cards.push(PromptCard { id, level, theme, minutes, ask });
        }
        files.push((PROMPTS.to_owned(), serde_json::to_string(&cards).unwrap_or_default()));
        Ok(files)
    }
}
