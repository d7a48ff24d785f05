//! The gate for text from outside: names, messages, paths and source lines, before anybody sees them.
//!
//! What comes from a file, a file's name or the command line must not act on a terminal, turn the direction of
//! writing, hide itself, or start a line of output: continuous integration systems obey lines such as
//! `::error::…` and `##[group]`. Characters that could do so are written as escapes, `\u{1b}`, in every
//! format. That goes for the values of JSON too, since whoever reads them prints them. Text for machines only,
//! such as the output of `resolve`, means what the file says: there the escapes are those of JSON and YAML.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

/// How a line begins that a continuous integration system takes for a command: GitHub, GitHub of old, Azure.
const COMMANDS: [&str; 3] = ["::", "##[", "##vso["];

/// Whether a character is not shown as it is: it acts on a terminal, breaks a line, turns the direction of
/// writing, or is not seen at all.
pub fn is_unshowable(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A text as a part of one line: everything unshowable in it, line breaks too, is an escape.
pub fn line(text: &str) -> Cow<'_, str> {
    escaped(text, is_unshowable)
}

/// A text that may have several lines, all of them our own.
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |character| character != '\n' && is_unshowable(character))
}

/// A sentence with a name in it that nobody would read to its end: its head and its tail.
pub fn shortened(sentence: &str) -> Cow<'_, str> {
    const HEAD: usize = 700;
    const TAIL: usize = 200;
    if sentence.len() <= HEAD + TAIL {
        return Cow::Borrowed(sentence);
    }
    let is_boundary = |at: &usize| sentence.is_char_boundary(*at);
    let head = (0..=HEAD).rev().find(is_boundary).and_then(|at| sentence.get(..at)).unwrap_or_default();
    let tail = (sentence.len() - TAIL..=sentence.len())
        .find(is_boundary)
        .and_then(|at| sentence.get(at..))
        .unwrap_or_default();
    format!("{head}…{tail}").into()
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_escaped(character) {
            escaped.extend(character.escape_unicode());
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// A path as messages show it.
pub fn path(path: &Path) -> String {
    line(&path.to_string_lossy()).into_owned()
}

/// The name that findings give a file: a line of output can begin with it. `./` before it means the same file.
pub fn file_name(path: &str) -> String {
    let name = line(path);
    if is_command(&name) { format!("./{name}") } else { name.into_owned() }
}

/// Adds a piece of a source to what is shown of it: unshowable characters become question marks of the same
/// length, so that offsets stay. White space is left alone.
pub fn push_source(shown: &mut String, text: &str) {
    let is_hidden = |c: char| is_unshowable(c) && !matches!(c, '\n' | '\r' | '\t');
    if !text.contains(is_hidden) {
        return shown.push_str(text);
    }
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(std::iter::repeat_n('?', character.len_utf8()));
        } else {
            shown.push(character);
        }
    }
}

/// A source's text with a line feed for each carriage return that ends a line alone: whoever prints the lines knows
/// no other. Offsets stay.
pub fn with_line_feeds(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut next = text.chars().skip(1);
    let is_alone = |next: Option<char>| next != Some('\n');
    text.chars().map(|c| if is_alone(next.next()) && c == '\r' { '\n' } else { c }).collect()
}

/// Text of several lines of which none is a command to the system that runs us: where one would be, its first
/// character is an escape. A carriage return ends a line too.
pub fn defused(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut defused = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive(['\n', '\r']) {
        let content = line.trim_start();
        let mut letters = content.chars();
        match letters.next() {
            Some(first) if is_command(content) => {
                defused.push_str(line.get(..line.len() - content.len()).unwrap_or_default());
                defused.extend(first.escape_unicode());
                defused.push_str(letters.as_str());
            }
            _ => defused.push_str(line),
        }
    }
    Cow::Owned(defused)
}

/// Whether a line is a command to the system that runs us.
fn is_command(line: &str) -> bool {
    let line = line.trim_start();
    COMMANDS.iter().any(|command| line.starts_with(command))
}

/// JSON with an escape of its own for everything unshowable in its strings. The text means the same as before.
pub fn json(text: &str) -> Cow<'_, str> {
    data(text, |c, json| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(json, "\\u{unit:04x}");
        }
    })
}

/// Does what [`json`] does on the way to a writer. Each piece that comes is whole text, as `serde_json` writes it.
#[derive(Debug)]
pub struct JsonGate<W>(pub W);

impl<W: Write> Write for JsonGate<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(piece).map_err(io::Error::other)?;
        self.0.write_all(json(text).as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// As [`json`], for YAML that has such strings in double quotes.
pub fn yaml(text: &str) -> Cow<'_, str> {
    data(text, |c, yaml| {
        let _ = write!(yaml, "\\U{:08x}", u32::from(c));
    })
}

fn data(text: &str, escape: impl Fn(char, &mut String)) -> Cow<'_, str> {
    let is_escaped = |c: char| c != '\n' && is_unshowable(c);
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut data = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_escaped(character) {
            escape(character, &mut data);
        } else {
            data.push(character);
        }
    }
    Cow::Owned(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts() {
        assert_eq!(
            line("a\u{1b}[31m\r\n\u{9b}\u{202e}\tb\u{feff}"),
            r"a\u{1b}[31m\u{d}\u{a}\u{9b}\u{202e}\u{9}b\u{feff}"
        );
        assert!(matches!(line("größer ≥ 3 – 🦀"), Cow::Borrowed(_)));
        assert_eq!(lines("a\nb\rc"), "a\nb\\u{d}c");
        let mut shown = String::new();
        push_source(&mut shown, "a\u{1b}\u{2028}\tb\n");
        assert_eq!(shown, "a????\tb\n");
        assert_eq!(with_line_feeds("a\rb\r\nc\r\rd\r".into()), "a\nb\r\nc\n\nd\n");
    }

    #[test]
    fn no_line_is_a_command() {
        let text = "a ::b\n ::error::x\r##[group]y\n# ##[no]\n\t##vso[z]\n";
        let defused_text = "a ::b\n \\u{3a}:error::x\r\\u{23}#[group]y\n# ##[no]\n\t\\u{23}#vso[z]\n";
        assert_eq!(defused(text), defused_text);
        assert_eq!(file_name("::warning::x.yaml"), "./::warning::x.yaml");
        assert_eq!(file_name("a\nb.yaml"), r"a\u{a}b.yaml");
    }

    #[test]
    fn data_means_the_same() {
        let text = "a\u{202e}\u{7f}\u{e0001}b";
        let json = serde_json::to_string(text).unwrap_or_default();
        let shown = super::json(&json);
        assert!(shown.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap_or_default(), text);
        assert_eq!(yaml("\"\u{e0001}\""), r#""\U000e0001""#);
    }
}
