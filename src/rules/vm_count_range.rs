//! AC309: more VMs at least than at most.

use super::Context;
use crate::finding::Finding;
use crate::profile::{Field, Setting};
use crate::rule::{Kind, Rule, Severity};

/// AC309
pub const RULE: Rule = Rule {
    code: "AC309",
    name: "vm-count-range",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "`minVmCount` is greater than `maxVmCount`",
    docs: r"
There is no number of VMs that is at least the one and at most the other. Where one of them is inherited, set
the other to match it.

```yaml bad
profiles:
  serve:
    minVmCount: 4
    maxVmCount: 2
```

```yaml good
profiles:
  serve:
    minVmCount: 2
    maxVmCount: 4
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let count = |setting: Setting| context.integer(setting.entry.value);
    let is_reversed =
        |_, min, max| count(min).zip(count(max)).is_some_and(|(min, max): (i64, i64)| min > max);
    for conflict in context.conflicts((Field::MinVmCount, Field::MaxVmCount), is_reversed) {
        let [min, max] = conflict.settings.map(|(_, setting)| count(setting).unwrap_or_default());
        let name = context.subjects.name(conflict.subject);
        let message = format!("`{name}` wants at least {min} VMs and at most {max}{}", conflict.others);
        let help = format!("set `minVmCount` to {max} or less, or `maxVmCount` to {min} or more");
        findings.push(conflict.finding(context, &RULE, message).help(help));
    }
}
