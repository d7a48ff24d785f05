//! What some changes mend, in the text before them and in the one after.

use rustc_hash::FxHashSet;

use super::Change;
use crate::facts::Facts;
use crate::source::{Span, to_u32};
use crate::yaml::{Entry, NodeId};

/// The places that are mended, as they are before and after.
pub(super) fn mended(changes: &[Change<'_>]) -> (Vec<Span>, Vec<Span>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let (mut removed, mut added) = (0, 0);
    for change in changes {
        let span = change.edit.span;
        let length = to_u32(change.edit.replacement.len());
        if change.mends {
            let start = span.start + added - removed;
            before.push(span);
            after.push(Span::new(start, start + length));
        }
        removed += span.len();
        added += length;
    }
    (before, after)
}

/// One of the two texts, and the places in it that are mended.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) facts: &'a Facts,
    pub(super) mended: &'a [Span],
}

impl Side<'_> {
    /// Whether a change lies in the text of a node, or at its ends.
    pub(super) fn touches(self, node: NodeId) -> bool {
        let tree = self.facts.tree();
        [node, tree.target(node)].into_iter().map(|node| tree.span(node)).any(|span| {
            let first = self.mended.partition_point(|mended| mended.end < span.start);
            self.mended.get(first).is_some_and(|mended| mended.start <= span.end)
        })
    }

    /// Whether the text of an entry is mended: its key, its value, or what its value refers to.
    pub(super) fn is_mended(self, entry: Entry) -> bool {
        let tree = self.facts.tree();
        let (mut open, mut seen) = (vec![entry.key, entry.value], FxHashSet::default());
        while let Some(node) = open.pop() {
            if self.touches(node) {
                return true;
            }
            if seen.insert(tree.target(node)) {
                open.extend(tree.items(node));
                open.extend(tree.entries(node).iter().flat_map(|entry| [entry.key, entry.value]));
            }
        }
        false
    }
}
