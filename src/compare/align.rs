//! Which step of the one run stands beside which of the other: the heaviest common subsequence over
//! what each step sends and who sends it, where messages that say something weigh more.

use super::side::Side;
use crate::dissect::{Dissection, MessageKind};
use crate::story::{Step, Subject};
use crate::trace::Endpoint;

/// What makes two steps the same step, whatever their bytes.
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
    let width = b.len() + 1;
    let goes_to_b = only_b_first(a, b, width);
    let (mut i, mut j) = (0, 0);
    let mut rows = Vec::with_capacity(a.len() + b.len());
    while i < a.len() || j < b.len() {
        let at = i * width + j;
        let row = match (a.get(i), b.get(j)) {
            (Some(of_a), Some(of_b)) if of_a == of_b => [Some(i), Some(j)],
            (Some(_), Some(_)) if goes_to_b.get(at) => [None, Some(j)],
            (Some(_), _) => [Some(i), None],
            (None, _) => [None, Some(j)],
        };
        i += usize::from(row[0].is_some());
        j += usize::from(row[1].is_some());
        rows.push(row);
    }
    rows
}

/// For each pair of positions in `a` and `b`, in rows of `width`: whether the rest from there weighs
/// more if the step of B stands alone than if that of A does. Kept as a bit each, since runs of
/// thousands of steps have millions of pairs.
fn only_b_first(a: &[Kind], b: &[Kind], width: usize) -> Bits {
    // Kinds as numbers, which are quick to compare.
    let mut known: Vec<&Kind> = Vec::new();
    let mut number = |kind| {
        known.iter().position(|other| *other == kind).unwrap_or_else(|| {
            known.push(kind);
            known.len() - 1
        })
    };
    let [of_a, of_b]: [Vec<usize>; 2] = [a, b].map(|side| side.iter().map(&mut number).collect());
    let mut bits = Bits(vec![0; (a.len() * width).div_ceil(64)]);
    // What the pairs of the rest can weigh at most, from this step of A and each of B on.
    let mut rest = vec![0_usize; b.len()];
    for (i, (kind, of_a)) in a.iter().zip(of_a).enumerate().rev() {
        // The same from the next step of B on: with the next of A, and with this one.
        let (mut after_both, mut after_b) = (0, 0);
        for (j, (of_b, here)) in of_b.iter().zip(&mut rest).enumerate().rev() {
            let after_a = *here;
            *here = if of_a == *of_b {
                after_both + weight(kind)
            } else {
                if after_a < after_b {
                    bits.set(i * width + j);
                }
                after_a.max(after_b)
            };
            (after_both, after_b) = (after_a, *here);
        }
    }
    bits
}

/// A list of bits, 64 in a word.
struct Bits(Vec<u64>);

impl Bits {
    fn set(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    fn get(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

/// For a step that stands alone on `side`: the first step of the same kind that stands alone on the
/// other.
pub(super) fn elsewhere(
    kinds: &[Vec<Kind>; 2],
    rows: &[Row],
    row: Row,
    side: Side,
) -> Option<usize> {
    let (here, other) = (side.of(kinds.each_ref()), side.other().of(kinds.each_ref()));
    let kind = here.get(side.of(row)?)?;
    let alone = rows.iter().filter(|row| side.of(**row).is_none());
    let mut steps = alone.filter_map(|row| side.other().of(*row));
    steps.find(|step| other.get(*step) == Some(kind))
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
    fn thousands_of_steps_take_a_bit_for_each_pair() {
        let (a, b): (Vec<u8>, Vec<u8>) = (
            (0..4000_u32).map(|n| (n * n % 251) as u8).collect(),
            (0..5000_u32).map(|n| (n * 7 % 251) as u8).collect(),
        );
        let (a, b) = (kinds(&a), kinds(&b));
        assert_eq!(only_b_first(&a, &b, b.len() + 1).0.len(), (4000 * 5001_usize).div_ceil(64));
        let rows = align(&a, &b);
        for side in 0..2 {
            let steps: Vec<usize> = rows.iter().filter_map(|row| row[side]).collect();
            assert_eq!(steps, (0..[4000, 5000][side]).collect::<Vec<_>>());
        }
        let pairs = rows.iter().filter_map(|row| row[0].zip(row[1]));
        assert!(pairs.clone().all(|(at_a, at_b)| a[at_a] == b[at_b]));
        assert!(pairs.count() > 100);
    }

    #[test]
    fn a_step_at_another_place_is_found_there() {
        let sides = [kinds(&[1, 2, 3]), kinds(&[2, 3, 1])];
        let rows = align(&sides[0], &sides[1]);
        assert_eq!(elsewhere(&sides, &rows, [Some(0), None], Side::A), Some(2));
        assert_eq!(elsewhere(&sides, &rows, [None, Some(2)], Side::B), Some(0));
    }

    #[test]
    fn runs_without_steps_have_no_rows() {
        assert!(align(&[], &[]).is_empty());
        assert_eq!(align(&kinds(&[7]), &[]), [[Some(0), None]]);
        assert_eq!(align(&[], &kinds(&[7])), [[None, Some(0)]]);
    }
}
