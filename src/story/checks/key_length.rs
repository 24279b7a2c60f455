//! Is an RSA key of a length that is taken? By the verifier's own word, its signatures do not match.

use super::Draft;
use crate::keys::{RSA_KEY_BITS, takes_rsa_key};
use crate::story::certificate::Certificate;

/// The check on the key in this certificate, where it does not hold.
pub fn refused(who: &str, certificate: &Certificate) -> Option<Draft> {
    let bits = certificate.summary().rsa_bits().filter(|bits| !takes_rsa_key(*bits))?;
    let question =
        format!("Is the key of `{}` of a length that the {who} takes?", certificate.subject());
    let (least, most) = RSA_KEY_BITS.into_inner();
    let detail = format!("RSA of {bits} bits; it takes {least} to {most}");
    Some(Draft::new(question, detail, false, "RFC 9325, section 4.5"))
}
