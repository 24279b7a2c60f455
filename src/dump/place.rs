//! Where bytes stand.

use super::NARROW;
use std::ops::Range;

/// How many blocks a range may take: the rest of its first line, whole lines, the start of its last.
pub const BLOCKS: usize = 3;

/// Bytes that stand in one rectangle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its lines, from 0.
    pub lines: Range<usize>,
    /// Its columns, from 0.
    pub columns: Range<usize>,
}

/// The blocks that a range covers where a line has `line` bytes; at most [`BLOCKS`].
pub fn blocks(range: &Range<usize>, line: usize) -> Vec<Block> {
    if range.is_empty() {
        return Vec::new();
    }
    let (first, last) = (range.start / line, (range.end - 1) / line);
    let (from, to) = (range.start % line, (range.end - 1) % line + 1);
    if first == last {
        return vec![Block { lines: first..last + 1, columns: from..to }];
    }
    let head = Block { lines: first..first + 1, columns: from..line };
    let whole = Block { lines: first + 1..last, columns: 0..line };
    let tail = Block { lines: last..last + 1, columns: 0..to };
    [head, whole, tail].into_iter().filter(|block| !block.lines.is_empty()).collect()
}

/// The measures of a text, in one unit of length.
#[derive(Clone, Copy, Debug)]
pub struct Metrics {
    /// Bytes in all.
    pub count: usize,
    /// Bytes in a line: [`NARROW`] or [`super::WIDE`].
    pub line: usize,
    /// The width of a byte with the space around it.
    pub cell: f64,
    /// What stands between two eights beside that.
    pub gap: f64,
}

impl Metrics {
    /// How many lines there are.
    pub fn lines(self) -> usize {
        self.count.div_ceil(self.line)
    }

    /// How wide a line is.
    pub fn width(self) -> f64 {
        self.start(self.line - 1) + self.cell
    }

    /// Where a column starts.
    fn start(self, column: usize) -> f64 {
        column as f64 * self.cell + (column / NARROW) as f64 * self.gap
    }

    /// The byte at a place, given as parts of the text's width and height; the gap belongs to the byte
    /// before it.
    pub fn byte_at(self, x: f64, y: f64) -> Option<usize> {
        if !(0.0..1.0).contains(&x) || !(0.0..1.0).contains(&y) {
            return None;
        }
        let row = (y * self.lines() as f64) as usize;
        let x = x * self.width();
        let column = (0..self.line).rev().find(|column| self.start(*column) <= x)?;
        let offset = row * self.line + column;
        (offset < self.count).then_some(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::super::WIDE;
    use super::*;

    /// The bytes in these blocks, in order.
    fn bytes_of(blocks: &[Block], line: usize) -> Vec<usize> {
        let of = |block: &Block| {
            let (lines, columns) = (block.lines.clone(), block.columns.clone());
            lines.flat_map(move |row| columns.clone().map(move |column| row * line + column))
        };
        blocks.iter().flat_map(of).collect()
    }

    #[test]
    fn the_blocks_of_a_range_hold_its_bytes_and_no_others() {
        for line in [NARROW, WIDE] {
            for start in 0..40 {
                for end in start..60 {
                    let blocks = blocks(&(start..end), line);
                    assert!(blocks.len() <= BLOCKS);
                    assert_eq!(bytes_of(&blocks, line), (start..end).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn the_middle_of_every_byte_is_that_byte() {
        for line in [NARROW, WIDE] {
            let text = Metrics { count: 100, line, cell: 2.5, gap: 0.5 };
            for byte in 0..text.count {
                let x = (text.start(byte % line) + text.cell / 2.0) / text.width();
                let y = ((byte / line) as f64 + 0.5) / text.lines() as f64;
                assert_eq!(text.byte_at(x, y), Some(byte));
            }
        }
    }

    #[test]
    fn behind_the_last_byte_and_beside_the_text_is_none() {
        let text = Metrics { count: 17, line: WIDE, cell: 2.5, gap: 0.5 };
        assert_eq!(text.byte_at(0.99, 0.99), None);
        assert_eq!(text.byte_at(1.2, 0.1), None);
        assert_eq!(text.byte_at(0.5, -0.1), None);
        assert_eq!(Metrics { count: 0, ..text }.byte_at(0.5, 0.5), None);
    }
}
