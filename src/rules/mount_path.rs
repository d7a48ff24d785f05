//! AC711: a mount that the API does not take.

use super::{Context, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::JobField;

/// AC711
pub const RULE: Rule = Rule {
    code: "AC711",
    name: "mount-path",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "A mount whose name or path the API does not take",
    docs: r"
A mount's `name` is `state` or an absolute path, its `path` is absolute: those are the patterns of SDK 0.1.70.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
    mounts:
      - name: state
        path: mnt/state
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
    mounts:
      - name: state
        path: /mnt/state
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let items =
        context.submissions().written(JobField::Mounts).iter().flat_map(|mounts| tree.items(mounts.value));
    for entry in items.flat_map(|mount| tree.entries(*mount)) {
        let Some(text) = context.text(entry.value) else { continue };
        let (is_right, help) = match tree.key(entry.key) {
            "name" => {
                (text == "state" || text.starts_with('/'), "write `state`, or a path that begins with `/`")
            }
            "path" => (text.starts_with('/'), "write a path that begins with `/`"),
            _ => continue,
        };
        if !is_right {
            let shown = context.quote(Some(entry.key), entry.value);
            let message = format!("the `{}` of a mount can't be {shown}", tree.key(entry.key));
            findings.push(jobs::finding(context, &RULE, entry.value, message).help(help));
        }
    }
}
