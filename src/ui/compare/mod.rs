//! Compare: two runs side by side.
//!
//! | file | what is in it |
//! |---|---|
//! | `rows` | the aligned steps |
//! | `fields` | the fields in which two steps differ |

mod fields;
mod rows;

use super::lab;
use super::lab::{run_remarks, run_title};
use super::parts::{Behind, ChooseScenario, all_scenarios};
use super::room::Present;
use super::running::NoRun;
use super::state::Lab;
use crate::compare::pairs::{PAIRS, resolve};
use crate::compare::{Comparison, Mark, Side, compare};
use crate::route::{Page, View};
use crate::scenario::Scenario;
use crate::story::format;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use std::sync::Arc;

/// The screen, loaded when first shown.
#[wasm_split(compare, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Compare/> }.into_any())
}

/// The screen.
#[component]
fn Compare() -> impl IntoView {
    let lab = lab();
    let texts = Memo::new(move |_| match &lab.link.read().page {
        Page::Compare(a, b) => resolve(a, b),
        _ => resolve("", ""),
    });
    let text = Side::BOTH.map(|side| Memo::new(move |_| side.of(texts.read().each_ref()).clone()));
    let runs = text.map(|text| lab.runner.follow(text));
    let comparison = Memo::new_with_compare(
        move |_| -> Result<Arc<Comparison>, NoRun> {
            let (a, b) = (runs[0].get()?, runs[1].get()?);
            Ok(Arc::new(compare(&a, &b)))
        },
        |_, _| true,
    );
    let only = RwSignal::new(true);
    let swap = move |_| {
        let [a, b] = texts.get_untracked();
        go(lab, [b, a]);
    };
    let chosen = |side: Side| {
        Callback::new(move |text| {
            let mut both = texts.get_untracked();
            *side.of(both.each_mut()) = text;
            go(lab, both);
        })
    };
    view! {
        <div class="page compare">
            <h1>"Compare two runs"</h1>
            <p class="lead">"Both are run here and now."</p>
            <nav class="pair-ready" aria-label="Ready-made pairs">
                {PAIRS
                    .iter()
                    .map(|pair| {
                        let page = Page::Compare(pair.texts[0].into(), pair.texts[1].into());
                        let href = page.href();
                        let current = move || (*texts.read() == pair.texts).then_some("true");
                        view! { <a class="btn" href=href aria-current=current>{pair.title}</a> }
                    })
                    .collect_view()}
            </nav>
            <div class="pair-sides">
                <ChooseScenario label=Side::A.name() value=text[0] groups=all_scenarios choose=chosen(Side::A)/>
                <button class="btn" on:click=swap title="Exchange A and B" aria-label="Exchange A and B">"⇄"</button>
                <ChooseScenario label=Side::B.name() value=text[1] groups=all_scenarios choose=chosen(Side::B)/>
            </div>
            {move || match comparison.get() {
                Ok(comparison) => {
                    view! {
                        <Lede comparison=comparison.clone()/>
                        <Figures comparison=comparison.clone()/>
                        <rows::Rows comparison only/>
                    }
                        .into_any()
                }
                Err(why) => why.view(),
            }}
            <Present/>
        </div>
    }
}

fn go(lab: Lab, [a, b]: [String; 2]) {
    lab.go(Page::Compare(a, b), View::default());
}

/// What sets them apart, and where that begins.
#[component]
fn Lede(comparison: Arc<Comparison>) -> impl IntoView {
    let first = comparison.first_different().and_then(|pair| {
        // What is new is looked at; where something is missing, what it was.
        let of = |side: Side| Some((side, side.of(pair.seats.each_ref()).as_ref()?.step));
        let (side, step) = of(Side::B).or_else(|| of(Side::A))?;
        let href = rows::address(&comparison, side, step, &[]);
        Some(view! {
            " The first step that differs: "
            <a href=href>{pair.title().to_string()}</a>
            {if pair.mark == Mark::Differs { ".".into() } else { format!(", {}.", pair.mark.label()) }}
        })
    });
    view! { <p class="pair-lede">{comparison.sentence()} {first}</p> }
}

/// What the lab calls a run, with its text form: two that differ in a key that no name has are told apart by that.
fn name(text: &str) -> impl IntoView + use<> {
    let href = Page::Lab(text.to_owned()).href();
    let run = Scenario::parse(text).unwrap_or_default();
    view! {
        <a href=href>{run_title(&run)}</a>
        <span class="pair-run">{run_remarks(&run)}</span>
        <code class="pair-run" translate="no">{text.to_owned()}</code>
    }
}

/// What each run costs and settles: what differs, and folded away what is the same.
#[component]
fn Figures(comparison: Arc<Comparison>) -> impl IntoView {
    let [a, b] = &comparison.figures;
    let rows = a.rows().into_iter().zip(b.rows());
    let (same, different): (Vec<_>, Vec<_>) = rows.partition(|((_, a), (_, b))| a == b);
    let different = different.into_iter().map(|((name, a), (_, b))| {
        view! { <tr><th scope="row">{name}</th><td>{a}</td><td>{b}</td></tr> }
    });
    let [a, b] = [a, b].map(|figures| name(&figures.scenario));
    let more = (!same.is_empty()).then(|| {
        let summary = format!("The same in both: {}", format::plural(same.len(), "figure"));
        let rows = same.into_iter().map(|((name, value), _)| {
            view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> }
        });
        view! {
            <details class="pair-same">
                <summary>{summary}</summary>
                <table class="pair-figures"><tbody>{rows.collect_view()}</tbody></table>
            </details>
        }
    });
    view! {
        <table class="pair-figures">
            <caption class="sr-only">"What each run costs and settles, where they differ"</caption>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col"><b class="ab">{Side::A.name()}</b>" "{a}</th>
                    <th scope="col"><b class="ab">{Side::B.name()}</b>" "{b}</th>
                </tr>
            </thead>
            <tbody>{different.collect_view()}</tbody>
        </table>
        {more}
    }
}
