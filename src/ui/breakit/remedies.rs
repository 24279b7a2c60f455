//! What to write into which program: one program at a time, of those that the fault's remedies have.

use super::host::hosted;
use crate::faults::{Advice, Fault, Program};
use crate::ui::parts::{Behind, rich};
use crate::ui::{lab, storage};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The name under which it is kept for the visit which program was chosen.
const PROGRAM: &str = "program";

/// Loaded when the fix of a fault that has any is first asked for.
#[wasm_split(remedies, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Remedies/> }.into_any())
}

/// Which programs something is told of, in their order.
fn programs(all: &[&Advice]) -> Vec<Program> {
    let tells = |advice: &Advice, program| {
        advice.code(program).is_some() || advice.without(program).is_some()
    };
    let has = |program: &Program| all.iter().any(|advice| tells(advice, *program));
    Program::ALL.iter().copied().filter(has).collect()
}

/// Those of the fault of this run.
#[component]
fn Remedies() -> impl IntoView {
    let lab = lab();
    let run = lab.run.get_untracked().ok();
    let fault = run.and_then(|run| run.scenario().fault).and_then(Fault::find)?;
    let all: Vec<_> = fault.words().remedies.iter().map(|remedy| remedy.advice()).collect();
    let programs = programs(&all);
    let writes = |program: &&Program| all.iter().any(|advice| advice.code(**program).is_some());
    let first = *programs.iter().find(writes)?;
    // What was chosen at another fault stays, where this one has it.
    let kept = storage::get_for_visit(PROGRAM).and_then(|id| Program::from_id(&id));
    let shown = RwSignal::new(kept.filter(|one| programs.contains(one)).unwrap_or(first));
    let choose = move |program: Program| {
        storage::set_for_visit(PROGRAM, program.id());
        shown.set(program);
    };
    let button = |program: Program| {
        view! {
            <button
                translate="no"
                aria-pressed=move || (shown.get() == program).to_string()
                on:click=move |_| choose(program)
            >
                {program.label()}
            </button>
        }
    };
    let told = move || {
        let program = shown.get();
        let of = |advice: &&'static Advice| {
            let (code, why) = (advice.code(program), advice.without(program));
            (code.is_some() || why.is_some()).then(|| {
                view! {
                    <h4>{advice.title}</h4>
                    <p>{rich(advice.about)}</p>
                    {why.map(|why| view! { <p>{format!("{}: ", program.label())} {rich(why)}</p> })}
                    {code.map(|code| hosted(vec![(String::new(), code.into())], "the text"))}
                }
            })
        };
        all.iter().filter_map(of).collect_view()
    };
    Some(view! {
        <h3>"Configuration and code"</h3>
        <div class="remedy-programs seg" role="group" aria-label="Your program">
            {programs.into_iter().map(button).collect_view()}
        </div>
        <div class="remedies">{told}</div>
    })
}
