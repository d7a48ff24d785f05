//! AC710: two jobs with one name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Context, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::{Job, JobField};

/// AC710
pub const RULE: Rule = Rule {
    code: "AC710",
    name: "duplicate-job-name",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "Two jobs have the same id or name",
    docs: r"
An `id` names one job: the second that asks for it is refused. Under a fan-out it belongs into the entries, not into the
submission. Without `id`, the jobs of a fan-out are called after their submission, with a number.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    id: lr-sweep
    matrix:
      gpuType: [t4, a100]
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
    fanOut:
      - id: lr-sweep-t4
        gpuType: t4
      - id: lr-sweep-a100
        gpuType: a100
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (tree, submissions) = (context.tree, context.submissions());
    let mut first: FxHashMap<&str, &Job> = FxHashMap::default();
    let mut told = FxHashSet::default();
    // Of a name that stands there twice another rule speaks.
    let is_repeated =
        |job: &&Job| submissions.get(job.submission).is_some_and(|one| tree.is_repeated(one.entry.key));
    for job in submissions.jobs().iter().filter(|job| !is_repeated(job)) {
        let Some(earlier) = first.get(&*job.name).copied() else {
            first.insert(&job.name, job);
            continue;
        };
        let (id, other) = (job.value(tree, JobField::Id), earlier.value(tree, JobField::Id));
        if let (Some(id), Some(other)) = (id, other)
            && id.entry == other.entry
        {
            if told.insert(id.entry) {
                let message = format!("`{}` would be the id of more than one job", job.name);
                let finding = jobs::finding(context, &RULE, id.entry.value, message);
                findings
                    .push(finding.help("give each job its own `id`, in the entries of `fanOut`, or none"));
            }
            continue;
        }
        let message = format!("there is another job `{}`", job.name);
        let finding = match id {
            Some(id) => jobs::finding(context, &RULE, id.entry.value, message),
            None => jobs::at_job(context, &RULE, job, message),
        };
        let place = |job: &Job| match job.value(tree, JobField::Id) {
            Some(id) => tree.span(id.entry.value),
            None => jobs::place(context, job),
        };
        findings.push(
            finding
                .label(place(earlier), format!("`{}` is a job here", earlier.name))
                .label(place(job), "and here")
                .help("give one of them another `id` or name"),
        );
    }
}
