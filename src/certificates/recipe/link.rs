//! A recipe that was changed, as a link carries it: zlib, in the base64 of addresses (RFC 4648, section 5), behind
//! the length of the text and a full stop.

use crate::base64;
use crate::zlib;

/// The longest that a link may have: programs that pass links on cut those of more than some thousand characters.
pub const LONGEST: usize = 8_000;

/// The longest text that a link is unpacked to, so that a damaged one takes no more memory.
const LONGEST_TEXT: usize = 65_536;

/// The recipe, packed.
///
/// # Errors
/// It is too long for a link; says how long.
pub fn pack(text: &str) -> Result<String, String> {
    let data = zlib::compress(text.as_bytes());
    let packed = format!("{}.{}", text.len(), base64::encode_url(&data));
    if packed.len() > LONGEST || text.len() > LONGEST_TEXT {
        return Err(format!(
            "This recipe is too long for an address: {} characters, and {LONGEST} are the most. It stays on this \
             page alone; copy it from the text of the recipe to keep it.",
            packed.len()
        ));
    }
    Ok(packed)
}

/// The recipe that was packed.
///
/// # Errors
/// The link is damaged; says what to do.
pub fn unpack(packed: &str) -> Result<String, String> {
    let damaged = || {
        "The recipe in this address is damaged: it was cut off, or changed on its way. Ask for the whole link. \
         What is shown is the recipe as it came."
            .to_owned()
    };
    let (length, data) = packed.split_once('.').ok_or_else(damaged)?;
    let length = length.parse().ok().filter(|length| *length <= LONGEST_TEXT);
    let data = base64::decode_url(data).ok_or_else(damaged)?;
    let text = zlib::decompress(&data, length.ok_or_else(damaged)?).ok_or_else(damaged)?;
    String::from_utf8(text).map_err(|_| damaged())
}
