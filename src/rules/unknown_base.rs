//! AC201: `extends` names nobody.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::{Subject, SubjectId};
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
    let mut links = Links::of(context.subjects.profiles());
    for profile in context.subjects.profiles() {
        let Some(extends) = profile.extends else { continue };
        let mut items = context.tree.items(extends.value).iter().enumerate();
        for base in profile.bases.iter().filter(|base| base.subject.is_none()) {
            let Some(name) = context.text(base.node) else { continue };
            let message = format!("there is no profile `{name}` to extend");
            // Both are in the same order, so each item is passed once.
            let index = items.find(|(_, item)| **item == base.node).map(|(index, _)| index);
            let finding = context.about_value(&RULE, profile, "extends", base.node, message).item(index);
            let nearest = context.nearest_profiles(name);
            let closest =
                nearest.and_then(|nearest| nearest.closest()).filter(|closest| *closest != profile.id);
            findings.push(match closest.map(|closest| context.subjects.name(closest)) {
                Some(closest) => {
                    let body = profile.entry.value;
                    let is_merged = !context.tree.is_own(body, extends) || context.is_merged(body);
                    let certain = nearest.and_then(|nearest| nearest.without(profile.id).certain());
                    let edits = certain.filter(|_| !is_merged).and_then(|known| {
                        let name = context.subjects.name(known);
                        let edits = edit::replace_text(context.tree, context.editable(base.node)?, name)?;
                        links.add(profile.id, known).then_some(edits)
                    });
                    finding
                        .help(format!("did you mean `{closest}`?"))
                        .fix(edits.map(|edits| Fix::safe(format!("extend `{closest}`"), edits)))
                }
                None if name.contains([',', ' ']) => {
                    finding.help("several bases are a list: `extends: [one, two]`")
                }
                None => finding.help(existing(context, profile.id)),
            });
        }
    }
    check_submissions(context, findings);
}

/// How many names a misspelt one is compared with.
const MOST_COMPARED: usize = 500;

/// The bases of submissions: in their section, no others will do.
fn check_submissions(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let all = context.submissions().as_slice();
    let mut links = Links::of(all);
    for heir in all {
        for base in heir.bases.iter().filter(|base| base.subject.is_none()) {
            let Some(name) = context.text(base.node) else { continue };
            let items = heir.extends.map(|extends| tree.items(extends.value));
            let index = items.and_then(|items| items.iter().position(|item| *item == base.node));
            let message = format!("there is no submission `{name}` to extend");
            let finding = Finding::new(&RULE, context.value_span(base.node), message);
            let finding = finding.at(heir.place(tree).key("extends")).item(index);
            // In a long file there is too much to compare every name with.
            let others = all.iter().take(MOST_COMPARED).filter(|other| other.id != heir.id);
            let nearest = suggest::nearest(name, others.map(|other| (other.id, other.name(tree))));
            let name_of = |id: SubjectId| all.get(id.index()).map_or("", |other| other.name(tree));
            findings.push(match nearest.closest().map(name_of) {
                Some(closest) => {
                    let body = heir.entry.value;
                    let is_own = heir.extends.is_some_and(|extends| tree.is_own(body, extends));
                    let can_tell = all.len() <= MOST_COMPARED && is_own && !context.is_merged(body);
                    let edits = nearest.certain().filter(|_| can_tell).and_then(|known| {
                        let value = context.editable(base.node)?;
                        let edits = edit::replace_text(tree, value, name_of(known))?;
                        links.add(heir.id, known).then_some(edits)
                    });
                    finding
                        .help(format!("did you mean `{closest}`?"))
                        .fix(edits.map(|edits| Fix::safe(format!("extend `{closest}`"), edits)))
                }
                None if context.subjects.named(name).is_some() => {
                    finding.help(format!("that is a profile: a job runs with it by `profile: {name}`"))
                }
                None => finding.help("define it below `submissions`, or take `extends` out"),
            });
        }
    }
}

/// The steps that all searches for circles in a file may take together.
const MAX_STEPS: usize = 1_000_000;

/// Who extends whom once the fixes are made, so that no fix closes a circle.
struct Links<'c> {
    family: &'c [Subject],
    meant: FxHashMap<SubjectId, Vec<SubjectId>>,
    steps: usize,
}

impl<'c> Links<'c> {
    fn of(family: &'c [Subject]) -> Self {
        Self { family, meant: FxHashMap::default(), steps: MAX_STEPS }
    }

    /// Lets one extend another, unless that one inherits from it.
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
            let bases = self.family.get(id.index()).into_iter().flat_map(|one| &one.bases);
            open.extend(bases.filter_map(|base| base.subject));
            open.extend(self.meant.get(&id).into_iter().flatten());
        }
        self.meant.entry(heir).or_default().push(base);
        true
    }
}

/// What there is to extend, as far as a reader takes it in.
fn existing(context: &Context<'_>, own: SubjectId) -> String {
    const SHOWN: usize = 5;
    let others = context.subjects.profiles().iter().filter(|profile| profile.id != own);
    let mut names = others.map(|profile| format!("`{}`", context.subjects.name(profile.id)));
    let shown: Vec<String> = names.by_ref().take(SHOWN).collect();
    if shown.is_empty() {
        return "define it in this file, or take `extends` out".into();
    }
    let more = if names.next().is_some() { ", …" } else { "" };
    format!("define it in this file, which has {}{more}", shown.join(", "))
}
