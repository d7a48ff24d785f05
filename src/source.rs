//! A file's text with its name, and the way from byte offsets to lines and columns.

mod lines;

use std::path::Path;
use std::sync::{Arc, OnceLock};

pub use lines::{LineColumn, Unit};
pub(crate) use lines::{column, offset};

use lines::Lines;

use crate::work;

/// The byte order mark that some editors write at the start of a UTF-8 file.
const BOM: &str = "\u{feff}";

/// The largest file that is read: 64 MiB.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// A half-open range of bytes in a [`Source`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, and without, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span at `offset`.
    pub const fn empty(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// The span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies within this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte, or one is an empty span inside the other.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The number of bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span has no bytes.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range of indices.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a text, as people count: lines and columns from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Bytes from the start of the file.
    pub offset: u32,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1; a byte order mark takes none.
    pub column: u32,
}

/// What is wrong with the bytes of a file before any YAML is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// UTF-16, with or without a byte order mark.
    Utf16,
    /// UTF-32 with a byte order mark.
    Utf32,
    /// A NUL byte in otherwise sound text.
    Nul,
    /// More than [`MAX_BYTES`].
    TooLarge,
}

/// A file's text, with the name that findings show. A clone is the same text, and costs nothing.
#[derive(Clone, Debug)]
pub struct Source(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    name: String,
    text: String,
    flaw: Option<(Encoding, Span)>,
    /// The length of the byte order mark.
    mark: u32,
    lines: OnceLock<Lines>,
}

impl Source {
    /// A source from sound text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::from_bytes(name, text.into().into_bytes())
    }

    /// A source from any bytes. What is not readable text is kept as a flaw for AC004 and AC005;
    /// each byte that is not UTF-8 is shown as `?`, so that offsets stay those of the file.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let (text, flaw) = decode(bytes);
        let mark = match flaw {
            Some((Encoding::Utf16 | Encoding::Utf32, span)) => span.start,
            _ if text.starts_with(BOM) => to_u32(BOM.len()),
            _ => 0,
        };
        Self(Arc::new(Inner { name: name.into(), text, flaw, mark, lines: OnceLock::new() }))
    }

    /// The name that findings show.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text, with a byte order mark where there is one.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Why the bytes can't be read as text, and where, if they can't.
    pub fn flaw(&self) -> Option<(Encoding, Span)> {
        self.0.flaw
    }

    /// The offset of the first character: behind a byte order mark.
    pub fn start(&self) -> u32 {
        self.0.mark
    }

    /// The text of a span; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        work::count(1 + span.len() as usize / 32);
        self.0.text.get(span.range()).unwrap_or_default()
    }

    /// The line and column of an offset, as people count. An offset inside a byte order mark counts as behind it.
    pub fn position(&self, offset: u32) -> Position {
        let LineColumn { line, column } = self.line_column(offset, Unit::Scalar);
        Position { offset: self.within(offset), line: line + 1, column: column + 1 }
    }

    /// The line and column of an offset, as programs count: both from 0, a byte order mark takes none.
    pub fn line_column(&self, offset: u32, unit: Unit) -> LineColumn {
        let offset = self.within(offset);
        let line = self.lines().line_of(offset);
        let span = self.lines().span(line, self.text());
        let column = self.lines().column(self.text(), span, offset, unit);
        LineColumn { line: to_u32(line), column: to_u32(column) }
    }

    /// The offset of a line and column: the end of the line or the text where there is no such place.
    pub fn offset(&self, at: LineColumn, unit: Unit) -> u32 {
        let span = self.lines().span(at.line as usize, self.text());
        let line = self.slice(span).trim_end_matches(['\n', '\r']);
        span.start + to_u32(lines::offset(line, at.column, unit))
    }

    /// The nearest offset that is in the text and behind its mark.
    fn within(&self, offset: u32) -> u32 {
        offset.max(self.start()).min(to_u32(self.text().len()))
    }

    fn lines(&self) -> &Lines {
        self.0.lines.get_or_init(|| Lines::new(self.text(), self.start()))
    }

    /// The offsets at which lines start. A line ends with LF, CR LF or CR.
    pub fn line_starts(&self) -> &[u32] {
        &self.lines().starts
    }

    /// The line break that the text uses, by its first one.
    pub fn newline(&self) -> &'static str {
        let text = self.text();
        match text.find(['\n', '\r']).and_then(|at| text.get(at..)) {
            Some(rest) if rest.starts_with("\r\n") => "\r\n",
            Some(rest) if rest.starts_with('\r') => "\r",
            _ => "\n",
        }
    }

    /// The span of the line that holds an offset, without its line break.
    pub fn line_span(&self, offset: u32) -> Span {
        let span = self.lines().span(self.lines().line_of(offset), self.text());
        let text = self.slice(span).trim_end_matches(['\n', '\r']);
        Span::new(span.start, span.start + to_u32(text.len()))
    }
}

/// A path as findings show it: with forward slashes on every system.
pub(crate) fn name_of(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}

/// A count of bytes as the width of a span; files are at most [`MAX_BYTES`].
pub(crate) fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn decode(bytes: Vec<u8>) -> (String, Option<(Encoding, Span)>) {
    if bytes.len() > MAX_BYTES {
        return (String::new(), Some((Encoding::TooLarge, Span::empty(0))));
    }
    if let Some((encoding, mark)) = wide_encoding(&bytes) {
        // Text of two or four bytes a character has no line that could be shown.
        return (" ".repeat(mark), Some((encoding, Span::empty(to_u32(mark)))));
    }
    let (text, flaw) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let length = error.utf8_error().error_len();
            let bytes = error.into_bytes();
            let length = length.unwrap_or(bytes.len() - at);
            let span = Span::new(to_u32(at), to_u32(at + length));
            (replace_invalid(&bytes), Some((Encoding::NotUtf8, span)))
        }
    };
    let flaw = flaw.or_else(|| {
        let at = to_u32(text.bytes().position(|byte| byte == 0)?);
        Some((Encoding::Nul, Span::new(at, at + 1)))
    });
    (text, flaw)
}

/// UTF-16 and UTF-32 by their marks, and UTF-16 without one by a NUL in every other byte.
fn wide_encoding(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some((Encoding::Utf32, 4)),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some((Encoding::Utf16, 2)),
        _ => {
            let head = bytes.get(..bytes.len().min(64) & !1)?;
            let (first, second): (Vec<u8>, Vec<u8>) =
                head.as_chunks::<2>().0.iter().map(|&[first, second]| (first, second)).unzip();
            let empty = |half: &[u8]| half.iter().all(|&byte| byte == 0);
            let full = |half: &[u8]| half.iter().all(|&byte| byte != 0);
            let wide =
                !head.is_empty() && ((empty(&first) && full(&second)) || (full(&first) && empty(&second)));
            wide.then_some((Encoding::Utf16, 0))
        }
    }
}

/// The text with a `?` for each byte that is not UTF-8.
fn replace_invalid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_columns_in_characters_and_not_the_mark() {
        let source = Source::new("a", "\u{feff}é: x\r\nb: ü!\rc");
        let at = |offset| {
            let position = source.position(offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 1));
        assert_eq!(at(5), (1, 2));
        assert_eq!(at(10), (2, 1));
        assert_eq!(at(15), (2, 5));
        assert_eq!(at(17), (3, 1));
        assert_eq!(source.slice(source.line_span(11)), "b: ü!");
    }

    #[test]
    fn keeps_offsets_where_bytes_are_not_text() {
        let source = Source::from_bytes("a", b"a: \xff\xfe b".to_vec());
        assert_eq!(source.flaw(), Some((Encoding::NotUtf8, Span::new(3, 4))));
        assert_eq!(source.text(), "a: ?? b");
    }

    #[test]
    fn knows_wide_encodings() {
        let wide: Vec<u8> = "version: 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let flaw = |bytes: Vec<u8>| Source::from_bytes("a", bytes).flaw().map(|(flaw, _)| flaw);
        assert_eq!(flaw(wide.clone()), Some(Encoding::Utf16));
        assert_eq!(flaw([vec![0xff, 0xfe], wide].concat()), Some(Encoding::Utf16));
        assert_eq!(flaw(b"a: \0".to_vec()), Some(Encoding::Nul));
        assert_eq!(flaw(b"".to_vec()), None);
        let source = Source::from_bytes("a", vec![0xfe, 0xff, 0, b'a']);
        let at = source.position(source.flaw().map_or(0, |(_, span)| span.start));
        assert_eq!((at.offset, at.line, at.column), (2, 1, 1));
    }
}
