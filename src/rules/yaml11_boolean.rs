//! AC006: `yes` and `no`.

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::schema::{Mismatch, MismatchKind, Type};
use crate::yaml::{Data, Quoting};

/// AC006
pub const RULE: Rule = Rule {
    code: "AC006",
    name: "yaml11-boolean",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Unresolvable,
    summary: "`yes`, `no`, `on`, `off`, `y` or `n` where a boolean is expected",
    docs: r"
In YAML 1.1 these words were booleans; in YAML 1.2 they are strings. Which one a program reads depends on its
parser, so write `true` or `false`, which mean the same everywhere.

```yaml bad
profiles:
  train:
    spot: yes
```

```yaml good
profiles:
  train:
    spot: true
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for mismatch in context.mismatches {
        let Some((word, value)) = boolean_word(context, mismatch) else { continue };
        let edits = context
            .editable(mismatch.value)
            .and_then(|text| edit::replace_with_boolean(context.tree, text, value));
        let finding = Finding::new(
            &RULE,
            context.value_span(mismatch.value),
            format!("`{word}` is a string in YAML 1.2, not a boolean"),
        )
        .at(mismatch.place.clone())
        .help(format!("write `{value}`"))
        .fix(edits.map(|edits| Fix::safe(format!("write `{value}`"), edits)));
        findings.push(context.label_alias(finding, mismatch.value));
    }
}

/// The word and the boolean that it was in YAML 1.1, where a boolean is expected.
pub(super) fn boolean_word<'t>(
    context: &Context<'t>,
    mismatch: &Mismatch,
) -> Option<(&'t str, &'static str)> {
    let MismatchKind::WrongType(expected) = &mismatch.kind else { return None };
    let Data::Str(_, Quoting::Plain) = context.tree.data(mismatch.value) else { return None };
    let text = context.tree.str(mismatch.value)?;
    let value = match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "y" => "true",
        "no" | "off" | "n" => "false",
        _ => return None,
    };
    expected.contains(&Type::Boolean).then_some((text, value))
}
