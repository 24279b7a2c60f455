//! What a lesson is made of.

use super::path::Segment;
use super::prose::Prose;
use super::question::{Hidden, Question};
use super::renamed::Renamed;
use super::screen::Screen;
use crate::route::{Layer, Panel, Perspective, Zoom};
use serde::{Deserialize, Serialize};

/// A lesson, read and found well-formed. Whether its paths lead anywhere shows only in a run.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The file it was read from.
    pub file: String,
    /// Its front matter.
    pub about: About,
    /// The line of its prerequisites; 1 without any.
    pub prerequisites_line: usize,
    /// The text before the first page.
    pub intro: Prose,
    /// Its pages, in order.
    pub pages: Vec<LessonPage>,
}

/// The front matter of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Stands for the lesson in links and in progress: lower-case letters, digits and hyphens.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How long it takes.
    pub minutes: usize,
    /// `beginner`, `intermediate` or `advanced`.
    pub level: Level,
    /// One or two sentences.
    pub summary: String,
    /// The scenario it runs, in its text form.
    pub scenario: String,
    /// What one can do afterwards, each as a verb phrase.
    pub objectives: Vec<String>,
    /// The ids of the lessons that it builds on.
    pub prerequisites: Vec<String>,
    /// What it rests on: `RFC 9846, section 4.2.3`.
    pub sources: Vec<String>,
}

/// Whom a lesson is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// No knowledge of TCP or TLS needed.
    Beginner,
    /// Knows what a handshake is.
    Intermediate,
    /// Knows the handshake message by message.
    Advanced,
}

impl Level {
    /// All, the first one first.
    pub const ALL: [Level; 3] = [Level::Beginner, Level::Intermediate, Level::Advanced];

    /// `beginner`, `intermediate`, `advanced`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Beginner => "beginner",
            Level::Intermediate => "intermediate",
            Level::Advanced => "advanced",
        }
    }
}

/// A page: what a `## ` heading begins.
#[derive(Clone, Debug)]
pub struct LessonPage {
    /// Its heading in lower case with hyphens: stands for it in progress.
    pub id: String,
    /// What it was called before: see [`Renamed`].
    pub formerly: Vec<String>,
    /// Its heading.
    pub title: String,
    /// The line of its heading.
    pub line: usize,
    /// What the lab shows while it is open.
    pub lab: Option<Directive>,
    /// What whoever presents the page may say; not shown to those who learn.
    pub notes: Option<Prose>,
    /// Text and questions, in order.
    pub blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Clone, Debug)]
pub enum Block {
    /// Text.
    Text(Prose),
    /// A question.
    Question(Box<Question>),
}

/// What a page shows in the lab. What it leaves out stays as the lab's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The line on which it begins.
    pub line: usize,
    /// What the page runs, in its text form, where that is not the lesson's scenario.
    pub scenario: Option<String>,
    /// The other screen that is shown in place of the lab.
    pub screen: Option<&'static Screen>,
    /// The scenario that this screen has beside the page's own.
    pub with: Option<String>,
    /// The one thing of the lab to look at.
    pub scene: Scene,
    /// The step's name; empty for the first.
    pub step: Vec<Segment>,
    /// A field of it to select; empty for none.
    pub select: Vec<Segment>,
    /// How fine the sequence is drawn.
    pub zoom: Zoom,
    /// Which bytes are shown.
    pub layer: Layer,
    /// Through whose eyes.
    pub perspective: Perspective,
    /// Which panel is open.
    pub panel: Panel,
    /// The node of the key schedule that is open.
    pub key: Option<String>,
}

/// A part of the lab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scene {
    /// The sequence of all steps.
    Sequence,
    /// The step: its story, fields and bytes.
    #[default]
    Step,
    /// The panel.
    Panel,
}

impl Lesson {
    /// All questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(LessonPage::questions)
    }

    /// What its pages and questions were called before.
    pub fn renamed(&self) -> Renamed {
        let names = |former: &[String], id: &str| -> Vec<(String, String)> {
            former.iter().map(|old| (old.clone(), id.to_owned())).collect()
        };
        Renamed {
            pages: self.pages.iter().flat_map(|page| names(&page.formerly, &page.id)).collect(),
            questions: self.questions().flat_map(|one| names(&one.formerly, &one.id)).collect(),
        }
    }
}

impl LessonPage {
    /// What is not to be seen beside the question while it is open: what the question itself says, and where steps are
    /// to be put in order, their names in the sequence.
    pub fn hides(&self, question: &Question) -> Hidden {
        let beside = self.scene() == Scene::Sequence && question.is_ordering();
        if beside { Hidden::Names } else { question.hides() }
    }

    /// The one thing of the lab to look at: where bytes are asked for, the step.
    pub fn scene(&self) -> Scene {
        match &self.lab {
            Some(lab) if !self.questions().any(Question::wants_bytes) => lab.scene,
            _ => Scene::Step,
        }
    }

    /// The questions on this page, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Question(question) => Some(question.as_ref()),
            Block::Text(_) => None,
        })
    }
}
