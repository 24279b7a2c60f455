//! Programs that close, abort, or are talked to after their end.

use super::*;
use crate::engine::host::Host;
use crate::engine::http::{Server, Update};
use crate::engine::network::Network;
use crate::engine::transport::Wire;
use crate::engine::{Capabilities, EndpointConfigs, SERVER, endpoint_configs};
use crate::scenario::Scenario;
use smoltcp::wire::{Ipv4Packet, TcpPacket};
use std::net::SocketAddrV4;

/// Two hosts with an open connection on a network without delay.
fn connected() -> (Host, Host, Network) {
    let mut network = Network::new(0);
    let address = SocketAddrV4::new("192.0.2.1".parse().unwrap(), 50_000);
    let mut server =
        Host::waiting(*SERVER.ip(), Some(SERVER.port()), 1, 65_535, 0, &mut network).unwrap();
    let mut client = Host::connecting(address, SERVER, 2, 65_535, 0, &mut network).unwrap();
    for _ in 0..3 {
        client.send_out(0, &mut network);
        while server.take_in(0, &mut network) {}
        server.send_out(0, &mut network);
        while client.take_in(0, &mut network) {}
    }
    assert!(client.is_open() && server.is_open());
    (client, server, network)
}

fn both_ends() -> EndpointConfigs {
    let plan = Scenario::default().plan();
    endpoint_configs(&plan.client, &plan.server, &Capabilities::first()).unwrap()
}

fn server_program() -> Program {
    Program::new((both_ends().server)(0), Box::new(Server::new(Update::No)))
}

#[test]
fn data_for_a_program_that_is_gone_is_answered_with_a_reset() {
    let (mut client, mut server, mut network) = connected();
    let mut program = server_program();
    program.stage = Stage::Gone;
    client.write(b"too late");
    client.send_out(0, &mut network);
    while server.take_in(0, &mut network) {}
    assert!(program.step(&mut Wire { host: &mut server, network: &mut network, now_us: 0 }));
    let last = network.packets.last().unwrap();
    let ip = Ipv4Packet::new_checked(&last.bytes[..]).unwrap();
    assert!(TcpPacket::new_checked(ip.payload()).unwrap().rst());
    while client.take_in(0, &mut network) {}
    assert!(matches!(client.read(), Incoming::Reset));
}

#[test]
fn bytes_that_are_not_tls_make_the_server_fail_with_an_alert() {
    let (mut client, mut server, mut network) = connected();
    let mut program = server_program();
    client.write(b"GET / HTTP/1.1\r\n\r\n");
    client.send_out(0, &mut network);
    while server.take_in(0, &mut network) {}
    while program.step(&mut Wire { host: &mut server, network: &mut network, now_us: 0 }) {
        if program.stage == Stage::Gone {
            break;
        }
    }
    assert!(program.error.is_some());
    while client.take_in(0, &mut network) {}
    let Incoming::Data(alert) = client.read() else { panic!("no alert") };
    assert_eq!(alert[0], 21);
}

#[test]
fn a_half_closed_client_notices_a_response_that_is_cut_off() {
    let (mut client, mut server, mut network) = connected();
    let client_config = (both_ends().client)(0);
    let _session = crate::engine::provider::recorder::Session::start(1, false);
    let request = crate::engine::http::Request { target: "/", pause_us: 0 };
    let mut application =
        crate::engine::http::Client::new(String::new(), vec![request], Update::No);
    assert!(matches!(application.next(b"", 0), Next::Send(_)));
    let mut program = Program::new(client_config, Box::new(application));
    (program.tls, program.stage) = (program.config.open().ok(), Stage::HalfClosed);
    server.close();
    server.send_out(0, &mut network);
    while client.take_in(0, &mut network) {}
    assert!(program.step(&mut Wire { host: &mut client, network: &mut network, now_us: 0 }));
    assert!(program.error.is_some());
}

#[test]
fn a_stream_that_ends_without_close_notify_is_an_error() {
    let (mut client, mut server, mut network) = connected();
    let mut program = server_program();
    client.close();
    client.send_out(0, &mut network);
    while server.take_in(0, &mut network) {}
    while program.step(&mut Wire { host: &mut server, network: &mut network, now_us: 0 }) {
        if program.stage == Stage::Gone {
            break;
        }
    }
    assert!(program.error.is_some_and(|error| error.contains("close_notify")));
}
