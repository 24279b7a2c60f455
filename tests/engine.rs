//! Runs of the engine, from the scenario to the packets.

use handshake_lab::engine::run;
use handshake_lab::scenario::Scenario;
use handshake_lab::trace::Op;

#[test]
fn show() {
    let text = std::env::var("SCENARIO").unwrap_or("tls13".into());
    let trace = run(&Scenario::parse(&text).unwrap()).unwrap();
    let c = &trace.connections[0];
    for e in &c.events {
        let name = serde_json::to_value(&e.op).unwrap();
        let mut text = name.to_string();
        text.truncate(180);
        println!("{:>7} {:6} {}", e.at_us, e.by.name(), text);
        if let Op::PacketSent { number } = e.op {
            let p = &c.packets[number as usize - 1];
            println!(
                "   {}",
                smoltcp::wire::PrettyPrinter::<smoltcp::wire::Ipv4Packet<&[u8]>>::new(
                    "",
                    &&p.bytes[..]
                )
            );
        }
    }
    println!("{:?}\n{:?}", c.client_end, c.server_end);
}
