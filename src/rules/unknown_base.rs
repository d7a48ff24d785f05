//! AC201: `extends` names nobody.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::{Base, SubjectId};
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
    let mut links = Links { context, meant: FxHashMap::default(), steps: MAX_STEPS };
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
                    let is_merged = profile.extends.is_some_and(|extends| context.is_merged(extends.key));
                    let certain = suggest::certain(name, known()).filter(|_| !is_merged).and_then(|known| {
                        let edits = edit::replace_text(context.tree, context.editable(base.node)?, known)?;
                        links.add(profile.id, context.subjects.named(known)?.id).then_some(edits)
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

/// The steps that all searches for circles in a file may take together.
const MAX_STEPS: usize = 1_000_000;

/// Who extends whom once the fixes are made, so that no fix closes a circle.
struct Links<'c> {
    context: &'c Context<'c>,
    meant: FxHashMap<SubjectId, Vec<SubjectId>>,
    steps: usize,
}

impl Links<'_> {
    /// Lets a profile extend another, unless that one inherits from it.
    fn add(&mut self, heir: SubjectId, base: SubjectId) -> bool {
        let mut seen = FxHashSet::default();
        let mut open = vec![base];
        while let Some(id) = open.pop() {
            if id == heir || self.steps == 0 {
                return false;
            }
            if !seen.insert(id) {
                continue;
            }
            self.steps -= 1;
            open.extend(self.context.subjects.bases(id));
            open.extend(self.meant.get(&id).into_iter().flatten());
        }
        self.meant.entry(heir).or_default().push(base);
        true
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
