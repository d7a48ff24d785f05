//! Applies fixes to a text until nothing is left to apply.

mod guard;

use std::collections::{BTreeMap, BTreeSet};

use self::guard::Change;
use crate::Analysis;
use crate::finding::{Applicability, Edit, Finding, Fix};
use crate::rule::Severity;
use crate::source::{Source, Span, to_u32};

/// More rounds than the fixes of any file depend on each other, so that a mistake of ours ends.
const MAX_ROUNDS: usize = 1000;

/// How often a round is tried again in search of a fix that must not be made.
const MAX_TRIES: usize = 100;

/// A text after its fixes.
#[derive(Debug)]
pub struct Fixed {
    /// The text, and what is left to report about it.
    pub analysis: Analysis,
    /// How many fixes were applied.
    pub count: usize,
    /// How many fixes were not applied, since they would have changed what a profile resolves to, or have left text
    /// that can't be read.
    pub dropped: usize,
    /// The edits that lead there, in the order of the text, where no fix led to another.
    pub edits: Option<Vec<Edit>>,
}

/// Applies the safe fixes of a text, and then the unsafe ones too if asked, until nothing changes. Nothing where
/// there is nothing to apply.
///
/// A fix that would leave text that can't be read is not applied, and neither is a safe one that would change what
/// a profile resolves to, but for the value that its finding calls wrong.
pub fn apply(before: &Analysis, with_unsafe: bool) -> Option<Fixed> {
    let mut fixed: Option<Fixed> = None;
    let mut rejected = BTreeSet::new();
    for _ in 0..MAX_ROUNDS {
        let now = fixed.as_ref().map_or(before, |fixed| &fixed.analysis);
        let mut round =
            Round { now, after: None, made: Vec::new(), rejected: &mut rejected, tries: MAX_TRIES };
        let safe = round.candidates(Applicability::Safe);
        round.make(&safe);
        if round.made.is_empty() && with_unsafe {
            let others = round.candidates(Applicability::Unsafe);
            round.make(&others);
        }
        let Some(analysis) = round.after else { break };
        let mut edits: Vec<Edit> = round.made.iter().flat_map(|(_, fix)| &fix.edits).cloned().collect();
        edits.sort_by_key(|edit| edit.span);
        let count = round.made.len() + fixed.as_ref().map_or(0, |fixed| fixed.count);
        let edits = fixed.is_none().then_some(edits);
        fixed = Some(Fixed { analysis, count, dropped: 0, edits });
    }
    fixed.map(|fixed| Fixed { dropped: rejected.len(), ..fixed })
}

/// A finding with its fix.
type Candidate<'a> = (&'a Finding, &'a Fix);

/// The fixes that are made together.
struct Round<'a> {
    now: &'a Analysis,
    /// The text with the fixes made so far.
    after: Option<Analysis>,
    made: Vec<Candidate<'a>>,
    /// The fixes that must not be made.
    rejected: &'a mut BTreeSet<String>,
    tries: usize,
}

impl<'a> Round<'a> {
    /// The fixes that can be made together.
    fn candidates(&self, applicability: Applicability) -> Vec<Candidate<'a>> {
        candidates(self.now.findings(), |finding, fix| {
            fix.applicability == applicability
                && (self.rejected.is_empty() || !self.rejected.contains(&name(finding)))
        })
    }

    /// Makes all the fixes that can be made, and finds those that can't by halves.
    fn make(&mut self, candidates: &[Candidate<'a>]) {
        // What is left to look at, the next at the end.
        let mut parts = vec![candidates];
        while let Some(part) = parts.pop().filter(|part| !part.is_empty()) {
            let all: Vec<Candidate<'a>> = self.made.iter().chain(part).copied().collect();
            if self.tries > 0
                && let Some(after) = self.attempt(&all)
            {
                (self.made, self.after) = (all, Some(after));
                continue;
            }
            self.tries = self.tries.saturating_sub(1);
            match part {
                [_, _, ..] if self.tries > 0 => {
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second, first]);
                }
                _ => self.rejected.extend(part.iter().map(|(finding, _)| name(finding))),
            }
        }
    }

    /// The text with some fixes, if they may be made together.
    fn attempt(&self, candidates: &[Candidate<'_>]) -> Option<Analysis> {
        let is_safe = |fix: &Fix| fix.applicability == Applicability::Safe;
        let mut changes: Vec<Change<'_>> = Vec::new();
        for (finding, fix) in candidates {
            let mends = finding.rule.severity == Severity::Error;
            changes.extend(fix.edits.iter().map(|edit| Change { edit, mends }));
        }
        changes.sort_by_key(|change| change.edit.span);
        let source = self.now.source();
        let text = edited(source, &changes);
        if text == source.text() {
            return None;
        }
        let after = Analysis::new(Source::new(source.name(), text), self.now.settings());
        let is_kept = after.tree().is_some()
            && (!candidates.iter().all(|(_, fix)| is_safe(fix)) || guard::keeps(self.now, &after, &changes));
        is_kept.then_some(after)
    }
}

/// The text with the fix of one finding. Nothing where it may not be made, as [`apply`] would not make it.
pub fn one(before: &Analysis, finding: &Finding) -> Option<Analysis> {
    let fix = finding.fix.as_ref()?;
    let rejected = &mut BTreeSet::new();
    let round = Round { now: before, after: None, made: Vec::new(), rejected, tries: 1 };
    round.attempt(&[(finding, fix)])
}

/// The fixes that are wanted and do not get into each other's way.
fn candidates(findings: &[Finding], is_wanted: impl Fn(&Finding, &Fix) -> bool) -> Vec<Candidate<'_>> {
    let mut taken: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut candidates = Vec::new();
    for finding in findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| is_wanted(finding, fix)) else { continue };
        if fix.edits.iter().all(|edit| is_free(&taken, edit)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
            candidates.push((finding, fix));
        }
    }
    candidates
}

/// What a finding is called in all rounds: its place moves.
fn name(finding: &Finding) -> String {
    format!("{} {} {}", finding.rule.code, finding.path().unwrap_or_default(), finding.message)
}

/// The text with some changes, in its order and apart from each other.
fn edited(source: &Source, changes: &[Change<'_>]) -> String {
    let mut text = String::with_capacity(source.text().len());
    let mut end = 0;
    for Change { edit, .. } in changes {
        text.push_str(source.slice(Span::new(end, edit.span.start)));
        text.push_str(&edit.replacement);
        end = edit.span.end;
    }
    text.push_str(source.slice(Span::new(end, to_u32(source.text().len()))));
    text
}

/// Whether an edit gets into no other's way. Of two that touch only one is made in a round, unless both take text
/// out.
fn is_free(taken: &BTreeMap<Span, &Edit>, edit: &Edit) -> bool {
    let span = edit.span;
    let is_removal = |edit: &Edit| edit.replacement.is_empty() && !edit.span.is_empty();
    let are_apart = |first: &Edit, second: &Edit| {
        let may_touch = is_removal(first) && is_removal(second);
        first.span.end < second.span.start || (may_touch && first.span.end == second.span.start)
    };
    // The edits taken are apart from each other, so only those on either side can be in the way.
    let before = taken.range(..=span).next_back().is_none_or(|(_, other)| are_apart(other, edit));
    let after = taken.range(span..).next().is_none_or(|(_, other)| are_apart(edit, other));
    before && after
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::format_collect, reason = "a test may fail")]

    use super::*;
    use crate::rules;
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

    /// Fixes that could get into each other's way are made in one round all the same.
    #[test]
    fn many_fixes_take_few_rounds() {
        let chain: String =
            (1..2000).map(|n| format!("  p{n}: {{extends: p{}, spot: true}}\n", n - 1)).collect();
        let misspelt: String =
            (1..2000).map(|n| format!("  n{n:05}q: {{}}\n  h{n}: {{extends: n{n:05}}}\n")).collect();
        let texts = [
            format!("profiles:\n{misspelt}"),
            format!("profiles:\n  p0: {{spot: true}}\n{chain}"),
            format!("profiles:\n  a: {{vmType: [{}]}}\n", vec!["g5.xlarge"; 2000].join(", ")),
            format!("profiles:\n  a:\n    vmType:\n{}", "    - g5.xlarge\n".repeat(2000)),
            format!("profiles:\n  b: {{}}\n  a: {{extends: [{}]}}\n", vec!["b"; 2000].join(", ")),
        ];
        for text in texts {
            let analysis = crate::analyse(&Source::new("a", text), &crate::Settings::default());
            let before = parses();
            let fixed = apply(&analysis, false);
            assert!(fixed.is_some_and(|fixed| fixed.analysis.findings().is_empty() && fixed.count == 1999));
            assert!(parses() - before <= 4, "{} texts were read", parses() - before);
        }
    }

    /// The rules' fixes of a text, replaced by these: the code of a rule, a text and what stands in its place. What is
    /// left of them is made, and how many are not.
    fn made(text: &str, fixes: &[(&str, &str, &str)]) -> (String, usize) {
        let analysis = crate::analyse(&Source::new("a", text), &crate::Settings::default());
        let finding = |(rule, old, new): &(&str, &str, &str)| {
            let start = to_u32(text.find(old).unwrap());
            let span = Span::new(start, start + to_u32(old.len()));
            let edits = vec![Edit::replace(span, *new)];
            Finding::new(rules::find(rule).unwrap(), span, format!("{old} to {new}"))
                .fix(Some(Fix::safe("do it", edits)))
        };
        let findings: Vec<Finding> = fixes.iter().map(finding).collect();
        let candidates: Vec<Candidate<'_>> =
            findings.iter().map(|finding| (finding, finding.fix.as_ref().unwrap())).collect();
        let mut rejected = BTreeSet::new();
        let mut round = Round {
            now: &analysis,
            after: None,
            made: Vec::new(),
            rejected: &mut rejected,
            tries: MAX_TRIES,
        };
        round.make(&candidates);
        (round.after.unwrap().source().text().to_owned(), rejected.len())
    }

    /// What a rule should never ask for is not done, and the rest is.
    #[test]
    fn fixes_that_change_more_than_they_say_are_left_out() {
        let text = "profiles:\n  a: {region: us-east-1, spot: true}\n  b: {extends: a, spot: null, diskTier: HIGH}\n";
        let fixes = [
            ("AC204", "region: us-east-1, ", ""),
            ("AC204", "extends: a, ", "extends: [a], "),
            ("AC204", "spot: null, ", ""),
            ("AC103", "HIGH", "high"),
            ("AC103", "}\n  b", "\n  b"),
        ];
        let wanted = text.replace("extends: a,", "extends: [a],").replace("HIGH", "high");
        assert_eq!(made(text, &fixes), (wanted, 3));
    }

    #[test]
    fn nor_may_they_change_a_job() {
        let text = "profiles:\n  a: {region: us-east-1}\n  b: {spot: true}\nsubmissions:\n  .t: {image: Acme/x:1, env: {A: 1}, id: x}\n  \
            one: {extends: .t, profile: c, cloudConfig: {spot: false, minVmCount: 1}}\n  \
            two: {extends: .t, matrix: {profile: [a, b], nodes: [1, 2]}, exclude: [{nodes: 2}]}\n";
        let fixes = [
            // What a mistake is about may change, and nothing else.
            ("AC704", "Acme", "acme"),
            ("AC707", "A: 1", "A: \"1\""),
            ("AC701", "profile: c", "profile: b"),
            ("AC204", ", id: x", ""),
            ("AC204", "spot: false, ", ""),
            ("AC204", "[a, b]", "[a]"),
            ("AC204", ", exclude: [{nodes: 2}]", ""),
            ("AC204", "nodes: [1, 2]", "nodes: [1, 2, 2]"),
        ];
        let wanted =
            text.replace("Acme", "acme").replace("A: 1", "A: \"1\"").replace("profile: c", "profile: b");
        let wanted = wanted.replace("nodes: [1, 2]", "nodes: [1, 2, 2]");
        assert_eq!(made(text, &fixes), (wanted, 4));
    }
}
