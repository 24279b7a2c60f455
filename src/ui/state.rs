//! The state that every view shares: the link, and the run that follows from it.
//!
//! A step, and what else is looked at in a run, is written over the present entry of the browser's history;
//! another run or another screen is a new one.

use super::lab::Front;
use super::running::{RunResult, Runner, in_tasks};
use super::shared::{shared, shared_with_compare};
use super::{dom, storage};
use crate::lesson::PageScenario;
use crate::route::{self, Page, Perspective, Route, RouteError, Study, View};
use crate::run::Run;
use crate::scenario::{Gateway, Scenario};
use crate::story::{Landmark, Step, Told, title_word};
use crate::trace::Endpoint;
use crate::trail::Trail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::sync::Arc;
use web_sys::wasm_bindgen::{JsCast, closure::Closure};

/// Finds the path of a field by its name.
pub type Named = Callback<String, Option<Vec<usize>>>;

/// The lab: what is run, what is shown of it. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Lab {
    /// What is shown: where the person is, or in [`Lab::late`] where they were. Change it through [`Lab::go`] and
    /// [`Lab::look`].
    pub link: Signal<Route>,
    /// Where the person is. What changes it reads it, too.
    address: RwSignal<Route>,
    /// Whether the browser has yet to draw the step that was gone to.
    drawing: RwSignal<bool>,
    /// How often another step was gone to.
    moves: StoredValue<u32>,
    /// Something to tell the person, until dismissed.
    pub notice: RwSignal<Option<String>>,
    /// What is wrong with the link that was followed last, until dismissed or another is followed.
    pub broken: RwSignal<Option<RouteError>>,
    /// Where the person was, and where they came from.
    pub trail: RwSignal<Trail>,
    /// The part of the lab that is in front where there is room for one: change it through [`Lab::turn_to`].
    pub front: RwSignal<Front>,
    /// Whether the page stands inside another, without what is around its screens.
    pub embedded: bool,
    /// What its addresses then say of the frame that it is in: see [`route::frame`].
    frame: StoredValue<String>,
    /// Whether a link just led to a fault, and nothing was chosen there yet.
    arrived: StoredValue<bool>,
    /// What the pages of the lesson run, or the one question or prompt that is open, with the link's seed; other screens take theirs from the link.
    pub lesson: RwSignal<Vec<PageScenario>>,
    /// What the lesson is called.
    pub lesson_title: RwSignal<String>,
    /// What runs scenarios.
    pub runner: Runner,
    /// The run of the present scenario, with a look at the present connection.
    pub run: Signal<RunResult>,
    /// The same scenario without its fault, when it has one.
    pub good_run: Signal<Option<Arc<Run>>>,
    /// The node pointed at, as [`View::selection`] would name it; empty for none.
    pub hover: RwSignal<Vec<usize>>,
    /// Finds the field of a name among those that are shown, tracked; `None` where no bytes are shown.
    pub named: RwSignal<Option<Named>>,
    /// Whether the steps advance by themselves.
    pub playing: RwSignal<bool>,
    /// Whether the page is shown to a room: large, the ladder and the story alone.
    pub presenting: RwSignal<bool>,
    /// The run before the present one, where only the seed is another.
    pub reseeded: RwSignal<Option<Arc<Run>>>,
    /// The step to find in a run that is still being loaded.
    pending: StoredValue<Option<Landmark>>,
    /// Whether the sheet of what is run is open.
    pub settings: RwSignal<bool>,
    /// Whether help is open.
    pub help: RwSignal<bool>,
    /// Whether the search is open.
    pub search: RwSignal<bool>,
    /// What was typed since, until the search is loaded.
    pub typed: StoredValue<String>,
    /// The fault that was fixed last, with the scenario's text after the fix.
    pub fixed: RwSignal<Option<(&'static str, String)>>,
    /// The person's own server as they typed it, for commands that name it; kept for the visit.
    pub host: RwSignal<String>,
    /// Whether a link just led to a fault, and what will come of it is asked before its run is shown.
    pub guessing: RwSignal<bool>,
    /// The faults of which that was asked.
    guessed: StoredValue<Vec<String>>,
}

/// The names under which it is kept for the visit which server was typed, and that nobody wants to guess.
const HOST: &str = "host";
const NO_GUESSES: &str = "no-guesses";

impl Lab {
    /// The lab at the address's fragment, following it from then on.
    /// `ahead` is a run made before, if it is what the address asks for.
    pub fn new(ahead: Option<Arc<Run>>) -> Lab {
        let address = RwSignal::new(Route::default());
        let link: Signal<Route> = address.into();
        let notice = RwSignal::new(None);
        let lesson = RwSignal::new(Vec::new());
        let text = Memo::new(move |_| {
            let own = lesson.with(|pages| text_of(&link.read().page, pages));
            own.unwrap_or_else(|| Scenario::default().text())
        });
        let runner = Runner::new(ahead);
        let frame = route::frame(&dom::query()).or_else(|| route::frame(&dom::fragment()));
        // Where no run is shown, it is made when somebody looks at it; that of a lesson is not known before the lesson.
        let due = Memo::new(move |_| match link.read().page {
            Page::Lab(_) | Page::Fault(..) => true,
            Page::Lesson(..) | Page::Study(..) => lesson.with(|pages| !pages.is_empty()),
            _ => false,
        });
        let whole = runner.follow_when(text, due.into());
        let connection = Memo::new(move |_| link.read().view.connection);
        let run = shared_with_compare(
            move |_| match (whole.get(), connection.get()) {
                (Ok(run), Some(chosen)) => Ok(Arc::new(run.at(chosen))),
                (run, _) => run,
            },
            |_, _| true,
        );
        let good_run = good_run(runner, run);
        let lab = Lab {
            link,
            address,
            drawing: RwSignal::new(false),
            moves: StoredValue::new(0),
            notice,
            broken: RwSignal::new(None),
            trail: RwSignal::new(Trail::default()),
            front: RwSignal::new(Front::Step),
            embedded: frame.is_some(),
            frame: StoredValue::new(frame.unwrap_or_default()),
            arrived: StoredValue::new(false),
            lesson,
            lesson_title: RwSignal::new(String::new()),
            runner,
            run,
            good_run,
            hover: RwSignal::new(Vec::new()),
            named: RwSignal::new(None),
            playing: RwSignal::new(false),
            presenting: RwSignal::new(false),
            reseeded: RwSignal::new(None),
            pending: StoredValue::new(None),
            settings: RwSignal::new(false),
            help: RwSignal::new(false),
            search: RwSignal::new(false),
            typed: StoredValue::default(),
            fixed: RwSignal::new(None),
            host: RwSignal::new(storage::get_for_visit(HOST).unwrap_or_default()),
            guessing: RwSignal::new(false),
            guessed: StoredValue::new(Vec::new()),
        };
        lab.follow_address();
        Effect::new(move |_| {
            if due.get() {
                lab.run.track();
                untrack(|| lab.land());
            }
        });
        let follow = Closure::<dyn Fn()>::new(move || lab.follow_address());
        dom::window().set_onpopstate(Some(follow.as_ref().unchecked_ref()));
        follow.forget();
        Effect::new(move |before: Option<Route>| {
            let now = link.get();
            lab.trail.update(|trail| trail.note(before.as_ref(), &now));
            now
        });
        lab
    }

    /// One that shows `view` of one run, and on which nothing has an effect that is done elsewhere: for paper. It
    /// ends with the view in which it is made.
    pub fn still(self, run: &Run, page: Page, view: View) -> Lab {
        let run = Arc::new(view.connection.map_or_else(|| run.clone(), |chosen| run.at(chosen)));
        let run = Signal::stored(Ok(run));
        let address = RwSignal::new(Route { page, view });
        Lab {
            link: address.into(),
            address,
            drawing: RwSignal::new(false),
            moves: StoredValue::new(0),
            run,
            good_run: good_run(self.runner, run),
            hover: RwSignal::new(Vec::new()),
            named: RwSignal::new(None),
            playing: RwSignal::new(false),
            reseeded: RwSignal::new(None),
            ..self
        }
    }

    /// Reads the address. What is wrong with a broken one is told; what is left of it is followed.
    fn follow_address(self) {
        let fragment = self.framed(dom::fragment());
        let (route, broken) = match Route::parse(&fragment) {
            Ok(route) => (Some(route), None),
            Err(error) => (error.rest.as_deref().cloned(), Some(error)),
        };
        let is_mistyped = |route: &Route| !route.can_be_run();
        if broken.is_some() || route.as_ref().is_some_and(is_mistyped) {
            spawn_local(self.tell_slip(fragment.clone(), broken.clone()));
        }
        self.broken.set(broken);
        for dialog in [self.settings, self.help, self.search] {
            dialog.set(false);
        }
        // By a link, and not back to where one was: the browser scrolls back by itself.
        let by_link = !dom::is_own_entry();
        self.arrived.set_value(by_link);
        if by_link {
            dom::set_fragment(&fragment, false);
            dom::scroll_to_top();
        }
        if let Some(route) = route {
            // Who comes back finds it as it was; at the start there is nothing to come back to.
            if by_link || matches!(self.link.read_untracked().page, Page::Home) {
                self.turn_by(&route.view);
            }
            self.leave_fixed(&route.page);
            self.playing.set(false);
            self.hover.set(Vec::new());
            self.pending.set_value(None);
            let is_titled = route.view.titled.is_some();
            self.guessing.set(by_link && self.asks_before(&route));
            self.show(route);
            if is_titled {
                untrack(|| self.land());
            }
        }
    }

    /// Tells what was meant by the link `fragment`, of which it is known that it is `broken`; unless another
    /// was followed meanwhile.
    async fn tell_slip(self, fragment: String, broken: Option<RouteError>) {
        if let Ok(slip) = slip_door().await
            && self.broken.read_untracked() == broken
            && dom::fragment().starts_with(&fragment)
        {
            let titles: Vec<String> = self.run.with_untracked(|run| match run {
                Ok(run) => run.story().steps.iter().map(|step| title_word(&step.title)).collect(),
                Err(_) => Vec::new(),
            });
            self.broken.set(slip(&fragment, &titles));
        }
    }

    /// Goes to another screen or scenario: a new entry of the browser's history.
    pub fn go(self, page: Page, view: View) {
        self.leave_fixed(&page);
        let before = self.address.read_untracked().page.clone();
        if std::mem::discriminant(&before) != std::mem::discriminant(&page) {
            dom::scroll_to_top();
        }
        self.playing.set(false);
        self.hover.set(Vec::new());
        self.broken.set(None);
        self.pending.set_value(None);
        self.guessing.set(false);
        self.show(Route { page, view });
        self.write_address(true);
    }

    /// Shows the route, all of it at once.
    fn show(self, route: Route) {
        self.drawing.set(false);
        self.address.set(route);
    }

    /// Forgets what was fixed, where the page shows another run than the mended one.
    fn leave_fixed(self, page: &Page) {
        let is_left = self.fixed.with_untracked(|fixed| {
            fixed.as_ref().is_some_and(|(_, text)| own_scenario(page).as_ref() != Some(text))
        });
        if is_left {
            self.fixed.set(None);
        }
    }

    /// Goes where the route leads, as a link to it does.
    pub fn follow(self, Route { page, view }: Route) {
        self.arrived.set_value(true);
        self.turn_by(&view);
        self.go(page, view);
    }

    /// Whether a link asks what will come of a fault before it shows, once for each: one that names a step does
    /// not, nor any inside another page; and who searched, here or in the list, has the error before them.
    fn asks_before(self, route: &Route) -> bool {
        let Page::Fault(id, _) = &route.page else { return false };
        let is_looking =
            |list: &Route| matches!(&list.page, Page::Faults(list) if !list.words.is_empty());
        !names_step(&route.view)
            && !self.embedded
            && !self.guessed.with_value(|guessed| guessed.contains(id))
            && storage::get_for_visit(NO_GUESSES).is_none()
            && !self.trail.with_untracked(|trail| {
                trail.last(|page| matches!(page, Page::Faults(_))).is_some_and(is_looking)
            })
    }

    /// Whether a guess is asked for, tracked: until a step is looked at. Where there is no run, there is nothing
    /// to guess.
    pub fn is_guessing(self) -> bool {
        self.guessing.get() && self.link.read().view.step.is_none() && self.run.read().is_ok()
    }

    /// Shows the run of a fault that was asked about.
    pub fn show_run(self) {
        if let Page::Fault(id, _) = self.address.read_untracked().page.clone() {
            self.guessed.update_value(|guessed| guessed.push(id));
        }
        self.guessing.set(false);
        dom::scroll_to_top();
    }

    /// Shows the run, and asks for no guess in this visit.
    pub fn skip_guesses(self) {
        storage::set_for_visit(NO_GUESSES, "1");
        self.show_run();
    }

    /// Keeps what was typed as the person's own server.
    pub fn set_host(self, host: String) {
        storage::set_for_visit(HOST, &host);
        self.host.set(host);
    }

    /// Whether a link just led to a fault and named no step: it then opens where its run leaves the good
    /// one. Asked once.
    pub fn opens_fault(self) -> bool {
        let arrived = self.arrived.try_update_value(std::mem::take).unwrap_or_default();
        let is_fault =
            |link: &Route| matches!(link.page, Page::Fault(..)) && !names_step(&link.view);
        arrived && self.address.with_untracked(is_fault)
    }

    /// Changes what a screen is asked for, over the present entry of the history.
    pub fn refine(self, page: Page) {
        self.address.update(|link| link.page = page);
        self.write_address(false);
    }

    /// Runs another scenario on the present screen, at the step of the same message, and with the same
    /// panel and perspective. Where the seed alone is another, the run before is kept to be compared.
    pub fn run_scenario(self, scenario: &Scenario) {
        let before = self.run.get_untracked().ok();
        let seed = before.as_ref().map(|run| run.scenario().seed);
        let is_reseed = |run: &Arc<Run>| {
            let same = Scenario { seed: scenario.seed, ..run.scenario().clone() };
            seed != Some(scenario.seed) && same == *scenario
        };
        self.reseeded.set(before.clone().filter(is_reseed));
        let view = self.address.read_untracked().view.clone();
        let landmark = before.and_then(|run| run.story().landmark(view.step?));
        let view = View { connection: None, selection: Vec::new(), key: None, part: 0, ..view };
        let fault = match (&self.address.read_untracked().page, scenario.fault) {
            (Page::Fault(id, _), Some(fault)) if id == fault => Page::of_fault(scenario),
            _ => None,
        };
        self.go(fault.unwrap_or_else(|| Page::Lab(scenario.text())), view);
        self.pending.set_value(landmark);
        untrack(|| self.land());
    }

    /// Goes to the step of a new run that the one before was at, or that the link names by its title.
    fn land(self) {
        let Ok(run) = &*self.run.read_untracked() else { return };
        if self.scenario().as_ref() != Some(run.scenario()) {
            return;
        }
        let landmark = self.pending.try_update_value(Option::take).flatten();
        let step = match self.address.with_untracked(|link| link.view.titled.clone()) {
            Some(word) => {
                let step = run.story().titled(&word);
                if step.is_none() {
                    spawn_local(self.tell_slip(dom::fragment(), None));
                }
                step
            }
            None => landmark.and_then(|landmark| run.story().find(&landmark)),
        };
        if step.is_some() && step != self.address.with_untracked(|link| link.view.step) {
            self.look(|view| {
                view.step = step;
                view.titled = None;
            });
        }
    }

    /// What is run at present, tracked; `None` where its text form is broken.
    pub fn scenario(self) -> Option<Scenario> {
        let text = self.lesson.with(|pages| text_of(&self.link.read().page, pages));
        Scenario::parse(&text?).ok()
    }

    /// Makes the run that the page at the link has with these pages of a lesson, so that it is there once they are set.
    pub async fn run_ahead(self, pages: &[PageScenario]) {
        let text = self.link.with_untracked(|link| text_of(&link.page, pages));
        let scenario = text.and_then(|text| Scenario::parse(&text).ok());
        if let Some(scenario) = scenario
            && let Some(run) = in_tasks(scenario, self.runner.capabilities()).await
        {
            self.runner.keep(run);
        }
    }

    /// Changes what is shown of the present run, over the present entry of the history.
    pub fn look(self, change: impl FnOnce(&mut View)) {
        self.address.update(|link| change(&mut link.view));
        self.write_address(false);
    }

    /// Goes to a step, over the present entry of the history; one that does not exist is taken as the nearest.
    pub fn step_to(self, step: usize) {
        let step = step.min(untrack(|| self.last_step()));
        self.show_step(Some(step));
    }

    /// Goes to the connection as a whole.
    pub fn show_whole(self) {
        self.show_step(None);
    }

    fn show_step(self, step: Option<usize>) {
        if self.address.with_untracked(|link| link.view.step) == step {
            return;
        }
        self.hover.set(Vec::new());
        self.draw_first();
        self.address.update(|link| {
            link.view.step = step;
            link.view.titled = None;
            link.view.part = 0;
            link.view.selection = Vec::new();
        });
        self.write_address(false);
        self.begin_step();
    }

    /// Holds back what [`Lab::held`] gives until the browser has drawn the step that is gone to.
    fn draw_first(self) {
        self.drawing.set(true);
        let number = self.moves.get_value().wrapping_add(1);
        self.moves.set_value(number);
        spawn_local(async move {
            dom::next_frame().await;
            dom::next_task().await;
            // Of steps gone to before a frame is drawn, the last alone is followed.
            if self.moves.get_value() == number {
                self.drawing.set(false);
            }
        });
    }

    /// What `now` gives; but what it gave before while a step is being drawn. For what stands beside the step's words,
    /// so that these answer the person sooner.
    pub fn held<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        now: impl Fn() -> T + Send + Sync + 'static,
    ) -> Signal<T> {
        shared(move |before: Option<&T>| match before {
            Some(before) if self.drawing.get() => before.clone(),
            _ => now(),
        })
    }

    /// The lab as it was before a step, until that is drawn: see [`Lab::held`]. It ends with the view in which it is
    /// made.
    pub fn late(self) -> Lab {
        Lab { link: self.held(move || self.link.get()), ..self }
    }

    /// Goes to another connection of the run, as a whole: a new entry of the history.
    pub fn connection_to(self, connection: usize) {
        let Route { page, view } = self.address.get_untracked();
        let view = View {
            connection: Some(connection),
            step: None,
            titled: None,
            part: 0,
            selection: Vec::new(),
            key: None,
            ..view
        };
        self.go(page, view);
    }

    /// Goes so many steps on, or back where negative. Before the first step is the connection as a whole.
    pub fn step_by(self, by: isize) {
        // Counted from the whole, which is 0.
        let last = untrack(|| self.last_step());
        let here = self.address.with_untracked(|link| link.view.step);
        let here = here.map_or(0, |step| step.min(last) + 1);
        match here.saturating_add_signed(by).checked_sub(1) {
            Some(step) => self.step_to(step),
            None => self.show_whole(),
        }
    }

    /// The address of a step, or of the connection as a whole, as it is shown now; tracked.
    pub fn step_href(self, step: Option<usize>) -> String {
        let mut link = self.link.get();
        link.view.step = step;
        link.view.titled = None;
        link.view.part = 0;
        link.view.selection.clear();
        link.to_string()
    }

    /// Through whose eyes the connection is seen, tracked. An end that only passes on what others
    /// encrypt sees no more than an eavesdropper.
    pub fn eyes(self) -> Perspective {
        let perspective = self.link.read().view.perspective;
        let blind = match (&*self.run.read(), perspective.end()) {
            (Ok(run), Some(who)) => run.story().roles.passes_on(who),
            _ => false,
        };
        if blind { Perspective::Eavesdropper } else { perspective }
    }

    /// Whether there is a gateway in the run, tracked.
    pub fn has_gateway(self) -> bool {
        self.run.read().as_ref().is_ok_and(|run| run.scenario().gateway != Gateway::None)
    }

    /// Who is at this end of the connection shown, tracked: `client`, `gateway`.
    pub fn name(self, who: Endpoint) -> &'static str {
        self.run.read().as_ref().map_or(who.name(), |run| run.name(who))
    }

    /// What is shown, tracked.
    pub fn view(self) -> View {
        self.link.read().view.clone()
    }

    /// The present step's position, tracked: the nearest that exists; `None` for the whole.
    pub fn here(self) -> Option<usize> {
        let wanted = self.link.read().view.step?;
        Some(wanted.min(self.last_step()))
    }

    /// The position of the last step, tracked; 0 where nothing was run.
    pub fn last_step(self) -> usize {
        match &*self.run.read() {
            Ok(run) => run.story().steps.len().saturating_sub(1),
            Err(_) => 0,
        }
    }

    /// The step up to which things are shown, tracked: the present one; of the whole, the last.
    pub fn step_index(self) -> usize {
        self.here().unwrap_or_else(|| self.last_step())
    }

    /// Calls `read` with the run and the step of [`Lab::step_index`], tracked; `None` where nothing was run.
    pub fn with_step<T>(self, read: impl FnOnce(&Run, &Step) -> T) -> Option<T> {
        let index = self.step_index();
        match &*self.run.read() {
            Ok(run) => run.story().steps.get(index).map(|step| read(run, step)),
            Err(_) => None,
        }
    }

    /// The same with the words of the step.
    pub fn with_told<T>(self, read: impl FnOnce(&Run, Told<'_>) -> T) -> Option<T> {
        self.with_step(|run, step| run.told_at(step.index).map(|told| read(run, told))).flatten()
    }

    /// Inside another page nothing is added to the history: that page's Back would lead through steps.
    fn write_address(self, new_entry: bool) {
        let link = self.framed(self.address.read_untracked().to_string());
        dom::set_fragment(&link, new_entry && !self.embedded);
    }

    /// The link with what it has to say of the frame, where it does not say so yet.
    fn framed(self, link: String) -> String {
        if !self.embedded || link.is_empty() || route::frame(&link).is_some() {
            return link;
        }
        self.frame.with_value(|frame| route::embedded(&link, frame))
    }
}

/// Whether a link names a step, by its number or its title.
fn names_step(view: &View) -> bool {
    view.step.is_some() || view.titled.is_some()
}

/// What is wrong with a link, and what was meant: see [`route::slip`].
type Slip = fn(&str, &[String]) -> Option<RouteError>;

/// What looks for what was meant; loaded with the first link that is broken.
#[wasm_split(slip, wasm_split_path = leptos::wasm_split, fallible)]
fn slip_door() -> Result<Slip, SplitLoaderError> {
    Ok(route::slip)
}

/// The run of the same scenario without its fault, where it has one.
fn good_run(runner: Runner, run: Signal<RunResult>) -> Signal<Option<Arc<Run>>> {
    shared_with_compare(
        move |_| {
            let run = run.read();
            let run = run.as_ref().ok()?;
            run.scenario().fault?;
            let good = run.scenario().mended();
            // The same connection of both.
            runner.run(&good).ok().map(|good| Arc::new(good.at(run.focus())))
        },
        |_, _| true,
    )
}

/// The text form of the run that goes with a page, which may be of a lesson with these pages; `None` where none does.
fn text_of(page: &Page, lesson: &[PageScenario]) -> Option<String> {
    match page {
        Page::Lesson(_, number, seed) => Some(scenario_text(lesson, *number, *seed)),
        Page::Study(Study::Practise | Study::Interview, _) => Some(scenario_text(lesson, 1, None)),
        page => own_scenario(page),
    }
}

/// The text form of the one run that a page shows step by step.
fn own_scenario(page: &Page) -> Option<String> {
    let own = matches!(page, Page::Lab(_) | Page::Fault(..)).then(|| page.scenarios());
    own.and_then(|texts| texts.into_iter().next())
}

/// What the lesson's page of this number runs; until the lesson is there, the usual connection.
fn scenario_text(pages: &[PageScenario], page: usize, seed: Option<u64>) -> String {
    PageScenario::of(pages, page, seed).unwrap_or_else(|| "tls13".into())
}
