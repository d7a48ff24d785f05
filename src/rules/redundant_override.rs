//! AC203: a field set to what it would be anyway.

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::rule::{Applicability, Kind, Rule, Severity};

/// AC203
pub const RULE: Rule = Rule {
    code: "AC203",
    name: "redundant-override",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "A field is set to the value that it would inherit",
    docs: r"
The line changes nothing today, and hides tomorrow's change of the base: whoever edits the base expects this
profile to follow. Take it out. A value that overrides a merge key, or that others merge, is not meant.

```yaml bad
profiles:
  base:
    region: us-east-1
  train:
    extends: base
    region: us-east-1
    spot: true
```

```yaml good
profiles:
  base:
    region: us-east-1
  train:
    extends: base
    spot: true
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for profile in
        context.subjects.profiles().iter().filter(|profile| profile.is_complete && !profile.bases.is_empty())
    {
        for (field, setting) in context.subjects.own(profile.id) {
            let Some(inherited) = context.subjects.inherited(profile.id, field) else { continue };
            let value = setting.entry.value;
            let is_redundant = !tree.is_null(value)
                && context.is_sound(value)
                && tree.same(value, inherited.entry.value)
                && !context.misspelt(profile.id).contains(field)
                && context.stands_alone(profile.entry.value, setting.entry);
            if !is_redundant {
                continue;
            }
            let (name, origin) = (field.name(), context.subjects.name(inherited.origin));
            let edits = edit::remove_entry(tree, profile.entry.value, setting.entry);
            let message = format!("`{name}` is set to what it inherits from `{origin}` anyway");
            let finding = Finding::new(&RULE, tree.span(value), message)
                .at(context.place(profile.id, name))
                .label(tree.span(value), "the same value again")
                .label(tree.entry_span(inherited.entry), format!("`{name}` comes from `{origin}`"))
                .help("take it out")
                .fix(edits.map(|edits| Fix::safe(format!("take `{name}` out"), edits)));
            findings.push(finding);
        }
    }
}
