//! AC902: suppressions that name no rule.

use crate::rule::{Kind, Rule, Severity};

/// AC902
pub const RULE: Rule = Rule {
    code: "AC902",
    name: "unknown-rule",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Suppression,
    summary: "A suppression names a rule that does not exist, or none at all",
    docs: r"
A misspelt rule is not silenced. `anycloud-lint rules` lists them all; a suppression names each rule by its
code or its name, in brackets: `# anycloud-lint: ignore[unknown-field, AC301]` for the line that it ends or
stands before, `# anycloud-lint: ignore-file[plaintext-secret]` for the file. There is no way to silence
everything at once, so a bare `ignore` is reported too, and so are the words of other linters.

```yaml bad
profiles:
  train:
    region: us-east-1 # anycloud-lint: ignore[unknow-field]
```

```yaml good
profiles:
  train:
    region: us-east-1
```
",
};
