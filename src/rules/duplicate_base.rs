//! AC206: the same base twice.

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::rule::{Applicability, Kind, Rule, Severity};

/// AC206
pub const RULE: Rule = Rule {
    code: "AC206",
    name: "duplicate-base",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "`extends` lists the same base twice",
    docs: r"
Bases apply in their order, and a later one wins. Listed twice, a base counts where it stands last; the
earlier mention does nothing. The fix keeps the one that counts.

```yaml bad
profiles:
  base:
    region: us-east-1
  train:
    extends: [base, base]
    spot: true
```

```yaml good
profiles:
  base:
    region: us-east-1
  train:
    extends: [base]
    spot: true
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let heirs = context.families().into_iter().flat_map(|(family, _)| family);
    for profile in heirs.filter(|heir| heir.bases.len() > 1) {
        let Some(extends) = profile.extends else { continue };
        let mut last = rustc_hash::FxHashMap::default();
        for (index, item) in tree.items(extends.value).iter().copied().enumerate() {
            let Some(name) = context.text(item) else { continue };
            let Some((earlier_index, earlier)) = last.insert(name, (index, item)) else { continue };
            // Of two neighbours either can go; otherwise the last one counts.
            let (which, gone) =
                if earlier_index + 1 == index { ("second", item) } else { ("first", earlier) };
            let edits = edit::remove_item(tree, extends.value, gone);
            let finding = Finding::new(&RULE, tree.span(item), format!("the base `{name}` is listed twice"))
                .at(profile.place(tree).key("extends").item(index))
                .label(tree.span(earlier), "first here")
                .label(tree.span(item), "and again here")
                .help(format!("take the {which} one out"))
                .fix(edits.map(|edits| Fix::safe(format!("take the {which} `{name}` out"), edits)));
            findings.push(finding);
        }
    }
}
