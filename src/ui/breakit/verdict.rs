//! In the lab: what a fault did to this run, how to check it elsewhere, and the fix. After the fix,
//! that it worked.

use super::{beside, facts, panes, seen};
use crate::faults::Fault;
use crate::route::{Page, Perspective, Place, View};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::story::first_difference;
use crate::ui::lab;
use crate::ui::parts::{rich, to_heading};
use leptos::html::Summary;
use leptos::prelude::*;

/// The verdict on a faulty run; what the fix did, right after it; else nothing.
#[component]
pub fn Verdict() -> impl IntoView {
    let lab = lab();
    // A step taken does not draw it anew, so that what is unfolded stays so.
    let fault = Memo::new(move |_| {
        let run = lab.run.read();
        run.as_ref().ok()?.scenario().fault
    });
    // What the run shown is the fix of. It may have a fault of its own, which is told when this was read.
    let fixed = Memo::new(move |_| {
        let (id, scenario) = lab.fixed.get()?;
        let run = lab.run.read();
        (run.as_ref().ok()?.scenario().text() == scenario).then_some(id)
    });
    // Whether it was just broken again, by a button that is gone then.
    let again = StoredValue::new(false);
    move || {
        let run = lab.run.get().ok()?;
        if let Some(fault) = fixed.get().and_then(Fault::find) {
            return Some(view! { <Fixed fault run=run.as_ref() again/> }.into_any());
        }
        let fault = fault.get().and_then(Fault::find)?;
        let focused = again.try_update_value(std::mem::take).unwrap_or_default();
        Some(view! { <Broken fault run=run.as_ref() focused/> }.into_any())
    }
}

/// What broke, and what to do. `focused` puts the focus on what it is called.
#[component]
fn Broken<'a>(fault: &'static Fault, run: &'a Run, focused: bool) -> impl IntoView + use<> {
    let lab = lab();
    if lab.link.with_untracked(|link| matches!(link.page, Page::Fault(..))) {
        seen::note(fault.id);
    }
    let good = lab.good_run.get_untracked();
    let parting = good.as_ref().and_then(|good| {
        let parting = first_difference(good.story(), run.story())?;
        let instead = parting.instead_of.and_then(|step| good.story().steps.get(step));
        Some((parting.clone(), instead.map(|step| step.title.clone())))
    });
    // Where the client's connections are as they should be, and then comes another one, that is where to look.
    let added = good.as_ref().and_then(|good| added(run, good));
    let added = added.filter(|at| run.focus() < *at);
    if (parting.is_some() || added.is_some()) && lab.opens_fault() {
        match added {
            Some(at) => lab.look(|view| look_at(view, at)),
            None => {
                let step = parting.as_ref().map(|(parting, _)| parting.step);
                lab.look(|view| view.step = step);
            }
        }
    }
    let listening = Memo::new(move |_| lab.eyes() == Perspective::Eavesdropper);
    // What is wrong behind a gateway is told in front of it as well.
    let is_inner = run.scenario().expected().is_some_and(|outcome| outcome.is_inner);
    let lead = match &good {
        Some(good) if is_inner && run.focus() == 0 => {
            format!("{}, on the connection behind the gateway", lead(&run.at(1), &good.at(1)))
        }
        Some(_) if added.is_some() => {
            "the run takes the same steps as the good one, and then comes another connection".into()
        }
        Some(good) => lead(run, good),
        None => String::new(),
    };
    let to_added = added.map(|at| {
        let go = move |_| {
            lab.connection_to(at);
            lab.look(|view| look_at(view, at));
        };
        view! {
            <p>
                "Nobody at this connection notices anything. What the good run does not have is "
                <button class="link" on:click=go>{format!("connection {}", at + 1)}</button> "."
            </p>
        }
    });
    let parted = parting.as_ref().map(|(parting, instead)| (parting, instead.as_deref()));
    let facts = facts::facts(fault, run, parted);
    let beside_good = good.as_ref().zip(parting.as_ref());
    let beside_good = beside_good.map(|(good, (parting, _))| beside::beside(run, good, parting));
    let counterpart = counterpart(fault, run.scenario());
    let repaired = repaired(fault, run.scenario());
    let after_fix = parting.as_ref().map(|(parting, _)| parting);
    // Where something is wrong still, the run leaves the good one at the same step.
    let after_fix = after_fix.and_then(|parting| match repaired.fault {
        None => parting.instead_of,
        Some(_) => Some(parting.step),
    });
    let beside = Page::Compare(run.scenario().text(), String::new()).href();
    let fix = move |_| {
        let text = repaired.text();
        lab.fixed.set(Some((fault.id, text.clone())));
        let view = lab.link.read_untracked().view.clone();
        let step = after_fix.or(view.step);
        lab.go(Page::Lab(text), View { step, selection: Vec::new(), key: None, part: 0, ..view });
    };
    let plan = run.scenario().plan();
    let open = RwSignal::new(None);
    // Where the run leaves the good one, a phone shows this before what the step says.
    let leads = parting.as_ref().map(|(parting, _)| parting.step);
    let leads = move || leads.is_some() && lab.here() == leads;
    let heading = NodeRef::<Summary>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| focused) {
            let _ = heading.focus();
        }
    });
    view! {
        <details class="finding broken" class:leads=leads open=move || !listening.get()>
            <summary node_ref=heading>
                <h2><span aria-hidden="true">"✕ "</span>{fault.title}</h2>
                <span class="finding-lead">
                    {move || if listening.get() {
                        "what really happened, which an eavesdropper cannot tell".to_string()
                    } else {
                        lead.clone()
                    }}
                </span>
            </summary>
            <p>{fault.words().summary}</p>
            {to_added}
            {facts}
            {beside_good}
            <div class="finding-buttons">
                <button class="btn primary" on:click=fix>"Apply the fix and run again"</button>
                {panes::buttons(open)}
                <a class="btn" href=beside>"Compare with the good run"</a>
                {counterpart}
            </div>
            {panes::panes(open, fault, &plan)}
        </details>
    }
}

/// Two faults that are the same attack, with verification on and off.
const SAME_ATTACK: [&str; 2] = ["mitm-refused", "mitm-verification-off"];

/// The way to this run beside the one of the same attack where the client is set up the other way.
fn counterpart(fault: &Fault, scenario: &Scenario) -> Option<impl IntoView + use<>> {
    let other = SAME_ATTACK.contains(&fault.id).then_some(SAME_ATTACK)?;
    let [on, off] = other.map(|id| scenario.with(&[("fault", id)]).map(|one| one.text()));
    let href = Page::Compare(off.ok()?, on.ok()?).href();
    Some(view! { <a class="btn" href=href>"See what that one line of code costs"</a> })
}

/// The scenario with the fault's fix applied, and nothing else: an attacker is still there.
fn repaired(fault: &Fault, scenario: &Scenario) -> Scenario {
    let left = fault.left_by_fix().and_then(|left| scenario.with(&[("fault", left.id)]).ok());
    left.unwrap_or_else(|| scenario.mended())
}

/// Where something is still wrong after the fix: what that is, and the way to the run without it.
fn still_wrong(run: &Run) -> Option<impl IntoView + use<>> {
    let left = run.scenario().broken_by()?;
    let href = Page::Lab(run.scenario().mended().text()).href();
    Some(view! {
        <p>
            "Still there: " {left.title} ". " {left.words().summary} " "
            <a class="step-link" href=href>"The run without it"</a>
        </p>
    })
}

/// The first connection of its own, not a gateway's, that the good run does not have.
fn added(run: &Run, good: &Run) -> Option<usize> {
    let at = good.stories.len();
    run.trace.connections.get(at).filter(|one| one.roles.is_direct()).map(|_| at)
}

/// Looks at such a connection. Whoever opened it has no keys, so it is seen through the server's eyes.
fn look_at(view: &mut View, connection: usize) {
    (view.connection, view.perspective) = (Some(connection), Perspective::Server);
}

/// Who noticed and what it sent, in a few words.
fn lead(run: &Run, good: &Run) -> String {
    let Some(parting) = first_difference(good.story(), run.story()) else {
        return "the run takes the same steps as the good one".into();
    };
    let messages = &run.dissection().messages;
    let alert = parting.alert.and_then(|at| messages.get(at));
    match (parting.noticed_by, alert) {
        (Some(who), Some(alert)) if alert.from == who => {
            format!("the {} noticed and sent {}", run.name(who), alert.name)
        }
        (Some(who), _) => format!("the {} noticed and sent no alert", run.name(who)),
        (None, _) => "nobody noticed an error".into(),
    }
}

/// That the fix worked, in the words of the run that shows it. `again` is set when it is undone.
#[component]
fn Fixed<'a>(
    fault: &'static Fault,
    run: &'a Run,
    again: StoredValue<bool>,
) -> impl IntoView + use<> {
    let lab = lab();
    let ending = rich(&run.story().ending);
    let still_wrong = still_wrong(run);
    let break_again = move |_| {
        let broken = lab.scenario().and_then(|scenario| scenario.with(&[("fault", fault.id)]).ok());
        if let Some(broken) = broken {
            again.set_value(true);
            lab.run_scenario(&broken);
        }
    };
    let close = move |_| {
        // The button goes with the box: the focus goes to the page's heading.
        lab.fixed.set(None);
        to_heading();
    };
    // The button that was pressed is gone: the focus goes to what it led to.
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    view! {
        <div class="finding mended" role="status">
            <h2 tabindex="-1" node_ref=heading><span aria-hidden="true">"✓ "</span>{format!("Fixed: {}", fault.title)}</h2>
            <p>{fault.words().fix}</p>
            <p>{ending}</p>
            {still_wrong}
            <p class="finding-next">
                <button class="btn" on:click=break_again>"Break it again"</button>
                <a class="btn quiet" href=Place::Fix.root().href()>"Break something else"</a>
                <button class="btn quiet" on:click=close>"Close"</button>
            </p>
        </div>
    }
}
