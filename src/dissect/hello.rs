//! What the hellos and their companions say, read from their bytes: only what the rest of the
//! dissection depends on. The trees that people see come from [`crate::wire`].

use crate::tls::{CipherSuite, EcCurveType, ExtensionType, NamedGroup, ProtocolVersion};
use crate::wire::handshake::{HEADER_LEN, HELLO_RETRY_REQUEST_RANDOM};

/// A ClientHello or a ServerHello (RFC 9846, sections 4.2.2 and 4.2.3; RFC 5246, section 7.4.1).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hello<'a> {
    pub legacy_version: ProtocolVersion,
    pub random: &'a [u8],
    pub session_id: &'a [u8],
    /// The chosen suite; of a ClientHello the first offered.
    pub suite: CipherSuite,
    pub extensions: Extensions<'a>,
}

/// Extensions by type.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Extensions<'a>(Vec<(ExtensionType, &'a [u8])>);

/// Takes bytes off the front, or nothing if there are too few.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of `width` bytes.
    fn number(&mut self, width: usize) -> Option<usize> {
        Some(self.take(width)?.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet)))
    }

    fn u8(&mut self) -> Option<u8> {
        u8::try_from(self.number(1)?).ok()
    }

    fn u16(&mut self) -> Option<u16> {
        u16::try_from(self.number(2)?).ok()
    }

    fn u32(&mut self) -> Option<u32> {
        u32::try_from(self.number(4)?).ok()
    }

    /// A vector with a length of `width` bytes before it.
    fn vector(&mut self, width: usize) -> Option<&'a [u8]> {
        let len = self.number(width)?;
        self.take(len)
    }
}

impl<'a> Hello<'a> {
    /// Reads a ClientHello, handshake header included.
    pub fn client(message: &'a [u8]) -> Option<Hello<'a>> {
        let mut r = Reader(message.get(HEADER_LEN..)?);
        let (legacy_version, random, session_id) =
            (ProtocolVersion(r.u16()?), r.take(32)?, r.vector(1)?);
        let suite = CipherSuite(Reader(r.vector(2)?).u16()?);
        r.vector(1)?; // compression methods
        let extensions = Extensions::read(r.vector(2).unwrap_or_default());
        Some(Hello { legacy_version, random, session_id, suite, extensions })
    }

    /// Reads a ServerHello, handshake header included.
    pub fn server(message: &'a [u8]) -> Option<Hello<'a>> {
        let mut r = Reader(message.get(HEADER_LEN..)?);
        let (legacy_version, random, session_id) =
            (ProtocolVersion(r.u16()?), r.take(32)?, r.vector(1)?);
        let suite = CipherSuite(r.u16()?);
        r.take(1)?; // compression method
        let extensions = Extensions::read(r.vector(2).unwrap_or_default());
        Some(Hello { legacy_version, random, session_id, suite, extensions })
    }

    /// Whether this ServerHello asks for another ClientHello.
    pub fn is_retry_request(&self) -> bool {
        self.random == HELLO_RETRY_REQUEST_RANDOM
    }

    /// The version this ServerHello chose.
    pub fn version(&self) -> ProtocolVersion {
        self.extensions
            .get(ExtensionType::SUPPORTED_VERSIONS)
            .and_then(|data| Reader(data).u16())
            .map_or(self.legacy_version, ProtocolVersion)
    }

    /// Group and public value of this ServerHello's key share.
    pub fn key_share(&self) -> Option<(NamedGroup, &'a [u8])> {
        let mut r = Reader(self.extensions.get(ExtensionType::KEY_SHARE)?);
        Some((NamedGroup(r.u16()?), r.vector(2).unwrap_or_default()))
    }

    /// The public value that this ClientHello offers for a group.
    pub fn offered_share(&self, group: NamedGroup) -> Option<&'a [u8]> {
        let mut list = Reader(Reader(self.extensions.get(ExtensionType::KEY_SHARE)?).vector(2)?);
        let mut shares = std::iter::from_fn(|| Some((NamedGroup(list.u16()?), list.vector(2)?)));
        shares.find(|(offered, _)| *offered == group).map(|(_, public)| public)
    }

    /// The pre-shared keys that this ClientHello offers.
    pub fn psk_offer(&self) -> Option<PskOffer<'a>> {
        PskOffer::read(self.extensions.get(ExtensionType::PRE_SHARED_KEY)?)
    }

    /// Which of the offered keys this ServerHello takes.
    pub fn selected_psk(&self) -> Option<u16> {
        Reader(self.extensions.get(ExtensionType::PRE_SHARED_KEY)?).u16()
    }

    /// The TLS 1.2 ticket that this ClientHello brings back.
    pub fn session_ticket(&self) -> Option<&'a [u8]> {
        self.extensions.get(ExtensionType::SESSION_TICKET).filter(|ticket| !ticket.is_empty())
    }

    /// The name in this ClientHello's server_name extension (RFC 6066, section 3).
    pub fn server_name(&self) -> Option<String> {
        let mut list = Reader(Reader(self.extensions.get(ExtensionType::SERVER_NAME)?).vector(2)?);
        list.take(1)?; // name_type: host_name is the only one
        Some(String::from_utf8_lossy(list.vector(2)?).into_owned())
    }
}

impl<'a> Extensions<'a> {
    /// Reads extensions up to the first that is cut short.
    fn read(octets: &'a [u8]) -> Extensions<'a> {
        let mut r = Reader(octets);
        let mut one = || Some((ExtensionType(r.u16()?), r.vector(2)?));
        Extensions(std::iter::from_fn(&mut one).collect())
    }

    /// The extensions of an EncryptedExtensions message, handshake header included.
    pub fn encrypted(message: &'a [u8]) -> Extensions<'a> {
        let body = message.get(HEADER_LEN..).unwrap_or_default();
        Extensions::read(Reader(body).vector(2).unwrap_or_default())
    }

    /// The data of the extension of this type.
    pub fn get(&self, kind: ExtensionType) -> Option<&'a [u8]> {
        self.0.iter().find(|(found, _)| *found == kind).map(|(_, data)| *data)
    }

    /// Whether there is an extension of this type.
    pub fn has(&self, kind: ExtensionType) -> bool {
        self.get(kind).is_some()
    }

    /// The protocol that the server chose (RFC 7301, section 3.1).
    pub fn alpn(&self) -> Option<String> {
        let mut list = Reader(Reader(self.get(ExtensionType::ALPN)?).vector(2)?);
        Some(String::from_utf8_lossy(list.vector(1)?).into_owned())
    }
}

/// Group and public value of a ServerKeyExchange for ECDHE, handshake header included (RFC 8422,
/// section 5.4).
pub(super) fn server_key_exchange(message: &[u8]) -> Option<(NamedGroup, &[u8])> {
    let mut r = Reader(message.get(HEADER_LEN..)?);
    if EcCurveType(r.u8()?) != EcCurveType::NAMED_CURVE {
        return None;
    }
    Some((NamedGroup(r.u16()?), r.vector(1)?))
}

/// The public value of a ClientKeyExchange for ECDHE, handshake header included (RFC 8422,
/// section 5.7).
pub(super) fn client_public_value(message: &[u8]) -> Option<&[u8]> {
    Reader(message.get(HEADER_LEN..)?).vector(1)
}

/// The encrypted secret in a ClientKeyExchange for RSA, handshake header included (RFC 5246,
/// section 7.4.7.1). `None` for one of another form.
pub(super) fn encrypted_preliminary_secret(message: &[u8]) -> Option<&[u8]> {
    let mut r = Reader(message.get(HEADER_LEN..)?);
    r.vector(2).filter(|_| r.0.is_empty())
}

/// A NewSessionTicket of TLS 1.3 (RFC 9846, section 4.7.1).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ticket<'a> {
    pub lifetime: u32,
    pub age_add: u32,
    pub nonce: &'a [u8],
    pub ticket: &'a [u8],
    pub max_early_data: Option<u32>,
}

impl<'a> Ticket<'a> {
    /// Reads one, handshake header included.
    pub fn tls13(message: &'a [u8]) -> Option<Ticket<'a>> {
        let mut r = Reader(message.get(HEADER_LEN..)?);
        let (lifetime, age_add, nonce) = (r.u32()?, r.u32()?, r.vector(1)?);
        let ticket = r.vector(2)?;
        let extensions = Extensions::read(r.vector(2).unwrap_or_default());
        let max_early_data =
            extensions.get(ExtensionType::EARLY_DATA).and_then(|d| Reader(d).u32());
        Some(Ticket { lifetime, age_add, nonce, ticket, max_early_data })
    }
}

/// Lifetime and ticket of a NewSessionTicket of TLS 1.2, handshake header included (RFC 5077,
/// section 3.3).
pub(super) fn ticket12(message: &[u8]) -> Option<(u32, &[u8])> {
    let mut r = Reader(message.get(HEADER_LEN..)?);
    Some((r.u32()?, r.vector(2)?))
}

/// The pre_shared_key extension of a ClientHello (RFC 9846, section 4.3.11).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PskOffer<'a> {
    pub identities: Vec<&'a [u8]>,
    pub binders: Vec<&'a [u8]>,
    /// Bytes of the list of binders with its length: what a binder is not computed over.
    pub binders_len: usize,
}

impl<'a> PskOffer<'a> {
    fn read(extension: &'a [u8]) -> Option<PskOffer<'a>> {
        let mut r = Reader(extension);
        let mut list = Reader(r.vector(2)?);
        let mut identity = || {
            let identity = list.vector(2)?;
            list.take(4)?; // obfuscated_ticket_age
            Some(identity)
        };
        let identities = std::iter::from_fn(&mut identity).collect();
        let binders_len = r.0.len();
        let mut list = Reader(r.vector(2)?);
        let binders = std::iter::from_fn(|| list.vector(1)).collect();
        Some(PskOffer { identities, binders, binders_len })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    fn vectors() -> serde_json::Value {
        serde_json::from_str(include_str!("../../tests/vectors/rfc8448-section3.json")).unwrap()
    }

    #[test]
    fn reads_what_the_hellos_of_rfc_8448_settle() {
        let vectors = vectors();
        let octets =
            |part: &str, name: &str| hex::decode(vectors[part][name].as_str().unwrap()).unwrap();
        let client_hello = octets("wire", "ClientHello_1")[5..].to_vec();
        let client = Hello::client(&client_hello).unwrap();
        assert_eq!(client.server_name().as_deref(), Some("server"));
        let server_hello = octets("messages", "server_hello");
        let server = Hello::server(&server_hello).unwrap();
        assert_eq!(
            (server.version(), server.suite),
            (ProtocolVersion::TLS1_3, CipherSuite::TLS_AES_128_GCM_SHA256)
        );
        assert_eq!(server.key_share().unwrap().0, NamedGroup::X25519);
        assert_eq!(server.key_share().unwrap().1, octets("secrets", "server_x25519_public"));
        assert!(!server.is_retry_request());
        let ticket = octets("secrets", "new_session_ticket");
        let ticket = Ticket::tls13(&ticket).unwrap();
        assert_eq!(ticket.nonce, [0, 0]);
        assert_eq!((ticket.lifetime, ticket.max_early_data), (30, Some(1024)));
    }

    #[test]
    fn a_hello_cut_anywhere_is_read_as_far_as_it_goes_or_not_at_all() {
        let vectors = vectors();
        let message = hex::decode(vectors["messages"]["server_hello"].as_str().unwrap()).unwrap();
        for len in 0..message.len() {
            if let Some(hello) = Hello::server(&message[..len]) {
                assert_eq!(hello.suite, CipherSuite::TLS_AES_128_GCM_SHA256);
            }
        }
    }
}
