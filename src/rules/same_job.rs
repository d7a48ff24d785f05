//! AC715: a job that is there already.

use super::{Context, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::{Job, JobField};

/// AC715
pub const RULE: Rule = Rule {
    code: "AC715",
    name: "same-job",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "A fan-out makes the same job twice",
    docs: r#"
Two jobs of a submission that are the same in everything do the same work, and cost twice. If they are meant to be
repetitions, tell them apart: with a seed in `env`, or an `id` of their own.

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
      - env: {LR: "0.1"}
      - env: {LR: "0.1"}
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
      - env: {LR: "0.1"}
      - env: {LR: "0.2"}
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for (id, _) in context.submissions().all() {
        let siblings = context.submissions().jobs_of(id);
        for (index, job) in siblings.iter().enumerate() {
            let Some(earlier) = siblings.iter().take(index).find(|earlier| is_same(context, earlier, job))
            else {
                continue;
            };
            let message = format!("`{}` is the same job as `{}`", job.name, earlier.name);
            let place = |job: &Job| {
                let subject = context.subjects.get(job.subject);
                tree.span(subject.at.unwrap_or(subject.entry.key))
            };
            findings.push(
                jobs::at_job(context, &RULE, job, message)
                    .label(place(earlier), format!("`{}`", earlier.name))
                    .label(place(job), format!("`{}`", job.name))
                    .help("take one out, or tell them apart"),
            );
        }
    }
}

fn is_same(context: &Context<'_>, one: &Job, other: &Job) -> bool {
    let tree = context.tree;
    JobField::ALL.into_iter().filter(|field| !field.makes_jobs()).all(|field| {
        match (one.value(tree, field), other.value(tree, field)) {
            (None, None) => true,
            (Some(one), Some(other)) => tree.same(one.entry.value, other.entry.value),
            _ => false,
        }
    })
}
