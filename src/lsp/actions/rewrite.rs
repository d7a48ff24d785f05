//! Edits tried out before they are offered.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::finding::Edit;
use crate::has_errors;
use crate::lsp::view::{Snapshot, View};
use crate::resolve::{Options, resolve};
use crate::source::{Source, Span, to_u32};
use serde_json::Value;

/// A text after edits, which are apart from each other.
pub(super) fn apply(source: &Source, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut text = String::with_capacity(source.text().len());
    let mut end = 0;
    for edit in sorted {
        text.push_str(source.slice(Span::new(end, edit.span.start.max(end))));
        text.push_str(&edit.replacement);
        end = edit.span.end.max(end);
    }
    text.push_str(source.slice(Span::new(end, to_u32(source.text().len()))));
    text
}

/// Small edits that turn a text into another: what differs in each run of lines that do.
pub(super) fn differences(old: &str, new: &str) -> Vec<Edit> {
    let lines = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
    let (old_lines, new_lines) = (lines(old), lines(new));
    let text_of = |lines: &[&str], range: &Range<u32>| {
        lines.get(range.start as usize..range.end as usize).unwrap_or_default().concat()
    };
    let mut edits = Vec::new();
    let (mut at, mut last) = (0, 0);
    for hunk in Diff::compute(Algorithm::Histogram, &InternedInput::new(old, new)).hunks() {
        at += text_of(&old_lines, &(last..hunk.before.start)).len();
        last = hunk.before.start;
        edits.push(difference(at, &text_of(&old_lines, &hunk.before), &text_of(&new_lines, &hunk.after)));
    }
    edits
}

/// The edit that turns a text, which begins at an offset, into another: what lies between their common ends.
fn difference(at: usize, old: &str, new: &str) -> Edit {
    let same = old.char_indices().zip(new.chars()).find(|((_, one), other)| one != other);
    let start = same.map_or(old.len().min(new.len()), |((at, _), _)| at);
    let (old_rest, new_rest) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let pairs = old_rest.chars().rev().zip(new_rest.chars().rev());
    let tail: usize = pairs.take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum();
    let replacement = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    Edit::replace(Span::new(to_u32(at + start), to_u32(at + old.len() - tail)), replacement)
}

/// Whether every profile comes to the same after edits, and no error is new.
pub(super) fn keeps_meaning(view: &View<'_>, edits: &[Edit]) -> bool {
    let snapshot = view.snapshot;
    let text = apply(snapshot.source(), edits);
    let after = Snapshot::new(snapshot.source().name(), &text, snapshot.analysis().settings());
    let is_sound = has_errors(snapshot.findings()) || !has_errors(after.findings());
    is_sound && after.ask(resolved).is_some_and(|after| after == resolved(view))
}

fn resolved(view: &View<'_>) -> Value {
    let options = Options { show_secrets: true, ..Options::default() };
    resolve(view.facts, &options)
}
