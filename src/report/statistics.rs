//! How often each rule found something, as a table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Run;
use crate::finding::Applicability;

/// A line a rule, the most frequent first: count, code, name, and how many can be fixed. Empty where there
/// is nothing to count.
pub fn statistics(run: &Run<'_>) -> String {
    let mut rules: BTreeMap<&str, (&str, usize, usize, usize)> = BTreeMap::new();
    for finding in run.files.iter().flat_map(|file| &file.findings) {
        let (_, count, safe, not_safe) =
            rules.entry(finding.rule.code).or_insert((finding.rule.name, 0, 0, 0));
        *count += 1;
        match finding.fix.as_ref().map(|fix| fix.applicability) {
            Some(Applicability::Safe) => *safe += 1,
            Some(Applicability::Unsafe) => *not_safe += 1,
            None => {}
        }
    }
    let mut rows: Vec<_> = rules.into_iter().collect();
    rows.sort_by_key(|(_, (_, count, ..))| std::cmp::Reverse(*count));
    let width = rows.iter().map(|(_, (name, ..))| name.len()).max().unwrap_or_default();
    let mut table = String::new();
    if !rows.is_empty() {
        let _ = writeln!(table, "count  code   {:width$}  fixable", "rule");
    }
    for (code, (name, count, safe, not_safe)) in rows {
        let fixable = match (safe, not_safe) {
            (0, 0) => "-".to_owned(),
            (0, some) => format!("{some} with --unsafe-fixes"),
            (some, 0) => format!("{some} with --fix"),
            (some, more) => format!("{some} with --fix, {more} with --unsafe-fixes"),
        };
        let _ = writeln!(table, "{count:5}  {code}  {name:width$}  {fixable}");
    }
    table
}
