//! TCP up to the present step: the state of both ends, and the packets so far.

use crate::dissect::PacketView;
use crate::run::Run;
use crate::story::{Step, format};
use crate::tls::TcpFlags;
use crate::trace::{Endpoint, Op};
use crate::ui::lab;
use leptos::prelude::*;

/// Control bits that take a sequence number of their own (RFC 9293, section 3.4): FIN and SYN.
const COUNTED: TcpFlags = TcpFlags::FIN.union(TcpFlags::SYN);

/// The panel.
#[component]
pub fn Tcp() -> impl IntoView {
    let lab = lab();
    let absolute = RwSignal::new(false);
    let choice = move |label: &'static str, wanted: bool| {
        view! {
            <button
                aria-pressed=move || (absolute.get() == wanted).to_string()
                on:click=move |_| absolute.set(wanted)
            >
                {label}
            </button>
        }
    };
    view! {
        {move || lab.with_step(ends)}
        <div class="seg" role="group" aria-label="Sequence numbers">
            {choice("relative", false)}
            {choice("as on the wire", true)}
        </div>
        {move || lab.with_step(|run, step| packets(run, step, absolute.get()))}
    }
}

/// The packets sent by the end of `step`.
fn sent<'a>(run: &'a Run, step: &Step) -> impl Iterator<Item = &'a PacketView> + use<'a> {
    let steps = run.story().steps.iter().take(step.index + 1);
    let last = steps.flat_map(|step| step.packets.iter().copied()).max().unwrap_or(0);
    run.dissection().packets.iter().filter(move |packet| packet.number <= last)
}

/// The state that `who`'s socket last entered by the end of `step`.
fn state<'a>(run: &'a Run, step: &Step, who: Endpoint) -> Option<&'a str> {
    let steps = run.story().steps.iter().take(step.index + 1);
    let events = steps.flat_map(|step| step.made_by.iter().chain(&step.read_by).copied());
    let entered = events.filter_map(|at| {
        let event = run.connection().events.get(at)?;
        match &event.op {
            Op::TcpState { state } if event.by == who => Some((at, state.as_str())),
            _ => None,
        }
    });
    entered.max_by_key(|(at, _)| *at).map(|(_, state)| state)
}

fn ends(run: &Run, step: &Step) -> impl IntoView + use<> {
    let connection = run.connection();
    let column = |who: Endpoint| {
        let address = match who {
            Endpoint::Client => connection.client,
            Endpoint::Server => connection.server,
        };
        // A server listens from the start, which is told with the first step that it takes part in.
        let listens = connection
            .events_of(who)
            .any(|event| matches!(&event.op, Op::TcpState { state } if state == "LISTEN"));
        let before = if listens { "LISTEN" } else { "CLOSED" };
        let state = state(run, step, who).unwrap_or(before).to_string();
        let last = sent(run, step).filter(|packet| packet.from == who).last();
        let window = last.map(|packet| packet.window.to_string());
        let flight = format::bytes(in_flight(sent(run, step), who));
        view! {
            <div class=format!("tcp-end {}", who.name())>
                <h3>{run.name(who)}</h3>
                <p class="state">{state}</p>
                <dl class="pairs">
                    <dt>"address"</dt>
                    <dd>{address.to_string()}</dd>
                    <dt>"window"</dt>
                    <dd>{window.unwrap_or_else(|| "–".into())}</dd>
                    <dt>"in flight"</dt>
                    <dd>{flight}</dd>
                </dl>
            </div>
        }
    };
    view! { <div class="tcp-ends">{Endpoint::BOTH.map(column).collect_view()}</div> }
}

/// Payload bytes that `who` sent and that no packet so far acknowledges.
fn in_flight<'a>(packets: impl Iterator<Item = &'a PacketView>, who: Endpoint) -> usize {
    let (mut sent, mut acknowledged): (Vec<&PacketView>, Option<u32>) = (Vec::new(), None);
    for packet in packets {
        if packet.from == who {
            sent.push(packet);
        } else if packet.flags.contains("ACK") {
            acknowledged = Some(packet.ack);
        }
    }
    let open = |packet: &PacketView| {
        let end = packet.seq.wrapping_add(u32::try_from(packet.payload_len).unwrap_or(u32::MAX));
        let left = acknowledged.map_or(i64::from(u32::MAX), |ack| {
            // Serial number arithmetic: what lies ahead is less than half the space away.
            i64::from(end.wrapping_sub(ack) as i32)
        });
        usize::try_from(left).unwrap_or(0).min(packet.payload_len)
    };
    sent.into_iter().map(open).sum()
}

fn packets(run: &Run, step: &Step, absolute: bool) -> impl IntoView + use<> {
    let first = |who| run.dissection().packets.iter().find(|p| p.from == who).map_or(0, |p| p.seq);
    let firsts = [first(Endpoint::Client), first(Endpoint::Server)];
    let base = |who: Endpoint| match (absolute, who) {
        (true, _) => 0,
        (false, Endpoint::Client) => firsts[0],
        (false, Endpoint::Server) => firsts[1],
    };
    let rows = sent(run, step)
        .map(|packet| {
            let from = packet.from;
            let acknowledges = packet.flags.contains("ACK");
            let ack = packet.ack.wrapping_sub(base(from.peer()));
            let counted = packet.control_bits.intersection(COUNTED).0.count_ones();
            let adds = packet.payload_len.to_string();
            let adds = if counted > 0 { format!("{adds}+{counted}") } else { adds };
            view! {
                <tr class=from.name() class:now=step.packets.contains(&packet.number)>
                    <th scope="row">
                        {packet.number}
                        <span aria-hidden="true">
                            {if from == Endpoint::Client { " →" } else { " ←" }}
                        </span>
                        <span class="sr-only">" from the "{run.name(from)}</span>
                    </th>
                    <td>{packet.flags.clone()}</td>
                    <td class="n">{packet.seq.wrapping_sub(base(from))}</td>
                    <td class="n">{acknowledges.then_some(ack)}</td>
                    <td class="n">{adds}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Packets so far">
            <table class="packets" class:wide=absolute>
                <thead>
                    <tr>
                        <th scope="col">"packet"</th>
                        <th scope="col">"flags"</th>
                        <th scope="col">"seq"</th>
                        <th scope="col">"ack"</th>
                        <th scope="col">"bytes"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="dim panel-legend">"Each end’s state is the one it has once what this step sent has arrived. SYN and FIN take one sequence number each: “+1”."</p>
    }
}
