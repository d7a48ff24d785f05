//! AC310: the same fallback twice.

use super::Context;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::normal;
use crate::profile::Field;
use crate::rule::{Applicability, Kind, Rule, Severity};

/// AC310
pub const RULE: Rule = Rule {
    code: "AC310",
    name: "duplicate-fallback",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "A fallback list has the same entry twice",
    docs: r"
The entries of a `vmType` or `gpuType` list are tried in their order. What did not work the first time is not
tried again; the second mention does nothing. Entries are compared by the name that the cloud knows them by,
so `H100:8` and `h100:8` are the same, but `t4` (any number) and `t4:1` differ. `a100` takes any GPU of its
family: after `a100`, `a100-40gb` adds nothing, but `[a100-40gb, a100]` is a preference.

```yaml bad
profiles:
  train:
    gpuType: [h100:8, a100:8, H100:8]
```

```yaml good
profiles:
  train:
    gpuType: [h100:8, a100:8]
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for profile in context.subjects.all() {
        for (field, setting) in context.subjects.own(profile.id) {
            if !matches!(field, Field::VmType | Field::GpuType) {
                continue;
            }
            let list = setting.entry.value;
            let mut pool = normal::Pool::new(context.catalog, field);
            for (index, item) in tree.items(list).iter().enumerate() {
                let Some(text) = context.text(*item) else { continue };
                let Some(first) = pool.add(text, *item) else { continue };
                let place = context.place(profile.id, field.name()).item(index);
                let edits = edit::remove_item(tree, list, *item);
                let finding =
                    Finding::new(&RULE, tree.span(*item), format!("`{text}` is in this list already"))
                        .at(place)
                        .label(tree.span(first), "first here")
                        .label(tree.span(*item), "and again here")
                        .help("take it out: it is not tried a second time")
                        .fix(edits.map(|edits| Fix::safe("take the second one out", edits)));
                findings.push(finding);
            }
        }
    }
}
