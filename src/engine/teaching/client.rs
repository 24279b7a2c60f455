//! The client's side of the handshake: one method for each phase (RFC 5246, section 7.3).

use super::alert::{Refusal, refuse};
use super::bytes::{Reader, codes, vector};
use super::certificate::{check_signature, read_chain, send_chain, sign};
use super::config::ClientConfig;
use super::core::{Core, body, random};
use super::hello::{ClientHello, Extensions, ServerHello, VERSION};
use super::suite::{Exchange, Suite};
use super::{Role, unexpected};
use crate::engine::provider::{Algorithms, EndpointKey, rsa};
use crate::tls::{EcCurveType, EcPointFormat, ExtensionType, HandshakeType, NameType};
use crate::trace::Endpoint;
use crate::wire::{handshake, x509};
use pki_types::{CertificateDer, ServerName};
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::SupportedKxGroup;
use rustls::sign::{Signer, SigningKey as _};
use rustls::{AlertDescription, SignatureScheme};
use std::sync::Arc;
use webpki::EndEntityCert;

/// What the client waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Await {
    ServerHello,
    Certificate,
    ServerKeyExchange,
    /// A CertificateRequest may stand before it.
    ServerHelloDone,
    ChangeCipherSpec,
    Finished,
    Nothing,
}

/// A client.
pub struct Client {
    config: Arc<ClientConfig>,
    awaits: Await,
    hello: ClientHello,
    /// The server's certificates, leaf first, once they are judged.
    chain: Vec<CertificateDer<'static>>,
    /// Group and public value of the ServerKeyExchange.
    server_share: Option<(&'static dyn SupportedKxGroup, Vec<u8>)>,
    /// The signatures that the server would take, if it asked for a certificate.
    asked: Option<Vec<SignatureScheme>>,
}

impl Client {
    pub fn new(config: Arc<ClientConfig>) -> Client {
        let extensions = Extensions::default();
        let hello = ClientHello { version: VERSION, random: [0; 32], suites: vec![], extensions };
        Client {
            config,
            awaits: Await::ServerHello,
            hello,
            chain: Vec::new(),
            server_share: None,
            asked: None,
        }
    }

    /// ClientHello: what the client can do (RFC 5246, section 7.4.1.2).
    fn send_client_hello(&mut self, core: &mut Core) -> Result<(), Refusal> {
        let config = &self.config;
        self.hello.random = random("ClientHello.random")?;
        self.hello.suites = config.suites.iter().map(|suite| suite.code).collect();
        let mut add = |kind, data| self.hello.extensions.0.push((kind, data));
        // An IP address is not sent (RFC 6066, section 3).
        if let ServerName::DnsName(name) = &config.name {
            let name =
                [&[NameType::HOST_NAME.0][..], &vector(2, name.as_ref().as_bytes())].concat();
            add(ExtensionType::SERVER_NAME, vector(2, &name));
        }
        if config.suites.iter().any(|suite| suite.exchange != Exchange::Rsa) {
            let groups = config.groups.iter().map(|group| group.name().into());
            add(ExtensionType::SUPPORTED_GROUPS, codes(groups));
            add(ExtensionType::EC_POINT_FORMATS, vector(1, &[EcPointFormat::UNCOMPRESSED.0]));
        }
        let schemes = Algorithms::ALL.verification.supported_schemes().into_iter().map(u16::from);
        add(ExtensionType::SIGNATURE_ALGORITHMS, codes(schemes));
        if config.extended_master_secret {
            add(ExtensionType::EXTENDED_MAIN_SECRET, Vec::new());
        }
        if !config.alpn.is_empty() {
            let names: Vec<u8> = config.alpn.iter().flat_map(|name| vector(1, name)).collect();
            add(ExtensionType::ALPN, vector(2, &names));
        }
        add(ExtensionType::RENEGOTIATION_INFO, vector(1, &[]));
        core.client_random = self.hello.random;
        core.send(HandshakeType::CLIENT_HELLO, &self.hello.encode());
        Ok(())
    }

    /// ServerHello: every choice must be one that was offered (RFC 5246, section 7.4.1.3).
    fn read_server_hello(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        let hello = ServerHello::decode(body(message))?;
        if hello.version != VERSION {
            let text = format!("the server chose version 0x{:04x}, not TLS 1.2", hello.version.0);
            return Err(refuse(AlertDescription::ProtocolVersion, text));
        }
        let suite = self.config.suites.iter().find(|suite| suite.code == hello.suite);
        let suite: &'static Suite = suite.ok_or_else(|| {
            let text =
                format!("the server chose suite 0x{:04x}, which was not offered", hello.suite.0);
            refuse(AlertDescription::IllegalParameter, text)
        })?;
        if let Some((kind, _)) =
            hello.extensions.0.iter().find(|(kind, _)| !self.hello.extensions.has(*kind))
        {
            let text = format!("the server answers extension {}, which was not offered", kind.0);
            return Err(refuse(AlertDescription::UnsupportedExtension, text));
        }
        // RFC 5746, section 3.4: in a first handshake there is nothing to bind to.
        if hello.extensions.get(ExtensionType::RENEGOTIATION_INFO).is_some_and(|data| data != [0]) {
            let text = "renegotiation_info is not empty in a first handshake";
            return Err(refuse(AlertDescription::HandshakeFailure, text));
        }
        match &hello.extensions.alpn()?[..] {
            [] => {}
            [chosen] if self.config.alpn.contains(chosen) => {}
            _ => {
                let text = "the server chose an application protocol that was not offered";
                return Err(refuse(AlertDescription::IllegalParameter, text));
            }
        }
        core.server_random = hello.random;
        core.extended_master_secret = hello.extensions.has(ExtensionType::EXTENDED_MAIN_SECRET);
        core.settle(suite);
        core.heard(message);
        self.awaits = Await::Certificate;
        Ok(())
    }

    /// Certificate: the chain must be good, and its key fit for the suite (RFC 5246, section 7.4.2).
    fn read_certificate(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        core.heard(message);
        self.chain = read_chain(message)?;
        let (leaf, intermediates) = self.chain.split_first().ok_or_else(|| {
            refuse(AlertDescription::BadCertificate, "the server sent no certificate")
        })?;
        let (verifier, name) = (&self.config.verifier, &self.config.name);
        verifier.verify_server_cert(leaf, intermediates, name, &[], self.config.clock.now())?;
        let suite = core.suite()?;
        check_kind_of_key(leaf, suite.exchange)?;
        if suite.exchange == Exchange::Rsa {
            may_encrypt(leaf)?;
        }
        self.awaits = match suite.exchange {
            // Nothing more is needed: the key to encrypt with is in the certificate.
            Exchange::Rsa => Await::ServerHelloDone,
            _ => Await::ServerKeyExchange,
        };
        Ok(())
    }

    /// ServerKeyExchange: the server's half, signed with the certificate's key (RFC 8422,
    /// section 5.4).
    fn read_server_key_exchange(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        core.heard(message);
        let all = body(message);
        let mut r = Reader::new("ServerKeyExchange", all);
        if EcCurveType(r.u8()?) != EcCurveType::NAMED_CURVE {
            let text = "the server does not name its curve";
            return Err(refuse(AlertDescription::IllegalParameter, text));
        }
        let (group, public) = (r.u16()?, r.vector(1)?);
        let params = all.get(..4 + public.len()).unwrap_or_default();
        let known = self.config.groups.iter().find(|known| u16::from(known.name()) == group);
        let known = *known.ok_or_else(|| {
            let text = format!("the server chose group 0x{group:04x}, which was not offered");
            refuse(AlertDescription::IllegalParameter, text)
        })?;
        let signed = [&core.client_random[..], &core.server_random, params].concat();
        check_signature(&mut r, self.chain.first(), &signed)?;
        self.server_share = Some((known, public.to_vec()));
        self.awaits = Await::ServerHelloDone;
        Ok(())
    }

    /// CertificateRequest: which signatures of the client's the server would take (RFC 5246,
    /// section 7.4.4).
    fn read_certificate_request(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        core.heard(message);
        let mut r = Reader::new("CertificateRequest", body(message));
        r.vector(1)?; // kinds of certificate, which the schemes say better
        let schemes = r.codes(2)?;
        r.vector(2)?; // the server's authorities: there is one certificate here, or none
        r.end()?;
        self.asked = Some(schemes.into_iter().map(SignatureScheme::from).collect());
        Ok(())
    }

    /// ServerHelloDone: now it is the client's turn, with all that is left for it to say.
    fn read_server_hello_done(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        core.heard(message);
        Reader::new("ServerHelloDone", body(message)).end()?;
        let signer = self.asked.take().and_then(|schemes| self.send_certificate(core, &schemes));
        let pre_master_secret = match self.server_share.take() {
            None => self.send_encrypted_pre_master_secret(core)?,
            Some((group, public)) => send_public_value(core, group, &public)?,
        };
        core.derive_keys(&pre_master_secret)?;
        if let Some(signer) = signer {
            // CertificateVerify: everything said so far, signed (RFC 5246, section 7.4.8).
            let signed = sign(&*signer, core.messages())?;
            core.send(HandshakeType::CERTIFICATE_VERIFY, &signed);
        }
        core.finish();
        self.awaits = Await::ChangeCipherSpec;
        Ok(())
    }

    /// Certificate: the own chain, and what can sign for it; or an empty list, where there is none
    /// that the server could take (RFC 5246, section 7.4.6).
    fn send_certificate(
        &self,
        core: &mut Core,
        schemes: &[SignatureScheme],
    ) -> Option<Box<dyn Signer>> {
        let own = self.config.identity.as_ref().and_then(|(chain, key)| {
            Some((chain, EndpointKey(key.clone()).choose_scheme(schemes)?))
        });
        send_chain(core, own.as_ref().map_or(&[], |(chain, _)| chain));
        own.map(|(_, signer)| signer)
    }

    /// ClientKeyExchange with RSA: the version that the client offered and 46 random bytes, sealed
    /// so that only the owner of the certificate's key can read them (RFC 5246, section 7.4.7.1).
    fn send_encrypted_pre_master_secret(&self, core: &mut Core) -> Result<Vec<u8>, Refusal> {
        let random: [u8; 46] = random("preliminary secret")?;
        let pre_master_secret = [&self.hello.version.0.to_be_bytes()[..], &random].concat();
        let encrypted = self
            .chain
            .first()
            .and_then(|leaf| EndEntityCert::try_from(leaf).ok())
            .and_then(|leaf| rsa::encrypt(&leaf.subject_public_key_info(), &pre_master_secret));
        let encrypted = encrypted.ok_or_else(|| {
            let text = "the key in the server's certificate is no RSA key to encrypt with";
            refuse(AlertDescription::UnsupportedCertificate, text)
        })?;
        core.send(HandshakeType::CLIENT_KEY_EXCHANGE, &vector(2, &encrypted));
        Ok(pre_master_secret)
    }

    /// Finished: the server could derive the keys, and saw the same messages. With RSA key exchange
    /// this is the first proof that it has the certificate's private key.
    fn read_finished(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        core.check_finished(message)?;
        self.awaits = Await::Nothing;
        Ok(())
    }
}

/// ClientKeyExchange with ECDHE: the client's public value (RFC 8422, section 5.7).
fn send_public_value(
    core: &mut Core,
    group: &dyn SupportedKxGroup,
    peer: &[u8],
) -> Result<Vec<u8>, Refusal> {
    let own = group.start()?;
    core.send(HandshakeType::CLIENT_KEY_EXCHANGE, &vector(1, own.pub_key()));
    Ok(own.complete(peer)?.secret_bytes().to_vec())
}

/// The key must be of the kind that the suite names (RFC 5246, section 7.4.2).
fn check_kind_of_key(leaf: &CertificateDer<'_>, exchange: Exchange) -> Result<(), Refusal> {
    let leaf = EndEntityCert::try_from(leaf)
        .map_err(|_| refuse(AlertDescription::BadCertificate, "the certificate cannot be read"))?;
    let is_rsa = rsa::rsa_public_key(&leaf.subject_public_key_info()).is_some();
    if is_rsa != (exchange == Exchange::EcdheEcdsa) {
        return Ok(());
    }
    let text = "the key in the certificate is of another kind than the cipher suite needs";
    Err(refuse(AlertDescription::UnsupportedCertificate, text))
}

/// With RSA key exchange the certificate must allow its key to encrypt (RFC 5246, section 7.4.2).
fn may_encrypt(leaf: &[u8]) -> Result<(), Refusal> {
    let usage = x509::parse(leaf).map(|(_, summary)| summary.key_usage).unwrap_or_default();
    if usage.is_empty() || usage.contains(&"keyEncipherment") {
        return Ok(());
    }
    let text = format!(
        "the certificate's key usage is {}, without keyEncipherment: nothing may be encrypted with it",
        usage.join(", ")
    );
    Err(refuse(AlertDescription::UnsupportedCertificate, text))
}

impl Role for Client {
    const WHO: Endpoint = Endpoint::Client;

    fn start(&mut self, core: &mut Core) -> Result<(), Refusal> {
        self.send_client_hello(core)
    }

    fn message(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal> {
        let Some(kind) = handshake::kind(message) else {
            return Err(unexpected(message, &format!("{:?}", self.awaits)));
        };
        match (self.awaits, kind) {
            // A request to begin anew, in the middle of the handshake: to be ignored (section 7.4.1.1).
            (_, HandshakeType::HELLO_REQUEST) => Ok(()),
            (Await::ServerHello, HandshakeType::SERVER_HELLO) => {
                self.read_server_hello(core, message)
            }
            (Await::Certificate, HandshakeType::CERTIFICATE) => {
                self.read_certificate(core, message)
            }
            (Await::ServerKeyExchange, HandshakeType::SERVER_KEY_EXCHANGE) => {
                self.read_server_key_exchange(core, message)
            }
            (Await::ServerHelloDone, HandshakeType::CERTIFICATE_REQUEST)
                if self.asked.is_none() =>
            {
                self.read_certificate_request(core, message)
            }
            (Await::ServerHelloDone, HandshakeType::SERVER_HELLO_DONE) => {
                self.read_server_hello_done(core, message)
            }
            (Await::Finished, HandshakeType::FINISHED) => self.read_finished(core, message),
            _ => Err(unexpected(message, &format!("{:?}", self.awaits))),
        }
    }

    fn change_cipher_spec(&mut self, core: &mut Core, content: &[u8]) -> Result<(), Refusal> {
        if self.awaits != Await::ChangeCipherSpec {
            let text = format!("a ChangeCipherSpec came while the client awaits {:?}", self.awaits);
            return Err(refuse(AlertDescription::UnexpectedMessage, text));
        }
        self.awaits = Await::Finished;
        core.read_change_cipher_spec(content)
    }

    fn is_complete(&self) -> bool {
        self.awaits == Await::Nothing
    }
}
