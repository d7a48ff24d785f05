//! Applies fixes to a text until nothing is left to apply.

use std::collections::BTreeMap;

use crate::finding::{Applicability, Edit, Finding};
use crate::source::{Source, Span, to_u32};
use crate::{Settings, lint, yaml};

/// More rounds than any file needs: each takes a mistake away.
const MAX_ROUNDS: usize = 100;

/// A text after its fixes.
#[derive(Debug)]
pub struct Fixed {
    /// The text.
    pub source: Source,
    /// What is left to report about it.
    pub findings: Vec<Finding>,
    /// How many fixes were applied.
    pub count: usize,
}

/// Applies the safe fixes of a text, and the unsafe ones too if asked, until nothing changes.
///
/// A round that would leave text that can't be read is not applied.
pub fn apply(source: Source, settings: &Settings, with_unsafe: bool) -> Fixed {
    let findings = lint(&source, settings);
    let mut fixed = Fixed { source, findings, count: 0 };
    for _ in 0..MAX_ROUNDS {
        let (text, count) = round(&fixed.source, &fixed.findings, with_unsafe);
        if count == 0 || text == fixed.source.text() {
            break;
        }
        let source = Source::new(fixed.source.name(), text);
        if yaml::parse(&source).0.is_none() {
            break;
        }
        fixed.findings = lint(&source, settings);
        fixed.source = source;
        fixed.count += count;
    }
    fixed
}

/// Applies the fixes that do not get into each other's way.
fn round(source: &Source, findings: &[Finding], with_unsafe: bool) -> (String, usize) {
    let mut taken: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut count = 0;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        let is_wanted = with_unsafe || fix.applicability == Applicability::Safe;
        if is_wanted && fix.edits.iter().all(|edit| is_free(&taken, edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
            count += 1;
        }
    }
    let mut text = String::with_capacity(source.text().len());
    let mut end = 0;
    for edit in taken.into_values() {
        text.push_str(source.slice(Span::new(end, edit.span.start)));
        text.push_str(&edit.replacement);
        end = edit.span.end;
    }
    text.push_str(source.slice(Span::new(end, to_u32(source.text().len()))));
    (text, count)
}

/// Whether no edit touches a span: of two that do only one is made in a round.
fn is_free(taken: &BTreeMap<Span, &Edit>, span: Span) -> bool {
    // The edits taken are apart from each other, so only those on either side can touch.
    let before = taken.range(..=span).next_back().is_none_or(|(other, _)| other.end < span.start);
    let after = taken.range(span..).next().is_none_or(|(other, _)| span.end < other.start);
    before && after
}
