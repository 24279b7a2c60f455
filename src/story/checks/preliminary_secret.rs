//! Is what the server decrypted a preliminary secret, with RSA key exchange?

use super::{Check, Checking, Draft};
use crate::story::context::handshake;
use crate::story::{CheckResult, format};
use crate::trace::{Endpoint, Op};

/// Two bytes of version and 46 random ones (RFC 5246, section 7.4.7.1).
const LEN: usize = 48;

/// The server's look at what it decrypted. One of another form is no failure that it shows.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    check(checking).into_iter().collect()
}

fn check(checking: &Checking<'_>) -> Option<Check> {
    let (ctx, by) = (checking.ctx, Endpoint::Server);
    let message = ctx.handshake(Endpoint::Client, handshake::CLIENT_KEY_EXCHANGE)?;
    let step = checking.step(message)?;
    let len = ctx.ops(by).find_map(|(_, op)| match op {
        Op::RsaDecrypt { plaintext, .. } => plaintext.as_ref().map(Vec::len),
        _ => None,
    });
    let len = len.filter(|len| *len == LEN)?;
    let question = "Is what was decrypted as long as a preliminary secret?";
    let detail = format!(
        "{}; with any other the {} would go on with random bytes and give no sign, so that nobody can \
         decrypt by trying (Bleichenbacher's attack)",
        format::bytes(len),
        ctx.server()
    );
    let draft = Draft::new(question, detail, true, "RFC 5246, section 7.4.7.1");
    Some(draft.result(by, step, CheckResult::Passed))
}
