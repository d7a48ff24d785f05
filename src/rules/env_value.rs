//! AC707: a variable that is no text.

use super::context::kind;
use super::{Context, jobs};
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::yaml::Data;

/// AC707
pub const RULE: Rule = Rule {
    code: "AC707",
    name: "env-value",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Unresolvable,
    summary: "A value of `env` is not a string",
    docs: r#"
Environment variables are texts. YAML reads `0.01` as a number and `true` as a boolean, and the API takes neither: put
them into quotes.

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
      LR: 0.01
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
      LR: "0.01"
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for mismatch in jobs::owned(context, &RULE) {
        let name = mismatch.key.map_or("", |key| tree.key(key));
        let kind = kind(tree, mismatch.value);
        let message = format!("the variable `{name}` must be a string, not {kind}");
        let finding = jobs::finding(context, &RULE, mismatch.value, message);
        findings.push(match tree.data(mismatch.value) {
            Data::Int(_) | Data::Float(_) | Data::Bool(_) => {
                let edits = context.editable(mismatch.value).and_then(|value| edit::quote(tree, value));
                let fix = edits.map(|edits| Fix::safe("put it into quotes", edits));
                finding.help("put it into quotes, so that it is text").fix(fix)
            }
            Data::Null => finding.help("write `\"\"` for an empty text, or take it out"),
            _ => finding.help("write a text in quotes; JSON in one is a way to say more"),
        });
    }
}
