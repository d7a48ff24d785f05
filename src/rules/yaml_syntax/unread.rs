//! A light look at text that the parser did not get through: its brackets and quotes.

use crate::source::{Source, Span, to_u32};

/// What a piece of text opens and does not close.
#[derive(Default)]
pub(super) struct Unread {
    /// The innermost bracket that is open at its end.
    pub(super) opened: Option<Span>,
    /// The first bracket that closes one of the other kind.
    pub(super) first_mismatch: Option<Span>,
    /// The last quoted text: its two quotes.
    pub(super) last_quote: Option<(Span, Span)>,
}

impl Unread {
    /// Looks at the text between two offsets, at whose beginning `opened` is the innermost open bracket.
    pub(super) fn scan(source: &Source, from: u32, to: u32, opened: Option<Span>) -> Self {
        let text = source.slice(Span::new(from, to.max(from)));
        let mut open: Vec<Span> = opened.into_iter().collect();
        let mut found = Self::default();
        let at = |index: usize| Span::new(from + to_u32(index), from + to_u32(index) + 1);
        let mut before = ' ';
        let mut characters = text.char_indices();
        while let Some((index, character)) = characters.next() {
            let is_start = before.is_whitespace() || matches!(before, '[' | '{' | ',' | ':');
            match character {
                '#' if before.is_whitespace() => {
                    characters.by_ref().take_while(|(_, c)| !matches!(c, '\n' | '\r')).for_each(drop);
                }
                '"' | '\'' if is_start => {
                    let mut is_escaped = false;
                    let end = characters.by_ref().find(|(_, c)| {
                        let closes = *c == character && !is_escaped;
                        is_escaped = character == '"' && *c == '\\' && !is_escaped;
                        closes
                    });
                    found.last_quote = end.map(|(end, _)| (at(index), at(end)));
                }
                '[' | '{' if is_start || !open.is_empty() => open.push(at(index)),
                ']' | '}' if !open.is_empty() => {
                    let fits = open.pop().is_some_and(|opened| {
                        source.slice(opened) == if character == ']' { "[" } else { "{" }
                    });
                    if !fits {
                        found.first_mismatch.get_or_insert(at(index));
                    }
                }
                _ => {}
            }
            before = character;
        }
        found.opened = open.pop();
        found
    }
}

/// The lines of a text up to the one that holds an offset.
pub(super) fn lines_up_to(source: &Source, offset: u32) -> impl Iterator<Item = Span> {
    let starts = source.line_starts();
    starts.iter().take_while(move |start| **start <= offset).map(|start| source.line_span(*start))
}
