//! Where in the connection the step is, who sent it, under which keys, when, and in what.

use super::super::front::{Front, Fronts};
use super::super::seen;
use crate::dissect::Epoch;
use crate::route::{Layer, Perspective};
use crate::run::Run;
use crate::story::{Step, format, text};
use crate::ui::lab;
use leptos::prelude::*;

/// The title, the tabs of a phone, and the line below.
#[component]
pub fn StepHeader() -> impl IntoView {
    let lab = lab();
    let perspective = Memo::new(move |_| lab.eyes());
    view! {
        {move || {
            lab.with_step(|_, step| {
                let title = seen::title(step, perspective.get()).to_string();
                view! { <h1 class="step-title">{title}</h1> }
            })
        }}
        <Fronts/>
        {move || lab.with_step(|run, step| eyebrow(run, step, perspective.get()))}
    }
}

fn eyebrow(run: &Run, step: &Step, perspective: Perspective) -> impl IntoView + use<> {
    let sealed = seen::is_sealed(step, perspective);
    let count = run.story().steps.len();
    let (epoch, epoch_word) =
        if sealed { ("", "encrypted".to_string()) } else { epoch(run, step.epoch) };
    let from = step.from.name();
    let records: Vec<String> = step.records.iter().map(|record| (record + 1).to_string()).collect();
    let packets: Vec<String> = step.packets.iter().map(u32::to_string).collect();
    view! {
        <p class="eyebrow">
            <span>{format!("Step {} of {count}", step.index + 1)}</span>
            <span class=format!("tag {from}")>{run.name(step.from)}" → "{run.name(step.from.peer())}</span>
            <span class=format!("tag {epoch}")>{epoch_word}</span>
            <span>{times(run, step)}</span>
            <Carriers layer=Layer::Packet word="packet" numbers=packets/>
            <Carriers layer=Layer::Record word="record" numbers=records/>
        </p>
    }
}

/// The class and the words of an epoch.
fn epoch(run: &Run, epoch: Epoch) -> (&'static str, String) {
    let symbol = match epoch {
        Epoch::Plain | Epoch::Early => "",
        Epoch::Handshake => "◆ ",
        Epoch::Application => "● ",
    };
    (epoch.name(), format!("{symbol}{}", text::epoch(epoch, run.dissection().negotiated.version)))
}

fn times(run: &Run, step: &Step) -> String {
    let moment = |at: u64| format::moment(at.saturating_sub(run.story().start_us));
    let sent = moment(step.sent_us);
    match step.received_us {
        Some(received) => format!("sent at {sent}, there at {}", moment(received)),
        None => format!("sent at {sent}, never arrived"),
    }
}

/// The packets or records that carry the step, each a way to that layer.
#[component]
fn Carriers(layer: Layer, word: &'static str, numbers: Vec<String>) -> impl IntoView {
    let lab = lab();
    let several = numbers.len() > 1;
    (!numbers.is_empty()).then(|| {
        let buttons = numbers
            .into_iter()
            .enumerate()
            .map(|(part, number)| {
                let show = move |_| {
                    lab.look(|view| {
                        view.layer = layer;
                        view.part = part;
                        view.selection.clear();
                    });
                    lab.turn_to(Front::Bytes);
                };
                let text = if part == 0 {
                    format!("{word}{} {number}", if several { "s" } else { "" })
                } else {
                    number
                };
                let label = format!(
                    "Show the bytes of {word} {}",
                    text.trim_start_matches(word).trim_start_matches('s').trim()
                );
                view! { <button class="link" title=label on:click=show>{text}</button> }
            })
            .collect_view();
        view! { <span class="carriers">{buttons}</span> }
    })
}
