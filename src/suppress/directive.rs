//! Reads `anycloud-lint:` in comments, and what was meant to be read so.

use crate::rule::Rule;
use crate::source::{Source, Span, to_u32};
use crate::suggest;

/// What a comment for the linter begins with.
pub(crate) const MARK: &str = "anycloud-lint:";

/// Words that other linters have for it.
const FOREIGN: [&str; 9] = [
    "disable",
    "allow",
    "noqa",
    "skip",
    "suppress",
    "off",
    "ignore-line",
    "ignore-next-line",
    "disable-file",
];

/// The rule that a word means, if it means one.
pub type Find = fn(&str) -> Option<&'static Rule>;

/// A suppression: the rules it names, and where they hold.
#[derive(Debug)]
pub(crate) struct Directive {
    /// The whole comment.
    pub(crate) comment: Span,
    /// From `anycloud-lint:` to `]`.
    pub(crate) span: Span,
    /// The line whose findings are silenced; the whole file without one.
    pub(crate) line: Option<Span>,
    pub(crate) names: Vec<Name>,
}

/// A rule's name in a suppression.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) span: Span,
    pub(crate) rule: Option<&'static Rule>,
    pub(crate) is_used: bool,
}

/// A comment that looks like a suppression and is none.
#[derive(Debug)]
pub(crate) struct Malformed {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Everything that comments say to the linter, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Directives {
    pub(super) sound: Vec<Directive>,
    pub(super) malformed: Vec<Malformed>,
}

/// Reads comments, given in the order of the text.
pub(super) fn read(source: &Source, comments: &[Span], find: Find) -> Directives {
    let mut found = Directives::default();
    for comment in comments {
        let text = source.slice(*comment);
        for (at, _) in text.match_indices(MARK) {
            read_one(source, *comment, at, find, &mut found);
        }
        found.malformed.extend(without_colon(source, *comment, find));
    }
    found
}

/// A comment that would be a suppression if the colon were there: `# anycloud-lint ignore[…]`.
fn without_colon(source: &Source, comment: Span, find: Find) -> Option<Malformed> {
    let text = source.slice(comment);
    let rest = text.trim_start_matches(['#', ' ', '\t']);
    let tail = rest.strip_prefix(MARK.trim_end_matches(':'))?;
    let tail = tail.trim_start_matches([' ', '\t', '-', '=']);
    let tail = tail.strip_prefix(':').unwrap_or(tail).trim_start();
    let open = tail.find('[')?;
    let word = tail.get(..open)?.trim_end();
    let close = tail.get(open..)?.find(']').map(|at| open + at + 1);
    let kind = if word.to_lowercase().ends_with("file") { "ignore-file" } else { "ignore" };
    let mut known = ["ignore", "ignore-file"].into_iter().chain(FOREIGN);
    // A misspelt word counts where the list stands right behind it: else it may be a sentence.
    let is_attached = word.len() == open;
    let is_meant = known.clone().any(|known| known.eq_ignore_ascii_case(word))
        || (is_attached && suggest::closest(word, known.by_ref()).is_some());
    if rest.starts_with(MARK) || !is_meant {
        return None;
    }
    let list = tail.get(open + 1..close.map_or(tail.len(), |close| close - 1))?;
    let named: Vec<&str> = list.split([',', ' ']).filter(|word| find(word).is_some()).collect();
    let start = comment.start + to_u32(text.len() - rest.len());
    let end = comment.end - to_u32(tail.len() - close.unwrap_or(tail.trim_end().len()));
    let message = format!("a suppression begins with `{MARK}`, and here the colon is missing");
    Some(Malformed { span: Span::new(start, end), message, help: form(kind, &named.join(", ")) })
}

fn read_one(source: &Source, comment: Span, at: usize, find: Find, found: &mut Directives) {
    let text = source.slice(comment);
    let (before, rest) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    // The next directive of the same comment is not part of this one.
    let next =
        rest.get(MARK.len()..).and_then(|rest| rest.find(MARK)).map_or(rest.len(), |at| at + MARK.len());
    let rest = rest.get(..next).unwrap_or_default();
    let start = comment.start + to_u32(at);
    let span = |end: usize| Span::new(start, start + to_u32(end));
    let is_first = before.trim_end().ends_with('#');

    let body = rest.get(MARK.len()..).unwrap_or_default();
    let word_start = MARK.len() + body.len() - body.trim_start().len();
    let body = body.trim_start();
    let word = body.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
    let word_end = word_start + word.len();
    let tail = body.get(word.len()..).unwrap_or_default();
    let open =
        tail.trim_start().starts_with('[').then(|| word_end + tail.len() - tail.trim_start().len() + 1);
    let close = open.and_then(|open| Some(open + rest.get(open..)?.find(']')?));
    let lower = word.to_lowercase();
    let kind = match lower.as_str() {
        "ignore" => Some("ignore"),
        "ignore-file" => Some("ignore-file"),
        _ => None,
    };

    if let (Some(kind), Some(open), Some(close)) = (kind, open, close) {
        let names = names(rest.get(open..close).unwrap_or_default(), start + to_u32(open), find);
        let is_meant = is_first || names.iter().any(|name| name.rule.is_some());
        if names.is_empty() {
            let (message, help) = (nothing_named(), form(kind, ""));
            found.malformed.extend(is_first.then(|| Malformed { span: span(close + 1), message, help }));
        } else if is_meant {
            let line = if kind == "ignore-file" { None } else { Some(target_line(source, comment)) };
            found.sound.push(Directive { comment, span: span(close + 1), line, names });
        }
        return;
    }
    // In the middle of a sentence it is only spoken of.
    if !is_first {
        return;
    }
    let named: Vec<&str> = tail
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | ':' | '(' | ')' | '='))
        .filter(|word| find(word).is_some())
        .collect();
    let named = named.join(", ");
    let known = ["ignore", "ignore-file"].into_iter().chain(FOREIGN);
    let end = close.map_or(rest.trim_end().len(), |close| close + 1);
    let (span, message, help) = match kind {
        Some(kind) if open.is_some() => {
            (span(end), "the list of rules is not closed".into(), form(kind, &named))
        }
        Some(kind) if named.is_empty() => (span(word_end), nothing_named(), form(kind, "")),
        Some(kind) => (span(end), "the rules of a suppression stand in brackets".into(), form(kind, &named)),
        None if find(word).is_some() => {
            let message = "a suppression says `ignore`, and names its rules in brackets".into();
            (span(word_end), message, form("ignore", word))
        }
        None if open.is_some() || word.is_empty() || suggest::closest(word, known).is_some() => {
            let kind = if lower.ends_with("file") { "ignore-file" } else { "ignore" };
            let message = if word.is_empty() {
                "this says nothing to the linter".into()
            } else {
                format!("the linter knows no `{word}`")
            };
            (span(end), message, form(kind, &named))
        }
        None => return,
    };
    found.malformed.push(Malformed { span, message, help });
}

fn nothing_named() -> String {
    "a suppression names its rules, and this one names none".into()
}

fn form(kind: &str, named: &str) -> String {
    let named = if named.is_empty() { "RULE" } else { named };
    format!("write `# {MARK} {kind}[{named}]`")
}

/// The names of a list; what is empty between two commas is none.
fn names(list: &str, mut offset: u32, find: Find) -> Vec<Name> {
    let mut names = Vec::new();
    for word in list.split(',') {
        let name = word.trim();
        if !name.is_empty() {
            let start = offset + to_u32(word.len() - word.trim_start().len());
            let span = Span::new(start, start + to_u32(name.len()));
            names.push(Name { span, rule: find(name), is_used: false });
        }
        offset += to_u32(word.len()) + 1;
    }
    names
}

/// The line of the comment; the next one where the comment stands alone.
fn target_line(source: &Source, comment: Span) -> Span {
    let line = source.line_span(comment.start);
    if !is_alone(source, comment) {
        return line;
    }
    next_line_start(source, comment.start).map_or(line, |next| source.line_span(next))
}

/// Whether nothing but white space stands before a comment on its line.
pub(crate) fn is_alone(source: &Source, comment: Span) -> bool {
    let line = source.line_span(comment.start);
    source.slice(Span::new(line.start, comment.start)).trim().is_empty()
}

/// Where the line behind an offset's line starts.
pub(crate) fn next_line_start(source: &Source, offset: u32) -> Option<u32> {
    let starts = source.line_starts();
    starts.get(starts.partition_point(|start| *start <= offset)).copied()
}
