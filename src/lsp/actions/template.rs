//! "Take out the fields that these profiles share into a template."

use std::fmt::Write as _;

use gen_lsp_types::{CodeAction, CodeActionKind};

use super::{Request, rewrite};
use crate::edit;
use crate::finding::Edit;
use crate::lsp::view::View;
use crate::profile::{Field, Subject};
use crate::source::Span;
use crate::yaml::{Entry, NodeId};

/// The action for the profiles that a selection touches, if they are several and share something.
pub(super) fn action(request: &Request<'_>, view: &View<'_>, selection: Span) -> Option<CodeAction> {
    let is_selected = |profile: &&Subject| {
        let span = view.tree.entry_span(profile.entry);
        span.start < selection.end && selection.start < span.end
    };
    let selected: Vec<&Subject> = view.subjects.profiles().iter().filter(is_selected).collect();
    if selected.len() < 2 {
        return None;
    }
    let edits = edits(view, &selected)?;
    let title = format!("Take out what these {} profiles share into a template", selected.len());
    let action = request.action(&title, CodeActionKind::RefactorExtract, &edits)?;
    rewrite::keeps_meaning(view, &edits).then_some(action)
}

fn edits(view: &View<'_>, selected: &[&Subject]) -> Option<Vec<Edit>> {
    let tree = view.tree;
    let source = view.snapshot.source();
    let first = *selected.first()?;
    let shared = shared(view, selected);
    if shared.is_empty() {
        return None;
    }
    let (_, key_indent) = line_start(view, first.entry.key)?;
    let name = free_name(view);
    let newline = source.newline();
    let mut edits = Vec::new();
    let mut template = format!("{key_indent}{name}:{newline}");
    for (index, profile) in selected.iter().enumerate() {
        let body = profile.entry.value;
        let top = tree.written_entries(body).first()?;
        let (start, indent) = line_start(view, top.key)?;
        if profile.extends.is_none() {
            edits.push(Edit::insert(start, format!("{indent}extends: {name}{newline}")));
        } else {
            edits.extend(append(view, profile, &name)?);
        }
        for field in &shared {
            let entry = own(view, profile, *field)?;
            if index == 0 {
                let text = source.slice(tree.entry_span(entry));
                let _ = write!(template, "{indent}{text}{newline}");
            }
            edits.extend(edit::remove_entry(tree, body, entry)?);
        }
    }
    edits.push(Edit::insert(above_comments(view, first.entry.key), template));
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}

/// The fields that all the profiles set themselves, to the same.
fn shared(view: &View<'_>, selected: &[&Subject]) -> Vec<Field> {
    let tree = view.tree;
    let same = |field: &Field| {
        let mut entries = selected.iter().map(|profile| own(view, profile, *field));
        let Some(Some(first)) = entries.next() else { return false };
        let span = tree.entry_span(first);
        let is_movable = !tree.is_null(first.value)
            && !tree.anchors().iter().any(|anchor| span.contains(anchor.span))
            && !view.snapshot.has_secret_in(span);
        is_movable && entries.all(|entry| entry.is_some_and(|entry| tree.same(entry.value, first.value)))
    };
    Field::ALL.into_iter().filter(same).collect()
}

/// A profile's own entry for a field, written in its own text.
fn own(view: &View<'_>, profile: &Subject, field: Field) -> Option<Entry> {
    let entries = view.tree.written_entries(profile.entry.value);
    entries.iter().copied().find(|entry| view.tree.key(entry.key) == field.name())
}

/// Where the line of a key starts, and what it begins with, if that is nothing but spaces.
fn line_start(view: &View<'_>, key: NodeId) -> Option<(u32, String)> {
    let source = view.snapshot.source();
    let start = view.tree.span(key).start;
    let line = source.line_span(start);
    let indent = source.slice(Span::new(line.start, start));
    indent.trim_matches(' ').is_empty().then(|| (line.start, indent.to_owned()))
}

/// The start of the comments that stand right above a key.
fn above_comments(view: &View<'_>, key: NodeId) -> u32 {
    let source = view.snapshot.source();
    let mut start = source.line_span(view.tree.span(key).start).start;
    while start > source.start() {
        let above = source.line_span(start - 1);
        // A line break of two bytes: the line above ends one earlier.
        let above = if above.start == start { source.line_span(start.saturating_sub(2)) } else { above };
        if above.start >= start || !source.slice(above).trim_start().starts_with('#') {
            break;
        }
        start = above.start;
    }
    start
}

/// Adds a base behind those that a profile has.
fn append(view: &View<'_>, profile: &Subject, name: &str) -> Option<Vec<Edit>> {
    let tree = view.tree;
    let source = view.snapshot.source();
    let value = profile.extends?.value;
    let span = tree.span(value);
    if tree.is_alias(value) || edit::is_shared(tree, value) {
        return None;
    }
    let items = tree.items(value);
    let Some(last) = items.last() else {
        tree.str(value)?;
        return Some(vec![Edit::insert(span.start, "["), Edit::insert(span.end, format!(", {name}]"))]);
    };
    let end = tree.span(*last).end;
    if source.slice(span).starts_with('[') {
        return Some(vec![Edit::insert(end, format!(", {name}"))]);
    }
    let line = source.line_span(tree.span(*last).start);
    let before = source.slice(Span::new(line.start, tree.span(*last).start));
    let indent = before.strip_suffix("- ").filter(|indent| indent.trim_matches(' ').is_empty())?;
    Some(vec![Edit::insert(line.end, format!("{}{indent}- {name}", source.newline()))])
}

/// A template's name that is not taken.
fn free_name(view: &View<'_>) -> String {
    let taken = |name: &str| view.subjects.named(name).is_some();
    let mut names = (1..).map(|n: u32| if n == 1 { ".shared".to_owned() } else { format!(".shared-{n}") });
    names.find(|name| !taken(name)).unwrap_or_default()
}
