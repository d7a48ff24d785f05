//! Positions as editors count them: lines from 0, columns in the units that were agreed on.

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use serde_json::Value;

use crate::source::{Span, Unit, column, offset, to_u32};

/// The first unit that we know of those that a client offers, in its order; UTF-16 is what every client knows.
pub fn negotiate(offered: Option<&Value>) -> Unit {
    let mut offered = offered.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let known = |name: &str| match name {
        "utf-8" => Some(Unit::Utf8),
        "utf-16" => Some(Unit::Utf16),
        "utf-32" => Some(Unit::Scalar),
        _ => None,
    };
    offered.find_map(known).unwrap_or(Unit::Utf16)
}

/// What the protocol calls a unit.
pub const fn kind(unit: Unit) -> PositionEncodingKind {
    match unit {
        Unit::Utf8 => PositionEncodingKind::UTF8,
        Unit::Utf16 => PositionEncodingKind::UTF16,
        Unit::Scalar => PositionEncodingKind::UTF32,
    }
}

/// A text with its lines, kept while it is edited.
#[derive(Clone, Debug)]
pub struct Lines {
    text: String,
    /// The offset of each line. A line ends with LF, CR LF or CR.
    starts: Vec<usize>,
    unit: Unit,
}

impl Lines {
    /// A text whose columns are counted in this unit.
    pub fn new(text: String, unit: Unit) -> Self {
        let mut starts = vec![0];
        starts.extend(breaks(&text, 1, text.len()));
        Self { text, starts, unit }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The offset of a position; one beyond a line's end is its end, one beyond the text's end is that.
    pub fn offset(&self, position: Position) -> u32 {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return to_u32(self.text.len()) };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        to_u32(start + offset(line, position.character, self.unit))
    }

    /// The position of an offset.
    pub fn position(&self, offset: u32) -> Position {
        let at = (offset as usize).min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        Position { line: to_u32(line), character: to_u32(column(rest, at - start, self.unit)) }
    }

    /// The span of a range, whichever of its ends comes first.
    pub fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), end.max(start))
    }

    /// Puts another text in the place of a range.
    pub fn replace(&mut self, range: Range, text: &str) {
        let span = self.span(range);
        let (start, end) = (span.start as usize, span.end as usize);
        self.text.replace_range(start..end, text);
        // Whether a line starts somewhere is decided by the bytes on both sides: what lies apart from the edit stays.
        let first = self.starts.partition_point(|known| *known < start).max(1);
        let last = self.starts.partition_point(|known| *known <= end).max(first);
        let new_end = start + text.len();
        let between: Vec<usize> = breaks(&self.text, start.max(1), new_end).collect();
        let added = between.len();
        self.starts.splice(first..last, between);
        for known in self.starts.iter_mut().skip(first + added) {
            *known = *known + new_end - end;
        }
    }
}

/// The offsets between two, both included, at which lines start.
fn breaks(text: &str, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (from..=to).filter(move |&at| match at.checked_sub(1).and_then(|before| bytes.get(before)) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at) != Some(&b'\n'),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_are_counted_in_the_unit_that_was_agreed_on() {
        let text = "a: é😀x\r\nb\rc\n";
        for (unit, column) in [(Unit::Utf8, 9), (Unit::Utf16, 6), (Unit::Scalar, 5)] {
            let lines = Lines::new(text.into(), unit);
            assert_eq!(lines.position(9), at(0, column));
            assert_eq!(lines.offset(at(0, column)), 9);
            assert_eq!(lines.offset(at(0, 99)), 10, "the end of the line");
            assert_eq!(lines.offset(at(1, 0)), 12);
            assert_eq!(lines.offset(at(2, 1)), 15);
            assert_eq!(lines.offset(at(9, 0)), 16, "the end of the text");
        }
        let lines = Lines::new(text.into(), Unit::Utf16);
        assert_eq!(lines.offset(at(0, 5)), 5, "between the halves of a character");
    }

    #[test]
    fn the_first_known_unit_of_the_clients_counts() {
        let negotiate = |offered: Value| super::negotiate(Some(&offered));
        assert_eq!(negotiate(serde_json::json!(["utf-9", "utf-32", "utf-8"])), Unit::Scalar);
        assert_eq!(negotiate(serde_json::json!([])), Unit::Utf16);
        assert_eq!(negotiate(serde_json::json!("utf-8")), Unit::Utf16);
        assert_eq!(super::negotiate(None), Unit::Utf16);
    }

    /// Every edit of a small text leaves the lines that the new text has.
    #[test]
    fn lines_follow_edits() {
        let pieces = ["", "x", "\n", "\r", "\r\n", "\n\r", "é\n😀"];
        let mut count = 0;
        for text in ["", "a", "a\r\nb", "\r\r\n\n", "é\nb\r\n"] {
            let places: Vec<u32> =
                (0..=text.len()).filter(|at| text.is_char_boundary(*at)).map(to_u32).collect();
            for &start in &places {
                for &end in places.iter().filter(|end| **end >= start) {
                    for piece in pieces {
                        let mut lines = Lines::new(text.into(), Unit::Utf16);
                        let range = Range { start: lines.position(start), end: lines.position(end) };
                        let span = lines.span(range);
                        lines.replace(range, piece);
                        let mut expected = text.to_owned();
                        expected.replace_range(span.range(), piece);
                        let fresh = Lines::new(expected, Unit::Utf16);
                        assert_eq!(lines.text, fresh.text);
                        assert_eq!(lines.starts, fresh.starts, "{text:?} {start}..{end} {piece:?}");
                        count += 1;
                    }
                }
            }
        }
        assert!(count > 200);
    }
}
