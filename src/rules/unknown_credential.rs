//! AC501: credentials that nobody saved.

use super::{Context, words};
use crate::finding::Finding;
use crate::profile::Field;
use crate::rule::{Kind, Rule, Severity};

/// AC501
pub const RULE: Rule = Rule {
    code: "AC501",
    name: "unknown-credential",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "No saved credentials have this name",
    docs: r#"
Where anycloud-lint.toml lists the saved credentials under `[credentials]`, every name that a profile uses,
for the job or for a bucket, has to be among them. Without that list, names are not checked.

```toml
[credentials]
azure2 = "Azure"
```

```yaml bad
profiles:
  train:
    credentials: azure3
```

```yaml good
profiles:
  train:
    credentials: azure2
```
"#,
};

const FIELDS: [Field; 4] = [
    Field::Credentials,
    Field::InputStorageCredentials,
    Field::OutputStorageCredentials,
    Field::CheckpointStorageCredentials,
];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(known) = context.credentials else { return };
    for profile in context.subjects.all() {
        for field in FIELDS {
            let setting = context.subjects.setting(profile.id, field);
            let Some(setting) = setting.filter(|setting| setting.origin == profile.id) else { continue };
            let value = setting.entry.value;
            let Some(name) = context.text(value).filter(|name| !known.contains_key(*name)) else { continue };
            let quoted = context.quote(None, value);
            let message = format!("there are no saved credentials {quoted}");
            let names = known.keys().map(String::as_str);
            let help = match context.closest_credential(name) {
                Some(closest) => format!("did you mean `{closest}`?"),
                None if known.is_empty() => {
                    "list them under `[credentials]` in anycloud-lint.toml".to_owned()
                }
                None => format!(
                    "`[credentials]` in anycloud-lint.toml lists {}; save new ones with `anycloud credentials new`, and list them there",
                    words::names(names, "and")
                ),
            };
            findings.push(context.about_value(&RULE, profile, field.name(), value, message).help(help));
        }
    }
}
