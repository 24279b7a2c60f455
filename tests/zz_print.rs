#![cfg(test)]
use handshake_lab::engine::Capabilities;
use handshake_lab::run::Run;
use handshake_lab::scenario::Scenario;
use handshake_lab::story::{end_report};
use handshake_lab::trace::Endpoint;

#[test]
fn print() {
    let list = std::env::var("PRINT").unwrap_or_default();
    let full = std::env::var("FULL").is_ok();
    for text in list.split_whitespace() {
        let scenario = match Scenario::parse(text) { Ok(s) => s, Err(e) => { println!("{text}: {e}"); continue } };
        let run = match Run::new(&scenario, &Capabilities::all()) { Ok(r) => r, Err(e) => { println!("{text}: ERROR {e}"); continue } };
        println!("\n===== {} expected {:?}", scenario.text(), scenario.expected());
        for (at, story) in run.stories.iter().enumerate() {
            let parts = &run.dissections[at];
            println!("--- connection {at}: problems {:?}", parts.problems);
            for step in &story.steps {
                println!("{:2} {:?} {} {} ({} -> {:?}) {:?}", step.index, step.phase, step.from.name(), step.title, step.sent_us, step.received_us, step.epoch);
                if full || !step.remarks.is_empty() || step.title.contains("RST") {
                    println!("     WHAT {} | WHY {} | NOTICE {:?} | EAVES {}", step.what, step.why, step.notices().collect::<Vec<_>>(), step.eavesdropper);
                }
            }
            for check in &story.checks {
                if full || check.result != handshake_lab::story::CheckResult::Passed {
                    println!("  check {:?} by {:?} at {}: {} {} [{}]", check.result, check.by, check.step, check.question, check.detail, check.rfc);
                }
            }
            println!("  ENDING {}", story.ending);
            for who in Endpoint::BOTH {
                let r = end_report(&run.trace.connections[at], parts, story, who);
                println!("  {:?} {:?}: {} | {:?}", who, r.status, r.summary, r.entries.iter().map(|e| e.what.clone()).collect::<Vec<_>>());
            }
            for f in &story.facts { if full { println!("  fact {} c{:?} s{:?} e{:?}: {}", f.name, f.client, f.server, f.eavesdropper, f.why); } }
        }
    }
}
