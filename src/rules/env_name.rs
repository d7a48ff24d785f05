//! AC708: what no variable can be called.

use super::Context;
use crate::finding::Finding;
use crate::profile::Place;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::JobField;

/// AC708
pub const RULE: Rule = Rule {
    code: "AC708",
    name: "env-name",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "A name in `env` that no variable can have",
    docs: r#"
A variable's name has letters, digits and `_`, and begins with no digit. Shells can't set or read others.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
    env:
      learning-rate: "0.01"
```

```yaml good
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
    env:
      LEARNING_RATE: "0.01"
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for env in context.submissions().written(JobField::Env) {
        for entry in tree.entries(env.value) {
            let name = tree.key(entry.key);
            let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if is_word && !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let span = tree.span(entry.key);
            let shown = if name.is_empty() { "an empty text".to_owned() } else { format!("`{name}`") };
            let finding = Finding::new(&RULE, span, format!("{shown} can't be the name of a variable"));
            let finding = finding.at(Place::around(tree, span));
            findings.push(finding.help("use letters, digits and `_`, with no digit first: `LEARNING_RATE`"));
        }
    }
}
