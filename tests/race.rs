//! Races: what each way to the first application byte takes, measured from runs, is what theory says.

#![cfg(test)]

use handshake_lab::engine::Capabilities;
use handshake_lab::race::{self, Flight, Lane, NoAnswer, Part, Start, entrant, lane};
use handshake_lab::run::Run;
use handshake_lab::scenario::PRESETS;
use handshake_lab::trace::Endpoint;

/// Round trips by theory: for TCP, for TLS, for request and response.
const THEORY: [(&str, Start, [u32; 3]); 11] = [
    ("tls12", Start::Connection, [1, 2, 1]),
    ("tls12-session-id", Start::Connection, [1, 1, 1]),
    ("tls12-ticket", Start::Connection, [1, 1, 1]),
    ("tls13", Start::Connection, [1, 1, 1]),
    ("tls13-resumed", Start::Connection, [1, 1, 1]),
    ("tls13-0rtt", Start::Connection, [1, 0, 1]),
    ("tls13-0rtt-rejected", Start::Connection, [1, 1, 1]),
    ("tls13-keepalive", Start::Request, [0, 0, 1]),
    ("tls12+requests=2", Start::Request, [0, 0, 1]),
    ("tls12-rsa", Start::Connection, [1, 2, 1]),
    ("tls13-hrr", Start::Connection, [1, 2, 1]),
];

fn run(text: &str, rtt_ms: u32) -> Run {
    Run::new(&entrant(text, rtt_ms).unwrap(), &Capabilities::all()).unwrap()
}

fn measured(text: &str, rtt_ms: u32) -> Lane {
    lane(&run(text, rtt_ms)).unwrap()
}

#[test]
fn round_trips_are_what_theory_says_at_every_distance() {
    for rtt_ms in [20, 80, 200] {
        for (text, counted_from, theory) in THEORY {
            let lane = measured(text, rtt_ms);
            let trips = lane.segments.map(|segment| segment.round_trips);
            assert_eq!(trips, theory, "{text} at {rtt_ms} ms");
            assert_eq!(lane.segments.map(|s| s.part), [Part::Tcp, Part::Tls, Part::Request]);
            assert_eq!(lane.round_trips, theory.iter().sum::<u32>(), "{text} at {rtt_ms} ms");
            assert_eq!(lane.counted_from, counted_from, "{text}");
        }
    }
}

#[test]
fn the_moments_of_a_race_are_those_of_its_flights() {
    let lanes = [measured("tls12", 80), measured("tls13", 80)];
    let moments = race::moments(&lanes);
    assert!(moments.is_sorted() && moments.first() == Some(&0), "{moments:?}");
    for lane in &lanes {
        for Flight { sent_us, received_us, .. } in &lane.flights {
            assert!(moments.contains(sent_us));
            assert!(received_us.is_none_or(|at| moments.contains(&at)));
        }
    }
    let step = 40_000;
    assert_eq!(moments, (0..=8).map(|at| at * step).collect::<Vec<_>>());
}

#[test]
fn time_is_round_trips_times_round_trip_time_where_the_link_only_delays() {
    for rtt_ms in [20, 80, 200] {
        for (text, ..) in THEORY {
            let lane = measured(text, rtt_ms);
            let expected = u64::from(lane.round_trips) * u64::from(rtt_ms) * 1000;
            assert_eq!((lane.time_us, lane.waiting_us), (expected, 0), "{text} at {rtt_ms} ms");
            let mut at = 0;
            for part in lane.segments {
                assert_eq!(part.start_us, at, "{text}: segments lie end to end");
                let expected = u64::from(part.round_trips) * u64::from(rtt_ms) * 1000;
                assert_eq!(part.end_us - part.start_us, expected, "{text} at {rtt_ms} ms");
                at = part.end_us;
            }
            assert_eq!(at, lane.time_us);
        }
    }
}

#[test]
fn a_lane_ends_at_the_step_that_brings_the_answer() {
    for (text, ..) in THEORY {
        let run = run(text, 80);
        let lane = lane(&run).unwrap();
        let step = &run.stories[lane.connection].steps[lane.step];
        assert_eq!(step.from, Endpoint::Server, "{text}");
        assert!(step.title.contains("200 OK"), "{text}: {}", step.title);
        let first = lane.flights.first().unwrap();
        let start = step.received_us.unwrap() - lane.time_us;
        assert_eq!(first.sent_us, 0, "{text}");
        assert!(run.stories[lane.connection].steps.iter().any(|step| step.sent_us == start));
        let last = lane.flights.iter().find(|flight| flight.carries.contains(&step.title)).unwrap();
        assert_eq!(last.received_us, Some(lane.time_us), "{text}");
    }
}

#[test]
fn early_data_travels_beside_the_client_hello() {
    let lane = measured("tls13-0rtt", 80);
    let carries = |name: &str| {
        let flight = lane.flights.iter().find(|flight| flight.carries.iter().any(|c| c == name));
        flight.unwrap().sent_us
    };
    assert_eq!(carries("ClientHello"), carries("GET /"));
}

#[test]
fn a_handshake_that_fails_never_reaches_the_end_and_says_why() {
    let NoAnswer { scenario, ending, .. } = lane(&run("cert-expired", 80)).unwrap_err();
    assert!(scenario.contains("fault=cert-expired"));
    assert!(!ending.is_empty());
}

#[test]
fn the_race_shown_first_saves_a_round_trip_with_every_lane() {
    let trips = race::DEFAULT.map(|text| measured(text, 80).round_trips);
    assert_eq!(trips, [4, 3, 2, 1]);
    assert!(race::LANES.contains(&race::DEFAULT.len()));
}

#[test]
fn what_a_lost_packet_costs_is_told_as_waiting() {
    let lane = measured("tls13-lossy", 80);
    assert!(lane.waiting_us > 0);
    let late = |flight: &Flight| flight.received_us.unwrap() - flight.sent_us > 40_000;
    assert!(lane.flights.iter().any(late), "it arrives when it has been sent again");
}

#[test]
fn whatever_the_link_does_round_trips_and_waiting_make_up_the_time() {
    for seed in 0..40 {
        for text in ["tls12", "tls13", "tls13-0rtt", "tls13-keepalive"] {
            let text = format!("{text}+loss=0.2+reorder=0.2+duplicate=0.2+seed={seed}");
            let Ok(lane) = lane(&run(&text, 80)) else { continue };
            let travelling = u64::from(lane.round_trips) * 80_000;
            assert_eq!(travelling + lane.waiting_us, lane.time_us, "{text}");
            assert!(lane.round_trips >= 1, "{text}");
        }
    }
}

#[test]
fn the_handshake_takes_the_round_trips_that_its_version_says_unless_it_waits_for_acknowledgments() {
    for preset in PRESETS {
        let run = run(preset.id, 80);
        for parts in run.dissections.iter() {
            let waits = ["tls13-big-flight", "tls13-cert-compression"].contains(&preset.id);
            let settled = parts.negotiated.round_trips + u32::from(waits);
            if let Some(measured) = race::tls_round_trips(parts) {
                let is_tls = parts.negotiated.version.is_some();
                assert_eq!(measured, if is_tls { settled } else { 0 }, "{}", preset.id);
            }
        }
    }
}
