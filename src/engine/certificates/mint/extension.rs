//! Extensions of certificates and of revocation lists (RFC 5280, sections 4.2 and 5.2).

use super::name;
use crate::der::write::{
    bit_string, boolean, context, integer, octet_string, oid, sequence, tlv, utf8,
};
use crate::plan::{Extension, GeneralName};

/// Object identifiers, as DER's contents.
mod id {
    pub const SUBJECT_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1d, 14];
    pub const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
    pub const SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1d, 17];
    pub const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
    pub const CRL_NUMBER: &[u8] = &[0x55, 0x1d, 20];
    pub const NAME_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 30];
    pub const AUTHORITY_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1d, 35];
    pub const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 37];
}

/// An extension of a certificate, with what identifies its subject's key and its issuer's.
pub fn write(one: &Extension, subject: &[u8; 20], issuer: &[u8; 20]) -> Vec<u8> {
    match one {
        Extension::AuthorityKeyIdentifier => authority_key_identifier(issuer),
        Extension::SubjectKeyIdentifier => {
            extension(id::SUBJECT_KEY_IDENTIFIER, false, octet_string(subject))
        }
        Extension::SubjectAltName(names) => {
            extension(id::SUBJECT_ALT_NAME, false, sequence(&general_names(names)))
        }
        Extension::KeyUsage(bits) => {
            // DER leaves out the zeros at the end of named bits (X.690, section 11.2.2).
            let unused = bits.trailing_zeros().min(7) as u8;
            extension(id::KEY_USAGE, true, bit_string(unused, &[*bits]))
        }
        Extension::ExtendedKeyUsage(purposes) => {
            let purposes: Vec<_> = purposes
                .iter()
                // id-kp, and the purpose's number below it.
                .map(|one| oid(&[0x2b, 6, 1, 5, 5, 7, 3, *one as u8]))
                .collect();
            extension(id::EXTENDED_KEY_USAGE, false, sequence(&purposes))
        }
        Extension::BasicConstraints { ca, path_len } => {
            // FALSE is the default, which DER leaves out.
            let ca = ca.then(|| boolean(true)).unwrap_or_default();
            let path_len = path_len.map(|len| integer(&[len])).unwrap_or_default();
            extension(id::BASIC_CONSTRAINTS, true, sequence(&[ca, path_len]))
        }
        Extension::PermittedNames(names) => {
            const PERMITTED_SUBTREES: u8 = 0xa0;
            let subtrees: Vec<_> =
                general_names(names).into_iter().map(|name| sequence(&[name])).collect();
            let permitted = tlv(PERMITTED_SUBTREES, &subtrees.concat());
            extension(id::NAME_CONSTRAINTS, true, sequence(&[permitted]))
        }
        Extension::Other(id, critical, value) => extension(id, *critical, value.clone()),
    }
}

/// authorityKeyIdentifier with the key's identifier alone.
pub fn authority_key_identifier(issuer: &[u8; 20]) -> Vec<u8> {
    const KEY_IDENTIFIER: u8 = 0x80;
    let value = sequence(&[tlv(KEY_IDENTIFIER, issuer)]);
    extension(id::AUTHORITY_KEY_IDENTIFIER, false, value)
}

/// cRLNumber of a revocation list.
pub fn crl_number(number: u8) -> Vec<u8> {
    extension(id::CRL_NUMBER, false, integer(&[number]))
}

fn general_names(names: &[GeneralName]) -> Vec<Vec<u8>> {
    let write = |one: &GeneralName| {
        let inside;
        let (tag, contents): (u8, &[u8]) = match one {
            GeneralName::Email(address) => (0x81, address.as_bytes()),
            GeneralName::Dns(name) => (0x82, name.as_bytes()),
            GeneralName::Uri(uri) => (0x86, uri.as_bytes()),
            GeneralName::Ip(address) => (0x87, address),
            GeneralName::Directory(subject) => {
                inside = name(subject);
                (0xa4, &inside)
            }
            GeneralName::Other(id, text) => {
                inside = [oid(id), context(0, utf8(text))].concat();
                (0xa0, &inside)
            }
        };
        tlv(tag, contents)
    };
    names.iter().map(write).collect()
}

fn extension(id: &[u8], critical: bool, value: Vec<u8>) -> Vec<u8> {
    let critical = if critical { boolean(true) } else { Default::default() };
    sequence(&[oid(id), critical, octet_string(&value)])
}
