//! AC201: `extends` names nobody.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::{Section, Subject, SubjectId};
use crate::rule::{Applicability, Kind, Rule, Severity};

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
    for (section, (family, _)) in Section::ALL.into_iter().zip(context.families()) {
        check_family(context, section, family, findings);
    }
}

/// The bases of the things of a section: no others will do.
fn check_family(context: &Context<'_>, section: Section, family: &[Subject], findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let noun = section.entry_noun();
    let name_of = |id: SubjectId| family.get(id.index()).map_or("", |one| one.name(tree));
    let mut links = Links::of(family);
    for heir in family {
        let Some(extends) = heir.extends else { continue };
        let mut items = tree.items(extends.value).iter().enumerate();
        for base in heir.bases.iter().filter(|base| base.subject.is_none()) {
            let Some(name) = context.text(base.node) else { continue };
            let message = format!("there is no {noun} `{name}` to extend");
            // Both are in the same order, so each item is passed once.
            let index = items.find(|(_, item)| **item == base.node).map(|(index, _)| index);
            let finding = Finding::new(&RULE, context.value_span(base.node), message);
            let finding = finding.at(heir.place(tree).key("extends")).item(index);
            let finding = context.label_alias(finding, base.node);
            let nearest = context.nearest(section, name);
            let closest = nearest.and_then(|nearest| nearest.without(heir.id).closest()).map(name_of);
            findings.push(match closest {
                Some(closest) => {
                    let body = heir.entry.value;
                    let is_merged = !tree.is_own(body, extends) || context.is_merged(body);
                    let certain = nearest.and_then(|nearest| nearest.without(heir.id).certain());
                    let edits = certain.filter(|_| !is_merged).and_then(|known| {
                        let value = context.editable(base.node)?;
                        let edits = edit::replace_text(tree, value, name_of(known))?;
                        links.add(heir.id, known).then_some(edits)
                    });
                    finding
                        .help(format!("did you mean `{closest}`?"))
                        .fix(edits.map(|edits| Fix::safe(format!("extend `{closest}`"), edits)))
                }
                None => finding.help(help(context, section, family, heir.id, name)),
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

/// What to do where no name is near.
fn help(
    context: &Context<'_>,
    section: Section,
    family: &[Subject],
    own: SubjectId,
    name: &str,
) -> Cow<'static, str> {
    const SHOWN: usize = 5;
    if section == Section::Submissions && context.subjects.named(name).is_some() {
        return format!("that is a profile: a job runs with it by `profile: {name}`").into();
    }
    if name.contains([',', ' ']) {
        return "several bases are a list: `extends: [one, two]`".into();
    }
    let others = family.iter().filter(|other| other.id != own);
    let mut names = others.map(|other| format!("`{}`", other.name(context.tree)));
    let shown: Vec<String> = names.by_ref().take(SHOWN).collect();
    match (section, shown.as_slice()) {
        (Section::Profiles, []) => "define it in this file, or take `extends` out".into(),
        (Section::Submissions, []) => "define it below `submissions`, or take `extends` out".into(),
        _ => {
            let place = match section {
                Section::Profiles => "in this file",
                Section::Submissions => "below `submissions`",
            };
            let more = if names.next().is_some() { ", …" } else { "" };
            format!("define it {place}, which has {}{more}", shown.join(", ")).into()
        }
    }
}
