//! AC712: several nodes, one start.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use super::{Context, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::JobField;

/// AC712
pub const RULE: Rule = Rule {
    code: "AC712",
    name: "nodes-not-distributed",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "`nodes` is more than 1 without `launch: distributed`",
    docs: r"
A job on several nodes starts its command on each of them, which is what `launch: distributed` says.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
    nodes: 4
```

```yaml good
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
    nodes: 4
    launch: distributed
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let mut told = FxHashSet::default();
    let in_doubt = LazyCell::new(|| jobs::in_doubt(context, &["launch"]));
    for job in context.submissions().jobs() {
        let Some(nodes) = job.value(tree, JobField::Nodes) else { continue };
        let Some(count) = context.integer(nodes.entry.value).filter(|count| *count > 1) else { continue };
        let launch = job.value(tree, JobField::Launch);
        let is_known = launch.is_none_or(|launch| context.text(launch.entry.value) == Some("single"));
        // Several values of an axis lack the same line.
        if !is_known || !told.insert((nodes.entry.key, launch.map(|launch| launch.entry.key))) {
            continue;
        }
        // A misspelt key is what is wrong.
        if in_doubt.contains(&job.submission) {
            continue;
        }
        let message = format!("`{}` runs on {count} nodes, and is not started on all of them", job.name);
        let mut finding = jobs::finding(context, &RULE, nodes.entry.value, message);
        if let Some(launch) = launch {
            finding = finding
                .label(tree.entry_span(nodes.entry), "`nodes` is set here")
                .label(tree.entry_span(launch.entry), "`launch` is set here");
        }
        findings.push(finding.help("set `launch: distributed`, or `nodes: 1`"));
    }
}
