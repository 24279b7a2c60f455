//! The server's side of the handshake: one method for each phase (RFC 5246, section 7.3).

use super::alert::{Refusal, refuse};
use super::bytes::{Reader, codes, vector};
use super::certificate::{check_signature, read_chain, send_chain, sign};
use super::config::ServerConfig;
use super::core::{Core, body, random};
use super::hello::{ClientHello, Extensions, ServerHello, VERSION};
use super::suite::{Exchange, Suite};
use super::{Role, unexpected};
use crate::engine::provider::EndpointKey;
use crate::engine::verifier::RecordingClientVerifier;
use crate::tls::{
    CipherSuite, ClientCertificateType, EcCurveType, EcPointFormat, ExtensionType, HandshakeType,
    ProtocolVersion,
};
use crate::trace::Endpoint;
use crate::wire::handshake;
use pki_types::CertificateDer;
use rustls::crypto::ActiveKeyExchange;
use rustls::server::danger::ClientCertVerifier;
use rustls::sign::SigningKey as _;
use rustls::{AlertDescription, SignatureScheme};
use std::sync::Arc;

/// Bytes of a pre-master secret that is encrypted: the version and 46 random ones.
const PRE_MASTER_SECRET_LEN: usize = 48;

/// What the server waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Await {
    ClientHello,
    Certificate,
    ClientKeyExchange,
    CertificateVerify,
    ChangeCipherSpec,
    Finished,
    Nothing,
}

/// A server.
pub struct Server {
    config: Arc<ServerConfig>,
    awaits: Await,
    /// The version in the ClientHello, which the pre-master secret must begin with.
    offered_version: ProtocolVersion,
    /// The own half of an ephemeral exchange.
    own_share: Option<Box<dyn ActiveKeyExchange>>,
    /// The client's certificates, leaf first, once they are judged.
    client_chain: Vec<CertificateDer<'static>>,
}

impl Server {
    pub fn new(config: Arc<ServerConfig>) -> Server {
        Server {
            config,
            awaits: Await::ClientHello,
            offered_version: VERSION,
            own_share: None,
            client_chain: Vec::new(),
        }
    }

    /// ClientHello: finds what both ends can do, and answers with the server's whole flight.
    fn read_client_hello(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        let hello = ClientHello::decode(body(message))?;
        core.heard(message);
        check_version(&hello)?;
        self.offered_version = hello.version;
        let suite = self.choose_suite(&hello)?;
        core.client_random = hello.random;
        core.settle(suite);
        self.send_server_hello(core, &hello, suite)?;
        send_chain(core, &self.config.chain);
        if suite.exchange != Exchange::Rsa {
            self.send_server_key_exchange(core, &hello)?;
        }
        self.awaits = match &self.config.client_verifier {
            Some(verifier) => {
                send_certificate_request(core, verifier);
                Await::Certificate
            }
            None => Await::ClientKeyExchange,
        };
        core.send(HandshakeType::SERVER_HELLO_DONE, &[]);
        Ok(())
    }

    /// The first suite of the client's that the server has and its certificate goes with.
    fn choose_suite(&self, hello: &ClientHello) -> Result<&'static Suite, Refusal> {
        let own = &self.config.suites;
        let fits = |suite: &&&'static Suite| suite.exchange.goes_with(self.config.key.kind());
        let find = |code: &CipherSuite| own.iter().filter(fits).find(|suite| suite.code == *code);
        hello.suites.iter().find_map(find).copied().ok_or_else(|| {
            let text = "the client offers no cipher suite that this server has";
            refuse(AlertDescription::HandshakeFailure, text)
        })
    }

    /// ServerHello: the choices (RFC 5246, section 7.4.1.3).
    fn send_server_hello(
        &self,
        core: &mut Core,
        client: &ClientHello,
        suite: &Suite,
    ) -> Result<(), Refusal> {
        let mut extensions = Extensions::default();
        let offers = |kind| client.extensions.has(kind);
        if offers(ExtensionType::RENEGOTIATION_INFO)
            || client.suites.contains(&CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV)
        {
            extensions.0.push((ExtensionType::RENEGOTIATION_INFO, vector(1, &[])));
        }
        if suite.exchange != Exchange::Rsa && offers(ExtensionType::EC_POINT_FORMATS) {
            extensions.0.push((
                ExtensionType::EC_POINT_FORMATS,
                vector(1, &[EcPointFormat::UNCOMPRESSED.0]),
            ));
        }
        core.extended_master_secret =
            self.config.extended_master_secret && offers(ExtensionType::EXTENDED_MAIN_SECRET);
        if core.extended_master_secret {
            extensions.0.push((ExtensionType::EXTENDED_MAIN_SECRET, Vec::new()));
        }
        if let Some(protocol) = self.choose_protocol(&client.extensions)? {
            extensions.0.push((ExtensionType::ALPN, vector(2, &vector(1, &protocol))));
        }
        let random = random("ServerHello.random")?;
        core.server_random = random;
        let hello = ServerHello { version: VERSION, random, suite: suite.code, extensions };
        core.send(HandshakeType::SERVER_HELLO, &hello.encode());
        Ok(())
    }

    /// ALPN (RFC 7301, section 3.2): the first of the own protocols that the client offers.
    fn choose_protocol(&self, offered: &Extensions) -> Result<Option<Vec<u8>>, Refusal> {
        let offered = offered.alpn()?;
        let chosen = self.config.alpn.iter().find(|own| offered.contains(own));
        if chosen.is_none() && !offered.is_empty() {
            let text = "the client offers no application protocol that this server speaks";
            return Err(refuse(AlertDescription::NoApplicationProtocol, text));
        }
        Ok(chosen.cloned())
    }

    /// ServerKeyExchange: a fresh public value, signed (RFC 8422, section 5.4).
    fn send_server_key_exchange(
        &mut self,
        core: &mut Core,
        client: &ClientHello,
    ) -> Result<(), Refusal> {
        let offered = client.extensions.codes(ExtensionType::SUPPORTED_GROUPS, 2)?;
        let accepts = |code: u16| offered.as_ref().is_none_or(|offered| offered.contains(&code));
        let group = self.config.groups.iter().find(|group| accepts(group.name().into()));
        let group = group.ok_or_else(|| {
            let text = "the client offers no key exchange group that this server has";
            refuse(AlertDescription::HandshakeFailure, text)
        })?;
        let schemes = client.extensions.codes(ExtensionType::SIGNATURE_ALGORITHMS, 2)?;
        let schemes: Vec<SignatureScheme> =
            schemes.unwrap_or_default().into_iter().map(SignatureScheme::from).collect();
        let signer = EndpointKey(self.config.key.clone()).choose_scheme(&schemes);
        let signer = signer.ok_or_else(|| {
            let text = "the client accepts no signature that this server's key can make";
            refuse(AlertDescription::HandshakeFailure, text)
        })?;
        let own = group.start()?;
        let code = u16::from(group.name()).to_be_bytes();
        let params = [&[EcCurveType::NAMED_CURVE.0][..], &code, &vector(1, own.pub_key())].concat();
        let signed = [&core.client_random[..], &core.server_random, &params].concat();
        let body = [params, sign(&*signer, &signed)?].concat();
        core.send(HandshakeType::SERVER_KEY_EXCHANGE, &body);
        self.own_share = Some(own);
        Ok(())
    }

    /// Certificate: the client's chain must be good; whether there must be one is the server's choice
    /// (RFC 5246, section 7.4.6).
    fn read_certificate(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        core.heard(message);
        self.client_chain = read_chain(message)?;
        self.awaits = Await::ClientKeyExchange;
        let Some(verifier) = &self.config.client_verifier else { return Ok(()) };
        match self.client_chain.split_first() {
            Some((leaf, intermediates)) => {
                verifier.verify_client_cert(leaf, intermediates, self.config.clock.now())?;
                Ok(())
            }
            None if verifier.client_auth_mandatory() => {
                let text = "the client sent no certificate, and this server requires one";
                Err(refuse(AlertDescription::HandshakeFailure, text))
            }
            None => Ok(()),
        }
    }

    /// ClientKeyExchange: the server's way to the pre-master secret.
    fn read_client_key_exchange(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        core.heard(message);
        let mut r = Reader::new("ClientKeyExchange", body(message));
        let pre_master_secret = match self.own_share.take() {
            Some(own) => {
                let peer = r.vector(1)?;
                r.end()?;
                own.complete(peer)?.secret_bytes().to_vec()
            }
            None => {
                let encrypted = r.vector(2)?;
                r.end()?;
                self.decrypt_pre_master_secret(encrypted)?
            }
        };
        core.derive_keys(&pre_master_secret)?;
        self.awaits = if self.client_chain.is_empty() {
            Await::ChangeCipherSpec
        } else {
            Await::CertificateVerify
        };
        Ok(())
    }

    /// CertificateVerify: the client has the key of its certificate (RFC 5246, section 7.4.8).
    fn read_certificate_verify(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        let mut r = Reader::new("CertificateVerify", body(message));
        check_signature(&mut r, self.client_chain.first(), core.messages())?;
        core.heard(message);
        self.awaits = Await::ChangeCipherSpec;
        Ok(())
    }

    /// Decrypts the pre-master secret without telling anyone whether that worked.
    ///
    /// A server that answers a wrong padding in another way than a right one, by an alert or by the
    /// time it takes, can be made to decrypt recorded secrets, one question after the other
    /// (Bleichenbacher, 1998; ROBOT, 2017). So RFC 5246, section 7.4.7.1, has it go on with random
    /// bytes instead: the client that did not know the secret then fails at Finished, whatever was
    /// wrong. The version is not compared either, but put in its place. The RSA library hides the
    /// padding's fault as well: it gives a message made up from key and ciphertext.
    fn decrypt_pre_master_secret(&self, encrypted: &[u8]) -> Result<Vec<u8>, Refusal> {
        let instead: [u8; PRE_MASTER_SECRET_LEN - 2] =
            random("a stand-in, should the preliminary secret be malformed")?;
        let decrypted = self.config.key.decrypt(encrypted);
        let random = match decrypted.as_deref() {
            Some([_, _, random @ ..]) if random.len() == instead.len() => random,
            _ => &instead[..],
        };
        Ok([&self.offered_version.0.to_be_bytes()[..], random].concat())
    }

    /// Finished: the client has the same keys and saw the same messages. The server's own follows.
    fn read_finished(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        core.check_finished(message)?;
        core.finish();
        self.awaits = Await::Nothing;
        Ok(())
    }
}

/// TLS 1.2 must be among the versions that the client offers (RFC 9846, section 4.3.1, where it says
/// so by extension; else RFC 5246, appendix E.1).
fn check_version(hello: &ClientHello) -> Result<(), Refusal> {
    let listed = hello.extensions.codes(ExtensionType::SUPPORTED_VERSIONS, 1)?;
    let offered = match listed {
        Some(versions) => versions.contains(&VERSION.0),
        None => hello.version >= VERSION,
    };
    if offered {
        return Ok(());
    }
    Err(refuse(AlertDescription::ProtocolVersion, "the client does not offer TLS 1.2"))
}

/// CertificateRequest: what the server would take, and from whom (RFC 5246, section 7.4.4).
fn send_certificate_request(core: &mut Core, verifier: &RecordingClientVerifier) {
    let types = [ClientCertificateType::ECDSA_SIGN.0, ClientCertificateType::RSA_SIGN.0];
    let schemes = verifier.supported_verify_schemes().into_iter().map(u16::from);
    let names: Vec<u8> =
        verifier.root_hint_subjects().iter().flat_map(|name| vector(2, name.as_ref())).collect();
    let body = [vector(1, &types), codes(schemes), vector(2, &names)].concat();
    core.send(HandshakeType::CERTIFICATE_REQUEST, &body);
}

impl Role for Server {
    const WHO: Endpoint = Endpoint::Server;

    fn start(&mut self, _: &mut Core) -> Result<(), Refusal> {
        Ok(())
    }

    fn message(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        let Some(kind) = handshake::kind(message) else {
            return Err(unexpected(message, &format!("{:?}", self.awaits)));
        };
        match (self.awaits, kind) {
            (Await::ClientHello, HandshakeType::CLIENT_HELLO) => {
                self.read_client_hello(core, message)
            }
            (Await::Certificate, HandshakeType::CERTIFICATE) => {
                self.read_certificate(core, message)
            }
            (Await::CertificateVerify, HandshakeType::CERTIFICATE_VERIFY) => {
                self.read_certificate_verify(core, message)
            }
            (Await::ClientKeyExchange, HandshakeType::CLIENT_KEY_EXCHANGE) => {
                self.read_client_key_exchange(core, message)
            }
            (Await::Finished, HandshakeType::FINISHED) => self.read_finished(core, message),
            _ => Err(unexpected(message, &format!("{:?}", self.awaits))),
        }
    }

    fn change_cipher_spec(&mut self, core: &mut Core, content: &[u8]) -> Result<(), Refusal> {
        if self.awaits != Await::ChangeCipherSpec {
            let text = format!("a ChangeCipherSpec came while the server awaits {:?}", self.awaits);
            return Err(refuse(AlertDescription::UnexpectedMessage, text));
        }
        self.awaits = Await::Finished;
        core.read_change_cipher_spec(content)
    }

    fn is_complete(&self) -> bool {
        self.awaits == Await::Nothing
    }
}
