//! AC301: a GPU and a VM type at once.

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::Field;
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
    let tree = context.tree;
    let fields = (Field::GpuType, Field::VmType);
    context.conflicts(
        &RULE,
        fields,
        |_, _, _| true,
        |conflict| {
            let name = context.subjects.name(conflict.profile);
            let message = format!("`{name}` has both a `gpuType` and a `vmType`{}", conflict.others);
            let finding = Finding::new(&RULE, crate::source::Span::default(), message);
            let owns =
                (conflict.first.origin == conflict.profile, conflict.second.origin == conflict.profile);
            let inherited = match owns {
                (true, false) => Field::VmType,
                (false, true) => Field::GpuType,
                (true, true) => {
                    return finding
                        .help("take one of them out: `gpuType` if the VM matters, `vmType` if the GPU does");
                }
                (false, false) => {
                    return finding
                        .help(format!("clear one of them: `vmType: null` or `gpuType: null` in `{name}`"));
                }
            };
            let own = if owns.0 { conflict.first } else { conflict.second };
            let clear = format!("{}: null", inherited.name());
            let body = context.subjects.get(conflict.profile).entry.value;
            let edits = edit::insert_before(tree, body, own.entry, &clear);
            finding.help(format!("take one of them out, or write `{clear}` to clear the inherited one")).fix(
                edits.map(|edits| Fix::unsafe_(format!("clear the inherited `{}`", inherited.name()), edits)),
            )
        },
        findings,
    );
}
