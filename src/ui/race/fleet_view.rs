//! The fleet calculator: what the measured round trips come to over the connections of a day.

use super::course::Course;
use crate::race::words::{long_time, thousands};
use crate::race::{Fleet, MAX_CONNECTIONS, Plan};
use crate::scenario::Version;
use leptos::prelude::*;

const VERSIONS: [Version; 2] = [Version::Tls13, Version::Tls12];

/// The calculator.
#[component]
pub fn FleetCalculator(course: Course) -> impl IntoView {
    let plan = Memo::new(move |_| course.plan());
    let measured = Memo::new(move |_| course.ways());
    let rtt_ms = Memo::new(move |_| u32::try_from(course.race.read().rtt_ms).unwrap_or(u32::MAX));
    let change = move |change: &dyn Fn(&mut Plan)| {
        let mut plan = plan.get_untracked();
        change(&mut plan);
        course.change(|race| race.fleet = plan.to_string());
    };
    view! {
        <section class="fleet" aria-labelledby="fleet-title">
            <h2 id="fleet-title">"A fleet's day"</h2>
            <p class="lead">
                "What do these round trips come to over all the connections of a day? The figures for each way are measured in runs, as above."
            </p>
            <div class="race-controls">
                <div class="seg" role="group" aria-label="Version">
                    {VERSIONS
                        .map(|version| {
                            view! {
                                <button
                                    aria-pressed=move || (plan.read().version == version).to_string()
                                    on:click=move |_| change(&|plan| plan.version = version)
                                >
                                    {version.label()}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
                <label class="chip">
                    <span>"connections a day"</span>
                    <input
                        class="count"
                        type="number"
                        min="0"
                        max=MAX_CONNECTIONS
                        prop:value=move || plan.read().connections.to_string()
                        on:change:target=move |event| {
                            let value = whole(&event.target().value(), MAX_CONNECTIONS);
                            change(&|plan| plan.connections = value.unwrap_or(plan.connections));
                        }
                    />
                </label>
            </div>
            <p class="dim">
                "A request on a connection kept alive counts as one: the connection that need not be opened."
            </p>
            <div class="table-wrap">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Way"</th>
                            <th scope="col">"Share"</th>
                            <th scope="col">"Round trips"</th>
                            <th scope="col">"Saved each"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {(0..4).map(|place| row(place, plan, measured, change)).collect_view()}
                    </tbody>
                </table>
            </div>
            {move || sum(plan.get(), measured.get(), rtt_ms.get())}
        </section>
    }
}

/// One way: its share, and what was measured.
#[expect(clippy::indexing_slicing, reason = "a place is below 4, and one with a share from 1 on")]
fn row(
    place: usize,
    plan: Memo<Plan>,
    measured: Memo<[Option<u32>; 4]>,
    change: impl Fn(&dyn Fn(&mut Plan)) + Copy + 'static,
) -> impl IntoView {
    let way = move || plan.read().ways()[place];
    let trips = move || measured.read()[place];
    let count = |trips: Option<u32>| trips.map_or("–".to_string(), |trips| trips.to_string());
    let saved = move || {
        let (full, own) = measured.read()[0].zip(trips())?;
        Some(thousands(i64::from(full) - i64::from(own)))
    };
    let share = match place.checked_sub(1) {
        None => {
            let rest = move || 100_u32.saturating_sub(plan.read().shares().iter().sum());
            view! { <span>{rest} " % (the rest)"</span> }.into_any()
        }
        Some(at) => {
            let label = move || format!("share {}, in percent", way().name);
            view! {
                <input
                    type="number"
                    min="0"
                    max="100"
                    aria-label=label
                    disabled=move || way().scenario.is_none()
                    prop:value=move || plan.read().shares()[at].to_string()
                    on:change:target=move |event| {
                        let value = whole(&event.target().value(), 100);
                        change(&|plan| plan.percents[at] = value.unwrap_or(plan.percents[at]));
                    }
                />
                " %"
            }
            .into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{move || way().name}</th>
            <td>{share}</td>
            <td>
                {move || match way().scenario {
                    None => "not in TLS 1.2".to_string(),
                    Some(_) => count(trips()),
                }}
            </td>
            <td>{move || saved().unwrap_or_else(|| "–".into())}</td>
        </tr>
    }
}

/// The formula, the numbers put in, and what comes out.
fn sum(plan: Plan, measured: [Option<u32>; 4], rtt_ms: u32) -> Option<AnyView> {
    let fleet = plan.fleet(rtt_ms, measured)?;
    let (Some(saved), Some(spent)) = (fleet.saved(), fleet.spent()) else {
        let percent: u32 = plan.shares().iter().sum();
        let text = format!("The shares add up to {percent} %. Together they can be 100 % at most.");
        return Some(view! { <p class="lane-failed" role="alert">{text}</p> }.into_any());
    };
    let (round_trips, seconds) = (thousands(saved.round_trips), thousands(saved.seconds));
    let version = plan.version.label();
    let connections = thousands(i64::from(plan.connections));
    let view = view! {
        <div class="formula">
            <p><b>"round trips saved"</b>" = connections × sum of share × (round trips in full − round trips this way)"</p>
            <p class="numbers">{format!("= {connections} × ({}) = {round_trips}", terms(&fleet))}</p>
            <p><b>"time saved"</b>" = round trips saved × round-trip time"</p>
            <p class="numbers">{format!("= {round_trips} × {rtt_ms} ms = {seconds} s")}</p>
        </div>
        <p class="fleet-result" role="status">
            "In a day this saves "
            <strong>{round_trips.clone()} " round trips"</strong>
            ", and users wait "
            <strong>{seconds.clone()} " seconds"</strong>
            {(saved.seconds >= 60).then(|| format!(" ({})", long_time(saved.seconds.unsigned_abs())))}
            " less, against a full " {version} " handshake for every connection. What is left to wait is "
            {thousands(spent.seconds)} " seconds."
        </p>
        {(plan.version == Version::Tls13 && measured[1].is_some() && measured[1] == measured[0])
            .then(|| {
                view! {
                    <p class="note">
                        "Resuming saves no round trip in TLS 1.3: a full handshake takes only one. It does save the certificates and their signature."
                    </p>
                }
            })}
        {(plan.shares()[1] > 0)
            .then(|| {
                view! {
                    <p class="note">
                        "Early data can be recorded and sent again by anyone on the way. Send only what may safely be done twice."
                    </p>
                }
            })}
    };
    Some(view.into_any())
}

/// `20 % × (3 − 2) + 40 % × (3 − 1)`; `0` where there is no share.
fn terms(fleet: &Fleet) -> String {
    let term = |share: &crate::race::Share| {
        format!("{} % × ({} − {})", share.percent, fleet.full, share.round_trips)
    };
    let terms: Vec<String> = fleet.shares.iter().map(term).collect();
    if terms.is_empty() { "0".into() } else { terms.join(" + ") }
}

/// The nearest whole number that can be; `None` for what is no number.
fn whole(text: &str, most: u32) -> Option<u32> {
    text.trim().parse::<u64>().ok().map(|number| u32::try_from(number).unwrap_or(most).min(most))
}
