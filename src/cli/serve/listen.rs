//! Ports on the addresses that are served.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// Addresses that only this machine reaches.
pub(super) const LOOPBACK: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// How often another free port is tried, where the one that was free on the first address is taken on
/// another.
const TRIES: usize = 16;

/// The same port on each of these addresses, the first of which must be there; 0 is any that is free.
///
/// # Errors
/// The port is taken, or not allowed.
pub(super) fn listen(addresses: &[IpAddr], port: u16) -> io::Result<Vec<TcpListener>> {
    let mut result = on_all(addresses, port);
    for _ in 0..TRIES {
        match &result {
            Err(error) if port == 0 && error.kind() == io::ErrorKind::AddrInUse => {
                result = on_all(addresses, port);
            }
            _ => break,
        }
    }
    result
}

fn on_all(addresses: &[IpAddr], port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners: Vec<TcpListener> = Vec::new();
    for address in addresses {
        let port = match listeners.first() {
            Some(first) => first.local_addr()?.port(),
            None => port,
        };
        match TcpListener::bind(SocketAddr::new(*address, port)) {
            Ok(listener) => listeners.push(listener),
            // A machine without IPv6 is served by IPv4 alone.
            Err(error) if !listeners.is_empty() && error.kind() != io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error),
        }
    }
    Ok(listeners)
}
