//! A port that refuses connections.

use socket2::{Domain, Socket, Type};
use std::net::{Ipv4Addr, SocketAddr};

/// A port of this machine at which nobody listens, and which nobody else can take before the test ends.
pub fn port() -> u16 {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("a port");
    let address = socket.local_addr().expect("an address").as_socket().expect("of IP");
    // Closed, it would be anyone's.
    std::mem::forget(socket);
    address.port()
}
