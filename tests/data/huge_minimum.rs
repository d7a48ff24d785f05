//! AC311: more VMs than a job can mean to wait for.

use super::Context;
use crate::finding::Finding;
use crate::profile::Field;
use crate::rule::{Kind, Rule, Severity};

/// AC311
pub const RULE: Rule = Rule {
    code: "AC311",
    name: "huge-minimum",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "`minVmCount` is 1000 or more",
    docs: r"
Why it matters and what to do instead, in a few sentences of Markdown. A line break inside a paragraph is a
space.

```yaml bad
profiles:
  train:
    minVmCount: 2000
```

```yaml good
profiles:
  train:
    minVmCount: 2
    maxVmCount: 2000
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for profile in context.subjects.all() {
        let min = context.subjects.value(profile.id, Field::MinVmCount);
        // What a base sets is reported in the base.
        let Some(min) = min.filter(|setting| setting.origin == profile.id) else { continue };
        // A value of the wrong type is another rule's, and is no number here.
        let Some(count) = context.integer(min.entry.value).filter(|count| *count >= 1000) else { continue };
        let finding = Finding::new(
            &RULE,
            context.value_span(min.entry.value),
            format!("the job waits for {count} VMs"),
        );
        let finding = finding.at(context.place(profile.id, "minVmCount"));
        findings.push(finding.help("set what it can begin with; `maxVmCount` may be large"));
    }
}
