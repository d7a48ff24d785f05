//! What stands at an offset of a document.

use super::view::View;
use crate::profile::{Field, Subject};
use crate::source::Span;
use crate::yaml::{Entry, NodeId, Tree};

/// The innermost thing at an offset, and the way to it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The entries that contain it, outermost first.
    pub entries: Vec<Entry>,
    /// The innermost value, or item of a list.
    pub node: NodeId,
    /// Whether it is the key of the innermost entry.
    pub is_key: bool,
    /// The spans around it, outermost first.
    pub spans: Vec<Span>,
}

impl Place {
    /// What stands at an offset; the end of a word still belongs to it.
    pub fn at(tree: &Tree, offset: u32) -> Self {
        let touches = |span: Span| span.start <= offset && offset <= span.end;
        let root = tree.root();
        let mut place = Self { entries: Vec::new(), node: root, is_key: false, spans: vec![tree.span(root)] };
        'descend: loop {
            for entry in tree.written_entries(place.node) {
                let span = tree.entry_span(*entry);
                if touches(span) {
                    place.entries.push(*entry);
                    place.node = entry.value;
                    place.is_key = touches(tree.span(entry.key));
                    let inner = tree.span(if place.is_key { entry.key } else { entry.value });
                    place.spans.extend([span, inner]);
                    if place.is_key || !touches(tree.span(entry.value)) {
                        return place;
                    }
                    continue 'descend;
                }
            }
            if !tree.is_alias(place.node) {
                let item = tree.items(place.node).iter().find(|item| touches(tree.span(**item)));
                if let Some(item) = item {
                    place.node = *item;
                    place.spans.push(tree.span(*item));
                    continue 'descend;
                }
            }
            return place;
        }
    }

    /// The keys on the way.
    pub fn path<'t>(&self, tree: &'t Tree) -> Vec<&'t str> {
        self.entries.iter().map(|entry| tree.key(entry.key)).collect()
    }

    /// The innermost entry.
    pub fn entry(&self) -> Option<Entry> {
        self.entries.last().copied()
    }

    /// The profile that it is in.
    pub fn profile<'v>(&self, view: &View<'v>) -> Option<&'v Subject> {
        match self.path(view.tree).as_slice() {
            ["profiles", name, ..] => view.subjects.named(name),
            _ => None,
        }
    }

    /// The field of a profile that it is in.
    pub fn field(&self, view: &View<'_>) -> Option<Field> {
        match self.path(view.tree).as_slice() {
            ["profiles", _, field, ..] => Field::from_name(field),
            _ => None,
        }
    }
}
