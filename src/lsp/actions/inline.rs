//! "Inline this base": what a profile has from it, written into the profile itself.

use std::fmt::Write as _;

use gen_lsp_types::{CodeAction, CodeActionKind};

use super::{Request, rewrite};
use crate::edit;
use crate::finding::Edit;
use crate::lsp::view::View;
use crate::profile::{Base, Field, Subject};
use crate::source::Span;

/// The action for the base whose name stands at an offset.
pub(super) fn action(request: &Request<'_>, view: &View<'_>, offset: u32) -> Option<CodeAction> {
    let tree = view.tree;
    let is_here = |span: Span| span.start <= offset && offset <= span.end;
    let profile = view.subjects.profiles().iter().find(|profile| is_here(tree.entry_span(profile.entry)))?;
    let extends = profile.extends.filter(|extends| is_here(tree.entry_span(*extends)))?;
    let at_name = profile.bases.iter().position(|base| is_here(tree.span(base.node)));
    let only = (profile.bases.len() == 1 && is_here(tree.span(extends.key))).then_some(0);
    let index = at_name.or(only)?;
    let base = profile.bases.get(index)?;
    let edits = edits(view, profile, index, base)?;
    let name = tree.str(base.node)?;
    let title = format!("Inline `{name}` into `{}`", view.subjects.name(profile.id));
    let action = request.action(&title, CodeActionKind::RefactorInline, &edits)?;
    rewrite::keeps_meaning(view, &edits).then_some(action)
}

fn edits(view: &View<'_>, profile: &Subject, index: usize, base: &Base) -> Option<Vec<Edit>> {
    let tree = view.tree;
    let source = view.snapshot.source();
    let extends = profile.extends?;
    let id = base.subject?;
    let line = source.line_span(tree.span(extends.key).start);
    let indent = source.slice(Span::new(line.start, tree.span(extends.key).start));
    if !indent.trim_matches(' ').is_empty() {
        return None;
    }
    let newline = source.newline();
    let mut lines = String::new();
    for field in Field::ALL {
        let Some(setting) = view.subjects.setting(id, field) else { continue };
        let sets_itself =
            view.subjects.setting(profile.id, field).is_some_and(|own| own.origin == profile.id);
        let others = |bases: &[Base]| {
            let mut ids = bases.iter().filter_map(|other| other.subject);
            ids.any(|other| view.subjects.setting(other, field).is_some())
        };
        let is_covered = others(profile.bases.get(index + 1..).unwrap_or_default());
        // A `null` that clears nothing here still clears for those that inherit it.
        let clears = others(profile.bases.get(..index).unwrap_or_default()) || has_heirs(view, profile);
        if sets_itself || is_covered || (tree.is_null(setting.entry.value) && !clears) {
            continue;
        }
        let text = field_text(view, field, setting.entry.value, indent)?;
        let _ = write!(lines, "{indent}{text}{newline}");
    }
    let mut edits = vec![Edit::insert(line.start, lines)];
    if profile.bases.len() == 1 {
        edits.extend(edit::remove_entry(tree, profile.entry.value, extends)?);
    } else {
        edits.extend(edit::remove_item(tree, extends.value, base.node)?);
    }
    edits.retain(|edit| !(edit.span.is_empty() && edit.replacement.is_empty()));
    Some(edits)
}

/// A field with its value as it is written in the base, moved to another indentation.
fn field_text(view: &View<'_>, field: Field, value: crate::yaml::NodeId, indent: &str) -> Option<String> {
    let tree = view.tree;
    let source = view.snapshot.source();
    let value = tree.target(value);
    let span = tree.span(value);
    let has_anchor = tree.anchors().iter().any(|anchor| span.contains(anchor.span));
    if has_anchor || view.snapshot.has_secret_in(span) {
        return None;
    }
    let text = source.slice(span);
    if !text.contains(['\n', '\r']) {
        let text = if tree.is_null(value) { "null" } else { text };
        return Some(format!("{}: {text}", field.name()));
    }
    // The lines of a list or of an object keep their shape, two columns inside the field.
    let line = source.line_span(span.start);
    let old = source.slice(Span::new(line.start, span.start));
    if !old.trim_matches(' ').is_empty() {
        return None;
    }
    let mut moved = format!("{}:", field.name());
    for line in text.lines() {
        let line = line.strip_prefix(old).unwrap_or(line);
        let _ = write!(moved, "{}{indent}  {line}", source.newline());
    }
    Some(moved)
}

fn has_heirs(view: &View<'_>, profile: &Subject) -> bool {
    let extends = |other: &Subject| other.bases.iter().any(|base| base.subject == Some(profile.id));
    view.subjects.profiles().iter().any(extends)
}
