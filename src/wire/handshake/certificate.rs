//! Certificate, in both forms, and CertificateStatus (RFC 9846, section 4.5.1; RFC 5246, section
//! 7.4.2; RFC 6066, section 8).

use super::row::{Context, Message};
use crate::tls::HandshakeType;
use crate::wire::cursor::{Cursor, Decoded, Vector};
use crate::wire::error::WireError;
use crate::wire::extension::{self, Place, status_request};
use crate::wire::node::{Field, fields, vectors};
use crate::wire::x509;

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::CERTIFICATE,
    field: Field::new(
        "Certificate",
        "",
        "The sender's certificate and those that lead from it towards an authority the peer trusts. It shows a public key and, unless that comes alone, whose it is. That the sender has the private key is proved later: by CertificateVerify, in TLS 1.2 for a server by the signature in ServerKeyExchange, or with RSA key exchange by a correct Finished. [RFC 9846, section 4.5.1]",
    ),
    read,
};

pub(in crate::wire) static STATUS: Message = Message {
    code: HandshakeType::CERTIFICATE_STATUS,
    field: Field::new(
        "CertificateStatus",
        "",
        "TLS 1.2: the certification authority's fresh statement that the server's certificate is not revoked. [RFC 6066, section 8]",
    ),
    read: |c, _| status_request::certificate_status(c),
};

vectors! {
    pub(crate) REQUEST_CONTEXT = 1, "certificate_request_context", "tls.handshake.certificate_request_context", "tls.handshake.certificate_request_context_length",
        "Empty during the handshake; otherwise it says which CertificateRequest this answers. [RFC 9846, section 4.5.1]";
    pub(crate) CERTIFICATE_LIST = 3, "certificate_list", "tls.handshake.certificates", "tls.handshake.certificates_length",
        "The sender's own certificate first, each next one signing the one before. Empty: the client has none. [RFC 9846, section 4.5.1]";
    pub(crate) RAW_LIST = 3, "certificate_list", "", "tls.handshake.certificates_length",
        "One entry: a raw public key has no chain. [RFC 9846, section 4.5.1]";
    pub(crate) CERT_DATA = 3, "cert_data", "tls.handshake.certificate", "tls.handshake.certificate_length",
        "One X.509 certificate in DER. [RFC 9846, section 4.5.1]";
    pub(crate) RAW_KEY = 3, "ASN1_subjectPublicKeyInfo", "tls.handshake.certificate", "tls.handshake.certificate_length",
        "A raw public key: what a certificate would hold of it, and nothing else. [RFC 9846, section 4.5.1; RFC 7250, section 3]";
    pub(crate) ASN1_CERT = 3, "ASN.1Cert", "tls.handshake.certificate", "tls.handshake.certificate_length",
        "One X.509 certificate in DER. [RFC 5246, section 7.4.2]";
}

fields! {
    pub(crate) ENTRY = "CertificateEntry", "", "A certificate, or a raw public key, and extensions about it. [RFC 9846, section 4.5.1]";
}

fn read(c: &mut Cursor<'_>, context: Context) -> Decoded {
    // Without extensions behind each certificate, the list is all there is.
    let tls13 = context.is_tls13(|| match *c.peek() {
        [a, b, d, ..] => u32::from_be_bytes([0, a, b, d]) as usize + 3 != c.left(),
        _ => true,
    });
    if tls13 {
        c.opaque(&REQUEST_CONTEXT)?;
    }
    // The list's length and the entry's come first.
    let first = c.peek().get(RAW_LIST.width + RAW_KEY.width..).unwrap_or_default();
    let raw = tls13 && x509::is_public_key_info(first);
    let mut count = 0;
    c.vector(if raw { &RAW_LIST } else { &CERTIFICATE_LIST }, |c| {
        c.items(|c| {
            count += 1;
            if tls13 {
                let mut subject = String::new();
                c.group(&ENTRY, |c| {
                    subject = if raw {
                        holding(c, &RAW_KEY, x509::public_key_info)?
                    } else {
                        holding(c, &CERT_DATA, x509::certificate)?
                    };
                    extension::extensions(c, Place::Certificate)?;
                    Ok(subject.clone())
                })?;
                Ok(subject)
            } else {
                holding(c, &ASN1_CERT, x509::certificate)
            }
        })
    })?;
    Ok(match count {
        _ if raw => "raw public key".into(),
        0 => "no certificate".into(),
        1 => "1 certificate".into(),
        _ => format!("{count} certificates"),
    })
}

/// Reads a vector that holds what `read` reads.
fn holding(
    c: &mut Cursor<'_>,
    vector: &'static Vector,
    read: fn(&mut Cursor<'_>) -> Decoded,
) -> Result<String, WireError> {
    let mut subject = String::new();
    c.vector(vector, |c| {
        subject = read(c)?;
        Ok(subject.clone())
    })?;
    c.show_bytes();
    Ok(subject)
}
