//! Text with the escapes of double quotes, read without a parser.

use crate::source::{Span, to_u32};

/// A text without its escapes, and where its pieces are written.
pub(super) struct Unescaped {
    /// What the text says.
    pub text: String,
    /// Where escapes begin and end: in what is said, and as it is written.
    marks: Vec<(usize, usize)>,
}

impl Unescaped {
    /// Undoes the escapes of a text; nothing where it has none.
    pub(super) fn of(written: &str) -> Option<Self> {
        written.contains('\\').then(|| Self::new(written))
    }

    fn new(written: &str) -> Self {
        let mut unescaped = Self { text: String::with_capacity(written.len()), marks: vec![(0, 0)] };
        let mut at = 0;
        while let Some((before, rest)) = written.get(at..).and_then(|rest| rest.split_once('\\')) {
            unescaped.text.push_str(before);
            at += before.len();
            unescaped.marks.push((unescaped.text.len(), at));
            let length = 1 + unescaped.push(rest);
            at += length;
            unescaped.marks.push((unescaped.text.len(), at));
        }
        unescaped.text.push_str(written.get(at..).unwrap_or_default());
        unescaped
    }

    /// Adds what an escape stands for, by what follows its backslash, and tells how much of that belongs to it.
    fn push(&mut self, rest: &str) -> usize {
        let mut letters = rest.chars();
        let Some(letter) = letters.next() else { return 0 };
        let simple = match letter {
            '0' => '\0',
            'a' => '\u{7}',
            'b' => '\u{8}',
            't' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            'e' => '\u{1b}',
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            'x' => return self.push_code(rest, 2),
            'u' => return self.push_code(rest, 4),
            'U' => return self.push_code(rest, 8),
            // The line goes on in the next one, behind its indentation.
            '\n' | '\r' => return rest.len() - rest.trim_start_matches(['\n', '\r', ' ', '\t']).len(),
            other => other,
        };
        self.text.push(simple);
        letter.len_utf8()
    }

    fn push_code(&mut self, rest: &str, digits: usize) -> usize {
        let code = rest.get(1..=digits).and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32) {
            Some(character) => {
                self.text.push(character);
                1 + digits
            }
            None => 0,
        }
    }

    /// Where a piece of the text is written.
    pub(super) fn written(&self, span: Span) -> Span {
        Span::new(self.written_at(span.start), self.written_at(span.end))
    }

    fn written_at(&self, offset: u32) -> u32 {
        let offset = offset as usize;
        let after = self.marks.partition_point(|(said, _)| *said <= offset);
        let mark = after.checked_sub(1).and_then(|index| self.marks.get(index));
        mark.map_or(0, |(said, written)| to_u32(written + offset - said))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    #[test]
    fn escapes_are_undone_and_found_again() {
        let written = "a \"\\x5aq\\u00e9\\\"\\\n   b\\q\\xz\" c\\";
        let unescaped = Unescaped::of(written).unwrap();
        assert_eq!(unescaped.text, "a \"Zqé\"bqxz\" c");
        for (said, place) in [("Zqé", "\\x5aq\\u00e9"), ("\"b", "\\\"\\\n   b"), ("a \"", "a \""), ("b", "b")]
        {
            let start = to_u32(unescaped.text.find(said).unwrap());
            let span = unescaped.written(Span::new(start, start + to_u32(said.len())));
            assert_eq!(written.get(span.range()).unwrap(), place);
        }
        assert!(Unescaped::of("abc").is_none());
    }
}
