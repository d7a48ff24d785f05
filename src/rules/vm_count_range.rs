//! AC309: more VMs at least than at most.

use super::Context;
use crate::finding::Finding;
use crate::profile::Field;
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
    let count = |setting: crate::profile::Setting| context.integer(setting.entry.value);
    context.conflicts(
        &RULE,
        (Field::MinVmCount, Field::MaxVmCount),
        |_, min, max| count(min).zip(count(max)).is_some_and(|(min, max)| min > max),
        |conflict| {
            let (min, max) =
                (count(conflict.first).unwrap_or_default(), count(conflict.second).unwrap_or_default());
            let name = context.subjects.name(conflict.profile);
            let message = format!("`{name}` wants at least {min} VMs and at most {max}{}", conflict.others);
            let help = format!("set `minVmCount` to {max} or less, or `maxVmCount` to {min} or more");
            Finding::new(&RULE, crate::source::Span::default(), message).help(help)
        },
        findings,
    );
}
