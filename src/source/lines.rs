//! Where lines start, and the way between offsets and columns, whatever a column counts.

use std::sync::OnceLock;

use super::{Span, to_u32};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16: a character beyond U+FFFF takes two.
    Utf16,
    /// Unicode scalar values, as people count.
    #[default]
    Scalar,
}

impl Unit {
    pub(crate) const fn width(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Scalar => 1,
        }
    }
}

/// A place in a text as programs count: both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line.
    pub line: u32,
    /// The column, in some [`Unit`].
    pub column: u32,
}

/// A line longer than this, in bytes, is not walked through from its start for each column.
const STEP: usize = 1024;

/// The lines of a text. One ends with LF, CR LF or CR.
#[derive(Debug)]
pub(super) struct Lines {
    /// The offsets at which lines start; the first behind a byte order mark.
    pub(super) starts: Vec<u32>,
    /// How much begins before each multiple of [`STEP`]: made for the first long line.
    milestones: OnceLock<Vec<Milestone>>,
}

/// What begins before an offset.
#[derive(Clone, Copy, Debug, Default)]
struct Milestone {
    /// Characters.
    characters: usize,
    /// Those of them that take two units of UTF-16.
    pairs: usize,
}

impl Milestone {
    /// What begins before an offset that is some bytes further on.
    fn past(self, bytes: &[u8]) -> Self {
        let characters = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let pairs = bytes.iter().filter(|byte| **byte >= 0xf0).count();
        Self { characters: self.characters + characters, pairs: self.pairs + pairs }
    }

    const fn width(self, unit: Unit) -> usize {
        match unit {
            Unit::Utf8 => 0,
            Unit::Utf16 => self.characters + self.pairs,
            Unit::Scalar => self.characters,
        }
    }
}

impl Lines {
    pub(super) fn new(text: &str, first: u32) -> Self {
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|&(index, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(index + 1) != Some(&b'\n'))
        });
        let starts = std::iter::once(first).chain(breaks.map(|(index, _)| to_u32(index + 1))).collect();
        Self { starts, milestones: OnceLock::new() }
    }

    /// The line of an offset, from 0.
    pub(super) fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// A line with the break at its end; empty behind the last one.
    pub(super) fn span(&self, line: usize, text: &str) -> Span {
        let end = to_u32(text.len());
        let start = self.starts.get(line).copied().unwrap_or(end);
        Span::new(start, self.starts.get(line + 1).copied().unwrap_or(end))
    }

    /// The column of an offset in a line, from 0. Inside a character, that is the character's.
    pub(super) fn column(&self, text: &str, line: Span, offset: u32, unit: Unit) -> usize {
        let inside = (offset - line.start) as usize;
        if inside <= STEP {
            return column(text.get(line.range()).unwrap_or_default(), inside, unit);
        }
        let offset =
            (0..=offset as usize).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or_default();
        if unit == Unit::Utf8 {
            return offset - line.start as usize;
        }
        let before = |offset: usize| {
            let start = offset - offset % STEP;
            let milestone = self.milestones(text).get(offset / STEP).copied().unwrap_or_default();
            milestone.past(text.as_bytes().get(start..offset).unwrap_or_default()).width(unit)
        };
        before(offset) - before(line.start as usize)
    }

    fn milestones(&self, text: &str) -> &[Milestone] {
        self.milestones.get_or_init(|| {
            let mut milestone = Milestone::default();
            let mut milestones = vec![milestone];
            for bytes in text.as_bytes().chunks(STEP) {
                milestone = milestone.past(bytes);
                milestones.push(milestone);
            }
            milestones
        })
    }
}

/// The column of an offset in a short line.
pub(crate) fn column(line: &str, offset: usize, unit: Unit) -> usize {
    let before = line.char_indices().take_while(|(index, character)| index + character.len_utf8() <= offset);
    before.map(|(_, character)| unit.width(character)).sum()
}

/// The offset of a column in a line, its end where the line has no such column. Inside a character, such as
/// between the halves of a surrogate pair, that is the character's start.
pub(crate) fn offset(line: &str, column: u32, unit: Unit) -> usize {
    let mut left = column as usize;
    for (index, character) in line.char_indices() {
        match left.checked_sub(unit.width(character)) {
            Some(rest) if left > 0 => left = rest,
            _ => return index,
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    const UNITS: [Unit; 3] = [Unit::Utf8, Unit::Utf16, Unit::Scalar];

    fn at(line: u32, column: u32) -> LineColumn {
        LineColumn { line, column }
    }

    /// The bytes at which characters start, and the end.
    fn boundaries(text: &str) -> impl Iterator<Item = u32> {
        text.char_indices().map(|(index, _)| index).chain([text.len()]).map(to_u32)
    }

    #[test]
    fn counts_in_each_unit() {
        let source = Source::new("a", "é😀x: 1\r\nb\rü");
        let place =
            |text: &str, unit| source.line_column(to_u32(source.text().find(text).unwrap_or(99)), unit);
        assert_eq!(place("x", Unit::Utf8), at(0, 6));
        assert_eq!(place("x", Unit::Utf16), at(0, 3));
        assert_eq!(place("x", Unit::Scalar), at(0, 2));
        assert_eq!(place("b", Unit::Utf16), at(1, 0));
        assert_eq!(place("ü", Unit::Utf16), at(2, 0));
        assert_eq!(place("not there", Unit::Utf16), at(2, 1));
    }

    #[test]
    fn a_column_inside_a_character_is_its_start() {
        let source = Source::new("a", "é😀x");
        assert_eq!(source.offset(at(0, 2), Unit::Utf16), 2);
        assert_eq!(source.offset(at(0, 3), Unit::Utf16), 6);
        assert_eq!(source.offset(at(0, 1), Unit::Utf8), 0);
        assert_eq!(source.offset(at(0, 4), Unit::Utf8), 2);
        assert_eq!(source.line_column(1, Unit::Scalar), at(0, 0));
        assert_eq!(source.line_column(4, Unit::Utf16), at(0, 1));
    }

    #[test]
    fn a_long_line_counts_as_a_short_one() {
        let text = format!("first\n{}\nlast", "aé😀x".repeat(300));
        let source = Source::new("a", text.as_str());
        let line = source.line_span(6);
        for offset in line.start..=line.end {
            for unit in UNITS {
                let expected = column(source.slice(line), (offset - line.start) as usize, unit);
                assert_eq!(source.line_column(offset, unit), at(1, to_u32(expected)), "{offset} {unit:?}");
            }
        }
    }

    #[test]
    fn what_is_behind_an_end_is_the_end() {
        let source = Source::new("a", "ab\r\ncd\ne");
        for unit in UNITS {
            assert_eq!(source.offset(at(0, 2), unit), 2);
            assert_eq!(source.offset(at(0, 99), unit), 2);
            assert_eq!(source.offset(at(1, u32::MAX), unit), 6);
            assert_eq!(source.offset(at(2, 5), unit), 8);
            assert_eq!(source.offset(at(3, 0), unit), 8);
            assert_eq!(source.offset(at(u32::MAX, 7), unit), 8);
        }
        assert_eq!(Source::new("a", "").offset(at(0, 3), Unit::Utf16), 0);
    }

    #[test]
    fn the_mark_takes_no_column() {
        let source = Source::new("a", "\u{feff}ab\nc");
        for unit in UNITS {
            assert_eq!(source.line_column(0, unit), at(0, 0));
            assert_eq!(source.line_column(3, unit), at(0, 0));
            assert_eq!(source.line_column(4, unit), at(0, 1));
            assert_eq!(source.offset(at(0, 0), unit), 3);
            assert_eq!(source.offset(at(0, 1), unit), 4);
            assert_eq!(source.offset(at(1, 0), unit), 6);
        }
    }

    #[test]
    fn every_offset_comes_back() {
        let parts = ["", "a", "é", "😀", "\u{feff}", "\n", "\r", "\r\n", "x: ü\n"];
        for one in parts {
            for two in parts {
                for three in parts {
                    let text = [one, two, three, "z"].concat();
                    let source = Source::new("a", text.as_str());
                    for unit in UNITS {
                        for offset in boundaries(&text).filter(|offset| *offset >= source.start()) {
                            let place = source.line_column(offset, unit);
                            // A column between CR and LF is the end of the line.
                            let is_inside_break = text.as_bytes().get(offset as usize) == Some(&b'\n')
                                && text.get(..offset as usize).is_some_and(|before| before.ends_with('\r'));
                            let expected = if is_inside_break { offset - 1 } else { offset };
                            assert_eq!(source.offset(place, unit), expected, "{text:?} {offset} {unit:?}");
                        }
                    }
                }
            }
        }
    }
}
