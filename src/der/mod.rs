//! DER (X.690): the little that reading a key takes, and [`write`](mod@write) for what is minted. Certificates are
//! decoded in [`crate::wire::x509`], with every byte's place.

pub mod write;

/// Tags.
pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const SEQUENCE: u8 = 0x30;

/// The contents of the first element, which must have this tag, and what stands behind it.
pub fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (found, contents, behind) = any(der)?;
    (found == tag).then_some((contents, behind))
}

/// Tag and contents of the first element, and what stands behind it.
fn any(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let [tag, length, rest @ ..] = der else { return None };
    let long = if length & 0x80 == 0 { 0 } else { usize::from(length & 0x7f) };
    let (longer, rest) = rest.split_at_checked(long)?;
    let short = if long == 0 { usize::from(*length) } else { 0 };
    let add = |len: usize, octet: &u8| Some(len.checked_mul(256)? + usize::from(*octet));
    let len = longer.iter().try_fold(short, add)?;
    let (contents, behind) = rest.split_at_checked(len)?;
    Some((*tag, contents, behind))
}

/// The contents of all INTEGERs, in order, without leading zeros; those inside SEQUENCEs and OCTET
/// STRINGs too.
pub fn integers(mut der: &[u8]) -> Option<Vec<&[u8]>> {
    let mut found = Vec::new();
    while !der.is_empty() {
        let (tag, contents, behind) = any(der)?;
        if tag == INTEGER {
            found.push(contents.strip_prefix(&[0]).unwrap_or(contents));
        }
        let inside = contents.len() + behind.len();
        der = match tag {
            SEQUENCE | OCTET_STRING => der.get(der.len() - inside..)?,
            _ => behind,
        };
    }
    Some(found)
}
