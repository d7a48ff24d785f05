//! What is read, piece by piece, to the tree.

use rustc_hash::{FxHashMap, FxHashSet};

use super::problem::{Limit, MAX_DEPTH, MAX_EXPANSION, Problem, ProblemKind};
use super::scalar;
use super::tree::{Anchor, Data, Entry, Node, NodeId, Quoting, Slice, Tree};
use crate::source::{Source, Span, to_u32};

/// The mappings up to which duplicate keys are looked for without a table.
const SMALL_MAPPING: usize = 16;

/// Reads the first document of a text.
///
/// The tree is missing where the text could not be read to its end, or has no mapping at its root;
/// the problems then say why.
pub fn parse(source: &Source) -> (Option<Tree>, Vec<Problem>) {
    #[cfg(test)]
    PARSES.set(parses() + 1);
    ways::fast(source).unwrap_or_else(|| ways::general(source))
}

/// The two ways of reading a text. They can't be told apart, which a test holds.
#[doc(hidden)]
pub mod ways {
    use super::{Builder, Problem, Source, Tree, finish};
    use crate::yaml::{events, fast};

    /// What a text comes to if it is plain enough; else nothing.
    pub fn fast(source: &Source) -> Option<(Option<Tree>, Vec<Problem>)> {
        let mut builder = Builder::new(source);
        fast::read(source.text(), &mut builder)?;
        Some(finish(builder, Ok(())))
    }

    /// What any text comes to.
    pub fn general(source: &Source) -> (Option<Tree>, Vec<Problem>) {
        let mut builder = Builder::new(source);
        let outcome = events::read(source, &mut builder);
        finish(builder, outcome)
    }
}

fn finish(builder: Builder, outcome: Result<(), Problem>) -> (Option<Tree>, Vec<Problem>) {
    let Builder { tree, mut problems, has_root, .. } = builder;
    let flaw = match outcome {
        Err(problem) => Some(problem),
        Ok(()) if !has_root => {
            Some(Problem { span: Span::empty(tree.source.start()), kind: ProblemKind::Empty })
        }
        Ok(()) => {
            let kind = match tree.data(tree.root) {
                Data::Map(_) => None,
                Data::Null => Some(ProblemKind::Empty),
                _ => Some(ProblemKind::RootNotMapping),
            };
            kind.map(|kind| Problem { span: tree.span(tree.root), kind })
        }
    };
    let tree = if flaw.is_none() { Some(tree) } else { None };
    problems.extend(flaw);
    problems.sort_by_key(|problem| problem.span);
    (tree, problems)
}

#[cfg(test)]
thread_local! {
    static PARSES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many texts this thread has read.
#[cfg(test)]
pub(crate) fn parses() -> usize {
    PARSES.get()
}

/// A scalar, as one of the ways of reading hands it over.
#[derive(Clone, Copy)]
pub(super) struct Scalar<'a> {
    /// What it says, quotes and escapes undone.
    pub(super) text: &'a str,
    pub(super) quoting: Quoting,
    pub(super) tag: Option<Tag>,
    /// The number of its anchor; 0 without one.
    pub(super) anchor: usize,
    /// Where it is written, quotes included.
    pub(super) span: Span,
}

/// What a tag says of a scalar.
#[derive(Clone, Copy)]
pub(super) enum Tag {
    /// `!!int` or `!!float`.
    Number,
    /// `!!bool` or `!!null`.
    Word,
    /// `!!str`, `!`, or anything else of the core schema.
    Text,
}

/// Puts the tree together.
pub(super) struct Builder {
    /// The nodes so far.
    tree: Tree,
    has_root: bool,
    problems: Vec<Problem>,
    /// The collections that are open, outermost first.
    open: Vec<Frame>,
    /// Entries and items of open collections, until they close.
    open_entries: Vec<Entry>,
    open_items: Vec<NodeId>,
    /// By the parser's anchor number: the node, and its size once it is closed.
    targets: FxHashMap<usize, Target>,
    /// The nodes that all aliases so far expand to.
    expansion: u64,
    /// Where the last token ended: an empty value stands behind it.
    last_end: u32,
}

#[derive(Clone, Copy)]
struct Target {
    node: NodeId,
    anchor: usize,
    /// Nodes below and including this one, aliases expanded; `None` while it is open.
    size: Option<u64>,
}

struct Frame {
    node: NodeId,
    is_map: bool,
    is_flow: bool,
    has_merge: bool,
    /// Where its children start in `open_entries` or `open_items`.
    first_child: usize,
    pending_key: Option<NodeId>,
    anchor: usize,
    size: u64,
}

impl Builder {
    fn new(source: &Source) -> Self {
        Self {
            tree: Tree::new(source.clone()),
            has_root: false,
            problems: Vec::new(),
            open: Vec::new(),
            open_entries: Vec::new(),
            open_items: Vec::new(),
            targets: FxHashMap::default(),
            expansion: 0,
            last_end: source.start(),
        }
    }

    /// The next scalar, wherever it belongs.
    pub(super) fn scalar(&mut self, scalar: &Scalar<'_>) {
        let Scalar { text, quoting, span, .. } = *scalar;
        let is_key = self.expects_key();
        let data = if is_key {
            // The parser writes `~` for a key that is not there.
            let text = if span.is_empty() { "" } else { text };
            if text == "<<"
                && quoting == Quoting::Plain
                && let Some(frame) = self.open.last_mut()
            {
                frame.has_merge = true;
            }
            self.tree.string(text, quoting, span)
        } else {
            typed(scalar).unwrap_or_else(|| self.tree.string(text, quoting, span))
        };
        let node = self.leaf(data, span);
        if scalar.anchor != 0 {
            self.target(scalar.anchor, node, Some(1));
        }
    }

    /// Whether what comes next is a key.
    pub(super) fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.is_map && frame.pending_key.is_none())
    }

    /// Whether the value of a key comes next.
    pub(super) fn expects_value(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.pending_key.is_some())
    }

    /// The innermost bracket that is open.
    pub(super) fn open_bracket(&self) -> Option<Span> {
        let innermost = self.open.iter().rev().find(|frame| frame.is_flow)?;
        let start = self.tree.span(innermost.node).start;
        Some(Span::new(start, start + 1))
    }

    /// Whether the place is below a key `x-…`, where a key may be anything.
    pub(super) fn is_extension(&self) -> bool {
        self.open.iter().filter_map(|frame| frame.pending_key).any(|key| self.tree.key(key).starts_with("x-"))
    }

    /// A value that is not there.
    pub(super) fn nothing(&mut self) {
        let span = self.empty_value_span(Span::empty(self.last_end));
        self.leaf(Data::Null, span);
    }

    /// A value that can't be known.
    pub(super) fn unknown(&mut self, at: Span) {
        self.leaf(Data::Unknown, at);
    }

    /// A comment.
    pub(super) fn comment(&mut self, at: Span) {
        self.tree.comments.push(at);
    }

    /// Something that is wrong.
    pub(super) fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.problems.push(Problem { span, kind });
    }

    /// Whether the root has been read to its end.
    pub(super) const fn has_root(&self) -> bool {
        self.has_root
    }

    /// Where the last token ended.
    pub(super) const fn last_end(&self) -> u32 {
        self.last_end
    }

    /// A value that is not written stands right behind the colon of its key.
    pub(super) fn empty_value_span(&self, at: Span) -> Span {
        if at.start > self.last_end {
            return at;
        }
        let rest = self.tree.source.text().get(self.last_end as usize..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        match rest.as_bytes().get(gap) {
            Some(b':') if self.expects_value() => Span::empty(self.last_end + to_u32(gap) + 1),
            _ => at,
        }
    }

    fn push_node(&mut self, data: Data, span: Span) -> NodeId {
        let id = NodeId(to_u32(self.tree.nodes.len()));
        self.tree.nodes.push(Node { span, data });
        id
    }

    /// Adds a node without children and gives it its place in the open collection.
    fn leaf(&mut self, data: Data, span: Span) -> NodeId {
        let id = self.push_node(data, span);
        self.last_end = span.end;
        self.place(id, 1);
        id
    }

    fn place(&mut self, id: NodeId, size: u64) {
        let Some(frame) = self.open.last_mut() else {
            if !self.has_root {
                (self.tree.root, self.has_root) = (id, true);
            }
            return;
        };
        frame.size = frame.size.saturating_add(size);
        if !frame.is_map {
            self.open_items.push(id);
        } else if let Some(key) = frame.pending_key.take() {
            self.open_entries.push(Entry { key, value: id });
        } else {
            frame.pending_key = Some(id);
        }
    }

    /// A collection begins. An `anchor` of 0 is none.
    pub(super) fn open(
        &mut self,
        is_map: bool,
        is_flow: bool,
        anchor: usize,
        at: Span,
    ) -> Result<(), Problem> {
        if self.open.len() == MAX_DEPTH {
            let span = Span::new(at.start, at.end.max(at.start));
            return Err(Problem { span, kind: ProblemKind::Limit(Limit::Depth) });
        }
        let first_child = if is_map { self.open_entries.len() } else { self.open_items.len() };
        let empty = Slice { start: 0, length: 0 };
        let data = if is_map { Data::Map(empty) } else { Data::Seq(empty) };
        let node = self.push_node(data, at);
        if anchor != 0 {
            self.target(anchor, node, None);
        }
        self.last_end = at.end;
        self.open.push(Frame {
            node,
            is_map,
            is_flow,
            has_merge: false,
            first_child,
            pending_key: None,
            anchor,
            size: 1,
        });
        Ok(())
    }

    /// The innermost collection ends: at `at` if it is a flow collection, else behind what it holds.
    pub(super) fn close(&mut self, at: Span) {
        let Some(frame) = self.open.pop() else { return };
        let end = if frame.is_flow { at.end } else { self.last_end };
        let slice = if frame.is_map { self.close_map(&frame) } else { self.close_seq(&frame) };
        if let Some(node) = self.tree.nodes.get_mut(frame.node.0 as usize) {
            node.span.end = end.max(node.span.start);
            node.data = if frame.is_map { Data::Map(slice) } else { Data::Seq(slice) };
        }
        if frame.has_merge {
            self.merge(frame.node);
        }
        if frame.anchor != 0 {
            self.target(frame.anchor, frame.node, Some(frame.size));
        }
        self.last_end = end;
        self.place(frame.node, frame.size);
    }

    fn close_seq(&mut self, frame: &Frame) -> Slice {
        let items = &mut self.tree.items;
        let start = items.len();
        items.extend(self.open_items.drain(frame.first_child..));
        Slice { start: to_u32(start), length: to_u32(items.len() - start) }
    }

    fn close_map(&mut self, frame: &Frame) -> Slice {
        let entries = &mut self.tree.entries;
        let start = entries.len();
        entries.extend(self.open_entries.drain(frame.first_child..));
        let slice = Slice { start: to_u32(start), length: to_u32(entries.len() - start) };
        self.find_duplicates(start);
        slice
    }

    fn find_duplicates(&mut self, start: usize) {
        let tree = &self.tree;
        let entries = tree.entries.get(start..).unwrap_or_default();
        let mut found = Vec::new();
        if entries.len() <= SMALL_MAPPING {
            let mut keys = [""; SMALL_MAPPING];
            for (index, entry) in entries.iter().enumerate() {
                let key = tree.key(entry.key);
                if let Some(first) = keys.iter().take(index).position(|earlier| *earlier == key) {
                    found.extend(entries.get(first).map(|first| (first.key, entry.key)));
                }
                if let Some(slot) = keys.get_mut(index) {
                    *slot = key;
                }
            }
        } else {
            let mut seen: FxHashMap<&str, NodeId> = FxHashMap::default();
            seen.reserve(entries.len());
            for entry in entries {
                let first = *seen.entry(tree.key(entry.key)).or_insert(entry.key);
                if first != entry.key {
                    found.push((first, entry.key));
                }
            }
        }
        let problem = |(first, second): (NodeId, NodeId)| Problem {
            span: tree.span(second),
            kind: ProblemKind::DuplicateKey { first: tree.span(first) },
        };
        self.problems.extend(found.iter().copied().map(problem));
        self.tree.repeated.extend(found.into_iter().map(|(_, second)| second));
    }

    /// Works out what a mapping with `<<` amounts to. What it merges is closed, and so already
    /// worked out itself: no recursion is needed.
    fn merge(&mut self, node: NodeId) {
        let written = self.tree.written_entries(node).to_vec();
        let (merges, mut effective): (Vec<Entry>, Vec<Entry>) =
            written.into_iter().partition(|entry| self.is_merge_key(entry.key));
        let sources: Vec<NodeId> =
            merges.into_iter().flat_map(|merge| self.merge_sources(merge.value)).collect();
        let tree = &self.tree;
        let mut known: FxHashSet<&str> = effective.iter().map(|entry| tree.key(entry.key)).collect();
        for entry in sources.into_iter().flat_map(|source| tree.entries(source)) {
            if known.insert(tree.key(entry.key)) {
                effective.push(*entry);
            }
        }
        self.tree.merged.insert(node, effective);
    }

    fn is_merge_key(&self, key: NodeId) -> bool {
        matches!(self.tree.written(key).data, Data::Str(_, Quoting::Plain)) && self.tree.key(key) == "<<"
    }

    /// The mappings that a `<<` names, in their order; anything else is a problem.
    fn merge_sources(&mut self, value: NodeId) -> Vec<NodeId> {
        let tree = &self.tree;
        let candidates = match tree.data(value) {
            Data::Seq(_) => tree.items(value).to_vec(),
            _ => vec![value],
        };
        let mut sources = Vec::new();
        for candidate in candidates {
            match tree.data(candidate) {
                Data::Map(_) => sources.push(tree.target(candidate)),
                Data::Unknown => {}
                _ => {
                    self.problems.push(Problem { span: tree.span(candidate), kind: ProblemKind::BadMerge });
                }
            }
        }
        sources
    }

    fn target(&mut self, number: usize, node: NodeId, size: Option<u64>) {
        let anchor = self.targets.get(&number).map_or(usize::MAX, |target| target.anchor);
        self.targets.insert(number, Target { node, anchor, size });
    }

    /// An anchor, right behind what it names.
    pub(super) fn anchor(&mut self, number: usize, span: Span) {
        if let Some(target) = self.targets.get_mut(&number) {
            target.anchor = self.tree.anchors.len();
            self.tree.anchors.push(Anchor { span, node: target.node, used: false });
        }
    }

    /// An alias to an anchor.
    pub(super) fn alias(&mut self, number: usize, at: Span) -> Result<(), Problem> {
        let Some(target) = self.targets.get(&number).copied() else {
            self.leaf(Data::Unknown, at);
            return Ok(());
        };
        let limit = |limit| Problem { span: at, kind: ProblemKind::Limit(limit) };
        let size = target.size.ok_or_else(|| limit(Limit::SelfReference))?;
        self.expansion = self.expansion.saturating_add(size);
        if self.expansion > MAX_EXPANSION {
            return Err(limit(Limit::Expansion));
        }
        if let Some(anchor) = self.tree.anchors.get_mut(target.anchor) {
            anchor.used = true;
        }
        let id = self.push_node(Data::Alias(target.node), at);
        self.last_end = at.end;
        self.place(id, size);
        Ok(())
    }
}

/// A value by its tag, its quotes and, where it is plain, the core schema; nothing for a string.
fn typed(scalar: &Scalar<'_>) -> Option<Data> {
    match scalar.tag {
        Some(Tag::Number) => scalar::number(scalar.text),
        Some(Tag::Word) => scalar::resolve(scalar.text),
        None if scalar.quoting == Quoting::Plain => scalar::resolve(scalar.text),
        Some(Tag::Text) | None => None,
    }
}
