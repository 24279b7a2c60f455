//! Times a run and its stages natively: `cargo bench`. Prints the median of each.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot run fails"
)]

use std::time::Instant;

include!("subjects.rs");

const REPETITIONS: usize = 101;

fn main() {
    for text in SCENARIOS {
        let subject = subject(text);
        println!("{text}");
        for (name, stage) in STAGES {
            let mut times: Vec<f64> = (0..REPETITIONS)
                .map(|_| {
                    let start = Instant::now();
                    stage(&subject);
                    start.elapsed().as_secs_f64() * 1e3
                })
                .collect();
            times.sort_by(f64::total_cmp);
            println!("  {name:26} {:8.2} ms", times[REPETITIONS / 2]);
        }
    }
}
