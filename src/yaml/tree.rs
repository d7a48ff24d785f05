//! The document as a tree of nodes, each with the bytes it was written in.

use rustc_hash::{FxHashMap, FxHashSet};

use super::index::Index;
use crate::source::{Source, Span, to_u32};
use crate::work;

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// A node that no tree has: [`Data::Unknown`].
    pub const NONE: Self = Self(u32::MAX);

    /// Its place in an order in which a collection comes before what is in it.
    pub const fn index(self) -> u32 {
        self.0
    }
}

/// One value: where it is written and what it is.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The value's own text, without anchor, tag or comment.
    pub span: Span,
    /// What the text says.
    pub data: Data,
}

// A document has five of them for each profile.
const _: () = assert!(size_of::<Node>() <= 24);

/// What a node is, by the YAML 1.2 core schema.
#[derive(Clone, Copy, Debug)]
pub enum Data {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// Any other number, `.inf` and `.nan` included.
    Float(f64),
    /// Text, which [`Tree::str`] reads, and how it was written.
    Str(Text, Quoting),
    /// A list, as a range of [`Tree::items`].
    Seq(Slice),
    /// A mapping, as a range of [`Tree::entries`].
    Map(Slice),
    /// `*name` of a node written earlier.
    Alias(NodeId),
    /// A value that can't be known: an alias to an anchor that does not exist.
    Unknown,
}

/// The text of a string: a span of the source where it reads as it is written, else of the texts that were made.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    span: Span,
    is_made: bool,
}

/// How a string was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// Without quotes: `text`.
    Plain,
    /// `'text'`
    Single,
    /// `"text"`
    Double,
    /// A block scalar: `|` or `>`.
    Block,
}

/// Children of a collection: a range in one of the tree's vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    pub(super) start: u32,
    pub(super) length: u32,
}

impl Slice {
    const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.length) as usize
    }
}

/// A key and its value in a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The key: a string, whatever it looks like, or (wrongly) a collection.
    pub key: NodeId,
    /// The value.
    pub value: NodeId,
}

/// An anchor, `&name`.
#[derive(Clone, Copy, Debug)]
pub struct Anchor {
    /// The text `&name`.
    pub span: Span,
    /// The node it names.
    pub node: NodeId,
    /// Whether an alias refers to it.
    pub used: bool,
}

/// A parsed document.
#[derive(Debug)]
pub struct Tree {
    pub(super) source: Source,
    pub(super) nodes: Vec<Node>,
    pub(super) entries: Vec<Entry>,
    pub(super) items: Vec<NodeId>,
    /// The texts of strings that are written with escapes, over several lines and the like, one behind the other.
    made: String,
    /// What a mapping with `<<` amounts to: own keys first, then the merged ones.
    pub(super) merged: FxHashMap<NodeId, Vec<Entry>>,
    /// The keys that stand earlier in their mapping already.
    pub(super) repeated: FxHashSet<NodeId>,
    pub(super) root: NodeId,
    pub(super) comments: Vec<Span>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) index: Index,
}

impl Tree {
    /// A tree without nodes.
    pub(super) fn new(source: Source) -> Self {
        // Mostly there are fewer. What is not used of a large piece of memory costs nothing; to get another one does.
        let guess = source.text().len() / 8;
        Self {
            source,
            nodes: Vec::with_capacity(guess),
            entries: Vec::with_capacity(guess / 2),
            items: Vec::new(),
            made: String::new(),
            merged: FxHashMap::default(),
            repeated: FxHashSet::default(),
            root: NodeId(0),
            comments: Vec::new(),
            anchors: Vec::new(),
            index: Index::default(),
        }
    }

    /// The data of a string that is written in a span.
    pub(super) fn string(&mut self, text: &str, quoting: Quoting, written: Span) -> Data {
        let inner = match quoting {
            Quoting::Plain => Some(written),
            Quoting::Single | Quoting::Double => {
                Some(Span::new(written.start + 1, written.end.saturating_sub(1)))
            }
            Quoting::Block => None,
        };
        if let Some(span) = inner.filter(|inner| self.source.slice(*inner) == text) {
            return Data::Str(Text { span, is_made: false }, quoting);
        }
        let start = to_u32(self.made.len());
        self.made.push_str(text);
        Data::Str(Text { span: Span::new(start, to_u32(self.made.len())), is_made: true }, quoting)
    }

    /// The text that the tree was read from.
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The document's root.
    pub const fn root(&self) -> NodeId {
        self.root
    }

    /// The node as it is written: an alias stays an alias.
    pub fn written(&self, id: NodeId) -> &Node {
        const LOST: &Node = &Node { span: Span::empty(0), data: Data::Unknown };
        work::count(1);
        self.nodes.get(id.0 as usize).unwrap_or(LOST)
    }

    /// The node that an alias stands for; any other node itself.
    pub fn target(&self, id: NodeId) -> NodeId {
        match self.written(id).data {
            Data::Alias(target) => target,
            _ => id,
        }
    }

    /// What a node is, aliases followed.
    pub fn data(&self, id: NodeId) -> &Data {
        &self.written(self.target(id)).data
    }

    /// Where a node is written: for an alias, the `*name`.
    pub fn span(&self, id: NodeId) -> Span {
        self.written(id).span
    }

    /// From a key to the end of its value.
    pub fn entry_span(&self, entry: Entry) -> Span {
        self.span(entry.key).to(self.span(entry.value))
    }

    /// The text of a string node.
    pub fn str(&self, id: NodeId) -> Option<&str> {
        match *self.data(id) {
            Data::Str(text, _) => Some(self.text(text)),
            _ => None,
        }
    }

    fn text(&self, text: Text) -> &str {
        if text.is_made {
            return self.made.get(text.span.range()).unwrap_or_default();
        }
        self.source.slice(text.span)
    }

    /// The text of a key: a string's value, or the source of anything else.
    pub fn key(&self, id: NodeId) -> &str {
        let target = self.target(id);
        self.str(target).unwrap_or_else(|| self.source.slice(self.span(target)))
    }

    /// Whether a key reads like this.
    pub fn is_key(&self, id: NodeId, name: &str) -> bool {
        match *self.data(id) {
            // Most keys are of another length, and need not be looked at.
            Data::Str(text, _) => text.span.len() as usize == name.len() && self.text(text) == name,
            _ => self.key(id) == name,
        }
    }

    /// Where the text of a string stands, without its quotes. Nothing where it does not read as it is written: in a
    /// block scalar, with escapes or over several lines.
    pub fn literal(&self, id: NodeId) -> Option<Span> {
        match self.written(id).data {
            Data::Str(text, _) if !text.is_made => Some(text.span),
            _ => None,
        }
    }

    /// Whether a node is `null`.
    pub fn is_null(&self, id: NodeId) -> bool {
        matches!(self.data(id), Data::Null)
    }

    /// Whether a node is an alias, `*name`.
    pub fn is_alias(&self, id: NodeId) -> bool {
        matches!(self.written(id).data, Data::Alias(_))
    }

    /// The items of a list; none for anything else.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match *self.data(id) {
            Data::Seq(slice) => self.items.get(slice.range()).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The keys and values of a mapping, merge keys applied; none for anything else.
    pub fn entries(&self, id: NodeId) -> &[Entry] {
        let target = self.target(id);
        match self.written(target).data {
            Data::Map(slice) if self.merged.is_empty() => self.entries.get(slice.range()).unwrap_or_default(),
            Data::Map(slice) => match self.merged.get(&target) {
                Some(merged) => merged,
                None => self.entries.get(slice.range()).unwrap_or_default(),
            },
            _ => &[],
        }
    }

    /// The keys and values of a mapping as written, `<<` among them.
    pub fn written_entries(&self, id: NodeId) -> &[Entry] {
        match self.written(id).data {
            Data::Map(slice) => self.entries.get(slice.range()).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether a key stands earlier in its mapping already: then that one counts.
    pub fn is_repeated(&self, key: NodeId) -> bool {
        !self.repeated.is_empty() && self.repeated.contains(&key)
    }

    /// Whether the entry is written in the mapping itself, not in a merged one, be it merged where it is written.
    pub fn is_own(&self, map: NodeId, entry: Entry) -> bool {
        let written = self.written_entries(self.target(map));
        let start = self.span(entry.key).start;
        let place = written.partition_point(|known| self.span(known.key).start < start);
        written.get(place).is_some_and(|known| known.key == entry.key)
    }

    /// Every comment, `#` included, in the order of the text.
    pub fn comments(&self) -> &[Span] {
        &self.comments
    }

    /// The anchors, in the order of the text.
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// Whether a comment stands inside the span.
    pub fn has_comment(&self, span: Span) -> bool {
        let first = self.comments.partition_point(|comment| comment.start < span.start);
        self.comments.get(first).is_some_and(|comment| comment.end <= span.end)
    }

    /// Whether text inside the span carries an anchor that is used somewhere.
    pub fn has_used_anchor(&self, span: Span) -> bool {
        let first = self.anchors.partition_point(|anchor| anchor.span.start < span.start);
        let inside = self.anchors.iter().skip(first).take_while(|anchor| anchor.span.start < span.end);
        inside.into_iter().any(|anchor| anchor.used && span.contains(anchor.span))
    }

    /// Every node, in the order in which they were opened.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> {
        (0..to_u32(self.nodes.len())).map(NodeId)
    }

    /// Whether two nodes say the same: equal scalars, lists in order, mappings in any order.
    /// A number equals another by value (`2` and `2.0`).
    pub fn same(&self, one: NodeId, other: NodeId) -> bool {
        // A work list, since the depth of what aliases expand to is not bounded.
        let mut pairs = Vec::new();
        let mut is_same = self.same_but_for(one, other, &mut pairs);
        while let Some((one, other)) = pairs.pop().filter(|_| is_same) {
            is_same = self.same_but_for(one, other, &mut pairs);
        }
        is_same
    }

    /// Whether two nodes say the same if the pairs that are added to the list do.
    fn same_but_for(&self, one: NodeId, other: NodeId, pairs: &mut Vec<(NodeId, NodeId)>) -> bool {
        if self.target(one) == self.target(other) {
            return true;
        }
        match (self.data(one), self.data(other)) {
            (Data::Null, Data::Null) => true,
            (Data::Bool(one), Data::Bool(other)) => one == other,
            (Data::Str(one, _), Data::Str(other, _)) => self.text(*one) == self.text(*other),
            (Data::Int(one), Data::Int(other)) => one == other,
            #[allow(clippy::cast_precision_loss, clippy::float_cmp)]
            (Data::Int(int), Data::Float(float)) | (Data::Float(float), Data::Int(int)) => {
                *int as f64 == *float
            }
            #[allow(clippy::float_cmp)]
            (Data::Float(one), Data::Float(other)) => one == other,
            (Data::Seq(_), Data::Seq(_)) => {
                let (one, other) = (self.items(one), self.items(other));
                pairs.extend(one.iter().copied().zip(other.iter().copied()));
                one.len() == other.len()
            }
            (Data::Map(_), Data::Map(_)) => {
                let (left, right) = (self.entries(one), self.entries(other));
                left.len() == right.len()
                    && left.iter().all(|entry| {
                        let twin = self.entry(other, self.key(entry.key));
                        pairs.extend(twin.map(|twin| (entry.value, twin.value)));
                        twin.is_some()
                    })
            }
            _ => false,
        }
    }

    /// Whether another text was read to the same nodes: the same values, each written in the same way.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let is_same = |(one, another): (&Node, &Node)| match (one.data, another.data) {
            (Data::Null, Data::Null) | (Data::Unknown, Data::Unknown) => true,
            (Data::Bool(one), Data::Bool(another)) => one == another,
            (Data::Int(one), Data::Int(another)) => one == another,
            (Data::Float(one), Data::Float(another)) => one.to_bits() == another.to_bits(),
            (Data::Str(one, quoting), Data::Str(another, other_quoting)) => {
                quoting == other_quoting && self.text(one) == other.text(another)
            }
            (Data::Seq(one), Data::Seq(another)) | (Data::Map(one), Data::Map(another)) => one == another,
            (Data::Alias(one), Data::Alias(another)) => one == another,
            _ => false,
        };
        self.nodes.len() == other.nodes.len() && self.nodes.iter().zip(&other.nodes).all(is_same)
    }
}
