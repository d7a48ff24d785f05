//! `check --add-ignore`: comments that silence everything that is found now.

use super::output;
use crate::finding::Finding;
use crate::report::Checked;
use crate::rule::Kind;
use crate::rules;

/// Says why findings are left, if there are any and it is wanted.
pub(super) fn explain(is_wanted: bool, checked: &Checked) {
    let is_own = |finding: &Finding| finding.rule.kind == Kind::Suppression;
    if !is_wanted || checked.findings.is_empty() {
        return;
    }
    let name = checked.source.name();
    if checked.findings.iter().any(|finding| !is_own(finding)) {
        output::note(&format!(
            "{name}: no comment can silence what keeps a file from being read; it is as it was"
        ));
    } else {
        let own = rules::all().filter(|rule| rule.kind == Kind::Suppression);
        let names: Vec<&str> = own.map(|rule| rule.name).collect();
        output::note(&format!(
            "{name}: what is wrong with comments ({}) is left to put right",
            names.join(", ")
        ));
    }
}
