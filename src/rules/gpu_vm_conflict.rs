//! AC301: a GPU and a VM type at once.

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::{Field, Setting, SubjectId};
use crate::rule::{Applicability, Kind, Rule, Severity};

/// AC301
pub const RULE: Rule = Rule {
    code: "AC301",
    name: "gpu-vm-conflict",
    severity: Severity::Error,
    fix: Some(Applicability::Unsafe),
    kind: Kind::Mistake,
    summary: "`gpuType` and `vmType` are both set",
    docs: r"
There are two ways to name the hardware: by GPU, and anycloud picks the VM type, or by VM type. A profile
can't do both, and `anycloud submit` refuses one that does. Set one; where a base sets the other, clear that
with `null`.

```yaml bad
profiles:
  train:
    region: us-east-1
    vmType: g6e.xlarge
    gpuType: l40s
```

```yaml good
profiles:
  train:
    region: us-east-1
    gpuType: l40s
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for conflict in context.conflicts((Field::GpuType, Field::VmType), |_, _, _| true) {
        let name = context.subjects.name(conflict.subject);
        let message = format!("`{name}` has both a `gpuType` and a `vmType`{}", conflict.others);
        let finding = conflict.finding(context, &RULE, message);
        findings.push(match conflict.settings.map(|(_, setting)| setting.origin == conflict.subject) {
            [true, true] => {
                finding.help("take one of them out: `gpuType` if the VM matters, `vmType` if the GPU does")
            }
            [false, false] => {
                finding.help(format!("clear one of them: `vmType: null` or `gpuType: null` in `{name}`"))
            }
            [is_first, _] => {
                let [first, second] = conflict.settings;
                let ((_, own), (inherited, _)) = if is_first { (first, second) } else { (second, first) };
                clear(context, finding, conflict.subject, own, inherited)
            }
        });
    }
}

/// Clears the field that a subject inherits, in front of the one that it sets itself.
fn clear(
    context: &Context<'_>,
    finding: Finding,
    subject: SubjectId,
    own: Setting,
    inherited: Field,
) -> Finding {
    let name = inherited.name();
    let body = context.subjects.get(subject).entry.value;
    let edits = edit::insert_before(context.tree, body, own.entry, &format!("{name}: null"));
    finding
        .help(format!("take one of them out, or write `{name}: null` to clear the inherited one"))
        .fix(edits.map(|edits| Fix::unsafe_(format!("clear the inherited `{name}`"), edits)))
}
