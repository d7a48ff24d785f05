//! AC204: `null` where there is nothing to clear.

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::rule::{Applicability, Kind, Rule, Severity};

/// AC204
pub const RULE: Rule = Rule {
    code: "AC204",
    name: "null-clears-nothing",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "A field is set to `null`, but nothing inherited sets it",
    docs: r"
`null` clears a field that a base sets. Where no base sets it, the line does nothing; often a value was
forgotten (`region:`), or the base has changed since.

```yaml bad
profiles:
  base:
    spot: true
  train:
    extends: base
    region: null
```

```yaml good
profiles:
  base:
    spot: true
  train:
    extends: base
    region: us-east-1
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for profile in context.subjects.profiles().iter().filter(|profile| profile.is_complete) {
        for (field, setting) in context.subjects.own(profile.id) {
            let value = setting.entry.value;
            if !tree.is_null(value) || !tree.is_own(profile.entry.value, setting.entry) {
                continue;
            }
            let inherited = context.subjects.inherited(profile.id, field);
            // In a list of bases, a null of a later one may clear what an earlier one sets.
            if inherited.is_some_and(|inherited| !tree.is_null(inherited.entry.value)) {
                continue;
            }
            let name = field.name();
            let edits = edit::remove_entry(tree, profile.entry.value, setting.entry);
            let message = match inherited {
                Some(inherited) => {
                    format!("`{name}` is already cleared by `{}`", context.subjects.name(inherited.origin))
                }
                None => format!("`{name}` is `null`, but nothing inherited sets it"),
            };
            let is_written = !tree.span(value).is_empty();
            let help = if is_written { "take it out" } else { "give it a value, or take it out" };
            let finding = Finding::new(&RULE, tree.span(value), message).at(context.place(profile.id, name));
            findings.push(
                finding.help(help).fix(edits.map(|edits| Fix::safe(format!("take `{name}` out"), edits))),
            );
        }
    }
}
