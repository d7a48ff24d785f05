//! Edits that change one thing of a document and leave its layout and comments alone.

use crate::finding::Edit;
use crate::source::{Span, to_u32};
use crate::yaml::{self, Data, Entry, NodeId, Quoting, Tree};

/// Puts another text in the place of a string, inside the quotes that it has.
///
/// Nothing where the string is a block scalar or is written with escapes, or where the new text would need quotes.
pub fn replace_text(tree: &Tree, value: NodeId, text: &str) -> Option<Vec<Edit>> {
    let is_plain = matches!(tree.written(value).data, Data::Str(_, Quoting::Plain));
    if is_plain && !yaml::is_text_without_quotes(text) {
        return None;
    }
    replace_written(tree, value, text)
}

/// Puts `true` or `false` in the place of a word without quotes.
pub fn replace_with_boolean(tree: &Tree, value: NodeId, word: &str) -> Option<Vec<Edit>> {
    let is_plain = matches!(tree.written(value).data, Data::Str(_, Quoting::Plain));
    // With a tag, any word stays text.
    if !is_plain || is_tagged(tree, value) {
        return None;
    }
    replace_written(tree, value, word)
}

fn replace_written(tree: &Tree, value: NodeId, text: &str) -> Option<Vec<Edit>> {
    Some(vec![Edit::replace(tree.literal(value)?, text)])
}

/// Whether a text, written without quotes, reads back as itself wherever a value may stand.
pub fn is_plain(text: &str) -> bool {
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/' | ':' | '@' | '+' | ' ');
    let is_edge = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/');
    text.starts_with(is_edge)
        && text.ends_with(is_edge)
        && text.chars().all(sound)
        && !text.contains(": ")
        && !yaml::is_typed(text)
        // What YAML 1.1 takes for a boolean is no text to every reader.
        && !["y", "n", "yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str())
}

/// Puts double quotes around a plain scalar: two insertions, so that the text itself is in no edit.
pub fn quote(tree: &Tree, value: NodeId) -> Option<Vec<Edit>> {
    let span = tree.span(value);
    let plain = matches!(tree.written(value).data, Data::Int(_) | Data::Float(_) | Data::Bool(_));
    let sound = plain && !is_tagged(tree, value) && !tree.source().slice(span).contains(['"', '\\', '\n']);
    sound.then(|| vec![Edit::insert(span.start, "\""), Edit::insert(span.end, "\"")])
}

/// Takes the quotes away from a string: two removals. Zeros in front of a number go too, since some readers take
/// `010` for 8.
pub fn unquote(tree: &Tree, value: NodeId) -> Option<Vec<Edit>> {
    let Data::Str(_, Quoting::Single | Quoting::Double) = tree.written(value).data else { return None };
    let (span, inner) = (tree.span(value), tree.literal(value)?);
    let text = tree.source().slice(inner);
    let last = text.len().saturating_sub(1);
    let zeros = text.bytes().take(last).take_while(|byte| *byte == b'0').count();
    let quotes = [Span::new(span.start, inner.start + to_u32(zeros)), Span::new(inner.end, span.end)];
    (!is_tagged(tree, value)).then(|| quotes.map(Edit::remove).to_vec())
}

/// Whether a tag, `!!str`, stands before a value: then its quotes do not decide what it is.
fn is_tagged(tree: &Tree, value: NodeId) -> bool {
    let before = tree.source().slice(Span::new(0, tree.span(value).start));
    // A tag and an anchor may stand in either order.
    let words = before.split_whitespace().rev().take(2);
    let mut properties = words.map(|word| word.trim_start_matches(['[', '{', ',']));
    let is_tag = |word: &str| word.starts_with('!');
    match properties.next() {
        Some(word) if word.starts_with('&') => properties.next().is_some_and(is_tag),
        word => word.is_some_and(is_tag),
    }
}

/// Whether a change of this text would change what another place means.
pub fn is_shared(tree: &Tree, value: NodeId) -> bool {
    let target = tree.target(value);
    target != value || tree.is_aliased(target)
}

/// Takes an entry out of a mapping, with its line where nothing else stands on it.
///
/// Nothing where a comment inside the entry, or an anchor that is used elsewhere, would be lost.
pub fn remove_entry(tree: &Tree, map: NodeId, entry: Entry) -> Option<Vec<Edit>> {
    let map = tree.target(map);
    let span = tree.entry_span(entry);
    let removable = tree.is_own(map, entry) && is_removable(tree, span);
    if !removable {
        return None;
    }
    if is_flow(tree, map) {
        let entries = tree.written_entries(map);
        return remove_flow(tree, entries, |entry| tree.entry_span(*entry), span);
    }
    remove_block(tree, span)
}

/// Takes an item out of a list, with its line where nothing else stands on it.
pub fn remove_item(tree: &Tree, list: NodeId, item: NodeId) -> Option<Vec<Edit>> {
    let span = tree.span(item);
    if is_shared(tree, list) || !tree.span(list).contains(span) || !is_removable(tree, span) {
        return None;
    }
    if is_flow(tree, list) {
        return remove_flow(tree, tree.items(list), |item| tree.span(*item), span);
    }
    let text = tree.source().slice(Span::new(0, span.start));
    let dash = to_u32(text.trim_end_matches([' ', '\t']).strip_suffix('-')?.len());
    remove_block(tree, Span::new(dash, span.end))
}

fn is_removable(tree: &Tree, span: Span) -> bool {
    // An anchor or a tag may stand before the value's own text, and still inside what goes.
    !tree.has_comment(span) && !tree.has_used_anchor(span)
}

fn is_flow(tree: &Tree, collection: NodeId) -> bool {
    tree.source().slice(tree.span(collection)).starts_with(['{', '['])
}

/// An element of `{…}` or `[…]` goes with one of the commas beside it.
fn remove_flow<T>(
    tree: &Tree,
    elements: &[T],
    span_of: impl Fn(&T) -> Span,
    gone: Span,
) -> Option<Vec<Edit>> {
    let index = elements.partition_point(|element| span_of(element).start < gone.start);
    let span_at = |index: usize| elements.get(index).map(&span_of);
    let before = index.checked_sub(1).and_then(span_at);
    let span = match (before, span_at(index + 1)) {
        (Some(before), _) => Span::new(before.end, gone.end),
        (None, Some(after)) => Span::new(gone.start, after.start),
        (None, None) => gone,
    };
    (!tree.has_comment(span)).then(|| vec![Edit::remove(span)])
}

/// A block element goes with its line; a comment behind it stays, on a line of its own.
fn remove_block(tree: &Tree, gone: Span) -> Option<Vec<Edit>> {
    let source = tree.source();
    let first = source.line_span(gone.start);
    let last = source.line_span(gone.end);
    let before = source.slice(Span::new(first.start, gone.start));
    let after = source.slice(Span::new(gone.end, last.end));
    if !before.trim_matches([' ', '\t']).is_empty() {
        // The first entry behind a dash or a `? `: taking its line would take the dash along.
        return None;
    }
    if after.trim_start().starts_with('#') {
        let comment = last.end - to_u32(after.trim_start().len());
        return Some(vec![Edit::remove(Span::new(gone.start, comment))]);
    }
    if !after.trim().is_empty() {
        return None;
    }
    let starts = source.line_starts();
    let next = starts.get(starts.partition_point(|start| *start <= gone.end)).copied();
    let end = next.unwrap_or(last.end).max(last.end);
    Some(vec![Edit::remove(Span::new(first.start, end))])
}

/// Puts a new entry in front of one that a mapping has.
pub fn insert_before(tree: &Tree, map: NodeId, entry: Entry, text: &str) -> Option<Vec<Edit>> {
    let map = tree.target(map);
    if !tree.is_own(map, entry) {
        return None;
    }
    let start = tree.span(entry.key).start;
    if is_flow(tree, map) {
        return Some(vec![Edit::insert(start, format!("{text}, "))]);
    }
    let source = tree.source();
    let line = source.line_span(start);
    let indent = source.slice(Span::new(line.start, start));
    let newline = source.newline();
    indent.trim_matches(' ').is_empty().then(|| vec![Edit::insert(start, format!("{text}{newline}{indent}"))])
}
