//! Which step of the one run stands beside which of the other: the heaviest common subsequence over
//! what each step sends and who sends it, where messages that say something weigh more.

use crate::dissect::{Dissection, MessageKind};
use crate::story::{Step, Subject};
use crate::trace::Endpoint;

/// What makes two steps the same step, whatever their octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    from: Endpoint,
    sent: Sent,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Sent {
    /// A packet, by what the ladder calls it.
    Packet(String),
    /// A message.
    Message(MessageKind),
    /// A ServerHello that asks for another ClientHello.
    HelloRetryRequest,
}

/// A step of A (first) beside one of B, or alone.
pub(super) type Row = [Option<usize>; 2];

/// The kind of a step.
pub(super) fn kind(dissection: &Dissection, step: &Step) -> Kind {
    let sent = match step.subject {
        Subject::Packet(_) => Sent::Packet(step.title.clone()),
        Subject::Message(_) if step.title == "HelloRetryRequest" => Sent::HelloRetryRequest,
        Subject::Message(at) => {
            let message = dissection.messages.get(at);
            // Compressed or not, a Certificate is one.
            let message = message.map(|message| message.inner.as_deref().unwrap_or(message));
            Sent::Message(message.map_or(MessageKind::Opaque, |message| message.kind))
        }
    };
    Kind { from: step.from, sent }
}

/// How much a pair of this kind counts. ChangeCipherSpec says nothing in TLS 1.3 and comes at various
/// places, so it must not keep a ServerHello from its counterpart.
fn weight(kind: &Kind) -> usize {
    match kind.sent {
        Sent::Packet(_) | Sent::Message(MessageKind::ChangeCipherSpec) => 1,
        _ => 2,
    }
}

/// The steps of both, in order. Where there is a choice, what is only in A goes first.
pub(super) fn align(a: &[Kind], b: &[Kind]) -> Vec<Row> {
    // What the pairs of the rest from a[i] and b[j] on can weigh at most; rows of b.len() + 1.
    let width = b.len() + 1;
    let mut heaviest = vec![0_usize; (a.len() + 1) * width];
    for (i, of_a) in a.iter().enumerate().rev() {
        for (j, of_b) in b.iter().enumerate().rev() {
            let at = i * width + j;
            heaviest[at] = match of_a == of_b {
                true => heaviest[at + width + 1] + weight(of_a),
                false => heaviest[at + width].max(heaviest[at + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut rows = Vec::with_capacity(a.len() + b.len());
    while i < a.len() || j < b.len() {
        let at = i * width + j;
        let row = match (a.get(i), b.get(j)) {
            (Some(of_a), Some(of_b)) if of_a == of_b => [Some(i), Some(j)],
            (Some(_), Some(_)) if heaviest[at + width] < heaviest[at + 1] => [None, Some(j)],
            (Some(_), _) => [Some(i), None],
            (None, _) => [None, Some(j)],
        };
        i += usize::from(row[0].is_some());
        j += usize::from(row[1].is_some());
        rows.push(row);
    }
    rows
}

/// For a step that stands alone on `side`: the first step of the same kind that stands alone on the
/// other.
pub(super) fn elsewhere(
    kinds: &[Vec<Kind>; 2],
    rows: &[Row],
    row: Row,
    side: usize,
) -> Option<usize> {
    let other = 1 - side;
    let kind = kinds[side].get(row[side]?)?;
    let alone = rows.iter().filter(|row| row[side].is_none()).filter_map(|row| row[other]);
    alone.into_iter().find(|step| kinds[other].get(*step) == Some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(bits: &[u8]) -> Vec<Kind> {
        let kind =
            |bits: &u8| Kind { from: Endpoint::Client, sent: Sent::Packet(bits.to_string()) };
        bits.iter().map(kind).collect()
    }

    #[test]
    fn every_step_stands_in_one_row_and_equal_ones_beside_each_other() {
        let rows = align(&kinds(&[1, 2, 3, 4, 5]), &kinds(&[1, 3, 9, 4, 2]));
        assert_eq!(
            rows,
            [
                [Some(0), Some(0)],
                [Some(1), None],
                [Some(2), Some(1)],
                [None, Some(2)],
                [Some(3), Some(3)],
                [Some(4), None],
                [None, Some(4)],
            ]
        );
    }

    #[test]
    fn a_step_at_another_place_is_found_there() {
        let sides = [kinds(&[1, 2, 3]), kinds(&[2, 3, 1])];
        let rows = align(&sides[0], &sides[1]);
        assert_eq!(elsewhere(&sides, &rows, [Some(0), None], 0), Some(2));
        assert_eq!(elsewhere(&sides, &rows, [None, Some(2)], 1), Some(0));
    }

    #[test]
    fn runs_without_steps_have_no_rows() {
        assert!(align(&[], &[]).is_empty());
        assert_eq!(align(&kinds(&[7]), &[]), [[Some(0), None]]);
        assert_eq!(align(&[], &kinds(&[7])), [[None, Some(0)]]);
    }
}
