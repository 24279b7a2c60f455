//! The ladder: what went over the link, in the order of sending, as slanted arrows between two
//! lifelines. Each row is a link to its step.

mod arrows;
mod follow;
pub mod row;
mod row_view;

use crate::route::{Perspective, Zoom};
use crate::story::first_difference;
use crate::trace::Endpoint;
use crate::ui::lab;
use crate::ui::lab::Front;
use crate::ui::parts::plain_click;
use leptos::prelude::*;
use row::{Mark, RowView};

/// The ladder with its zoom and its legend.
#[component]
pub fn Sequence() -> impl IntoView {
    let lab = lab();
    let zoom = Memo::new(move |_| lab.link.read().view.zoom);
    let blind = Memo::new(move |_| lab.eyes() == Perspective::Eavesdropper);
    let rows = Memo::new(move |_| match &*lab.run.read() {
        Ok(run) => row::rows(run, zoom.get(), blind.get()),
        Err(_) => Vec::new(),
    });
    let parting = Memo::new(move |_| {
        let good = lab.good_run.read();
        let run = lab.run.read();
        let story = run.as_ref().ok()?.story();
        let divergence = first_difference(good.as_ref()?.story(), story)?;
        // Nothing of this shows to someone without keys.
        let (differs, noticed) = (divergence.step, divergence.noticed_by);
        // An end that noticed shows it by what it does next: by its alert, where it sends one.
        let at = divergence.alert_step.or(story.noticed_at).unwrap_or(differs).max(differs);
        (!blind.get()).then_some((differs, noticed.map(|who| (at, lab.name(who)))))
    });
    let here = Memo::new(move |_| lab.here());
    // The row that the Tab key leads to: the present one, or else the first.
    let entry = Memo::new(move |_| {
        let here = here.get();
        let is_present = |row: &RowView| here.is_some_and(|here| row.steps.contains(&here));
        rows.read().iter().position(is_present).unwrap_or(0)
    });
    let ladder = NodeRef::new();
    follow::follow(ladder, here, rows);
    view! {
        <div class="sequence-head">
            <h2 class="section-title">"Sequence"</h2>
            <ConnectionSwitch/>
            <ZoomSwitch zoom/>
        </div>
        <a
            class="row-whole"
            class:present=move || here.get().is_none()
            href=move || lab.step_href(None)
            aria-current=move || here.get().is_none().then_some("step")
            on:click=move |event| {
                if plain_click(&event) {
                    lab.show_whole();
                    lab.turn_to(Front::Step);
                }
            }
        >
            "The whole connection"
        </a>
        <div class="ends" aria-hidden="true">
            <span class="end client">{move || lab.name(Endpoint::Client)}</span>
            <span class="end server">{move || lab.name(Endpoint::Server)}</span>
        </div>
        <ol class="ladder" translate="no" node_ref=ladder on:keydown=arrows::move_focus>
            {move || {
                let parting = parting.get();
                let mut differs = parting.map(|(step, _)| step);
                let mut noticed = parting.and_then(|(_, noticed)| noticed);
                let mut last: Option<u64> = None;
                rows.get()
                    .into_iter()
                    .enumerate()
                    .map(|(at, row)| {
                        let parts = differs.take_if(|step| row.step >= *step).is_some();
                        let notices = noticed.take_if(|(step, _)| row.step >= *step);
                        let first_of_moment = last.replace(row.sent_us) != Some(row.sent_us);
                        view! {
                            {parts.then(|| view! {
                                <Parting text="goes another way than the good run from here".to_string()/>
                            })}
                            {notices.map(|(_, who)| view! { <Parting text=format!("the {who} noticed")/> })}
                            <row_view::RowItem row at here entry first_of_moment/>
                        }
                    })
                    .collect_view()
            }}
        </ol>
        <Legend rows blind/>
    }
}

/// Which of the run's connections is drawn, where it has several.
#[component]
fn ConnectionSwitch() -> impl IntoView {
    let lab = lab();
    let place = Memo::new(move |_| match &*lab.run.read() {
        Ok(run) => (run.focus(), run.stories.len()),
        Err(_) => (0, 0),
    });
    let count = Memo::new(move |_| place.get().1);
    move || {
        let count = count.get();
        let button = |connection: usize| {
            let number = connection + 1;
            view! {
                <button
                    aria-pressed=move || (place.get().0 == connection).to_string()
                    aria-label=format!("connection {number} of {count}")
                    on:click=move |_| lab.connection_to(connection)
                >
                    {number}
                </button>
            }
        };
        // With a gateway the wires above are the choice.
        (count > 1 && !lab.has_gateway()).then(|| {
            view! {
                <div class="seg" role="group" aria-label="Connection">
                    <span class="dim">"connection"</span>
                    {(0..count).map(button).collect_view()}
                </div>
            }
        })
    }
}

/// How fine the ladder is drawn.
#[component]
fn ZoomSwitch(zoom: Memo<Zoom>) -> impl IntoView {
    let lab = lab();
    // From the wire up, as the keys 1, 2, 3.
    let choices = [(Zoom::Tcp, "TCP"), (Zoom::Records, "records"), (Zoom::Messages, "messages")];
    view! {
        <div class="seg" role="group" aria-label="Zoom">
            {choices
                .map(|(choice, label)| {
                    view! {
                        <button
                            aria-pressed=move || (zoom.get() == choice).to_string()
                            on:click=move |_| lab.look(|view| view.zoom = choice)
                        >
                            {label}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// Stands between rows: where a faulty run leaves the good one, and where an end noticed.
#[component]
fn Parting(text: String) -> impl IntoView {
    view! { <li class="parting"><span>"✕ " {text}</span></li> }
}

/// What the marks of the rows mean: those that occur.
#[component]
fn Legend(rows: Memo<Vec<RowView>>, blind: Memo<bool>) -> impl IntoView {
    let items = Memo::new(move |_| {
        let rows = rows.read();
        let occurs = |mark: &&Mark| rows.iter().any(|row| row.mark == **mark);
        Mark::ALL.iter().filter(occurs).copied().collect::<Vec<_>>()
    });
    view! {
        <ul class="legend">
            {move || {
                items
                    .get()
                    .into_iter()
                    .map(|mark| {
                        view! {
                            <li class=mark.class()>
                                <i aria-hidden="true">{mark.legend_symbol()}</i>
                                " "
                                {mark.word()}
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
        {move || {
            blind.get().then(|| {
                view! {
                    <p class="dim legend-note">
                        "Of encrypted records an eavesdropper sees type and size, not the messages inside."
                    </p>
                }
            })
        }}
    }
}
