//! Two leaves that were read beside each other, such as before and after a renewal.

use crate::certificates::read::Reading;
use crate::certificates::renewal::{self, Remark};
use crate::certificates::told;
use crate::certificates::verdict::Gravity;
use crate::compare::{Difference, Nature, Side};
use crate::story::format;
use leptos::prelude::*;

/// What the two sides are called.
const SIDES: [&str; 2] = ["old", "new"];

/// The comparison; nothing where there are not two leaves.
pub fn renewed(reading: &Reading) -> Option<AnyView> {
    let [(old_place, old), (new_place, new)] = renewal::pair(reading)?;
    let renewal = renewal::compare(&old, &new)?;
    let remarks = renewal.remarks.iter().map(remark).collect_view();
    let (chosen, others): (Vec<&Difference>, Vec<&Difference>) =
        renewal.fields.iter().partition(|field| field.nature == Nature::Chosen);
    let first = (!chosen.is_empty()).then(|| table("Fields that differ", &chosen));
    let rest = (!others.is_empty()).then(|| {
        let count = format::plural(others.len(), "field");
        view! {
            <details>
                <summary>{format!("{count} that differ in any two certificates, or follow from others")}</summary>
                {table("Fields that differ in any two certificates", &others)}
            </details>
        }
    });
    Some(
        view! {
            <section class="finding renewed" aria-label="Before and after a renewal">
                <h2>"Two leaves, side by side"</h2>
                <p>{format!("old: {old_place}; new: {new_place}. The one that starts earlier is taken as the old one.")}</p>
                <p>{renewal::lede(&renewal)}</p>
                <ul class="remarks">{remarks}</ul>
                {first}
                {rest}
            </section>
        }
        .into_any(),
    )
}

fn remark(remark: &Remark) -> impl IntoView + use<> {
    let class = match (remark.differs, remark.gravity) {
        (false, _) => "dim",
        (true, Gravity::Note) => "ok",
        (true, _) => "warn",
    };
    let (mark, words) = told::remark(remark);
    let word = if remark.differs { "differs" } else { "the same" };
    view! {
        <li>
            <span class=format!("sign {class}") aria-hidden="true">{mark}</span>
            <p><span class="sr-only">{word}": "</span>{words}</p>
        </li>
    }
}

fn table(caption: &'static str, fields: &[&Difference]) -> AnyView {
    let rows: Vec<AnyView> = fields.iter().map(|field| row(field)).collect();
    view! {
        <table class="pair-diff">
            <caption class="sr-only">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Field"</th>
                    {SIDES.map(|side| view! { <th scope="col">{side}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(field: &Difference) -> AnyView {
    let cells = Side::BOTH.map(|side| {
        let name = view! { <b class="ab" aria-hidden="true">{side.of(["−", "+"])}</b> };
        match side.of(field.places.each_ref()) {
            Some(place) => {
                view! { <td>{name} <span class="mono" translate="no">{place.value.clone()}</span></td> }
                    .into_any()
            }
            None => view! { <td>{name} <span class="dim">"not there"</span></td> }.into_any(),
        }
    });
    view! {
        <tr>
            <th scope="row"><code translate="no">{field.title()}</code></th>
            {cells.into_iter().collect_view()}
        </tr>
    }
    .into_any()
}
