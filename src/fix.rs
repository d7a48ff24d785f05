//! Applies fixes to a text until nothing is left to apply.

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
    let mut taken: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        let is_wanted = with_unsafe || fix.applicability == Applicability::Safe;
        let is_free = |edit: &Edit| !taken.iter().any(|other| collide(edit.span, other.span));
        if is_wanted && fix.edits.iter().all(is_free) {
            taken.extend(&fix.edits);
            count += 1;
        }
    }
    taken.sort_by_key(|edit| edit.span);
    let mut text = String::with_capacity(source.text().len());
    let mut end = 0;
    for edit in taken {
        text.push_str(source.slice(Span::new(end, edit.span.start)));
        text.push_str(&edit.replacement);
        end = edit.span.end;
    }
    text.push_str(source.slice(Span::new(end, to_u32(source.text().len()))));
    (text, count)
}

/// Whether two edits touch: then only one of them is made in a round.
const fn collide(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}
