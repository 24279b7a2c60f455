//! Our captures in tcpdump: a reader (libpcap) that shares no code with tshark's.

#![cfg(test)]

use handshake_lab::capture::pcapng;
use handshake_lab::engine::Capabilities;
use handshake_lab::faults::FAULTS;
use handshake_lab::run::Run;
use handshake_lab::scenario::{PRESETS, Scenario};
use handshake_lab::trace::Packet;
use std::path::PathBuf;
use std::process::Command;

/// What tcpdump says of a capture: two lines for each packet, IP's and TCP's, with checksums judged.
fn tcpdump(file: &PathBuf) -> String {
    let output = Command::new("tcpdump")
        .args(["-nn", "-tt", "-vv", "-S", "-r"])
        .arg(file)
        .output()
        .expect("tcpdump runs (Debian's package of that name has it)");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", file.display());
    String::from_utf8(output.stdout).expect("text")
}

/// What tcpdump must say of a packet, by its bytes: where it goes, its first sequence number with
/// that behind its last byte, and how many bytes it carries.
fn expected(packet: &Packet) -> [String; 2] {
    let octets = &packet.bytes;
    let word = |at: usize| u32::from_be_bytes(octets[at..at + 4].try_into().unwrap());
    let half = |at: usize| u16::from_be_bytes([octets[at], octets[at + 1]]);
    let host = |at: usize| octets[at..at + 4].iter().map(u8::to_string).collect::<Vec<_>>();
    let (from, to) = (host(12).join("."), host(16).join("."));
    let len = octets.len() - 20 - usize::from(octets[32] >> 4) * 4;
    [
        format!("{from}.{} > {to}.{}: Flags [", half(20), half(22)),
        match len {
            0 => format!(" seq {}, ", word(24)),
            _ => format!(" seq {}:{}, ", word(24), word(24).wrapping_add(len as u32)),
        },
    ]
}

#[test]
fn tcpdump_reads_every_packet_of_every_preset_and_fault() {
    let texts = PRESETS.iter().map(|preset| preset.id).chain(FAULTS.iter().map(|fault| fault.id));
    for text in texts {
        let scenario = Scenario::parse(text).expect("a scenario");
        let run = Run::new(&scenario, &Capabilities::all()).expect("a run");
        let name = format!("tcpdump-{text}.pcapng");
        let file: PathBuf = [env!("CARGO_TARGET_TMPDIR"), &name].iter().collect();
        std::fs::write(&file, pcapng::write(&run.trace)).expect("the capture is written");
        let said = tcpdump(&file);
        let mut packets: Vec<&Packet> =
            run.trace.connections.iter().flat_map(|connection| &connection.packets).collect();
        packets.sort_by_key(|packet| packet.sent_us);
        let lines: Vec<&str> = said.lines().filter(|line| line.contains("Flags [")).collect();
        assert_eq!(lines.len(), packets.len(), "{text}\n{said}");
        for (line, packet) in lines.iter().zip(packets) {
            let [ends, seq] = expected(packet);
            assert!(line.trim_start().starts_with(&ends), "{text}: {line}\n{ends}");
            // A bare acknowledgment's own number is left out.
            assert!(line.contains(&seq) || line.ends_with("length 0"), "{text}: {line}\n{seq}");
            assert!(line.contains("(correct)"), "{text}: {line}");
        }
        for bad in ["bad ", "truncated", "[|"] {
            assert!(!said.contains(bad), "{text}: {bad}\n{said}");
        }
    }
}
