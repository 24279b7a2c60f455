//! The ways to answer: a view for each [`Form`].

use crate::lesson::{Answer, Form, Html, Line, Place, Spot, selected};
use crate::ui::{dom, lab, left};
use leptos::html::Ol;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::collections::BTreeSet;

/// What a question's form is drawn with.
#[derive(Clone)]
pub struct Frame {
    /// The id of the element that holds the prompt, which names the form.
    pub name: String,
    /// What is written here is found again under this name.
    pub kept: String,
    /// Takes an answer.
    pub answer: Callback<Answer>,
    /// Is called when another answer is begun, where that is not seen beside the question.
    pub begun: Callback<()>,
}

/// The name under which is kept what is written for a question, wherever it is asked.
pub fn kept(lesson: &str, question: &str) -> String {
    format!("written for {question} of {lesson}")
}

/// The view of a form.
pub fn form(form: Form, frame: Frame) -> AnyView {
    match form {
        Form::Choice(options) => view! { <Choice options frame/> }.into_any(),
        Form::Order(shown) => view! { <Order shown frame/> }.into_any(),
        Form::Match { items, choices } => view! { <Match items choices frame/> }.into_any(),
        Form::Blanks { ends, lines, choices } => {
            view! { <Blanks ends lines choices frame/> }.into_any()
        }
        Form::Bytes => view! { <Bytes frame/> }.into_any(),
        Form::Typed { unit } => view! { <Typed unit frame/> }.into_any(),
        Form::Several(options) => view! { <Several options frame/> }.into_any(),
        Form::Said { points, answer } => view! { <Said points answer frame/> }.into_any(),
    }
}

/// What a form does when it is submitted, in place of the browser.
fn submitted(act: impl Fn() + 'static) -> impl Fn(leptos::ev::SubmitEvent) + 'static {
    move |event| {
        event.prevent_default();
        act();
    }
}

/// One of several: radio buttons. The answer is given by a button, so that arrow keys can pass through them.
#[component]
fn Choice(options: Vec<String>, frame: Frame) -> impl IntoView {
    let Frame { name, answer, .. } = frame;
    let chosen = RwSignal::new(None::<usize>);
    let group = format!("{name}-options");
    let rows = options
        .into_iter()
        .enumerate()
        .map(|(at, option)| {
            view! {
                <label class="option">
                    <input type="radio" name=group.clone() on:change=move |_| chosen.set(Some(at))/>
                    <span>{option}</span>
                </label>
            }
        })
        .collect_view();
    let submit = submitted(move || {
        if let Some(at) = chosen.get_untracked() {
            answer.run(Answer::Positions(vec![at]));
        }
    });
    view! {
        <form on:submit=submit>
            <div class="options" role="radiogroup" aria-labelledby=name>{rows}</div>
            <p class="buttons">
                <button class="btn" disabled=move || chosen.get().is_none()>"Answer"</button>
            </p>
        </form>
    }
}

/// Lines to be put in order: each has a button up and a button down.
#[component]
fn Order(shown: Vec<String>, frame: Frame) -> impl IntoView {
    let answer = frame.answer;
    let count = shown.len();
    let order = RwSignal::new((0..count).collect::<Vec<usize>>());
    let said = RwSignal::new(String::new());
    let list = NodeRef::<Ol>::new();
    let label = {
        let shown = shown.clone();
        move |item: usize| shown.get(item).cloned().unwrap_or_default()
    };
    // Moves a line, says where it is now, and keeps the focus on the button that was pressed, or on
    // its neighbour where that one can do no more.
    let shift = {
        let label = label.clone();
        Callback::new(move |(item, up): (usize, bool)| {
            let at = order.with_untracked(|order| order.iter().position(|other| *other == item));
            let to = at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) });
            let (Some(at), Some(to)) = (at, to.filter(|to| *to < count)) else { return };
            order.update(|order| order.swap(at, to));
            said.set(format!("{} is now number {} of {count}", label(item), to + 1));
            let end = to == 0 || to == count - 1;
            let wanted = if up != end { "up" } else { "down" };
            let selector = format!("[data-item='{item}'] [data-move='{wanted}']");
            let _ = request_animation_frame(move || {
                let button = list
                    .get_untracked()
                    .and_then(|list| list.query_selector(&selector).ok().flatten());
                if let Some(button) = button.and_then(|b| b.dyn_into::<web_sys::HtmlElement>().ok())
                {
                    let _ = button.focus();
                }
            });
        })
    };
    let row = move |item: usize| {
        let text = label(item);
        let at =
            move || order.with(|order| order.iter().position(|other| *other == item)).unwrap_or(0);
        let (up, down) = (format!("Move up: {text}"), format!("Move down: {text}"));
        view! {
            <li data-item=item>
                <div class="line">
                    <span class="item">{text}</span>
                    <span class="moves">
                        <button type="button" class="btn" data-move="up" aria-label=up disabled=move || at() == 0
                            on:click=move |_| shift.run((item, true))>"↑"</button>
                        <button type="button" class="btn" data-move="down" aria-label=down disabled=move || at() + 1 == count
                            on:click=move |_| shift.run((item, false))>"↓"</button>
                    </span>
                </div>
            </li>
        }
    };
    view! {
        <ol class="order" node_ref=list>
            <For each=move || order.get() key=|item| *item children=row/>
        </ol>
        <p class="sr-only" role="status">{move || said.get()}</p>
        <p class="buttons">
            <button class="btn" on:click=move |_| answer.run(Answer::Positions(order.get_untracked()))>"Answer"</button>
        </p>
    }
}

/// Lists of the same choices, one for each blank; the answer is given when something is chosen in each.
#[derive(Clone)]
struct Lists {
    /// Begins the id of each.
    name: String,
    choices: Vec<String>,
    chosen: RwSignal<Vec<Option<usize>>>,
}

impl Lists {
    fn new(name: &str, blanks: usize, choices: Vec<String>) -> Lists {
        Lists { name: name.to_owned(), choices, chosen: RwSignal::new(vec![None; blanks]) }
    }

    fn id(&self, at: usize) -> String {
        format!("{}-{at}", self.name)
    }

    /// The list at this blank.
    fn list(&self, at: usize) -> AnyView {
        let chosen = self.chosen;
        let options = self.choices.iter().enumerate().map(|(value, choice)| {
            view! { <option value=value>{choice.clone()}</option> }
        });
        let choose = move |event| {
            let value = event_target_value(&event).parse().ok();
            chosen.update(|chosen| {
                if let Some(slot) = chosen.get_mut(at) {
                    *slot = value;
                }
            });
        };
        view! {
            <select id=self.id(at) translate="no" on:change=choose>
                <option value="">"choose…"</option>
                {options.collect_view()}
            </select>
        }
        .into_any()
    }

    /// The form with `rows` of such lists.
    fn form(self, rows: AnyView, answer: Callback<Answer>) -> AnyView {
        let chosen = self.chosen;
        let all = move || chosen.with(|chosen| chosen.iter().copied().collect::<Option<Vec<_>>>());
        let submit = submitted(move || {
            if let Some(all) = untrack(all) {
                answer.run(Answer::Positions(all));
            }
        });
        view! {
            <form on:submit=submit>
                {rows}
                <p class="buttons">
                    <button class="btn" disabled=move || all().is_none()>"Answer"</button>
                </p>
            </form>
        }
        .into_any()
    }
}

/// Lines to be matched: each has a list of the choices.
#[component]
fn Match(items: Vec<String>, choices: Vec<String>, frame: Frame) -> impl IntoView {
    let Frame { name, answer, .. } = frame;
    let lists = Lists::new(&name, items.len(), choices);
    let row = |(at, item): (usize, String)| {
        view! {
            <label for=lists.id(at)>{item}</label>
            {lists.list(at)}
        }
    };
    let rows = items.into_iter().enumerate().map(row).collect_view();
    let rows = view! { <div class="matches" role="group" aria-labelledby=name>{rows}</div> };
    lists.form(rows.into_any(), answer)
}

/// A ladder or a tree: where a name is missing, there is a list of the choices.
#[component]
fn Blanks(
    ends: Option<[&'static str; 2]>,
    lines: Vec<Line>,
    choices: Vec<String>,
    frame: Frame,
) -> impl IntoView {
    let Frame { name, answer, .. } = frame;
    let blanks = lines.iter().filter(|line| line.given.is_none()).count();
    let lists = Lists::new(&name, blanks, choices);
    let mut next = 0;
    let mut row = |Line { spot, given, about, spoken }| {
        let about = view! { <span class="about" translate="no">{about}</span> };
        let inside = match given {
            Some(given) => view! { <b class="mono" translate="no">{given}</b> {about} }.into_any(),
            None => {
                let at = next;
                next += 1;
                view! {
                    <label class="sr-only" for=lists.id(at)>{spoken}</label>
                    {lists.list(at)}
                    <span aria-hidden="true">{about}</span>
                }
                .into_any()
            }
        };
        view! { <li class=spot_class(spot)>{inside}</li> }
    };
    let rows = lines.into_iter().map(&mut row).collect_view();
    let heads = ends.map(|[from, to]| {
        view! { <div class="blank-ends" aria-hidden="true"><span>{from}</span><span>{to}</span></div> }
    });
    let rows = view! {
        <div class="blanks" class:arrows=ends.is_some() role="group" aria-labelledby=name>
            {heads}
            <ol>{rows}</ol>
        </div>
    };
    lists.form(rows.into_any(), answer)
}

/// The class that puts a line in its place.
fn spot_class(spot: Spot) -> String {
    match spot {
        Spot::From(end) => format!("from-{}", end.name()),
        Spot::Depth(depth) => format!("deep-{depth}"),
    }
}

/// Bytes to be selected in the lab: what is selected now, and the button that makes it the answer.
#[component]
fn Bytes(frame: Frame) -> impl IntoView {
    let Frame { answer, begun, .. } = frame;
    let lab = lab();
    let now = Memo::new(move |_| {
        let view = lab.view();
        lab.run.read().as_ref().ok().and_then(|run| selected(run, &view))
    });
    let text = move || match now.get() {
        None => "Nothing is selected in the lab yet.".to_string(),
        Some((Place { start, end, .. }, name)) if end - start == 1 => {
            format!("Selected: {name}, byte {start}.")
        }
        Some((Place { start, end, .. }, name)) => {
            format!("Selected: {name}, bytes {start} to {}.", end.saturating_sub(1))
        }
    };
    let given = RwSignal::new(None);
    let submit = move |_| {
        if let Some((place, _)) = now.get_untracked() {
            given.set(Some(place));
            answer.run(Answer::Bytes(place));
        }
    };
    let is_other =
        Memo::new(move |_| now.get().is_some_and(|(place, _)| given.get() != Some(place)));
    Effect::new(move |before: Option<bool>| {
        let is_other = is_other.get();
        if is_other && before == Some(false) {
            begun.run(());
        }
        is_other
    });
    view! {
        <div class="octets" class:waiting=is_other>
            <p role="status">{text}</p>
            <p class="buttons">
                <button class="btn" disabled=move || now.get().is_none() on:click=submit>"This is my answer"</button>
                <button class="btn quiet" on:click=|_| go_to_bytes()>"Go to the bytes"</button>
            </p>
        </div>
    }
}

/// Brings the focus to the fields of the step, in which arrow keys select; or where another part of the lab is
/// shown, to what shows them.
fn go_to_bytes() {
    let places =
        [".step [role=tree] [tabindex='0']", ".lesson-scene button", ".stage [tabindex='0']"];
    let find = |place| dom::document().query_selector(place).ok().flatten();
    let found = places.into_iter().find_map(find).and_then(|found| found.dyn_into().ok());
    let Some(found): Option<web_sys::HtmlElement> = found else { return };
    let _ = found.focus();
}

/// A value to be typed, on one line.
#[component]
fn Typed(unit: String, frame: Frame) -> impl IntoView {
    let Frame { name, answer, .. } = frame;
    let text = RwSignal::new(String::new());
    let submit = submitted(move || {
        let typed = text.get_untracked();
        if !typed.trim().is_empty() {
            answer.run(Answer::Typed(typed));
        }
    });
    view! {
        <form class="typed" on:submit=submit>
            <input type="text" class="mono" aria-labelledby=name autocomplete="off" autocapitalize="off" spellcheck="false"
                on:input=move |event| text.set(event_target_value(&event))/>
            <span>{unit}</span>
            <button class="btn" disabled=move || text.with(|text| text.trim().is_empty())>"Answer"</button>
        </form>
    }
}

/// What is ticked, as an answer.
fn positions(ticked: RwSignal<BTreeSet<usize>>) -> Answer {
    Answer::Positions(ticked.with_untracked(|all| all.iter().copied().collect()))
}

/// Boxes of which those that are right are to be ticked.
fn boxes(name: &str, texts: Vec<AnyView>, ticked: RwSignal<BTreeSet<usize>>) -> AnyView {
    let rows = texts
        .into_iter()
        .enumerate()
        .map(|(at, text)| {
            let tick = move |_| {
                ticked.update(|ticked| {
                    if !ticked.remove(&at) {
                        ticked.insert(at);
                    }
                });
            };
            view! {
                <label class="option">
                    <input type="checkbox" on:change=tick/>
                    {text}
                </label>
            }
        })
        .collect_view();
    view! { <div class="options" role="group" aria-labelledby=name.to_owned()>{rows}</div> }
        .into_any()
}

/// Several of several.
#[component]
fn Several(options: Vec<String>, frame: Frame) -> impl IntoView {
    let Frame { name, answer, .. } = frame;
    let ticked = RwSignal::new(BTreeSet::new());
    let texts = options.into_iter().map(|text| view! { <span>{text}</span> }.into_any()).collect();
    let submit = submitted(move || answer.run(positions(ticked)));
    view! {
        <form on:submit=submit>
            {boxes(&name, texts, ticked)}
            <p class="buttons">
                <button class="btn" disabled=move || ticked.with(BTreeSet::is_empty)>"Answer"</button>
            </p>
        </form>
    }
}

/// To be said aloud or written: then the model answer is shown beside it, and its points are ticked. What is
/// written stays here while the page is open; nobody but the person reads it.
#[component]
fn Said(points: Vec<Html>, answer: Html, frame: Frame) -> impl IntoView {
    let Frame { name, kept, answer: give, .. } = frame;
    let said = RwSignal::new(false);
    let written = left::at::<String>(&kept).unwrap_or_default();
    let write = move |event| left::keep(&kept, event_target_value(&event));
    let box_id = format!("{name}-written");
    let ticked = RwSignal::new(BTreeSet::new());
    let group = format!("{name}-points");
    let model_id = format!("{name}-model");
    let show = {
        let model_id = model_id.clone();
        move |_| {
            said.set(true);
            super::focus_later(model_id.clone());
        }
    };
    let compare = move || {
        let texts = points.iter().map(|html| {
            view! { <span class="prose" inner_html=html.as_str().to_owned()></span> }.into_any()
        });
        let submit = submitted(move || give.run(positions(ticked)));
        view! {
            <div class="prose model" id=model_id.clone() tabindex="-1" role="group" aria-label="A good answer" inner_html=answer.as_str().to_owned()></div>
            <form on:submit=submit>
                <p id=group.clone()>"Which of these did you say?"</p>
                {boxes(&group, texts.collect(), ticked)}
                <p class="buttons"><button class="btn">"That is what I said"</button></p>
            </form>
        }
    };
    view! {
        <div class="written">
            <label for=box_id.clone()>"Your own words"</label>
            <textarea id=box_id rows="4" prop:value=written on:input=write></textarea>
        </div>
        <p class="buttons" hidden=said>
            <span class="dim">"Say it aloud or write it, then compare. What you write is not graded or stored."</span>
            <button class="btn" on:click=show>"Show a good answer"</button>
        </p>
        {move || said.get().then(compare.clone())}
    }
}
