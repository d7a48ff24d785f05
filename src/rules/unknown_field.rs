//! AC101: keys that are no fields.

use super::Context;
use super::keys::{self, Holder};
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::Field;
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::schema::Mismatch;
use crate::suggest;
use crate::yaml::NodeId;

/// AC101
pub const RULE: Rule = Rule {
    code: "AC101",
    name: "unknown-field",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "A key is no field of the mapping it stands in",
    docs: r"
A misspelt field is not used, and the job runs somewhere else than you think. Fields are written in camelCase:
the SDK's `vm_type` is `vmType` here. Keys that begin with `x-` are yours: they are ignored.

```yaml bad
profiles:
  train:
    vm_type: g6e.xlarge
```

```yaml good
profiles:
  train:
    vmType: g6e.xlarge
```
",
};

/// What people call a field in other tools, in the SDK and on the command line.
const SYNONYMS: [(&str, Field); 14] = [
    ("gpu", Field::GpuType),
    ("gpus", Field::GpuType),
    ("accelerator", Field::GpuType),
    ("accelerators", Field::GpuType),
    ("instanceType", Field::VmType),
    ("machineType", Field::VmType),
    ("vmSize", Field::VmType),
    ("cloud", Field::CloudProvider),
    ("provider", Field::CloudProvider),
    ("zone", Field::AvailabilityZone),
    ("diskSize", Field::DiskSizeGb),
    ("useSpot", Field::Spot),
    ("credential", Field::Credentials),
    ("credentialName", Field::Credentials),
];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if keys::root_holds_profiles(context) {
        return findings.extend(
            keys::unknown(context)
                .filter(|mismatch| Holder::of(&mismatch.place) != Holder::File)
                .map(|mismatch| finding(context, mismatch)),
        );
    }
    findings.extend(keys::unknown(context).map(|mismatch| finding(context, mismatch)));
}

fn finding(context: &Context<'_>, mismatch: &Mismatch) -> Finding {
    let tree = context.tree;
    let Some(key) = mismatch.key else {
        return Finding::new(&RULE, context.value_span(mismatch.value), "unknown field");
    };
    let name = tree.key(key);
    let parent = parent(context, key);
    let known = keys::known(context, mismatch, parent);
    let finding =
        Finding::new(&RULE, tree.span(key), format!("{} has no field `{name}`", container(mismatch)))
            .at(mismatch.place.clone());
    let is_set = |field: &str| parent.is_some_and(|map| tree.entry(map, field).is_some());
    if let Some(field) = suggest::closest(name, known.iter().copied()) {
        if is_set(field) {
            return finding
                .help(format!("it is spelt `{field}`, which is set here as well: keep one of the two"));
        }
        let rivals = parent.into_iter().flat_map(|map| tree.entries(map)).filter(|entry| {
            !known.contains(&tree.key(entry.key))
                && suggest::closest(tree.key(entry.key), known.iter().copied()) == Some(field)
        });
        let certain = suggest::certain(name, known.iter().copied()).filter(|_| rivals.count() == 1);
        let edits = certain
            .filter(|_| !edit::is_shared(tree, key) && !context.is_merged(key))
            .and_then(|field| edit::replace_text(tree, key, field));
        return finding
            .help(format!("did you mean `{field}`?"))
            .fix(edits.map(|edits| Fix::safe(format!("rename it to `{field}`"), edits)));
    }
    finding.help(advice(mismatch, name, &known))
}

fn advice(mismatch: &Mismatch, name: &str, known: &[&str]) -> String {
    let wanted = suggest::normal(name);
    let synonym = SYNONYMS
        .iter()
        .find(|(word, field)| suggest::normal(word) == wanted && known.contains(&field.name()));
    if let Some((_, field)) = synonym {
        return format!("the field for this is `{}`", field.name());
    }
    let is_root = Holder::of(&mismatch.place) == Holder::File;
    if is_root && (Field::from_name(name).is_some() || name == "extends") {
        return format!("`{name}` belongs into a profile: put it below `profiles:` and the profile's name");
    }
    if is_root {
        return "the file has `version` and `profiles`; name it `x-…` if it is a note of your own".into();
    }
    if name == "image" || name == "command" || name == "env" {
        return format!("`{name}` belongs to the job, not to the profile: give it at `anycloud submit`");
    }
    format!("it has the fields {}", list(known))
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn container(mismatch: &Mismatch) -> &'static str {
    match Holder::of(&mismatch.place) {
        Holder::File => "the file",
        Holder::Profile => "a profile",
        Holder::Credentials => "this credential object",
    }
}

/// The mapping that a key is written in.
fn parent(context: &Context<'_>, key: NodeId) -> Option<NodeId> {
    let tree = context.tree;
    // A mapping is opened before its keys, and mostly not long before.
    tree.ids_before(key).find(|id| tree.written_entries(*id).iter().any(|entry| entry.key == key))
}
