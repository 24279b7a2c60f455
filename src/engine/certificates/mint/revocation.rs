//! Certificate revocation lists (RFC 5280, section 5).

use super::super::ChainError;
use super::certificate::Certificate;
use super::{algorithms, extension};
use crate::der::SEQUENCE;
use crate::der::write::{bit_string, context, integer, sequence, time, tlv};
use crate::plan::RevocationList;

/// The list of an authority of this minted chain, in DER.
///
/// # Errors
/// The chain has no certificate at one of the list's places, or the key could not be used.
pub fn revocation_list(
    plan: &RevocationList,
    chain: &[Certificate],
) -> Result<Vec<u8>, ChainError> {
    let at = |place: usize| {
        chain.get(place).ok_or_else(|| ChainError(format!("it has no certificate {place}")))
    };
    let issuer = at(plan.issuer)?;
    let (_, scheme, algorithm) = algorithms(issuer.key.kind());
    let algorithm = tlv(SEQUENCE, algorithm.as_ref());
    let entry =
        |place: &usize| Ok(sequence(&[integer(&at(*place)?.serial), time(plan.this_update)]));
    let revoked: Vec<_> = plan.revoked.iter().map(entry).collect::<Result<_, ChainError>>()?;
    // A list of nothing is left out (section 5.1.2.6).
    let revoked = if !revoked.is_empty() { sequence(&revoked) } else { Default::default() };
    let extensions =
        sequence(&[extension::authority_key_identifier(&issuer.key_id), extension::crl_number(1)]);
    const VERSION_2: &[u8] = &[1];
    let to_be_signed = sequence(&[
        integer(VERSION_2),
        algorithm.clone(),
        issuer.name.clone(),
        time(plan.this_update),
        time(plan.next_update),
        revoked,
        context(0, extensions),
    ]);
    let signature = issuer.key.sign(scheme, &to_be_signed);
    let signature = signature.map_err(|error| ChainError(error.to_string()))?;
    Ok(sequence(&[to_be_signed, algorithm, bit_string(0, &signature)]))
}
