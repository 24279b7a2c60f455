//! The drawing of a lane. Everything lies on the time axis by percent, so that one drawing fits every
//! width without scaling its text.

use super::course::Course;
use crate::dissect::Epoch;
use crate::race::{Flight, Lane, Part, Segment};
use crate::story::format::{moment, plural};
use crate::story::text;
use crate::trace::Endpoint;
use leptos::prelude::*;

/// Where the two ends' lines run, in pixels from the top.
const CLIENT_Y: u32 = 46;
const SERVER_Y: u32 = 96;

/// The most ticks that an axis has.
const TICKS: u64 = 6;

/// A place on the axis, in percent.
fn percent(us: u64, span_us: u64) -> String {
    let hundredths = us * 10_000 / span_us.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// The times that are marked: every so many round trips.
fn ticks(course: Course, span_us: u64) -> Vec<u64> {
    let rtt_us = (course.race.read().rtt_ms as u64).max(1) * 1000;
    let step = rtt_us * (span_us / rtt_us).div_ceil(TICKS).max(1);
    (0..=span_us / step).map(|tick| tick * step).collect()
}

/// The axis that all lanes share.
#[component]
pub fn Axis(course: Course, span: Memo<u64>) -> impl IntoView {
    let labels = move || {
        let span_us = span.get();
        ticks(course, span_us)
            .into_iter()
            .map(|at| {
                let anchor = match at {
                    0 => "start",
                    at if at * 10 > span_us * 9 => "end",
                    _ => "middle",
                };
                view! { <text x=percent(at, span_us) y="14" text-anchor=anchor>{moment(at)}</text> }
            })
            .collect_view()
    };
    view! { <div class="axis track-row" aria-hidden="true"><span></span><svg class="track">{labels}</svg></div> }
}

/// The lane on the axis: its parts as a bar, and below what crossed the link.
#[component]
pub fn Track(
    lane: Lane,
    course: Course,
    span: Memo<u64>,
    now: RwSignal<Option<u64>>,
    sentence: String,
) -> impl IntoView {
    let lane = StoredValue::new(lane);
    let drawing = move || {
        let span_us = span.get();
        let grid = ticks(course, span_us).into_iter().map(|at| {
            let x = percent(at, span_us);
            view! { <line class="grid" x1=x.clone() x2=x y1="0" y2="100%"/> }
        });
        lane.with_value(|lane| {
            let bar = lane.segments.iter().map(|part| segment(part, lane, span_us));
            let end = percent(lane.time_us, span_us);
            view! {
                {grid.collect_view()}
                {bar.collect_view()}
                <line class="rail client" x1="0" x2=end.clone() y1=CLIENT_Y y2=CLIENT_Y/>
                <line class="rail server" x1="0" x2=end y1=SERVER_Y y2=SERVER_Y/>
                {flights(&lane.flights, span_us)}
            }
        })
    };
    let ahead = move || {
        let (span_us, at) = (span.get(), now.get()?);
        let x = percent(at, span_us);
        let width = percent(span_us.saturating_sub(at), span_us);
        Some(view! {
            <rect class="ahead" x=x.clone() y="0" width=width height="100%"/>
            <line class="now" x1=x.clone() x2=x y1="0" y2="100%"/>
        })
    };
    view! {
        <div class="track-row">
            <div class="track-ends" aria-hidden="true">
                <span class="client">"client"</span>
                <span class="server">"server"</span>
            </div>
            <svg class="track lane-track" role="img" aria-label=sentence>
                {drawing}
                {ahead}
            </svg>
        </div>
    }
}

/// A part of the bar. A part that took no time is not drawn.
fn segment(part: &Segment, lane: &Lane, span_us: u64) -> impl IntoView + use<> {
    let took_us = part.end_us - part.start_us;
    let epoch = match part.part {
        Part::Tcp => Epoch::Plain,
        Part::Tls => Epoch::Handshake,
        Part::Request => request_epoch(lane, part.start_us),
    };
    let words = format!("{} {}", part.part.name(), part.round_trips);
    let title =
        format!("{}: {}", part.part.name(), plural(part.round_trips as usize, "round trip"));
    let (x, width) = (percent(part.start_us, span_us), percent(took_us, span_us));
    (took_us > 0).then(|| {
        view! {
            <svg class=format!("part {}", epoch.name()) x=x y="4" width=width height="26">
                <title>{title}</title>
                <rect x="1" y="1" width="100%" height="24" rx="4"/>
                <text x="50%" y="17" text-anchor="middle">{words}</text>
            </svg>
        }
    })
}

/// The keys under which the client's request travels, sent at this time.
fn request_epoch(lane: &Lane, sent_us: u64) -> Epoch {
    let mut sent = lane.flights.iter().filter(|flight| {
        flight.from == Endpoint::Client && flight.sent_us == sent_us && flight.epoch != Epoch::Plain
    });
    if sent.any(|flight| flight.epoch == Epoch::Early) { Epoch::Early } else { Epoch::Application }
}

/// The flights as slanted lines. Those that travel together lie side by side.
fn flights(flights: &[Flight], span_us: u64) -> impl IntoView + use<> {
    let together = |flight: &Flight| (flight.from, flight.sent_us, flight.received_us);
    let line = |(place, flight): (usize, &Flight)| {
        let beside = flights.iter().take(place).filter(|other| together(other) == together(flight));
        let (from, to) = match flight.from {
            Endpoint::Client => (CLIENT_Y, SERVER_Y),
            Endpoint::Server => (SERVER_Y, CLIENT_Y),
        };
        // A lost one ends half way, after no time that anyone knows of.
        let lost = flight.received_us.is_none();
        let (end, to) = match flight.received_us {
            Some(at) => (at, to),
            None => (flight.sent_us, from.midpoint(to)),
        };
        let end = percent(end.min(span_us), span_us);
        let title =
            format!("{}: {} ({})", flight.from.name(), flight.carries.join(", "), flight.keys);
        let tip = if lost { "✕" } else { "" };
        view! {
            <g
                class=format!("flight {}", flight.epoch.name())
                transform=format!("translate({} 0)", 5 * beside.count())
            >
                <title>{title}</title>
                <line x1=percent(flight.sent_us, span_us) y1=from x2=end.clone() y2=to/>
                <text class="bad" x=end y=to text-anchor="middle">{tip}</text>
            </g>
        }
    };
    flights.iter().enumerate().map(line).collect_view()
}

/// What colours and lines mean.
#[component]
pub fn Legend() -> impl IntoView {
    let epochs = [Epoch::Plain, Epoch::Early, Epoch::Handshake, Epoch::Application];
    let item = |epoch: Epoch| {
        view! {
            <li class=epoch.name()>
                <svg class="flight" width="26" height="10" aria-hidden="true">
                    <line x1="1" y1="5" x2="25" y2="5"/>
                </svg>
                {text::epoch(epoch, None)}
                {(epoch == Epoch::Application).then_some(", in TLS 1.2 connection keys")}
            </li>
        }
    };
    view! {
        <ul class="legend race-legend">{epochs.map(item).collect_view()}</ul>
        <p class="dim race-note">
            "The bar counts round trips: TCP's handshake, then as long as TLS holds the request up, then request and answer. Below it is what really crosses the link, slanted by the time until it is there, sent again where the link lost it."
        </p>
    }
}
