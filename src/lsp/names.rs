//! Names that are defined once and used elsewhere: profiles, submissions and anchors.

use super::place::Place;
use super::view::View;
use crate::source::Span;
use crate::yaml::{NodeId, Tree};

/// Something with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A profile.
    Profile(String),
    /// A submission.
    Submission(String),
    /// An anchor, by the node that it names.
    Anchor(NodeId),
}

/// Where a name is written.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// The node with the name; none for an anchor, whose mark is part of no node.
    pub node: Option<NodeId>,
    /// The whole word: for an anchor with its `&` or `*`.
    pub span: Span,
    /// Whether this is the definition.
    pub is_definition: bool,
}

impl Named {
    /// The name that stands at an offset.
    pub fn at(view: &View<'_>, offset: u32) -> Option<Self> {
        let tree = view.tree;
        let anchor = tree.anchors().iter().find(|anchor| touches(anchor.span, offset));
        if let Some(anchor) = anchor {
            return Some(Self::Anchor(anchor.node));
        }
        let place = Place::at(tree, offset);
        if tree.is_alias(place.node) && touches(tree.span(place.node), offset) && !place.is_key {
            return Some(Self::Anchor(tree.target(place.node)));
        }
        let path = place.path(tree);
        let text = || tree.str(place.node).map(str::to_owned);
        match path.as_slice() {
            ["profiles", name] if place.is_key => Some(Self::Profile((*name).to_owned())),
            ["submissions", name] if place.is_key => Some(Self::Submission((*name).to_owned())),
            _ if place.is_key => None,
            ["profiles", _, "extends"] | ["submissions", .., "profile"] => text().map(Self::Profile),
            ["submissions", _, "extends"] => text().map(Self::Submission),
            _ => None,
        }
    }

    /// Everywhere that it is written, in the order of the text.
    pub fn mentions(&self, view: &View<'_>) -> Vec<Mention> {
        let tree = view.tree;
        let mut found = match self {
            Self::Anchor(node) => anchor_mentions(tree, *node),
            Self::Profile(name) => {
                let mut found = definitions(tree, "profiles", name);
                found.extend(uses(
                    tree,
                    bodies(tree, "profiles").flat_map(|body| named(tree, body, "extends")),
                    name,
                ));
                found.extend(uses(tree, below(tree, "submissions", "profile"), name));
                found
            }
            Self::Submission(name) => {
                let mut found = definitions(tree, "submissions", name);
                let extends = bodies(tree, "submissions").flat_map(|body| named(tree, body, "extends"));
                found.extend(uses(tree, extends, name));
                found
            }
        };
        found.sort_by_key(|mention| mention.span);
        // A merged or aliased mapping is one text, wherever it is used.
        found.dedup_by_key(|mention| mention.span);
        found
    }
}

fn touches(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

fn anchor_mentions(tree: &Tree, node: NodeId) -> Vec<Mention> {
    let anchor = tree.anchors().iter().filter(|anchor| anchor.node == node);
    let anchor = anchor.map(|anchor| Mention { node: None, span: anchor.span, is_definition: true });
    let aliases = tree.ids().filter(|id| tree.is_alias(*id) && tree.target(*id) == node);
    anchor
        .chain(aliases.map(|id| Mention { node: None, span: tree.span(id), is_definition: false }))
        .collect()
}

/// The values of a section's entries: of `profiles`, the profiles.
fn bodies<'t>(tree: &'t Tree, section: &str) -> impl Iterator<Item = NodeId> + 't {
    let section = tree.entry(tree.root(), section);
    section.into_iter().flat_map(|section| tree.entries(section.value)).map(|entry| entry.value)
}

fn definitions(tree: &Tree, section: &str, name: &str) -> Vec<Mention> {
    let Some(section) = tree.entry(tree.root(), section) else { return Vec::new() };
    let keys = tree.entries(section.value).iter().filter(|entry| tree.key(entry.key) == name);
    keys.map(|entry| Mention { node: Some(entry.key), span: tree.span(entry.key), is_definition: true })
        .collect()
}

/// The string, or the strings of the list, under a key of a mapping.
fn named(tree: &Tree, map: NodeId, key: &str) -> Vec<NodeId> {
    let Some(entry) = tree.entry(map, key) else { return Vec::new() };
    let items = tree.items(entry.value);
    if items.is_empty() {
        vec![tree.target(entry.value)]
    } else {
        items.iter().map(|item| tree.target(*item)).collect()
    }
}

/// The strings under a key anywhere below a section.
fn below(tree: &Tree, section: &str, key: &str) -> Vec<NodeId> {
    let Some(section) = tree.entry(tree.root(), section) else { return Vec::new() };
    let span = tree.span(section.value);
    let maps = tree.ids().filter(|id| span.contains(tree.span(*id)) && !tree.is_alias(*id));
    maps.filter(|id| !tree.written_entries(*id).is_empty()).flat_map(|map| named(tree, map, key)).collect()
}

fn uses(tree: &Tree, nodes: impl IntoIterator<Item = NodeId>, name: &str) -> Vec<Mention> {
    let nodes = nodes.into_iter().filter(|node| tree.str(*node) == Some(name));
    nodes.map(|node| Mention { node: Some(node), span: tree.span(node), is_definition: false }).collect()
}
