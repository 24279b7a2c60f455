//! A proxy that takes every name for this machine: for a program that cannot be told where a name is.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};

/// Waits for one connection, and gives the port.
pub fn start() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || listener.accept().and_then(|(client, _)| pass_on(client)));
    port
}

/// Reads `CONNECT name:port`, and passes all that follows on to this machine's port.
fn pass_on(mut client: TcpStream) -> io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let target = head.split(' ').nth(1).and_then(|target| target.rsplit_once(':'));
    let port: u16 = target.and_then(|(_, port)| port.parse().ok()).expect("a port");
    let server = TcpStream::connect(("127.0.0.1", port))?;
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    let back = (server.try_clone()?, client.try_clone()?);
    let answers = std::thread::spawn(move || copy(back.0, back.1));
    copy(client, server);
    let _ = answers.join();
    Ok(())
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}
