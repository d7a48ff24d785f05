//! What an entry of `exclude` can say: what the matrix has, for anything else excludes nothing.

use gen_lsp_types::CompletionItemKind;

use super::{Offer, fields};
use crate::lsp::cursor::Cursor;
use crate::lsp::docs;
use crate::lsp::view::View;
use crate::submission::{self, JobField};
use crate::yaml::{Data, NodeId};

/// The keys below `exclude` at a path, which begins with the section. Nothing where there is no matrix to ask.
pub(super) fn keys(view: &View<'_>, cursor: &Cursor, path: &[&str]) -> Option<Vec<Offer>> {
    let tree = view.tree;
    let (submission, below) = split(path)?;
    let names: Vec<&str> = if below.is_empty() {
        axes(view, submission)?.into_iter().map(|(name, _)| name).collect()
    } else {
        let maps = values_at(view, submission, below)?;
        maps.into_iter().flat_map(|map| tree.entries(map)).map(|entry| tree.key(entry.key)).collect()
    };
    let present = fields::present(view, cursor, path);
    let known = docs::keys_at(path);
    let offer = |name: &str| {
        let words = known.iter().find(|(key, _)| *key == name).and_then(|(_, words)| *words);
        Offer::new(name, CompletionItemKind::Field).documentation(words)
    };
    Some(names.into_iter().filter(|name| !present.contains(name)).map(offer).collect())
}

/// The values below `exclude` at a path, which begins with the section. Nothing where there is no matrix to ask.
pub(super) fn values(view: &View<'_>, path: &[&str]) -> Option<Vec<Offer>> {
    let tree = view.tree;
    let (submission, below) = split(path)?;
    let offer = |value: NodeId| match tree.data(value) {
        Data::Str(..) => Some(Offer::new(tree.str(value)?, CompletionItemKind::EnumMember)),
        Data::Int(_) | Data::Float(_) | Data::Bool(_) => {
            let text = tree.source().slice(tree.span(tree.target(value)));
            Some(Offer::new(text, CompletionItemKind::Value))
        }
        _ => None,
    };
    Some(values_at(view, submission, below)?.into_iter().filter_map(offer).collect())
}

/// The submission that a path leads through, and the keys below its `exclude`.
fn split<'p>(path: &'p [&'p str]) -> Option<(&'p str, &'p [&'p str])> {
    match path {
        ["submissions", submission, "exclude", below @ ..] => Some((submission, below)),
        _ => None,
    }
}

/// The axes of a submission's matrix, each with its values.
fn axes<'v>(view: &View<'v>, submission: &str) -> Option<Vec<(&'static str, &'v [NodeId])>> {
    let submissions = view.facts.submissions();
    let (id, _) = submissions.named(view.tree, submission)?;
    let matrix = submissions.value(view.tree, id, JobField::Matrix)?;
    let axes = submission::axes(view.tree, matrix.entry.value);
    let axes: Vec<_> =
        axes.into_iter().map(|axis| (axis.field.name(), view.tree.items(axis.entry.value))).collect();
    (!axes.is_empty()).then_some(axes)
}

/// What the values of an axis have below some keys, the first of which is the axis.
fn values_at(view: &View<'_>, submission: &str, path: &[&str]) -> Option<Vec<NodeId>> {
    let axes = axes(view, submission)?;
    let (wanted, keys) = path.split_first()?;
    let (_, values) = axes.into_iter().find(|(name, _)| name == wanted)?;
    let mut values = values.to_vec();
    for key in keys {
        values = values.into_iter().filter_map(|map| Some(view.tree.entry(map, key)?.value)).collect();
    }
    Some(values)
}
