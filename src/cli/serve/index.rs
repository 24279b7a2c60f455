//! A page about what is served, in plain HTTP, with the files that a client needs: the root to trust, and
//! certificates for itself, revocation lists, and keys to pin.

use super::service::{ClientPart, Service};
use crate::base64;
use crate::capture::pem;
use crate::engine::JudgedBy;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// For how long a client may be silent.
const SILENCE: Duration = Duration::from_secs(5);

/// Bytes of a request's head at most.
const HEAD: u64 = 8192;

/// The page and its files, by path.
pub(super) struct Index {
    files: Vec<File>,
}

struct File {
    path: String,
    content_type: &'static str,
    body: String,
}

impl Index {
    /// About these services, each with its address, and about what is not served: its name, and why.
    pub fn new(services: &[(&Service, SocketAddr)], left_out: &[(String, String)]) -> Index {
        let roots: BTreeSet<&[u8]> =
            services.iter().map(|(service, _)| service.root.as_slice()).collect();
        let roots: String =
            roots.into_iter().map(|root| pem::encode("CERTIFICATE", root)).collect();
        let pem = |path, body| File { path, content_type: "application/x-pem-file", body };
        let mut files = vec![
            File {
                path: "/".into(),
                content_type: "text/html; charset=utf-8",
                body: page(services, left_out),
            },
            pem("/ca.pem".into(), roots),
        ];
        for (service, _) in services {
            if let ClientPart::Shows(identity) = &service.client {
                let chain = identity.chain.iter().map(|der| pem::encode("CERTIFICATE", der));
                let key = pem::encode("PRIVATE KEY", &identity.private_key);
                files.push(pem(format!("/{}/client.pem", service.id), chain.collect()));
                files.push(pem(format!("/{}/client-key.pem", service.id), key));
            }
            let JudgedBy { revocation_lists, pins } = &service.judged_by;
            if !revocation_lists.is_empty() {
                let lists = revocation_lists.iter().map(|der| pem::encode("X509 CRL", der));
                files.push(pem(format!("/{}/crls.pem", service.id), lists.collect()));
            }
            if !pins.is_empty() {
                let path = format!("/{}/pins.txt", service.id);
                files.push(File { path, content_type: "text/plain", body: pinned(pins) });
            }
        }
        Index { files }
    }

    /// Answers one request.
    ///
    /// # Errors
    /// The client is gone, or too slow.
    pub fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(SILENCE))?;
        stream.set_write_timeout(Some(SILENCE))?;
        let path = read_path(&stream)?;
        let file = self.files.iter().find(|file| Some(file.path.as_str()) == path.as_deref());
        let (status, content_type, body) = match file {
            Some(file) => ("200 OK", file.content_type, file.body.as_str()),
            None => {
                ("404 Not Found", "text/plain", "There is no such file; / lists what there is.\n")
            }
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        )
    }
}

/// What a GET asks for; `None` for anything else.
///
/// # Errors
/// The client is gone, too slow, or has too much to say.
fn read_path(stream: &TcpStream) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut limited = stream.take(HEAD);
    let mut chunk = [0; 1024];
    // Each read may take its time; a head that comes byte by byte is cut off by their number.
    for _ in 0..64 {
        match limited.read(&mut chunk)? {
            0 => break,
            count => head.extend(chunk.get(..count).unwrap_or_default()),
        }
        if head.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
            break;
        }
    }
    let text = String::from_utf8_lossy(&head);
    let mut words = text.lines().next().unwrap_or_default().split(' ');
    Ok(match (words.next(), words.next()) {
        (Some("GET"), Some(path)) => Some(path.to_owned()),
        _ => None,
    })
}

fn page(services: &[(&Service, SocketAddr)], left_out: &[(String, String)]) -> String {
    let mut rows = String::new();
    for (service, address) in services {
        let Service { id, title, .. } = service;
        let has_to = service.client_has_to().join("; ");
        let url = escaped(&service.url(address.port()));
        let _ = writeln!(
            rows,
            "<tr><td>{}<td>{}<td><code>curl --cacert ca.pem --connect-to ::{address} {url}</code><td>{}",
            escaped(id),
            escaped(title),
            escaped(&has_to)
        );
    }
    let mut others = String::new();
    for (id, why) in left_out {
        let _ = writeln!(others, "<li>{}: {}", escaped(id), escaped(why));
    }
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Handshake Lab: served for real</title>\n\
         <style>body{{font:16px/1.5 sans-serif;margin:2rem}}td{{padding:.2rem .6rem;vertical-align:top}}\
         tr:nth-child(odd){{background:#8881}}</style>\n\
         <h1>Served for real</h1>\n\
         <p>Each row is a TLS server on this machine. Its certificates were made when it was started.\n\
         <p><a href=/ca.pem download>ca.pem</a> is the root to trust. {TRUST_WARNING}\n\
         <table><tr><th>fault<th>what it is<th>to see it<th>the client has to\n{rows}</table>\n\
         <h2>Not served</h2>\n<ul>{others}</ul>\n"
    )
}

/// Public keys as curl and wget take them to be pinned.
fn pinned(keys: &[Vec<u8>]) -> String {
    let hash = |key: &Vec<u8>| format!("sha256//{}", base64::encode(&Sha256::digest(key)));
    keys.iter().map(hash).collect::<Vec<_>>().join(";")
}

/// What has to be said with the root.
pub(super) const TRUST_WARNING: &str = "Give it to one program, for as long as you try things, and never to the system's or the browser's \
     store: nobody keeps its private key safe.";

/// Text that HTML shows as it is.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
