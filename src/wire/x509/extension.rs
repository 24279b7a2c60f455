//! Certificate extensions (RFC 5280, section 4.2): one table, one row for each.

use super::der::{self, rows};
use super::key::oid_name;
use super::name::general_name;
use super::summary::{GeneralName, Summary};
use crate::wire::cursor::{Cursor, Decoded, opaque};
use crate::wire::extension::signed_certificate_timestamp::sct_list;
use crate::wire::node::Node;

rows! {
    EXTENSION = "Extension", "x509af.Extension_element", "", "A statement beyond the basic fields. [RFC 5280, section 4.2]";
    EXTN_ID = "extnID", "", "x509af.extension.id", "Which extension. [RFC 5280, section 4.2]";
    CRITICAL = "critical", "", "x509af.critical",
        "Whoever does not understand a critical extension must refuse the certificate. [RFC 5280, section 4.2]";
    EXTN_VALUE = "extnValue", "", "", "The statement, in DER, inside an OCTET STRING. [RFC 5280, section 4.2]";

    BASIC_CONSTRAINTS = "BasicConstraints", "x509ce.BasicConstraintsSyntax_element", "",
        "Whether the subject is a certification authority. Without this check anyone with a certificate could issue others. [RFC 5280, section 4.2.1.9]";
    CA = "cA", "", "x509ce.cA", "The key may sign certificates. [RFC 5280, section 4.2.1.9]";
    PATH_LEN = "pathLenConstraint", "", "x509ce.pathLenConstraint",
        "How many more authorities may follow below this one. [RFC 5280, section 4.2.1.9]";

    KEY_USAGE = "KeyUsage", "", "x509ce.KeyUsage", "What the key may be used for, one bit each. [RFC 5280, section 4.2.1.3]";

    EXT_KEY_USAGE = "ExtKeyUsageSyntax", "", "", "For which purposes the certificate is good. [RFC 5280, section 4.2.1.12]";
    PURPOSE = "KeyPurposeId", "", "x509ce.KeyPurposeId", "serverAuth is for TLS servers, clientAuth for TLS clients. [RFC 5280, section 4.2.1.12]";

    ALT_NAMES = "GeneralNames", "", "",
        "The names that the certificate is valid for. Clients look here and not at the common name. [RFC 5280, section 4.2.1.6; RFC 9525]";

    SUBJECT_KEY_ID = "SubjectKeyIdentifier", "", "x509ce.SubjectKeyIdentifier",
        "A short name for the public key in this certificate, usually a hash of it. [RFC 5280, section 4.2.1.2]";
    AUTHORITY_KEY_ID = "AuthorityKeyIdentifier", "x509ce.AuthorityKeyIdentifier_element", "",
        "Which key signed this certificate. [RFC 5280, section 4.2.1.1]";
    KEY_ID = "keyIdentifier", "", "x509ce.keyIdentifier", "The issuer's SubjectKeyIdentifier. [RFC 5280, section 4.2.1.1]";
    AUTHORITY_OTHER = "authorityCertIssuer, authorityCertSerialNumber", "", "", "[RFC 5280, section 4.2.1.1]";

    ACCESS = "AuthorityInfoAccessSyntax", "", "", "Where to find the issuer's certificate, and its OCSP service. [RFC 5280, section 4.2.2.1]";
    DESCRIPTION = "AccessDescription", "pkix1implicit.AccessDescription_element", "", "";
    METHOD = "accessMethod", "", "pkix1implicit.accessMethod", "ocsp: ask there whether the certificate was revoked; caIssuers: the issuer's certificate. [RFC 5280, section 4.2.2.1]";

    CRL_POINTS = "CRLDistributionPoints", "", "", "Where to find the list of revoked certificates. [RFC 5280, section 4.2.1.13]";
    POINT = "DistributionPoint", "x509ce.DistributionPoint_element", "", "";
    POINT_NAME = "distributionPoint", "", "", "";
    FULL_NAME = "fullName", "", "", "";
    POINT_OTHER = "reasons, cRLIssuer", "", "", "[RFC 5280, section 4.2.1.13]";

    POLICIES = "certificatePolicies", "", "", "Under which rules the certificate was issued. [RFC 5280, section 4.2.1.4]";
    POLICY = "PolicyInformation", "x509ce.PolicyInformation_element", "", "";
    POLICY_ID = "policyIdentifier", "", "x509ce.policyIdentifier", "[RFC 5280, section 4.2.1.4]";
    QUALIFIERS = "policyQualifiers", "", "", "[RFC 5280, section 4.2.1.4]";

    CONSTRAINTS = "NameConstraints", "x509ce.NameConstraintsSyntax_element", "",
        "The names that certificates below this authority may or may not have. [RFC 5280, section 4.2.1.10]";
    PERMITTED = "permittedSubtrees", "", "", "";
    EXCLUDED = "excludedSubtrees", "", "", "";
    SUBTREE = "GeneralSubtree", "x509ce.GeneralSubtree_element", "", "";
    BOUND = "minimum, maximum", "", "", "Not used with TLS certificates. [RFC 5280, section 4.2.1.10]";

    SCT_LIST = "SignedCertificateTimestampList", "", "",
        "Proof that the certificate was entered in public logs. [RFC 6962, section 3.3]";
    OTHER = "value", "", "", "Contents of an extension that this decoder does not know, element by element if they are DER.";
}

/// Reads the contents of extnValue.
type Read = fn(&mut Cursor<'_>, &mut Summary) -> Decoded;

/// The extensions whose contents have names here.
static ROWS: &[(&str, Read)] = &[
    ("1.3.6.1.4.1.11129.2.4.2", timestamps),
    ("1.3.6.1.5.5.7.1.1", authority_info_access),
    ("2.5.29.14", subject_key_identifier),
    ("2.5.29.15", key_usage),
    ("2.5.29.17", subject_alt_name),
    ("2.5.29.18", issuer_alt_name),
    ("2.5.29.19", basic_constraints),
    ("2.5.29.30", name_constraints),
    ("2.5.29.31", crl_distribution_points),
    ("2.5.29.32", certificate_policies),
    ("2.5.29.35", authority_key_identifier),
    ("2.5.29.37", ext_key_usage),
];

/// Of the node of an Extension: that of its extnID.
pub fn extension_id(node: &Node) -> Option<&Node> {
    node.is(&EXTENSION.element).then(|| node.find_field(&EXTN_ID.element)).flatten()
}

/// Reads one Extension; returns its name.
pub(super) fn extension(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    let mut name = String::new();
    der::element(c, &EXTENSION, der::SEQUENCE, |c| {
        let id = der::oid(c, &EXTN_ID)?;
        name = oid_name(&id);
        let mut text = name.clone();
        if der::next_tag(c) == Some(der::BOOLEAN) && der::boolean(c, &CRITICAL)? {
            text.push_str(", critical");
            summary.critical_extensions.push(id.clone());
        }
        der::element(c, &EXTN_VALUE, der::OCTET_STRING, |c| {
            let contents = match ROWS.iter().find(|row| row.0 == id) {
                Some((_, read)) => read(c, summary)?,
                None => unknown(c)?,
            };
            if !contents.is_empty() {
                text.push_str(": ");
                text.push_str(&contents);
            }
            Ok(contents)
        })?;
        Ok(text)
    })?;
    Ok(name)
}

/// What the contents of an unknown extension are is anyone's guess: one element of DER, or not.
fn unknown(c: &mut Cursor<'_>) -> Decoded {
    let is_der = super::is_one_element(c.peek());
    if is_der {
        der::any(c, &OTHER)?
    } else {
        c.rest(&OTHER.element).map(|_| ())?
    }
    Ok(String::new())
}

fn basic_constraints(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    let mut text = String::from("not an authority");
    der::element(c, &BASIC_CONSTRAINTS, der::SEQUENCE, |c| {
        if der::next_tag(c) == Some(der::BOOLEAN) && der::boolean(c, &CA)? {
            summary.is_ca = true;
            text = "certification authority".into();
        }
        if !c.is_empty() {
            summary.path_len = der::small(der::integer(c, &PATH_LEN)?);
            if let Some(len) = summary.path_len {
                text.push_str(&format!(", path length {len}"));
            }
        }
        Ok(text.clone())
    })?;
    Ok(text)
}

fn key_usage(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    const BITS: [&str; 9] = [
        "digitalSignature",
        "contentCommitment",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];
    let mut text = String::new();
    der::bit_string(c, &KEY_USAGE, &der::UNUSED_BITS, |c| {
        let bits = c.peek();
        let set =
            |bit: usize| bits.get(bit / 8).is_some_and(|octet| octet << (bit % 8) & 0x80 != 0);
        summary.key_usage =
            BITS.iter().enumerate().filter(|(bit, _)| set(*bit)).map(|(_, name)| *name).collect();
        text = summary.key_usage.join(", ");
        let len = c.left();
        c.leaf(&KEY_USAGE.value, len, |bits| (opaque(bits).0, text.clone()))?;
        Ok(text.clone())
    })?;
    Ok(text)
}

fn ext_key_usage(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    let mut text = String::new();
    der::element(c, &EXT_KEY_USAGE, der::SEQUENCE, |c| {
        text = c.items(|c| {
            let purpose = oid_name(&der::oid(c, &PURPOSE)?);
            summary.ext_key_usage.push(purpose.clone());
            Ok(purpose)
        })?;
        Ok(text.clone())
    })?;
    Ok(text)
}

fn subject_alt_name(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    let mut text = String::new();
    der::element(c, &ALT_NAMES, der::SEQUENCE, |c| {
        text = c.items(|c| {
            let name = general_name(c)?;
            let value = name.value.clone();
            summary.subject_alt_names.push(name);
            Ok(value)
        })?;
        Ok(text.clone())
    })?;
    Ok(text)
}

fn issuer_alt_name(c: &mut Cursor<'_>, _: &mut Summary) -> Decoded {
    der::element(c, &ALT_NAMES, der::SEQUENCE, |c| c.items(|c| Ok(general_name(c)?.value)))?;
    Ok(String::new())
}

fn subject_key_identifier(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    let id = der::primitive(c, &SUBJECT_KEY_ID, der::OCTET_STRING, opaque)?;
    summary.subject_key_id = Some(id.to_vec());
    Ok(opaque(id).1)
}

fn authority_key_identifier(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    const KEY_IDENTIFIER: u8 = der::context_primitive(0);
    let mut text = String::new();
    der::element(c, &AUTHORITY_KEY_ID, der::SEQUENCE, |c| {
        c.items(|c| {
            if der::next_tag(c) == Some(KEY_IDENTIFIER) {
                let id = der::primitive(c, &KEY_ID, KEY_IDENTIFIER, opaque)?;
                summary.authority_key_id = Some(id.to_vec());
                text = opaque(id).1;
            } else {
                der::any(c, &AUTHORITY_OTHER)?;
            }
            Ok(String::new())
        })?;
        Ok(text.clone())
    })?;
    Ok(text)
}

fn authority_info_access(c: &mut Cursor<'_>, _: &mut Summary) -> Decoded {
    let mut text = String::new();
    der::element(c, &ACCESS, der::SEQUENCE, |c| {
        text = c.items(|c| {
            let mut entry = String::new();
            der::element(c, &DESCRIPTION, der::SEQUENCE, |c| {
                let method = oid_name(&der::oid(c, &METHOD)?);
                entry = [&method, " ", &general_name(c)?.value].concat();
                Ok(entry.clone())
            })?;
            Ok(entry)
        })?;
        Ok(text.clone())
    })?;
    Ok(text)
}

fn crl_distribution_points(c: &mut Cursor<'_>, _: &mut Summary) -> Decoded {
    const NAME: u8 = der::context(0);
    let mut text = String::new();
    der::element(c, &CRL_POINTS, der::SEQUENCE, |c| {
        text = c.items(|c| {
            let mut names = String::new();
            der::element(c, &POINT, der::SEQUENCE, |c| {
                if der::next_tag(c) == Some(NAME) {
                    der::element(c, &POINT_NAME, NAME, |c| {
                        // The other choice is a name relative to the issuer's.
                        if der::next_tag(c) != Some(NAME) {
                            der::any(c, &POINT_OTHER)?;
                            return Ok(String::new());
                        }
                        der::element(c, &FULL_NAME, NAME, |c| {
                            names = c.items(|c| Ok(general_name(c)?.value))?;
                            Ok(names.clone())
                        })?;
                        Ok(names.clone())
                    })?;
                }
                c.items(|c| der::any(c, &POINT_OTHER).map(|()| String::new()))?;
                Ok(names.clone())
            })?;
            Ok(names)
        })?;
        Ok(text.clone())
    })?;
    Ok(text)
}

fn certificate_policies(c: &mut Cursor<'_>, _: &mut Summary) -> Decoded {
    let mut text = String::new();
    der::element(c, &POLICIES, der::SEQUENCE, |c| {
        text = c.items(|c| {
            let mut policy = String::new();
            der::element(c, &POLICY, der::SEQUENCE, |c| {
                policy = oid_name(&der::oid(c, &POLICY_ID)?);
                if !c.is_empty() {
                    der::any(c, &QUALIFIERS)?;
                }
                Ok(policy.clone())
            })?;
            Ok(policy)
        })?;
        Ok(text.clone())
    })?;
    Ok(text)
}

fn name_constraints(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    let mut text = String::new();
    der::element(c, &CONSTRAINTS, der::SEQUENCE, |c| {
        let (permitted, excluded) = (&mut summary.permitted_names, &mut summary.excluded_names);
        for (tag, row, verb, names) in [
            (der::context(0), &PERMITTED, "only", permitted),
            (der::context(1), &EXCLUDED, "not", excluded),
        ] {
            if der::next_tag(c) != Some(tag) {
                continue;
            }
            der::element(c, row, tag, |c| {
                let trees = c.items(|c| subtree(c, names))?;
                text = [text.as_str(), if text.is_empty() { "" } else { "; " }, verb, " ", &trees]
                    .concat();
                Ok(trees)
            })?;
        }
        Ok(text.clone())
    })?;
    Ok(text)
}

fn subtree(c: &mut Cursor<'_>, names: &mut Vec<GeneralName>) -> Decoded {
    let mut base = String::new();
    der::element(c, &SUBTREE, der::SEQUENCE, |c| {
        let name = general_name(c)?;
        base.clone_from(&name.value);
        names.push(name);
        c.items(|c| der::any(c, &BOUND).map(|()| String::new()))?;
        Ok(base.clone())
    })?;
    Ok(base)
}

fn timestamps(c: &mut Cursor<'_>, _: &mut Summary) -> Decoded {
    let mut text = String::new();
    der::element(c, &SCT_LIST, der::OCTET_STRING, |c| {
        text = sct_list(c)?;
        Ok(text.clone())
    })?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_known_extension_has_a_name() {
        for (id, _) in super::ROWS {
            assert!(crate::wire::names::oid(id).is_some(), "{id}");
        }
    }
}
