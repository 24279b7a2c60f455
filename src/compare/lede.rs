//! What sets two runs apart, in a sentence.

use super::{Comparison, Figures, Mark, Pair};
use crate::story::format::{bytes, duration, list, moment, plural};

impl Comparison {
    /// What sets the runs apart, in one sentence: when application data is first sent, what TLS takes
    /// until then, and the bytes in all. Where nothing does, that.
    pub fn sentence(&self) -> String {
        let [a, b] = &self.figures;
        if a.rows() != b.rows() {
            return cost(a, b);
        }
        let nothing = match self.count(Mark::Same) {
            same if same == self.pairs.len() => "Nothing differs: every step has the same bytes.",
            _ if self.first_different().is_none() => {
                "Nothing that anyone chose differs: only what is random in each run, and what follows from it."
            }
            _ => "Time, round trips and bytes are the same in both.",
        };
        nothing.into()
    }

    /// The first pair that differs by more than what is random in each run, or follows from it.
    pub fn first_different(&self) -> Option<&Pair> {
        self.pairs.iter().find(|pair| !matches!(pair.mark, Mark::Same | Mark::Random))
    }
}

/// The costs of two runs in which some figure differs.
fn cost(a: &Figures, b: &Figures) -> String {
    let (first, both_send) = match (a.first_data_us, b.first_data_us) {
        (None, None) => ("Neither run sends application data".to_string(), false),
        (Some(at), None) => (never("A", at, "B"), false),
        (None, Some(at)) => (never("B", at, "A"), false),
        (Some(a), Some(b)) if a == b => {
            (format!("Both send their first application data after {}", moment(a)), true)
        }
        (Some(a), Some(b)) => {
            let way = if b < a { "earlier" } else { "later" };
            let by = duration(a.abs_diff(b));
            let times = format!("{} instead of {}", moment(b), moment(a));
            (format!("B sends its first application data {by} {way} than A ({times})"), true)
        }
    };
    // What a run that broke off takes says nothing beside one that went on.
    let alike = a.first_data_us.is_some() == b.first_data_us.is_some();
    let trips = [a, b].map(|figures| figures.handshake_round_trips as usize);
    let total = [a, b].map(|figures| figures.bytes_from_client + figures.bytes_from_server);
    let held_up = (both_send && trips[0] != trips[1]).then(|| {
        let [a, b] = trips;
        format!("TLS holds B's request up for {} instead of {a}", plural(b, "round trip"))
    });
    let takes = (alike && total[0] != total[1]).then(|| {
        let [a, b] = total;
        format!("B takes {} in all instead of {a}", bytes(b))
    });
    let mut more: Vec<String> = held_up.into_iter().chain(takes).collect();
    if more.is_empty() && a.first_data_us == b.first_data_us {
        let rows = a.rows().into_iter().zip(b.rows());
        let names = rows.filter(|(a, b)| a != b).map(|((name, _), _)| name.to_string());
        more.push(format!("they differ in {}", list(&names.collect::<Vec<_>>())));
    }
    let mark = if more.is_empty() { "" } else { "; " };
    format!("{first}{mark}{}.", more.join(" and "))
}

fn never(one: &str, at: u64, other: &str) -> String {
    format!("{one} sends its first application data after {}, {other} never sends any", moment(at))
}
