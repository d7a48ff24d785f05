//! AC713: an axis that is none.

use super::context::kind;
use super::keys::{self, Rivals};
use super::{Context, jobs};
use crate::finding::Finding;
use crate::profile::{Field, Place};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::schema::{Mismatch, MismatchKind};
use crate::submission::JobField;
use crate::suggest;
use crate::yaml::{Data, NodeId};

/// AC713
pub const RULE: Rule = Rule {
    code: "AC713",
    name: "matrix-axis",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
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
    let tree = context.tree;
    let mut rivals = Rivals::default();
    for mismatch in jobs::owned(context, &RULE) {
        let Some(key) = mismatch.key else { continue };
        let name = tree.key(key);
        if mismatch.kind == MismatchKind::UnknownField {
            findings.push(no_field(context, mismatch, key, &mut rivals));
            continue;
        }
        let kind = kind(tree, mismatch.value);
        let message = format!("the axis `{name}` must be a list of values, not {kind}");
        findings.push(
            jobs::finding(context, &RULE, mismatch.value, message).help(format!("write `{name}: […]`")),
        );
    }
    for (id, _) in context.submissions().all() {
        for (field, entry) in context.submissions().own(id) {
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

/// A finding about an axis that is no field which a job can have for itself.
fn no_field(context: &Context<'_>, mismatch: &Mismatch, key: NodeId, rivals: &mut Rivals) -> Finding {
    let (tree, name) = (context.tree, context.tree.key(key));
    let span = tree.span(key);
    let finding = Finding::new(&RULE, span, format!("`{name}` can't be an axis of a matrix"));
    let finding = finding.at(Place::around(tree, span));
    if name == "extends" || JobField::from_name(name).is_some() {
        return finding.help("an axis is a field that a job can have for itself");
    }
    if name == "include" {
        return finding.help(
            "there is no `include`: list each job in `fanOut`, or give what is added a submission of its own",
        );
    }
    if Field::from_name(name).is_some() {
        return finding.help(format!(
            "it is a profile's field: `cloudConfig: [{{{name}: …}}, {{{name}: …}}]` varies it"
        ));
    }
    let fields = || JobField::ALL.into_iter().filter(|field| !field.makes_jobs()).map(JobField::name);
    let Some(closest) = suggest::closest(name, fields()) else {
        let fields: Vec<String> = fields().map(|field| format!("`{field}`")).collect();
        return finding.help(format!("an axis is one of {}", fields.join(", ")));
    };
    let meant = |name: &str| suggest::closest(name, fields());
    let has_rivals = mismatch.map.is_none_or(|map| rivals.are_for(context, map, closest, meant));
    let certain = suggest::certain(name, fields()).filter(|_| !has_rivals);
    keys::respelt(context, finding, (mismatch.map, key), closest, certain)
}
