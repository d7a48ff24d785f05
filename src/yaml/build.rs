//! Parser events to the tree.

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, StructureStyle, Tag};
use rustc_hash::FxHashMap;

use super::problem::{Limit, MAX_DEPTH, MAX_EXPANSION, Problem, ProblemKind};
use super::scalar;
use super::tree::{Anchor, Data, Entry, Node, NodeId, Quoting, Slice, Tree};
use crate::source::{Source, Span, to_u32};

/// The mappings from which on duplicate keys are looked for with a table.
const LARGE_MAPPING: usize = 16;

/// Reads the first document of a text.
///
/// The tree is missing where the text could not be read to its end, or has no mapping at its root;
/// the problems then say why.
pub fn parse(source: &Source) -> (Option<Tree>, Vec<Problem>) {
    #[cfg(test)]
    PARSES.set(parses() + 1);
    let mut builder = Builder::new(source);
    let outcome = builder.read(source.text());
    let Builder { tree, mut problems, has_root, .. } = builder;
    let flaw = match outcome {
        Err(problem) => Some(problem),
        Ok(()) if !has_root => Some(Problem { span: Span::empty(source.start()), kind: ProblemKind::Empty }),
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

struct Builder {
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

    fn read(&mut self, text: &str) -> Result<(), Problem> {
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(text, options()) {
            let (event, span) = event.map_err(|error| self.syntax(&error))?;
            let range = span.byte_range().unwrap_or_default();
            let at = Span::new(to_u32(range.start), to_u32(range.end));
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        self.problems.push(Problem { span: at, kind: ProblemKind::SecondDocument });
                        return Ok(());
                    }
                }
                Event::Comment(..) => self.tree.comments.push(at),
                Event::Scalar(text, style, anchor, tag) => {
                    let tag_end = span.tag_span().and_then(|tag| tag.end.byte_offset());
                    self.scalar(&text, style, tag.as_deref(), anchor, at, tag_end.map(to_u32));
                }
                Event::SequenceStart(style, anchor, _) => self.open(false, style, anchor, at)?,
                Event::MappingStart(style, anchor, _) => self.open(true, style, anchor, at)?,
                Event::SequenceEnd | Event::MappingEnd => self.close(at),
                Event::Anchor(number, _) => self.anchor(number, at),
                Event::Alias(number) => self.alias(number, at)?,
                Event::UnresolvedAlias(_) => {
                    self.problems.push(Problem { span: at, kind: ProblemKind::UndefinedAlias });
                    self.leaf(Data::Unknown, at);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn syntax(&self, error: &granit_parser::ScanError) -> Problem {
        let text = self.tree.source.text();
        let offset = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
        let width = text.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let kind = match error.kind() {
            ErrorKind::RecursionLimitExceeded => ProblemKind::Limit(Limit::Depth),
            kind => ProblemKind::Syntax(kind.clone()),
        };
        Problem { span: Span::new(to_u32(offset), to_u32(offset + width)), kind }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        anchor: usize,
        at: Span,
        tag_end: Option<u32>,
    ) {
        let quoting = match style {
            ScalarStyle::Plain => Quoting::Plain,
            ScalarStyle::SingleQuoted => Quoting::Single,
            ScalarStyle::DoubleQuoted => Quoting::Double,
            ScalarStyle::Literal | ScalarStyle::Folded => Quoting::Block,
        };
        let span = match quoting {
            Quoting::Block => self.block_scalar_span(at, tag_end),
            Quoting::Plain if at.is_empty() => self.empty_value_span(at),
            _ => at,
        };
        let is_key = self.open.last().is_some_and(|frame| frame.is_map && frame.pending_key.is_none());
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
            typed(text, quoting, tag).unwrap_or_else(|| self.tree.string(text, quoting, span))
        };
        let node = self.leaf(data, span);
        if anchor != 0 {
            self.target(anchor, node, Some(1));
        }
    }

    /// From the `|` or `>` to the last character that is not white space.
    fn block_scalar_span(&self, content: Span, tag_end: Option<u32>) -> Span {
        let from = tag_end.unwrap_or(0).max(self.last_end);
        let before = self.tree.source.slice(Span::new(from, content.start));
        let header = before.match_indices(['|', '>']).find(|&(index, _)| {
            before.get(..index).is_none_or(|text| text.is_empty() || text.ends_with([' ', '\t', '\n', '\r']))
        });
        let Some((index, _)) = header else { return content };
        let start = from + to_u32(index);
        let text = self.tree.source.slice(Span::new(start, content.end));
        Span::new(start, start + to_u32(text.trim_end().len()))
    }

    /// A value that is not written stands right behind the colon of its key.
    fn empty_value_span(&self, at: Span) -> Span {
        if at.start > self.last_end {
            return at;
        }
        let rest = self.tree.source.text().get(self.last_end as usize..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let is_value = self.open.last().is_some_and(|frame| frame.pending_key.is_some());
        match rest.as_bytes().get(gap) {
            Some(b':') if is_value => Span::empty(self.last_end + to_u32(gap) + 1),
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

    fn open(&mut self, is_map: bool, style: StructureStyle, anchor: usize, at: Span) -> Result<(), Problem> {
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
            is_flow: style == StructureStyle::Flow,
            has_merge: false,
            first_child,
            pending_key: None,
            anchor,
            size: 1,
        });
        Ok(())
    }

    fn close(&mut self, at: Span) {
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
        if entries.len() < LARGE_MAPPING {
            for (index, entry) in entries.iter().enumerate() {
                let key = tree.key(entry.key);
                let earlier = entries.get(..index).unwrap_or_default();
                if let Some(first) = earlier.iter().find(|earlier| tree.key(earlier.key) == key) {
                    found.push((first.key, entry.key));
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
        self.problems.extend(found.into_iter().map(problem));
    }

    /// Works out what a mapping with `<<` amounts to. What it merges is closed, and so already
    /// worked out itself: no recursion is needed.
    fn merge(&mut self, node: NodeId) {
        let written = self.tree.written_entries(node).to_vec();
        let (merges, mut effective): (Vec<Entry>, Vec<Entry>) =
            written.into_iter().partition(|entry| self.is_merge_key(entry.key));
        for merge in merges {
            for source in self.merge_sources(merge.value) {
                for entry in self.tree.entries(source) {
                    let key = self.tree.key(entry.key);
                    if !effective.iter().any(|known| self.tree.key(known.key) == key) {
                        effective.push(*entry);
                    }
                }
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

    fn anchor(&mut self, number: usize, span: Span) {
        if let Some(target) = self.targets.get_mut(&number) {
            target.anchor = self.tree.anchors.len();
            self.tree.anchors.push(Anchor { span, node: target.node, used: false });
        }
    }

    fn alias(&mut self, number: usize, at: Span) -> Result<(), Problem> {
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

fn options() -> Options {
    granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        // A licence header or a commented-out profile may well be longer than the default of 96.
        max_buffered_comment_events: usize::MAX,
    }
}

/// A value by its tag, its quotes and, where it is plain, the core schema; nothing for a string.
fn typed(text: &str, quoting: Quoting, tag: Option<&Tag>) -> Option<Data> {
    let says_string = |tag: &Tag| tag.original_handle() == "!" && tag.suffix().is_empty();
    match tag.and_then(Tag::core_suffix) {
        Some("int" | "float") => scalar::number(text),
        Some("bool" | "null") => scalar::resolve(text),
        None if quoting == Quoting::Plain && !tag.is_some_and(says_string) => scalar::resolve(text),
        _ => None,
    }
}
