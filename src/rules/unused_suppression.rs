//! AC901: suppressions that silence nothing.

use crate::rule::{Applicability, Kind, Rule, Severity};

/// AC901
pub const RULE: Rule = Rule {
    code: "AC901",
    name: "unused-suppression",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    kind: Kind::Suppression,
    summary: "A suppression names a rule that finds nothing there",
    docs: r"
A suppression that has nothing to silence is left over from a mistake that is gone. It would silence the next
one, which nobody has looked at. Take it out.

```yaml bad
profiles:
  train:
    region: us-east-1 # anycloud-lint: ignore[unknown-field]
```

```yaml good
profiles:
  train:
    region: us-east-1
```
",
};
