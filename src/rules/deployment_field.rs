//! AC703: what a deployment has of its own.

use rustc_hash::FxHashSet;

use super::{Context, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::JobField;

/// AC703
pub const RULE: Rule = Rule {
    code: "AC703",
    name: "deployment-field",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "A job sent to a deployment sets what the deployment has of its own",
    docs: r"
A deployment brings its image, command, environment and machine. A job that goes there can set `id`, `mounts`,
`nodes`, `gpusPerNode`, `launch`, `timeLimit` and `resumable`; SDK 0.1.70 refuses the rest.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  eval:
    deployment: trainers
    command: [python, eval.py]
```

```yaml good
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  eval:
    deployment: trainers
    timeLimit: 3600
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let mut told = FxHashSet::default();
    for job in context.submissions().jobs() {
        let Some(deployment) = job.value(tree, JobField::Deployment) else { continue };
        for field in JobField::ALL {
            // An image beside it is a matter of its own.
            let is_unfit = !field.fits_deployment() && field != JobField::Image;
            let Some(set) = job.value(tree, field).filter(|_| is_unfit) else { continue };
            if !told.insert((deployment.entry, set.entry)) {
                continue;
            }
            let name = field.name();
            let message = format!("`{}` goes to a deployment, which has its own `{name}`", job.name);
            let finding = jobs::finding(context, &RULE, set.entry.value, message);
            findings.push(
                finding
                    .label(tree.entry_span(set.entry), format!("`{name}` is set here"))
                    .label(tree.entry_span(deployment.entry), "`deployment` is set here")
                    .help(format!("take `{name}` out, or run an `image` instead")),
            );
        }
    }
}
