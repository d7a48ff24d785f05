//! AC201: `extends` names nobody.

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::Base;
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::suggest;

/// AC201
pub const RULE: Rule = Rule {
    code: "AC201",
    name: "unknown-base",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Unresolvable,
    summary: "`extends` names a profile that does not exist",
    docs: r"
What a profile extends must stand in the same file, before or after it. Names count to the letter, the dot of
a template included.

```yaml bad
profiles:
  base:
    region: us-east-1
  train:
    extends: bsae
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
    for profile in context.subjects.profiles() {
        let bases = profile.bases.iter().filter(|base| base.subject.is_none());
        for base in bases {
            let Some(name) = context.text(base.node) else { continue };
            let own = context.subjects.name(profile.id);
            let known = || known_names(context).filter(|known| *known != own);
            let message = format!("there is no profile `{name}` to extend");
            let items = profile.extends.map(|extends| context.tree.items(extends.value));
            let index = items.and_then(|items| items.iter().position(|item| *item == base.node));
            let finding = context.about_value(&RULE, profile, "extends", base.node, message).item(index);
            findings.push(match closest_base(context, base).filter(|closest| *closest != own) {
                Some(closest) => {
                    let certain = suggest::certain(name, known()).and_then(|known| {
                        edit::replace_text(context.tree, context.editable(base.node)?, known)
                    });
                    finding
                        .help(format!("did you mean `{closest}`?"))
                        .fix(certain.map(|edits| Fix::safe(format!("extend `{closest}`"), edits)))
                }
                None if name.contains([',', ' ']) => {
                    finding.help("several bases are a list: `extends: [one, two]`")
                }
                None => finding.help(existing(&known().collect::<Vec<_>>())),
            });
        }
    }
}

fn existing(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    if names.is_empty() {
        return "define it in this file, or take `extends` out".into();
    }
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("define it in this file, which has {}{more}", shown.join(", "))
}

fn known_names<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c str> {
    context.subjects.profiles().iter().map(|profile| context.subjects.name(profile.id))
}

/// The profile that an unknown name most likely means.
pub(super) fn closest_base<'c>(context: &'c Context<'_>, base: &Base) -> Option<&'c str> {
    suggest::closest(context.text(base.node)?, known_names(context))
}
