//! Ports on the addresses that are served.

use socket2::{Domain, Socket, Type};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Addresses that only this machine reaches.
pub(super) const LOOPBACK: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// How often another free port is tried, where the one that was free on the first address is taken on
/// another.
const TRIES: usize = 16;

/// Connections that may wait to be accepted.
const BACKLOG: i32 = 1024;

/// What a port is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Connections are accepted.
    Listen,
    /// Connections are refused: nobody listens, and nobody else can.
    Refuse,
}

/// The same port on each of these addresses, the first of which must be there; 0 is any that is free.
///
/// # Errors
/// The port is taken, or not allowed.
pub(super) fn take(addresses: &[IpAddr], port: u16, to: Use) -> io::Result<Vec<Socket>> {
    let mut result = on_all(addresses, port, to);
    for _ in 0..TRIES {
        match &result {
            Err(error) if port == 0 && error.kind() == io::ErrorKind::AddrInUse => {
                result = on_all(addresses, port, to);
            }
            _ => break,
        }
    }
    result
}

/// The address of a socket.
///
/// # Errors
/// It has none any more.
pub(super) fn address_of(socket: &Socket) -> io::Result<SocketAddr> {
    socket.local_addr()?.as_socket().ok_or_else(|| io::ErrorKind::AddrNotAvailable.into())
}

fn on_all(addresses: &[IpAddr], port: u16, to: Use) -> io::Result<Vec<Socket>> {
    let mut sockets: Vec<Socket> = Vec::new();
    for address in addresses {
        let port = match sockets.first() {
            Some(first) => address_of(first)?.port(),
            None => port,
        };
        match on(SocketAddr::new(*address, port), to) {
            Ok(socket) => sockets.push(socket),
            // A machine without IPv6 is served by IPv4 alone.
            Err(error) if !sockets.is_empty() && error.kind() != io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error),
        }
    }
    Ok(sockets)
}

fn on(address: SocketAddr, to: Use) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    if to == Use::Refuse {
        // Without SO_REUSEADDR, so that no other program may take it too.
        socket.bind(&address.into())?;
        return Ok(socket);
    }
    // As the standard library does: connections of before that wait for their end are no reason to fail.
    socket.set_reuse_address(cfg!(unix))?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;
    use std::net::{TcpListener, TcpStream};

    #[test]
    fn a_port_that_refuses_is_taken_by_nobody_else() {
        let sockets = take(&LOOPBACK, 0, Use::Refuse).unwrap();
        for socket in &sockets {
            let address = address_of(socket).unwrap();
            let refused = TcpStream::connect(address).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
            let taken = TcpListener::bind(address).unwrap_err();
            assert_eq!(taken.kind(), ErrorKind::AddrInUse);
        }
    }
}
