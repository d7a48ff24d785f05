//! AC702: neither an image nor a deployment, or both.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use super::{Context, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::JobField;

/// AC702
pub const RULE: Rule = Rule {
    code: "AC702",
    name: "image-or-deployment",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "A job has neither `image` nor `deployment`, or both",
    docs: r"
A job runs an image of its own, or goes to a deployment, which has one. SDK 0.1.70 takes exactly one of the two;
0.1.60 knows images only. An inherited one is cleared with `null`.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    command: [python, train.py]
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
    command: [python, train.py]
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (tree, submissions) = (context.tree, context.submissions());
    let mut told = FxHashSet::default();
    let in_doubt = LazyCell::new(|| jobs::in_doubt(context, &["image", "deployment"]));
    for job in submissions.jobs() {
        let Some(submission) = submissions.get(job.submission).filter(|one| one.is_complete) else {
            continue;
        };
        let image = job.value(tree, JobField::Image);
        let deployment = job.value(tree, JobField::Deployment);
        match (image, deployment) {
            (None, None) if told.insert((Some(job.submission), None)) => {
                // A misspelt key is what is wrong; the image is not missing as well.
                if in_doubt.contains(&job.submission) {
                    continue;
                }
                let message = format!("`{}` has no `image`, and no `deployment` to go to", job.name);
                // A null that takes the image away is the place, where there is one.
                let cleared = job.setting(JobField::Image).filter(|image| image.origin == job.submission);
                let finding = match cleared {
                    Some(image) => jobs::finding(context, &RULE, image.entry.value, message),
                    None => jobs::at_name(context, &RULE, submission, message),
                };
                findings.push(finding.help("set `image`, such as `ghcr.io/acme/train:1.4`"));
            }
            (Some(image), Some(deployment))
                if told.insert((None, Some((image.entry.key, deployment.entry.key)))) =>
            {
                let message = format!("`{}` has an `image` and a `deployment`: it can have one", job.name);
                let at = if image.origin == job.submission { image } else { deployment };
                let finding = jobs::conflict(context, &RULE, at.entry, message);
                findings.push(
                    finding
                        .label(tree.entry_span(image.entry), "`image` is set here")
                        .label(tree.entry_span(deployment.entry), "`deployment` is set here")
                        .help("take one out, or clear an inherited one with `null`"),
                );
            }
            _ => {}
        }
    }
}
