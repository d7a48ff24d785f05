//! The parser's errors in words that a user understands.

use super::Explanation;
use super::cause::Stop;
use crate::source::{Span, to_u32};
use crate::yaml::Syntax;

/// What the parser's error means, and what to do about it.
pub(super) fn explain(stop: &Stop<'_>) -> Explanation {
    let (message, help) = match stop.kind {
        Syntax::MixedBrackets(..) | Syntax::StrayBracket => {
            ("this bracket closes nothing", "take it out, or add the bracket that opens it")
        }
        Syntax::StrayItem => (
            "a list item (`- …`) can't start here",
            "put each `- item` on a line of its own, below the key and indented",
        ),
        Syntax::Indentation => (
            "this line is not indented like the lines around it",
            "give all keys of one mapping the same indentation",
        ),
        Syntax::NoKey => {
            ("a key with its value was expected here", "write `key: value`, with a space behind the colon")
        }
        Syntax::Colon => (
            "a `:` can't stand here",
            "put quotes around a value that has a colon in it, or start a new line for the key",
        ),
        Syntax::Escape => (
            "there is a backslash in this text that starts no escape that YAML knows",
            "write `\\\\` for a backslash, or use single quotes, which take backslashes as they are",
        ),
        Syntax::Character(character) if character.is_control() => {
            let help = "take it out; it may have come along with copied text";
            return Explanation::new(place_of(stop, *character), "there is a control character here", help);
        }
        Syntax::Character('`') => (
            "a value can't begin with a backquote",
            "put quotes around the value, or take the backquotes away",
        ),
        Syntax::Character(character) => {
            let message = format!("a value can't begin with `{character}`");
            return Explanation::new(stop.span, message, "put quotes around the value");
        }
        Syntax::BehindQuote => (
            "there is text behind the closing quote",
            "put the whole value into one pair of quotes; inside single quotes, write a single quote twice",
        ),
        Syntax::NoComma => {
            ("a comma or the closing bracket was expected here", "separate the items with `,`")
        }
        Syntax::Comment => {
            ("a comment can't start here", "put a space before the `#`, or quotes around the value")
        }
        Syntax::BlockScalar => (
            "this block text (`|` or `>`) is not written as YAML wants it",
            "put the text on the next line, indented deeper than its key",
        ),
        Syntax::NoName => {
            ("`&` and `*` need a name right behind them", "add the name, or put quotes around the value")
        }
        Syntax::Tab => ("a tab can't stand here", "put a space in its place"),
        Syntax::Beginning => ("a value can't begin like this", "put quotes around the value"),
        Syntax::NoSpace => ("a space was expected here", "put one space here, and no tab"),
        Syntax::OpenQuote | Syntax::OpenBracket(_) | Syntax::End => {
            ("the text ends too early", "look for a bracket or a quote that is still open")
        }
        Syntax::DocumentInQuote => (
            "a document ends here, but a quote before it is still open",
            "close the quote where its value ends",
        ),
        Syntax::Mark => (
            "there is a byte order mark inside the text",
            "take it out; it may have come along with copied text",
        ),
        Syntax::NoDocumentLine => (
            "a line `---` was expected before this",
            "put `---` between the `%` lines and what follows, or take the `%` lines out: no profile needs them",
        ),
        Syntax::Directive => ("this `%` line is none that YAML knows", "take it out: no profile needs it"),
        Syntax::Tag => (
            "what begins with `!` here is read as a tag, and it is none that YAML knows",
            "put quotes around the value, or take the tag out",
        ),
        Syntax::Other(name) => {
            let help = "check the indentation, quotes and brackets here and on the line before";
            return Explanation::new(stop.span, format!("this is not well-formed YAML: {name}"), help);
        }
    };
    Explanation::new(stop.span, message, help)
}

/// Where a character is that the parser met in the value that begins where it stopped.
fn place_of(stop: &Stop<'_>, character: char) -> Span {
    let line = stop.source.line_span(stop.span.start);
    let rest = stop.source.slice(Span::new(stop.span.start, line.end));
    let Some(index) = rest.find(character) else { return stop.span };
    let start = stop.span.start + to_u32(index);
    Span::new(start, start + to_u32(character.len_utf8()))
}
