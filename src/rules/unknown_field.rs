//! AC101: keys that are no fields.

use super::keys::{self, Holder, Rivals};
use super::{Context, hardware, jobs};
use crate::finding::Finding;
use crate::profile::Field;
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::schema::Mismatch;
use crate::submission::JobField;
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

/// Where the fields of a profile are listed.
const FIELDS: &str = "https://github.com/anycloud-lint/anycloud-lint/blob/main/docs/format.md";

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let unknown = keys::unknown(context).filter(|mismatch| jobs::owner(context, mismatch).is_none());
    let mut rivals = Rivals::default();
    let is_root_meant = keys::root_holds_profiles(context);
    for mismatch in unknown {
        if !is_root_meant || Holder::of(&mismatch.place) != Holder::File {
            findings.push(Unknown::new(context, mismatch).finding(context, &mut rivals));
        }
    }
}

/// A key that is no field, and what it may mean.
struct Unknown<'t> {
    mismatch: &'t Mismatch,
    /// The mapping that it is written in.
    parent: Option<NodeId>,
    known: Vec<&'static str>,
    closest: Option<&'static str>,
}

impl<'t> Unknown<'t> {
    fn new(context: &Context<'t>, mismatch: &'t Mismatch) -> Self {
        let parent = mismatch.key.and_then(|key| context.tree.parent(key));
        let known = keys::known(context, mismatch, parent);
        let name = mismatch.key.map(|key| context.tree.key(key));
        let closest = name.and_then(|name| keys::closest(mismatch, name, &known));
        Self { mismatch, parent, known, closest }
    }

    fn finding(&self, context: &Context<'_>, rivals: &mut Rivals) -> Finding {
        let (tree, mismatch) = (context.tree, self.mismatch);
        let Some(key) = mismatch.key else {
            return Finding::new(&RULE, context.value_span(mismatch.value), "unknown field");
        };
        let name = tree.key(key);
        let message = format!("{} has no field `{name}`", container(mismatch));
        let finding = Finding::new(&RULE, tree.span(key), message).at(mismatch.place.clone());
        let Some(field) = self.closest else { return finding.help(advice(mismatch, name, &self.known)) };
        if self.parent.is_some_and(|map| tree.entry(map, field).is_some()) {
            return finding
                .help(format!("it is spelt `{field}`, which is set here as well: keep one of the two"));
        }
        if keys::synonym(mismatch, name, &self.known).is_some() {
            return finding.help(format!("the field for this is `{field}`"));
        }
        let meant = |name: &str| {
            if self.known.contains(&name) { None } else { keys::closest(mismatch, name, &self.known) }
        };
        let has_rivals = self.parent.is_some_and(|map| rivals.are_for(context, map, field, meant));
        let certain = suggest::certain(name, self.known.iter().copied()).filter(|_| !has_rivals);
        keys::respelt(context, finding, (self.parent, key), field, certain)
    }
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
        return "the file has `version`, `profiles` and `submissions`; name it `x-…` if it is a note of your own".into();
    }
    let holder = Holder::of(&mismatch.place);
    if matches!(holder, Holder::Profile | Holder::Config) && JobField::from_name(name).is_some() {
        return format!(
            "`{name}` belongs to the job, not to the profile: put it into a submission, below `submissions`"
        );
    }
    if matches!(holder, Holder::Submission | Holder::Variant) && Field::from_name(name).is_some() {
        return format!(
            "`{name}` is a profile's field: `cloudConfig: {{{name}: …}}` changes it for this job"
        );
    }
    if let Some((field, _)) = name.split_once(':').filter(|(field, _)| known.contains(field)) {
        return format!("write `{field}: …`, with a space behind the colon");
    }
    if let Some(help) = hardware::stray_character(name) {
        return help;
    }
    if Holder::of(&mismatch.place) == Holder::Profile {
        return format!(
            "take it out, or name it `x-…` if it is a note of your own; {FIELDS} lists the fields"
        );
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
        Holder::Config => "`cloudConfig`",
        Holder::Submission => "a submission",
        Holder::Variant => "an entry of a fan-out",
        Holder::Mount => "a mount",
        Holder::Credentials => "this credential object",
    }
}
