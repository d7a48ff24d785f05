//! The shape of a document: symbols, what can be folded, what a selection grows to.

use gen_lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, Position, SelectionRange, SymbolKind};

use super::document::Document;
use super::place::Place;
use super::view::{Snapshot, View};
use crate::profile::Section;
use crate::source::Span;
use crate::yaml::{Entry, NodeId};

/// The keys of the document, with the profiles and submissions and their fields.
pub fn symbols(document: &Document, view: &View<'_>) -> Vec<DocumentSymbol> {
    children(document, view, view.tree.root(), 0)
}

/// The entries of a mapping, down to the fields of a profile: the document is the first level, its sections the second.
#[expect(deprecated, reason = "the field has to be named to leave it empty")]
fn children(document: &Document, view: &View<'_>, map: NodeId, level: usize) -> Vec<DocumentSymbol> {
    let tree = view.tree;
    let symbol = |entry: &Entry| {
        let name = tree.key(entry.key);
        // An editor refuses a symbol without a name.
        let name = if name.trim().is_empty() { "(no name)" } else { name };
        let inner = if level < 2 && !tree.is_alias(entry.value) {
            children(document, view, entry.value, level + 1)
        } else {
            Vec::new()
        };
        DocumentSymbol {
            name: view.snapshot.shown_name(name),
            detail: if level == 1 { detail(view, map, name) } else { None },
            kind: match level {
                0 => SymbolKind::Namespace,
                1 => SymbolKind::Struct,
                _ => SymbolKind::Field,
            },
            tags: None,
            deprecated: None,
            range: document.range(tree.entry_span(*entry)),
            selection_range: document.range(tree.span(entry.key)),
            children: (!inner.is_empty()).then_some(inner),
        }
    };
    tree.written_entries(map).iter().map(symbol).collect()
}

/// Whom a profile or a submission extends, and how many jobs it comes to.
fn detail(view: &View<'_>, section: NodeId, name: &str) -> Option<String> {
    let is = |wanted: Section| wanted.entry(view.tree).is_some_and(|entry| entry.value == section);
    let submissions = view.facts.submissions();
    let (subject, jobs) = if is(Section::Profiles) {
        (view.subjects.named(name)?, 0)
    } else if is(Section::Submissions) {
        let (id, submission) = submissions.named(view.tree, name)?;
        (submission, submissions.jobs_of(id).len())
    } else {
        return None;
    };
    let bases: Vec<&str> = subject.bases.iter().filter_map(|base| view.tree.str(base.node)).collect();
    let mut parts = Vec::new();
    if !bases.is_empty() {
        parts.push(format!("extends {}", bases.join(", ")));
    }
    parts.extend((jobs > 1).then(|| format!("{jobs} jobs")));
    (!parts.is_empty()).then(|| view.snapshot.shown(&parts.join(", ")))
}

/// Mappings and lists of several lines, and blocks of comments.
pub fn foldings(document: &Document, view: &View<'_>) -> Vec<FoldingRange> {
    let tree = view.tree;
    let mut found = Vec::new();
    for map in tree.ids() {
        let entries = tree.written_entries(map).iter();
        found.extend(entries.filter_map(|entry| fold(document, tree.entry_span(*entry), None)));
        if !tree.is_alias(map) {
            let items = tree.items(map).iter();
            found.extend(items.filter_map(|item| fold(document, tree.span(*item), None)));
        }
    }
    found.extend(comment_blocks(view.snapshot, document));
    found.sort_by_key(|fold| (fold.start_line, fold.end_line));
    found.dedup_by_key(|fold| fold.start_line);
    found
}

fn fold(document: &Document, span: Span, kind: Option<FoldingRangeKind>) -> Option<FoldingRange> {
    let (start, end) = (document.position(span.start), document.position(span.end));
    (start.line < end.line).then(|| FoldingRange {
        start_line: start.line,
        end_line: end.line,
        kind,
        ..FoldingRange::default()
    })
}

/// Runs of lines that hold nothing but a comment.
fn comment_blocks(snapshot: &Snapshot, document: &Document) -> Vec<FoldingRange> {
    let source = snapshot.source();
    let mut found = Vec::new();
    let mut block: Option<Span> = None;
    for start in source.line_starts() {
        let line = source.line_span(*start);
        if source.slice(line).trim_start().starts_with('#') {
            block = Some(block.map_or(line, |block| block.to(line)));
        } else if let Some(block) = block.take() {
            found.extend(fold(document, block, Some(FoldingRangeKind::Comment)));
        }
    }
    found.extend(block.and_then(|block| fold(document, block, Some(FoldingRangeKind::Comment))));
    found
}

/// What a selection at a position grows to, step by step.
pub fn selection(document: &Document, view: &View<'_>, position: Position) -> SelectionRange {
    let offset = document.offset(position);
    let place = Place::at(view.tree, offset);
    let whole = Span::new(view.snapshot.source().start(), crate::source::to_u32(document.text().len()));
    let mut spans = vec![whole];
    spans.extend(place.spans);
    spans.dedup();
    let mut innermost: Option<Box<SelectionRange>> = None;
    for span in spans {
        // A range has to lie within its parent, which an alias far away does not.
        let range = document.range(span);
        if innermost.as_ref().is_some_and(|parent| parent.range == range) {
            continue;
        }
        innermost = Some(Box::new(SelectionRange { range, parent: innermost }));
    }
    let here = gen_lsp_types::Range { start: position, end: position };
    innermost.map_or_else(|| SelectionRange { range: here, parent: None }, |innermost| *innermost)
}
