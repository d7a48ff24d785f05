//! Applies fixes to a text until nothing is left to apply.

use std::collections::BTreeMap;

use crate::Analysis;
use crate::finding::{Applicability, Edit, Finding};
use crate::source::{Source, Span, to_u32};

/// More rounds than any file needs: each takes a mistake away.
const MAX_ROUNDS: usize = 100;

/// A text after its fixes.
#[derive(Debug)]
pub struct Fixed {
    /// The text, and what is left to report about it.
    pub analysis: Analysis,
    /// How many fixes were applied.
    pub count: usize,
}

/// Applies the safe fixes of a text, and the unsafe ones too if asked, until nothing changes. Nothing where there
/// is nothing to apply.
///
/// A round that would leave text that can't be read is not applied.
pub fn apply(before: &Analysis, with_unsafe: bool) -> Option<Fixed> {
    let mut fixed: Option<Fixed> = None;
    for _ in 0..MAX_ROUNDS {
        let now = fixed.as_ref().map_or(before, |fixed| &fixed.analysis);
        let (text, count) = round(now.source(), now.findings(), with_unsafe);
        if count == 0 || text == now.source().text() {
            break;
        }
        let analysis = Analysis::new(Source::new(now.source().name(), text), now.settings());
        if analysis.tree().is_none() {
            break;
        }
        let count = count + fixed.map_or(0, |fixed| fixed.count);
        fixed = Some(Fixed { analysis, count });
    }
    fixed
}

/// Applies the fixes that do not get into each other's way.
fn round(source: &Source, findings: &[Finding], with_unsafe: bool) -> (String, usize) {
    let (taken, count) = take(findings, with_unsafe);
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

/// The edits of the fixes that can be applied together, in the order of the text.
pub fn edits(findings: &[Finding], with_unsafe: bool) -> Vec<&Edit> {
    take(findings, with_unsafe).0.into_values().collect()
}

fn take(findings: &[Finding], with_unsafe: bool) -> (BTreeMap<Span, &Edit>, usize) {
    let mut taken: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut count = 0;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        let is_wanted = with_unsafe || fix.applicability == Applicability::Safe;
        if is_wanted && fix.edits.iter().all(|edit| is_free(&taken, edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
            count += 1;
        }
    }
    (taken, count)
}

/// Whether no edit touches a span: of two that do only one is made in a round.
fn is_free(taken: &BTreeMap<Span, &Edit>, span: Span) -> bool {
    // The edits taken are apart from each other, so only those on either side can touch.
    let before = taken.range(..=span).next_back().is_none_or(|(other, _)| other.end < span.start);
    let after = taken.range(span..).next().is_none_or(|(other, _)| span.end < other.start);
    before && after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parses;

    /// Whoever shows, fixes or silences a text asks what is known of it, and never reads it again.
    #[test]
    fn each_text_is_read_once() {
        let text = "profiles:\n  a:\n    vm_type: g6e.xlarge\n    spot: yes\n    foo: 1\n    secretAcessKey: abcdefghi\n";
        let before = parses();
        let analysis = crate::analyse(&Source::new("a", text), &crate::Settings::default());
        assert!(analysis.masked().contains("*****"));
        assert_eq!(parses() - before, 1);
        let fixed = apply(&analysis, true).map(|fixed| fixed.analysis);
        let fixed = fixed.filter(|fixed| !fixed.masked().contains("vm_type"));
        assert_eq!(parses() - before, 2);
        let added = fixed.as_ref().and_then(crate::silence::apply);
        assert!(added.is_some_and(|added| added.analysis.findings().is_empty()));
        assert_eq!(parses() - before, 3);
    }
}
