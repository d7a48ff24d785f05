//! The plain part of YAML that nearly every file is written in, read without a general parser: block mappings and lists,
//! one-line plain and quoted scalars, one-line flow collections, comments.
//!
//! It feeds the same builder with the same events, and steps aside for the whole file at the first byte that it is not
//! sure of: anchors, tags, block scalars, text over several lines, escapes, tabs, anything that may be wrong. It reports
//! nothing itself. That it never differs from `granit-parser` is held by tests.

use super::build::{Builder, Scalar};
use super::tree::Quoting;
use crate::source::{Span, to_u32};

/// The longest key, in bytes, that needs no `?` before it.
const LONGEST_KEY: usize = 1000;

/// Reads a text into a builder. Nothing if the text is not plain enough: what the builder holds then is of no use.
pub(super) fn read(text: &str, builder: &mut Builder) -> Option<()> {
    if !has_only_known_characters(text) {
        return None;
    }
    let bytes = text.as_bytes();
    // `---` may stand on a line of its own before everything else.
    let at = if bytes.starts_with(b"---\n") { 4 } else { 0 };
    let mut reader = Reader { text, bytes, at, line_start: at, open: Vec::new(), flow: Vec::new(), builder };
    while reader.at < reader.bytes.len() {
        reader.line()?;
    }
    reader.finish()
}

/// Whether there is no tab, carriage return or other control character in a text, and nothing that looks like a space
/// or a line break and is none.
fn has_only_known_characters(text: &str) -> bool {
    let is_known = |byte: u8| byte >= b' ' && byte != 0x7f || byte == b'\n';
    // Without a way out in its middle, the loop takes many bytes at once.
    if !text.bytes().fold(true, |all, byte| all & is_known(byte)) {
        return false;
    }
    let is_strange = |c: char| {
        matches!(c, '\u{80}'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    text.is_ascii() || !text.contains(is_strange)
}

/// A block collection that is open.
#[derive(Clone, Copy)]
struct Level {
    /// The column of its keys or dashes.
    indent: usize,
    is_map: bool,
    /// Whether a key or a dash was read, and what belongs to it was not.
    is_waiting: bool,
}

/// A scalar on one line: from `start` to `end`, quotes included.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    quoting: Quoting,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// The next byte to read.
    at: usize,
    /// Where the line at hand starts.
    line_start: usize,
    /// The block collections that are open, outermost first.
    open: Vec<Level>,
    /// The flow collections that are open, outermost first: whether each is a mapping.
    flow: Vec<bool>,
    builder: &'t mut Builder,
}

impl Reader<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Whether a space, the end of the line or the end of the text stands at an offset.
    fn is_gap(&self, at: usize) -> bool {
        matches!(self.byte(at), None | Some(b' ' | b'\n'))
    }

    fn skip_spaces(&mut self) {
        while self.byte(self.at) == Some(b' ') {
            self.at += 1;
        }
    }

    /// Reads a line, its line break included.
    fn line(&mut self) -> Option<()> {
        self.line_start = self.at;
        self.skip_spaces();
        match self.byte(self.at) {
            None | Some(b'\n') => {}
            Some(b'#') => self.comment(),
            Some(_) => self.content(self.at - self.line_start)?,
        }
        self.at += 1;
        Some(())
    }

    /// Reads up to the end of the line, where only a comment may stand.
    fn end_of_line(&mut self) -> Option<()> {
        let start = self.at;
        self.skip_spaces();
        match self.byte(self.at) {
            None | Some(b'\n') => Some(()),
            Some(b'#') if self.at > start => {
                self.comment();
                Some(())
            }
            Some(_) => None,
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let length = self.bytes.get(start..).and_then(|rest| rest.iter().position(|byte| *byte == b'\n'));
        self.at = length.map_or(self.bytes.len(), |length| start + length);
        self.builder.comment(span(start, self.at));
    }

    /// Reads what stands on a line behind its indentation.
    fn content(&mut self, indent: usize) -> Option<()> {
        if indent == 0
            && self.bytes.get(self.at..self.at + 3).is_some_and(|mark| mark == b"---" || mark == b"...")
        {
            return None;
        }
        while self.open.last().is_some_and(|level| level.indent > indent) {
            self.close();
        }
        let is_item = self.byte(self.at) == Some(b'-') && self.is_gap(self.at + 1);
        match self.open.last().copied() {
            None if indent == 0 && !self.builder.has_root() => {}
            None => return None,
            Some(level) if level.indent < indent => {
                if !level.is_waiting {
                    return None;
                }
            }
            Some(level) => match (level.is_map, is_item) {
                // A list whose dashes stand right under the key.
                (true, true) if level.is_waiting => {}
                (true, true) => return None,
                (true, false) => return self.key_and_value(),
                (false, true) => return self.item(),
                (false, false) => {
                    // Only a list that stands at the column of its key can end like this.
                    self.close()?;
                    let is_key = self.open.last().is_some_and(|level| level.is_map && level.indent == indent);
                    return if is_key { self.key_and_value() } else { None };
                }
            },
        }
        if is_item {
            self.open_block(false, indent, self.at)?;
            return self.item();
        }
        self.open_block(true, indent, self.at)?;
        self.key_and_value()
    }

    /// Reads a dash and what stands behind it on the line.
    fn item(&mut self) -> Option<()> {
        loop {
            self.wait()?;
            self.at += 1;
            self.skip_spaces();
            match self.byte(self.at) {
                None | Some(b'\n') => return Some(()),
                Some(b'#') => {
                    self.comment();
                    return Some(());
                }
                Some(b'-') if self.is_gap(self.at + 1) => {
                    self.open_block(false, self.at - self.line_start, self.at)?;
                }
                Some(b'[' | b'{') => return self.flow_value(),
                Some(_) => {
                    let scalar = self.scalar(false)?;
                    if !self.is_key(scalar) {
                        self.value(scalar);
                        return self.end_of_line();
                    }
                    self.open_block(true, scalar.start - self.line_start, scalar.start)?;
                    return self.rest_of_entry(scalar);
                }
            }
        }
    }

    fn key_and_value(&mut self) -> Option<()> {
        let key = self.scalar(false)?;
        if self.is_key(key) { self.rest_of_entry(key) } else { None }
    }

    /// Whether the colon follows that makes a scalar a key. A space before it is left to the parser.
    fn is_key(&self, scalar: Word) -> bool {
        self.byte(scalar.end) == Some(b':') && self.is_gap(scalar.end + 1)
    }

    /// Reads an entry whose key is known: the colon, and the value if it stands on the line.
    fn rest_of_entry(&mut self, key: Word) -> Option<()> {
        self.wait()?;
        self.key(key)?;
        let behind = self.at;
        self.skip_spaces();
        match self.byte(self.at) {
            None | Some(b'\n' | b'#') => {
                self.at = behind;
                self.end_of_line()
            }
            Some(b'[' | b'{') => self.flow_value(),
            Some(_) => {
                let scalar = self.scalar(false)?;
                self.value(scalar);
                // A second colon on the line is a mistake.
                self.end_of_line()
            }
        }
    }

    /// A value that stands on the line of its key or dash.
    fn value(&mut self, scalar: Word) {
        self.scalar_is(scalar);
        self.is_done();
    }

    fn flow_value(&mut self) -> Option<()> {
        self.flow()?;
        self.is_done();
        self.end_of_line()
    }

    fn is_done(&mut self) {
        if let Some(level) = self.open.last_mut() {
            level.is_waiting = false;
        }
    }

    /// Begins a new entry or item of the innermost collection.
    fn wait(&mut self) -> Option<()> {
        let level = self.open.last_mut()?;
        let was_waiting = std::mem::replace(&mut level.is_waiting, true);
        let is_map = level.is_map;
        self.nothing(was_waiting, is_map)
    }

    fn open_block(&mut self, is_map: bool, indent: usize, at: usize) -> Option<()> {
        // What holds it waits for nothing any more.
        self.is_done();
        self.open.push(Level { indent, is_map, is_waiting: false });
        self.builder.open(is_map, false, 0, span(at, at)).ok()
    }

    fn close(&mut self) -> Option<()> {
        let level = self.open.pop()?;
        self.nothing(level.is_waiting, level.is_map)?;
        self.builder.close(span(self.line_start, self.line_start));
        Some(())
    }

    /// A key has no value, if `is_missing`. Where the parser sees an item that is not there is left to the parser.
    fn nothing(&mut self, is_missing: bool, is_map: bool) -> Option<()> {
        match (is_missing, is_map) {
            (true, true) => self.builder.nothing(),
            (true, false) => return None,
            (false, _) => {}
        }
        Some(())
    }

    fn finish(&mut self) -> Option<()> {
        while !self.open.is_empty() {
            self.close()?;
        }
        self.builder.has_root().then_some(())
    }

    /// Reads a scalar that ends on its line; nothing if it is not sure to be one. Does not move on.
    fn scalar(&self, in_flow: bool) -> Option<Word> {
        match self.byte(self.at)? {
            b'"' => self.quoted(b'"', Quoting::Double),
            b'\'' => self.quoted(b'\'', Quoting::Single),
            _ => self.plain(in_flow),
        }
    }

    fn quoted(&self, quote: u8, quoting: Quoting) -> Option<Word> {
        let start = self.at;
        let rest = self.bytes.get(start + 1..)?;
        let length = rest.iter().position(|byte| *byte == quote || matches!(byte, b'\n' | b'\\'))?;
        let end = start + 1 + length + 1;
        // An escape, a line break, or a doubled quote.
        let is_simple = self.byte(end - 1) == Some(quote) && self.byte(end) != Some(quote);
        is_simple.then_some(Word { start, end, quoting })
    }

    fn plain(&self, in_flow: bool) -> Option<Word> {
        let start = self.at;
        match self.byte(start)? {
            b'-' if self.is_gap(start + 1) || in_flow && self.is_flow_mark(start + 1) => return None,
            b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>'
            | b'%' | b'@' | b'`' => return None,
            _ => {}
        }
        let mut at = start;
        let mut end = start;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'\n' => break,
                b':' if self.is_gap(at + 1) => break,
                b'#' if at > end => break,
                b':' if in_flow && self.is_flow_mark(at + 1) => return None,
                b',' | b'[' | b']' | b'{' | b'}' if in_flow => break,
                b' ' => {}
                _ => end = at + 1,
            }
            at += 1;
        }
        Some(Word { start, end, quoting: Quoting::Plain })
    }

    fn is_flow_mark(&self, at: usize) -> bool {
        matches!(self.byte(at), Some(b',' | b'[' | b']' | b'{' | b'}'))
    }

    /// Reads a flow collection that ends on its line.
    fn flow(&mut self) -> Option<()> {
        self.open_flow()?;
        // Whether an entry or item may come next, and whether the collection may end here.
        let (mut may_begin, mut may_end) = (true, true);
        while let Some(is_map) = self.flow.last().copied() {
            self.skip_spaces();
            match self.byte(self.at)? {
                b'}' | b']' if may_end => {
                    if (self.byte(self.at) == Some(b'}')) != is_map {
                        return None;
                    }
                    self.builder.close(span(self.at, self.at + 1));
                    self.flow.pop();
                    self.at += 1;
                    (may_begin, may_end) = (false, true);
                }
                b',' if !may_begin => {
                    self.at += 1;
                    (may_begin, may_end) = (true, false);
                }
                _ if may_begin => {
                    if is_map {
                        self.flow_key()?;
                    }
                    if matches!(self.byte(self.at)?, b'[' | b'{') {
                        self.open_flow()?;
                        (may_begin, may_end) = (true, true);
                    } else {
                        let scalar = self.scalar(true)?;
                        self.scalar_is(scalar);
                        (may_begin, may_end) = (false, true);
                    }
                }
                _ => return None,
            }
        }
        Some(())
    }

    fn open_flow(&mut self) -> Option<()> {
        let is_map = self.byte(self.at) == Some(b'{');
        self.builder.open(is_map, true, 0, span(self.at, self.at + 1)).ok()?;
        self.flow.push(is_map);
        self.at += 1;
        Some(())
    }

    /// Reads a key of a flow mapping, its colon and the spaces behind it.
    fn flow_key(&mut self) -> Option<()> {
        let key = self.scalar(true)?;
        if !self.is_key(key) {
            return None;
        }
        self.key(key)?;
        self.skip_spaces();
        Some(())
    }

    /// Takes a key, and the colon behind it. One that begins with a letter of no ASCII may be indented with what only
    /// looks like a space.
    fn key(&mut self, key: Word) -> Option<()> {
        if !self.byte(key.start)?.is_ascii() {
            return None;
        }
        self.scalar_is(key);
        self.at += 1;
        (key.end - key.start <= LONGEST_KEY).then_some(())
    }

    /// Takes a scalar.
    fn scalar_is(&mut self, scalar: Word) {
        let Word { start, end, quoting } = scalar;
        let mark = usize::from(quoting != Quoting::Plain);
        let text = self.text.get(start + mark..end - mark).unwrap_or_default();
        self.builder.scalar(&Scalar { text, quoting, tag: None, anchor: 0, span: span(start, end) });
        self.at = end;
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(to_u32(start), to_u32(end))
}
