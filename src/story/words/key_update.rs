//! KeyUpdate (RFC 9846, section 4.7.3).

use super::{Words, sender};
use crate::dissect::Message;
use crate::story::context::{ConnectionContext, handshake};
use crate::story::fields;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let peer = message.from.peer();
    let asked =
        ctx.before(message, peer, handshake::KEY_UPDATE).is_some_and(fields::requests_update);
    let wish = match (fields::requests_update(message), asked) {
        (true, _) => format!("and asks the {} to do the same", ctx.name(peer)),
        (false, true) => format!("as the {} asked", ctx.name(peer)),
        (false, false) => "and asks nothing in return".to_string(),
    };
    Words {
        what: format!("{} switches to its next application keys, {wish}.", sender(ctx, message)),
        why: "A key may protect only so much data (RFC 9846, section 5.5): the next traffic secret is \
              computed from the present one with the label `traffic upd`, one way, so that whoever \
              gets the next one cannot open what was sent before; but whoever has the present one can \
              compute all that follow."
            .into(),
        notice: change(ctx, message),
        eavesdropper: String::new(),
    }
}

/// Which record is the last under the old keys, and which the first under the new ones.
fn change(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    let Some(last) = ctx.records(message).last() else { return String::new() };
    let old = match fields::opened_with(last) {
        Some(old) => format!("It is record {} under `{old}`, and the last. ", last.sequence),
        None => String::new(),
    };
    let mut later = ctx.dissection.records.iter().skip(last.index + 1);
    let who = ctx.name(message.from);
    let next = later.find(|record| record.from == message.from);
    match next.and_then(|record| Some((record, fields::opened_with(record)?))) {
        Some((next, new)) => format!(
            "{old}The next record of the {who} is under `{new}`, and its sequence number is {}.",
            next.sequence
        ),
        None => format!("{old}The {who} sends no record under the new keys in this run."),
    }
}
