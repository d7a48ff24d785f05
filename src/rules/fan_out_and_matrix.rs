//! AC717: two ways to make jobs.

use rustc_hash::FxHashSet;

use super::{Context, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::JobField;

/// AC717
pub const RULE: Rule = Rule {
    code: "AC717",
    name: "fan-out-and-matrix",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unresolvable,
    summary: "A submission has both `fanOut` and `matrix`",
    docs: r"
`fanOut` lists the jobs, `matrix` multiplies them out; a submission has one of the two. An inherited one is cleared with
`null`.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    fanOut:
      - gpuType: t4
    matrix:
      gpuType: [v100, a100]
```

```yaml good
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    matrix:
      gpuType: [v100, a100]
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (tree, submissions) = (context.tree, context.submissions());
    let mut told = FxHashSet::default();
    for (id, submission) in submissions.all() {
        let value = |field: JobField| submissions.value(tree, id, field);
        let Some((fan_out, matrix)) = value(JobField::FanOut).zip(value(JobField::Matrix)) else {
            continue;
        };
        if !told.insert((fan_out.entry, matrix.entry)) {
            continue;
        }
        let message = format!("`{}` has both `fanOut` and `matrix`", submission.name(tree));
        let at = if fan_out.origin == id { fan_out } else { matrix };
        findings.push(
            jobs::conflict(context, &RULE, at.entry, message)
                .label(tree.span(fan_out.entry.key), "`fanOut` is set here")
                .label(tree.span(matrix.entry.key), "`matrix` is set here")
                .help("take one out, or clear an inherited one with `null`"),
        );
    }
}
