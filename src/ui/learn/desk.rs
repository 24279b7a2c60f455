//! A lesson that is open: which page, which run it is about, and what was answered.

use super::SEEDS;
use super::records::Records;
use super::scene::Sight;
use crate::lesson::{
    Given, Lesson, LessonPage, PageScenario, Practice, Progress, QuestionProgress, Verdict,
};
use crate::route::{Page, View};
use crate::scenario::Scenario;
use crate::ui::dom;
use crate::ui::record::Record;
use crate::ui::running::{NoRun, RunResult};
use crate::ui::state::Lab;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What was said of the last answer.
#[derive(Clone)]
pub struct Told {
    /// The question's id.
    pub question: String,
    /// What was said.
    pub verdict: Verdict,
    /// Whether it was answered aloud: then what is missing is no error.
    pub spoken: bool,
}

/// An open lesson. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What every view shares.
    pub lab: Lab,
    /// What was read and answered.
    pub record: Record,
    practice: Record<Practice>,
    lesson: StoredValue<Arc<Lesson>>,
    /// The number of the open page, from 1; the one behind the last is the end.
    pub number: Memo<usize>,
    /// The run of the open page; loading while there is only another one's.
    pub run: Memo<RunResult>,
    /// What was said of the last answer on the page.
    pub told: RwSignal<Option<Told>>,
    /// Whether the whole lesson is shown as it is printed.
    pub worksheet: RwSignal<bool>,
    /// The questions that are asked again although they were answered.
    anew: RwSignal<BTreeSet<String>>,
    /// The question that somebody just asked to be asked again.
    wanted: RwSignal<Option<String>>,
}

impl Desk {
    /// The lesson at the page that the link names.
    pub fn open(lab: Lab, records: Records, lesson: Arc<Lesson>) -> Desk {
        records.rename(&lesson.about.id, &lesson.renamed());
        let scenarios = lesson.scenarios();
        lab.lesson.set(scenarios.clone());
        lab.lesson_title.set(lesson.about.title.clone());
        let (id, last) = (lesson.about.id.clone(), lesson.pages.len() + 1);
        let number = Memo::new(move |before: Option<&usize>| match &lab.link.read().page {
            Page::Lesson(open, page, _) if *open == id => (*page).min(last),
            _ => before.copied().unwrap_or(1),
        });
        // Nothing else of an address makes another run: what is selected must not ask the questions anew.
        let of_address = Memo::new(move |_| seed(lab));
        let run = Memo::new_with_compare(
            move |_| {
                let wanted = PageScenario::of(&scenarios, number.get(), of_address.get());
                let wanted = wanted.and_then(|text| Scenario::parse(&text).ok());
                match lab.run.get() {
                    // Until this page's is made, the lab still has that of the page before.
                    Ok(run) if wanted.is_some_and(|wanted| wanted != *run.scenario()) => {
                        Err(NoRun::Loading)
                    }
                    result => result,
                }
            },
            |_, _| true,
        );
        Desk {
            lab,
            record: records.progress,
            practice: records.practice,
            lesson: StoredValue::new(lesson),
            number,
            run,
            told: RwSignal::new(None),
            worksheet: RwSignal::new(false),
            anew: RwSignal::new(BTreeSet::new()),
            wanted: RwSignal::new(None),
        }
    }

    /// The lesson.
    pub fn lesson(self) -> Arc<Lesson> {
        self.lesson.get_value()
    }

    /// The open page, tracked; `None` at the end.
    pub fn page(self) -> Option<LessonPage> {
        self.lesson().pages.get(self.number.get() - 1).cloned()
    }

    /// What the open page shows of its run.
    pub fn sight(self) -> Sight {
        let wanted = Memo::new(move |_| {
            let lesson = self.lesson();
            let directive = lesson.pages.get(self.number.get() - 1)?.lab.as_ref()?;
            directive.view(self.run.get().ok()?.as_ref(), &lesson.file).ok()
        });
        let hidden = Memo::new(move |_| {
            let page = self.page()?;
            let open = page.questions().filter(|one| !self.is_solved(&one.id));
            open.map(|one| page.hides(one)).max()
        });
        Sight { lab: self.lab, run: self.run, wanted, hidden }
    }

    /// The address of another page, with the same seed; tracked.
    pub fn href(self, number: usize) -> String {
        self.target(number).href()
    }

    /// Goes to another page.
    pub fn go(self, number: usize) {
        let page = untrack(|| self.target(number));
        self.lab.go(page, View::default());
    }

    /// The text forms of what the pages run, in their order; tracked.
    pub fn scenarios(self) -> Vec<String> {
        let seed = seed(self.lab);
        self.lesson().scenarios().iter().map(|page| page.seeded(seed)).collect()
    }

    /// Another page, with the same seed; tracked.
    pub fn target(self, number: usize) -> Page {
        self.seeded(number, seed(self.lab))
    }

    fn seeded(self, number: usize, seed: Option<u64>) -> Page {
        self.lesson.with_value(|lesson| Page::Lesson(lesson.about.id.clone(), number, seed))
    }

    /// Whether the address is this lesson's, not tracked: on the way to another screen it is that one's
    /// already.
    pub fn is_here(self) -> bool {
        let id = self.lesson.with_value(|lesson| lesson.about.id.clone());
        let link = self.lab.link.read_untracked();
        matches!(&link.page, Page::Lesson(open, ..) if *open == id)
    }

    /// Whether nothing was chosen in the lab yet, not tracked.
    pub fn is_untouched(self) -> bool {
        self.lab.link.read_untracked().view == View::default()
    }

    /// What is kept of a question, tracked.
    pub fn kept(self, question: &str) -> QuestionProgress {
        let id = self.lesson.with_value(|lesson| lesson.about.id.clone());
        let kept = |all: &Progress| all.lesson(&id).questions.get(question).copied();
        self.record.with(kept).unwrap_or_default()
    }

    /// Whether a question was answered rightly, and is not asked again; tracked.
    pub fn is_solved(self, question: &str) -> bool {
        self.kept(question).right && !self.anew.with(|anew| anew.contains(question))
    }

    /// Notes an answer, which was `given`, and says what there is to say of it.
    pub fn answered(self, question: &str, given: &Given, verdict: Verdict) {
        let seed = untrack(|| self.lesson_seed());
        let id = self.lesson.with_value(|lesson| lesson.about.id.clone());
        if verdict.right {
            self.anew.update(|anew| {
                anew.remove(question);
            });
        }
        if !verdict.right {
            // It is to be reviewed as what was missed elsewhere.
            let today = dom::day();
            self.practice.change(|kept| kept.answer(&id, question, false, today));
        }
        self.record.change(|progress| {
            progress.answer(&id, question, verdict.right);
            if let Some(seed) = seed {
                progress.keep_answer(&id, seed, question, given);
            }
        });
        self.wanted.set(None);
        let spoken = self.lesson().questions().any(|one| one.id == question && one.is_spoken());
        self.told.set(Some(Told { question: question.to_owned(), verdict, spoken }));
    }

    /// Whether this is the question that is to have the focus, not tracked.
    pub fn is_wanted(self, question: &str) -> bool {
        self.wanted.with_untracked(|wanted| wanted.as_deref() == Some(question))
    }

    /// Wants the focus on no question any more.
    pub fn want_none(self) {
        self.wanted.set(None);
    }

    /// Asks a question again, with other numbers where its page has any.
    pub fn ask_again(self, question: &str) {
        self.wanted.set(Some(question.to_owned()));
        self.anew.update(|anew| {
            anew.insert(question.to_owned());
        });
        self.told.set(None);
        let page = untrack(|| self.page());
        if page.is_some_and(|page| !self.lesson().scenario_of(&page).is_fixed()) {
            self.reseed();
        }
    }

    /// Asks every question again, with other numbers.
    pub fn ask_all_again(self) {
        let ids: Vec<String> = self.lesson().questions().map(|one| one.id.clone()).collect();
        self.anew.update(|anew| anew.extend(ids));
        self.want_none();
        self.told.set(None);
        self.reseed();
    }

    /// Runs the lesson with a seed that nobody can foretell.
    fn reseed(self) {
        let drawn = u64::from(dom::random(SEEDS));
        let number = self.number.get_untracked();
        // The one seed in a hundred thousand that is run already is no other.
        let same = untrack(|| self.seed()) == Some(drawn);
        let seed = if same { drawn + 1 } else { drawn };
        self.lab.go(self.seeded(number, Some(seed)), View::default());
    }

    /// The seed that the lesson is run with, whatever single pages have; tracked.
    pub fn lesson_seed(self) -> Option<u64> {
        seed(self.lab).or_else(|| {
            let own = self.lesson.with_value(|lesson| Scenario::parse(&lesson.about.scenario));
            Some(own.ok()?.seed)
        })
    }

    /// The seed of the open page's run, tracked.
    pub fn seed(self) -> Option<u64> {
        self.run.read().as_ref().ok().map(|run| run.scenario().seed)
    }
}

/// The seed that the link asks for, tracked.
fn seed(lab: Lab) -> Option<u64> {
    match lab.link.read().page {
        Page::Lesson(_, _, seed) => seed,
        _ => None,
    }
}
