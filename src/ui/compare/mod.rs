//! Compare: two runs side by side.
//!
//! | file | what is in it |
//! |---|---|
//! | `rows` | the aligned steps |
//! | `fields` | the fields in which two steps differ |

mod fields;
mod rows;

use super::lab;
use super::parts::{Behind, ChooseScenario, all_scenarios};
use super::running::NoRun;
use super::state::Lab;
use crate::compare::pairs::{PAIRS, resolve};
use crate::compare::{Comparison, Mark, Side, compare};
use crate::route::{Page, View};
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
            <p class="lead">
                "Both are run here and now. Steps are paired by what is sent and by whom; open one to see which of its fields differ."
            </p>
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
                        <Figures comparison=comparison.clone()/>
                        <Legend comparison=comparison.clone()/>
                        <rows::Rows comparison/>
                    }
                        .into_any()
                }
                Err(why) => why.view(),
            }}
        </div>
    }
}

fn go(lab: Lab, [a, b]: [String; 2]) {
    lab.go(Page::Compare(a, b), View::default());
}

/// What each run costs and settles.
#[component]
fn Figures(comparison: Arc<Comparison>) -> impl IntoView {
    let [a, b] = &comparison.figures;
    let rows = a.rows().into_iter().zip(b.rows()).map(|((name, a), (_, b))| {
        let differs = a != b;
        view! {
            <tr class:differs=differs>
                <th scope="row">{name}</th>
                <td>{a}</td>
                <td>{b}</td>
            </tr>
        }
    });
    let head = [a, b].map(|figures| {
        let page = Page::Lab(figures.scenario.clone());
        let href = page.href();
        view! { <a href=href>{figures.scenario.clone()}</a> }
    });
    let [a, b] = head;
    view! {
        <table class="pair-figures">
            <caption class="sr-only">"What each run costs and settles"</caption>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col"><b class="ab">{Side::A.name()}</b>" "{a}</th>
                    <th scope="col"><b class="ab">{Side::B.name()}</b>" "{b}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The marks, with how many steps have each.
#[component]
fn Legend(comparison: Arc<Comparison>) -> impl IntoView {
    let marks = Mark::ALL.into_iter().filter_map(|mark| {
        let count = comparison.count(mark);
        (count > 0).then(|| {
            view! {
                <li class=rows::class(mark)>
                    <b aria-hidden="true">{mark.symbol()}</b>
                    {format!(" {count} {}", mark.label())}
                </li>
            }
        })
    });
    view! { <ul class="pair-marks" aria-label="Steps">{marks.collect_view()}</ul> }
}
