//! ClientHello and ServerHello (RFC 5246, section 7.4.1), and their extensions.

use super::alert::{Refusal, refuse};
use super::bytes::{Reader, vector};
use crate::tls::{CipherSuite, CompressionMethod, ExtensionType, ProtocolVersion};
use rustls::AlertDescription;

/// TLS 1.2.
pub const VERSION: ProtocolVersion = ProtocolVersion::TLS1_2;

/// Extensions, in their order.
#[derive(Clone, Debug, Default)]
pub struct Extensions(pub Vec<(ExtensionType, Vec<u8>)>);

impl Extensions {
    /// The data of the extension of this type.
    pub fn get(&self, kind: ExtensionType) -> Option<&[u8]> {
        self.0.iter().find(|(found, _)| *found == kind).map(|(_, data)| data.as_slice())
    }

    /// Whether there is an extension of this type.
    pub fn has(&self, kind: ExtensionType) -> bool {
        self.get(kind).is_some()
    }

    /// The application protocols named (RFC 7301, section 3.1).
    pub fn alpn(&self) -> Result<Vec<Vec<u8>>, Refusal> {
        let Some(data) = self.get(ExtensionType::ALPN) else { return Ok(Vec::new()) };
        let mut r = Reader::new("list of application protocols", data);
        let mut list = Reader::new("list of application protocols", r.vector(2)?);
        let mut names = Vec::new();
        while !list.is_empty() {
            names.push(list.vector(1)?.to_vec());
        }
        Ok(names)
    }

    /// The code points listed in an extension; `None` if it is not there.
    pub fn codes(&self, kind: ExtensionType, width: usize) -> Result<Option<Vec<u16>>, Refusal> {
        let read = |data| Reader::new("extension", data).codes(width);
        self.get(kind).map(read).transpose()
    }

    fn encode(&self) -> Vec<u8> {
        let one = |(kind, data): &(ExtensionType, Vec<u8>)| {
            [&kind.0.to_be_bytes()[..], &vector(2, data)].concat()
        };
        vector(2, &self.0.iter().flat_map(one).collect::<Vec<u8>>())
    }

    /// Reads what is left of a hello: nothing, or extensions, each type once.
    fn decode(r: &mut Reader<'_>) -> Result<Extensions, Refusal> {
        let mut found = Extensions::default();
        if r.is_empty() {
            return Ok(found);
        }
        let mut list = Reader::new("list of extensions", r.vector(2)?);
        r.end()?;
        while !list.is_empty() {
            let (kind, data) = (ExtensionType(list.u16()?), list.vector(2)?);
            if found.has(kind) {
                let text = format!("extension {} is there twice", kind.0);
                return Err(refuse(AlertDescription::IllegalParameter, text));
            }
            found.0.push((kind, data.to_vec()));
        }
        Ok(found)
    }
}

/// A ClientHello.
pub struct ClientHello {
    pub version: ProtocolVersion,
    pub random: [u8; 32],
    pub suites: Vec<CipherSuite>,
    pub extensions: Extensions,
}

impl ClientHello {
    /// The message's body. It asks for no session and no compression.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = [&self.version.0.to_be_bytes()[..], &self.random, &[0]].concat();
        body.extend(super::bytes::codes(self.suites.iter().copied().map(u16::from)));
        body.extend(vector(1, &[NO_COMPRESSION]));
        body.extend(self.extensions.encode());
        body
    }

    pub fn decode(body: &[u8]) -> Result<ClientHello, Refusal> {
        let mut r = Reader::new("ClientHello", body);
        let (version, random) = (ProtocolVersion(r.u16()?), random(&mut r)?);
        r.vector(1)?; // a session to resume, which nobody here has
        let suites = r.codes(2)?.into_iter().map(CipherSuite).collect();
        if !r.vector(1)?.contains(&NO_COMPRESSION) {
            let text = "the client does not offer to go without compression";
            return Err(refuse(AlertDescription::IllegalParameter, text));
        }
        let extensions = Extensions::decode(&mut r)?;
        Ok(ClientHello { version, random, suites, extensions })
    }
}

/// A ServerHello.
pub struct ServerHello {
    pub version: ProtocolVersion,
    pub random: [u8; 32],
    pub suite: CipherSuite,
    pub extensions: Extensions,
}

impl ServerHello {
    /// The message's body. The session cannot be resumed, so it gets no id.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = [&self.version.0.to_be_bytes()[..], &self.random, &[0]].concat();
        body.extend(self.suite.0.to_be_bytes());
        body.push(NO_COMPRESSION);
        if !self.extensions.0.is_empty() {
            body.extend(self.extensions.encode());
        }
        body
    }

    pub fn decode(body: &[u8]) -> Result<ServerHello, Refusal> {
        let mut r = Reader::new("ServerHello", body);
        let (version, random) = (ProtocolVersion(r.u16()?), random(&mut r)?);
        r.vector(1)?; // an id to resume the session by, which nobody here will
        let suite = CipherSuite(r.u16()?);
        if r.u8()? != NO_COMPRESSION {
            let text = "the server chose a compression that was not offered";
            return Err(refuse(AlertDescription::IllegalParameter, text));
        }
        let extensions = Extensions::decode(&mut r)?;
        Ok(ServerHello { version, random, suite, extensions })
    }
}

const NO_COMPRESSION: u8 = CompressionMethod::NULL.0;

fn random(r: &mut Reader<'_>) -> Result<[u8; 32], Refusal> {
    let mut random = [0; 32];
    random.copy_from_slice(r.take(32)?);
    Ok(random)
}
