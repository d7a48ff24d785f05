//! What really is wrong, where the parser noticed it only later.

use super::Explanation;
use super::unread::{Unread, lines_up_to};
use crate::catalog::Gpu;
use crate::profile::Field;
use crate::source::{Source, Span, to_u32};
use crate::yaml::{Syntax, stray_space};

/// What version control leaves at the beginning of a line.
const MARKERS: [char; 4] = ['<', '|', '=', '>'];

/// Where the parser stopped, and what it says.
pub(super) struct Stop<'p> {
    pub(super) source: &'p Source,
    pub(super) kind: &'p Syntax,
    pub(super) span: Span,
    /// The text up to here was understood.
    pub(super) read_to: u32,
    /// The innermost bracket that is open at that place.
    pub(super) opened: Option<Span>,
}

/// The cause, where the text shows a better one than the parser's words.
pub(super) fn find(stop: &Stop<'_>) -> Option<Explanation> {
    conflict_marker(stop)
        .or_else(|| fence(stop))
        .or_else(|| tab(stop))
        .or_else(|| unclosed(stop))
        .or_else(|| stray(stop))
        .or_else(|| line_without_colon(stop))
}

fn conflict_marker(stop: &Stop<'_>) -> Option<Explanation> {
    let is_marker = |text: &str| {
        MARKERS.iter().any(|sign| {
            let rest = text.trim_start_matches(*sign);
            text.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with(' '))
        })
    };
    let line = lines_up_to(stop.source, stop.span.start).find(|line| is_marker(stop.source.slice(*line)))?;
    Some(Explanation::new(
        line,
        "this is a conflict marker that a merge left behind",
        "keep one side of the conflict and take the marker lines out",
    ))
}

/// Markdown's three backquotes around what was copied.
fn fence(stop: &Stop<'_>) -> Option<Explanation> {
    let line = stop.source.line_span(stop.span.start);
    stop.source.slice(line).starts_with("```").then(|| {
        Explanation::new(
            line,
            "this is the edge of a code block, not YAML",
            "take this line out, and its twin",
        )
    })
}

/// The tab in the indentation of a line: that one, or the first behind what was read so far.
fn tab(stop: &Stop<'_>) -> Option<Explanation> {
    if *stop.kind != Syntax::Tab {
        return None;
    }
    let here = stop.source.line_span(stop.span.start);
    let indented = indentation_tab(stop.source, here).or_else(|| {
        let starts = stop.source.line_starts();
        let next = starts.partition_point(|start| *start <= stop.span.start);
        let lines = starts.iter().skip(next).map(|start| stop.source.line_span(*start));
        lines.take(2).find_map(|line| indentation_tab(stop.source, line))
    });
    let help = "indent with spaces, two for each level";
    if let Some(tab) = indented {
        return Some(Explanation::new(tab, "a tab can't be used for indentation in YAML", help));
    }
    let text = stop.source.slice(here);
    let start = here.start + to_u32(text.find('\t')?);
    let tab = Span::new(start, start + 1);
    Some(Explanation::new(tab, "a tab can't stand here", "put a space in its place"))
}

fn indentation_tab(source: &Source, line: Span) -> Option<Span> {
    let text = source.slice(line);
    let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
    let first = text.get(..indent)?.find('\t')?;
    let rest = text.get(first..)?;
    let width = rest.len() - rest.trim_start_matches('\t').len();
    let start = line.start + to_u32(first);
    Some(Span::new(start, start + to_u32(width)))
}

/// A bracket or a quote that is still open, or that something else closes.
fn unclosed(stop: &Stop<'_>) -> Option<Explanation> {
    let source = stop.source;
    let unread = Unread::scan(source, stop.read_to, stop.span.start, stop.opened);
    let position = |offset: u32| source.position(offset);
    let end = to_u32(source.text().trim_end().len());
    match stop.kind {
        Syntax::OpenQuote => {
            let explanation = Explanation::new(
                stop.span,
                "this quote is never closed",
                "close it on the same line with the same kind of quote",
            );
            Some(explanation.label(stop.span, "opened here").label(Span::empty(end), "the text ends here"))
        }
        Syntax::BehindQuote => {
            let (open, close) = unread.last_quote?;
            if position(open.start).line == position(close.start).line {
                return None;
            }
            let message = "this quote is not closed on its line";
            let explanation = Explanation::new(open, message, "close it where its value ends");
            Some(explanation.label(open, "opened here").label(close, "closed only by this one"))
        }
        Syntax::OpenBracket(open) => {
            let (close, instead) = counterpart(*open);
            let message = format!("this `{open}` is never closed");
            let help = format!("add the missing `{close}`, or write {instead}");
            let explanation = Explanation::new(stop.span, message, help);
            Some(explanation.label(stop.span, "opened here").label(Span::empty(end), "the text ends here"))
        }
        Syntax::MixedBrackets(open, close) => {
            let other = Unread::scan(source, stop.span.start, end, None).first_mismatch?;
            let (wanted, _) = counterpart(*open);
            let message = format!("this `{open}` is closed by a `{close}`");
            let explanation = Explanation::new(
                stop.span,
                message,
                format!("add the missing `{wanted}` before the `{close}`"),
            );
            Some(explanation.label(stop.span, "opened here").label(other, "closed here"))
        }
        Syntax::StrayBracket => None,
        _ => {
            let opened = unread.opened?;
            let open = source.slice(opened).chars().next()?;
            let (close, instead) = counterpart(open);
            // A bracket with nothing behind it opens a block of lines: one of them lacks a comma, perhaps.
            let line = source.line_span(opened.start);
            let is_block = source.slice(Span::new(opened.end, line.end)).trim().is_empty();
            if is_block || line.contains(stop.span) {
                return separator(stop, opened, open);
            }
            let message = format!("this `{open}` is never closed");
            let help = format!("add the missing `{close}`, or write {instead}");
            let explanation = Explanation::new(opened, message, help);
            Some(explanation.label(opened, "opened here").label(stop.span, "still open here"))
        }
    }
}

/// A comma is missing between two items of a bracket.
fn separator(stop: &Stop<'_>, opened: Span, open: char) -> Option<Explanation> {
    let (close, _) = counterpart(open);
    (*stop.kind == Syntax::NoComma).then(|| {
        Explanation::new(
            stop.span,
            format!("a comma or the closing `{close}` was expected before this"),
            "separate the items with `,`",
        )
        .label(stop.span, "here")
        .label(opened, "in what is opened here")
    })
}

/// What closes a bracket, and how to do without it.
const fn counterpart(open: char) -> (char, &'static str) {
    match open {
        '{' => ('}', "the mapping with one key a line"),
        _ => (']', "the list with one `- item` a line"),
    }
}

/// A space that is none, at the beginning of a line or behind a colon.
fn stray(stop: &Stop<'_>) -> Option<Explanation> {
    let source = stop.source;
    let here = source.line_span(stop.span.start);
    let before = line_before(source, here);
    before.into_iter().chain([here]).find_map(|line| {
        let text = source.slice(line);
        let (at, character) = text.char_indices().find(|(at, c)| {
            let before = text.get(..*at).unwrap_or_default();
            let is_place = before.trim_matches(|c: char| c == ' ' || c == '-').is_empty() || before.ends_with(':');
            is_place && stray_space(*c).is_some()
        })?;
        let name = stray_space(character)?;
        let start = line.start + to_u32(at);
        let span = Span::new(start, start + to_u32(character.len_utf8()));
        Some(Explanation::new(
            span,
            format!("there is {name} here, which YAML takes as text"),
            "put an ordinary space in its place; look at the other lines that were copied from the same place",
        ))
    })
}

/// The line above that says something.
pub(super) fn line_before(source: &Source, line: Span) -> Option<Span> {
    let starts = source.line_starts();
    let count = starts.partition_point(|start| *start < line.start);
    let above = starts.iter().take(count).rev().map(|start| source.line_span(*start));
    let mut said = above.filter(|line| {
        let text = source.slice(*line).trim();
        !text.is_empty() && !text.starts_with('#')
    });
    said.next()
}

/// A line that lacks its colon: the next line with one turns both into one long key.
fn line_without_colon(stop: &Stop<'_>) -> Option<Explanation> {
    let source = stop.source;
    let here = source.line_span(stop.span.start);
    match stop.kind {
        Syntax::NoKey => lacking(source, content(source, here)?),
        Syntax::Colon => {
            let key = Span::new(here.start, stop.span.start);
            if has_colon(source.slice(key)) {
                return second_colon(stop, here);
            }
            // The first line of the text that goes on until here.
            let mut first = line_before(source, here)?;
            if has_colon(source.slice(first)) || source.slice(first).trim_end().ends_with(':') {
                return too_deep(source, first, here, key);
            }
            while let Some(before) = line_before(source, first).filter(|line| {
                let text = source.slice(*line);
                !has_colon(text) && !text.trim_end().ends_with(':') && line.start >= stop.read_to
            }) {
                first = before;
            }
            lacking(source, content(source, first)?)
        }
        _ => None,
    }
}

/// What is wrong with a line that has no `: `.
fn lacking(source: &Source, line: Span) -> Option<Explanation> {
    let text = source.slice(line);
    if has_colon(text) || text.ends_with(':') {
        return None;
    }
    if text.starts_with("//") {
        return Some(Explanation::new(
            line,
            "a comment begins with `#` in YAML",
            "write `#` in place of `//`",
        ));
    }
    if let Some((key, _)) = text.split_once(':').filter(|(key, rest)| is_word(key) && !rest.starts_with("//"))
    {
        let start = line.start + to_u32(key.len());
        let message = format!("there is no space behind the colon of `{key}`");
        let help = format!("write `{key}: …`: without the space, YAML takes it all as one text");
        return Some(Explanation::new(Span::new(start, start + 1), message, help));
    }
    if text.strip_prefix('-').is_some_and(|item| !item.starts_with([' ', '-'])) {
        let dash = Span::new(line.start, line.start + 1);
        let message = "there is no space behind the dash of this list item";
        return Some(Explanation::new(dash, message, "write `- item`, with a space"));
    }
    // Only a field is named: any other word may be a part of something that must not be shown.
    let word = text.split([' ', '=']).next().unwrap_or_default();
    let help = match word {
        "profiles" => "write `profiles:`, with a colon".into(),
        "version" | "extends" => format!("write `{word}: …`, with a colon and a space"),
        _ if Field::from_name(word).is_some() => format!("write `{word}: …`, with a colon and a space"),
        _ => "write `key: value` with a colon and a space, or `- item` if it belongs to a list".into(),
    };
    Some(Explanation::new(line, "there is no `:` on this line", help))
}

/// A line that is indented below one that has its value already.
fn too_deep(source: &Source, before: Span, here: Span, key: Span) -> Option<Explanation> {
    let indent = |line: Span| {
        let text = source.slice(line);
        text.len() - text.trim_start_matches(' ').len()
    };
    if indent(here) <= indent(before) {
        return None;
    }
    let name = source.slice(key).trim();
    let (line, before) = (content(source, here)?, content(source, before)?);
    let help = if is_word(name) {
        format!("give `{name}` the indentation of the fields beside it")
    } else {
        "give all keys of one mapping the same indentation".into()
    };
    let explanation = Explanation::new(
        line,
        "this line is indented deeper than the line before, which has its value",
        help,
    );
    Some(explanation.label(line, "deeper").label(before, "this has its value already"))
}

fn second_colon(stop: &Stop<'_>, here: Span) -> Option<Explanation> {
    let source = stop.source;
    let text = source.slice(Span::new(here.start, stop.span.start));
    let rest = source.slice(Span::new(stop.span.end, here.end)).trim();
    let (_, value) = text.split_once(": ")?;
    let value = value.trim_start();
    let is_count = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let help = if is_count && Gpu::from_name(value).is_some() {
        format!("write the count without a space: `{value}:{rest}`")
    } else {
        "put quotes around a value that has a colon in it, or start a new line for the second key".into()
    };
    Some(Explanation::new(stop.span, "there is a second `: ` on this line", help))
}

/// The line without its indentation, its comment and the space at its end.
fn content(source: &Source, line: Span) -> Option<Span> {
    let text = source.slice(line);
    let text = text.find(" #").and_then(|comment| text.get(..comment)).unwrap_or(text);
    let start = line.start + to_u32(text.len() - text.trim_start().len());
    let span = Span::new(start, start + to_u32(text.trim().len()));
    (!span.is_empty()).then_some(span)
}

fn has_colon(text: &str) -> bool {
    text.contains(": ") || text.contains(":\t")
}

/// Whether a text is one plain word, such as a field's name: nothing that could be a secret.
fn is_word(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}
