//! AC202: profiles that extend each other in a circle.

use super::Context;
use crate::finding::Finding;
use crate::profile::{Cycle, Subject};
use crate::rule::{Kind, Rule, Severity};

/// AC202
pub const RULE: Rule = Rule {
    code: "AC202",
    name: "inheritance-cycle",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unresolvable,
    summary: "Profiles extend each other in a circle",
    docs: r"
A profile starts from its bases, so none can be a base of itself, directly or through others. Take one
`extends` of the circle out, or move what the profiles share into a template that they all extend.

```yaml bad
profiles:
  a:
    extends: b
    spot: true
  b:
    extends: a
    region: us-east-1
```

```yaml good
profiles:
  a:
    extends: b
    spot: true
  b:
    region: us-east-1
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (family, cycles) in context.families() {
        findings.extend(cycles.iter().filter_map(|cycle| finding(context, family, cycle)));
    }
}

fn finding(context: &Context<'_>, family: &[Subject], cycle: &Cycle) -> Option<Finding> {
    let tree = context.tree;
    let first = cycle.members.iter().copied().min()?;
    let start = cycle.members.iter().position(|member| *member == first)?;
    let members: Vec<&Subject> = (0..cycle.members.len())
        .filter_map(|step| cycle.members.get((start + step) % cycle.members.len()))
        .filter_map(|member| family.get(member.index()))
        .collect();
    let [only, rest @ ..] = members.as_slice() else { return None };
    let message = if rest.is_empty() {
        format!("the {} `{}` extends itself", only.section.entry_noun(), only.name(tree))
    } else {
        let mut names: Vec<String> =
            members.iter().map(|member| format!("`{}`", member.name(tree))).collect();
        names.push(format!("`{}`", only.name(tree)));
        if names.len() > 8 {
            names.splice(4..names.len() - 2, ["…".to_owned()]);
        }
        format!("these {}s extend each other in a circle: {}", only.section.entry_noun(), names.join(" → "))
    };
    let span = context.tree.span(only.extends?.value);
    let mut finding = Finding::new(&RULE, span, message).at(only.place(tree).key("extends"));
    for (index, member) in members.iter().enumerate() {
        let next = members.get((index + 1) % members.len())?;
        let base = member.bases.iter().find(|base| base.subject == Some(next.id))?;
        let message = format!("`{}` extends `{}`", member.name(tree), next.name(tree));
        finding = finding.label(context.tree.span(base.node), message);
    }
    let help = if rest.is_empty() {
        "take the `extends` out"
    } else {
        "take one of these `extends` out, or move what they share into a template"
    };
    Some(finding.help(help))
}
