//! AC713: an axis that is none.

use super::context::kind;
use super::{Context, jobs};
use crate::finding::Finding;
use crate::profile::Place;
use crate::rule::{Kind, Rule, Severity};
use crate::schema::MismatchKind;
use crate::submission::{JobField, own_fields};
use crate::suggest;
use crate::yaml::Data;

/// AC713
pub const RULE: Rule = Rule {
    code: "AC713",
    name: "matrix-axis",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unresolvable,
    summary: "An axis of `matrix` that is empty, no list or no field; an empty `fanOut`",
    docs: r"
Each key of `matrix` is a field of a submission, with the list of its values. An empty list leaves no combination, and
so no job.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    matrix:
      gpuType: []
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
      gpuType: [t4, a100]
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    // What multiplies past the limit can only be seen once the axes are known.
    super::limit::check_jobs(context, findings);
    let tree = context.tree;
    for mismatch in jobs::owned(context, &RULE) {
        let Some(key) = mismatch.key else { continue };
        let name = tree.key(key);
        if mismatch.kind == MismatchKind::UnknownField {
            let span = tree.span(key);
            let finding = Finding::new(&RULE, span, format!("`{name}` is no field of a submission"));
            let finding = finding.at(Place::around(tree, span));
            let fields = JobField::ALL.into_iter().filter(|field| !field.makes_jobs()).map(JobField::name);
            findings.push(match suggest::closest(name, fields) {
                Some(closest) => finding.help(format!("did you mean `{closest}`?")),
                None => {
                    finding.help("a field of the profile goes into `cloudConfig`: `cloudConfig: [{…}, {…}]`")
                }
            });
            continue;
        }
        let kind = kind(tree, mismatch.value);
        let message = format!("the axis `{name}` must be a list of values, not {kind}");
        findings.push(
            jobs::finding(context, &RULE, mismatch.value, message).help(format!("write `{name}: […]`")),
        );
    }
    for (_, submission) in context.submissions().all() {
        for (field, entry) in own_fields(tree, submission.entry) {
            let is_empty = match (field, tree.data(entry.value)) {
                (JobField::FanOut, Data::Seq(_)) => tree.items(entry.value).is_empty(),
                (JobField::Matrix, Data::Map(_)) => tree.entries(entry.value).is_empty(),
                _ => continue,
            };
            if is_empty {
                let message = format!("`{}` is empty, which leaves no job", field.name());
                let help = format!("put something into it, or take `{}` out", field.name());
                findings.push(jobs::finding(context, &RULE, entry.value, message).help(help));
            }
            for axis in tree.entries(entry.value) {
                if matches!(tree.data(axis.value), Data::Seq(_)) && tree.items(axis.value).is_empty() {
                    let name = tree.key(axis.key);
                    let message = format!("the axis `{name}` is empty, which leaves no job");
                    let help = format!("put a value into it, or take `{name}` out");
                    findings.push(jobs::finding(context, &RULE, axis.value, message).help(help));
                }
            }
        }
    }
}
