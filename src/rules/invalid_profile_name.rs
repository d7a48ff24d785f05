//! AC105: names that no profile can have.

use super::Context;
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::schema::MismatchKind;

/// AC105
pub const RULE: Rule = Rule {
    code: "AC105",
    name: "invalid-profile-name",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "A profile's name has a character or a length that is not allowed",
    docs: r"
A name has up to 63 letters, digits, `_`, `.` and `-`, and begins with a letter or a digit, so that it can be
typed on a command line as it is. A `.` in front makes it a template.

```yaml bad
profiles:
  my profile:
    region: us-east-1
```

```yaml good
profiles:
  my-profile:
    region: us-east-1
```
",
};

/// The longest name, a template's leading dot not counted.
const MAX_LENGTH: usize = 63;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for mismatch in context.mismatches {
        let (MismatchKind::ProfileName, Some(key)) = (&mismatch.kind, mismatch.key) else { continue };
        let name = context.tree.key(key);
        let noun = mismatch.place.subject().map_or("profile", |(section, _)| section.entry_noun());
        let rest = name.strip_prefix('.').unwrap_or(name);
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let (message, help) = if rest.is_empty() {
            (format!("a {noun} needs a name"), "write one before the colon".to_owned())
        } else if rest.chars().all(is_allowed) && rest.len() > MAX_LENGTH {
            (
                format!("the {noun} name is {} characters long", rest.len()),
                format!("up to {MAX_LENGTH} are allowed: shorten it"),
            )
        } else if let Some(wrong) = rest.chars().find(|c| !is_allowed(*c)) {
            let shown = match wrong {
                ' ' => "a space".to_owned(),
                wrong if wrong.is_control() => "a control character".to_owned(),
                wrong => format!("`{wrong}`"),
            };
            (format!("a {noun} name can't contain {shown}"), advice(name))
        } else {
            (format!("a {noun} name begins with a letter or a digit"), advice(name))
        };
        findings
            .push(Finding::new(&RULE, context.tree.span(key), message).at(mismatch.place.clone()).help(help));
    }
}

/// The name with what is not allowed replaced.
fn advice(name: &str) -> String {
    let replaced: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-') { c } else { '-' })
        .collect();
    let sound = replaced.trim_matches(['-', '_', '.']);
    if sound.is_empty() {
        return "use letters, digits, `_`, `.` and `-`".into();
    }
    let dot = if name.starts_with('.') { "." } else { "" };
    format!("use letters, digits, `_`, `.` and `-`: `{dot}{sound}`")
}
