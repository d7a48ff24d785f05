//! AC106: what the SDK of the configuration can't say.

use rustc_hash::FxHashSet;

use super::Context;
use crate::finding::Finding;
use crate::profile::{Field, Place};
use crate::rule::{Kind, Rule, Severity};
use crate::sdk::{self, CLOUDFLARE_SINCE, Sdk};
use crate::submission::JobField;
use crate::yaml::{Data, Entry, NodeId};

/// AC106
pub const RULE: Rule = Rule {
    code: "AC106",
    name: "target-sdk",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "A value or a field that the SDK of the configuration does not know",
    docs: r#"
The format is that of SDK 0.1.70, and older versions take less. Up to 0.1.62 there are no lists of VM types and GPUs, a profile has no
`gpuType`, storage credentials are objects and not names. `deployment` and `nodePool` came with 0.1.65; `mounts`, `nodes`, `gpusPerNode`,
`launch`, `timeLimit` and `resumable` with 0.1.68. With `[target] sdk = "…"` in `anycloud-lint.toml` this rule says what that version
does not know; without it, it says nothing.

```toml
[target]
sdk = "0.1.60"
```

```yaml bad
profiles:
  train:
    credentials: my-aws
    vmType: [p5.48xlarge, p4d.24xlarge]
```

```yaml good
profiles:
  train:
    credentials: my-aws
    vmType: p5.48xlarge
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(target) = context.sdk() else { return };
    let target = Target { context, target };
    // A job's own `gpuType` is an argument of its own.
    let gpus: FxHashSet<NodeId> =
        context.submissions().written(JobField::GpuType).iter().map(|entry| entry.key).collect();
    for subject in context.subjects.all() {
        for (field, setting) in context.subjects.own(subject.id) {
            if field != Field::GpuType || !gpus.contains(&setting.entry.key) {
                findings.extend(target.setting(field, setting.entry));
                findings.extend(target.credential_keys(setting.entry));
            }
        }
    }
    for field in JobField::ALL.into_iter().filter(|field| field.is_wire()) {
        for entry in context.submissions().written(field) {
            findings.extend(target.job_field(field, *entry));
            findings.extend(target.docker_options(field, *entry));
        }
    }
}

/// The version that the file is for.
struct Target<'c, 't> {
    context: &'c Context<'t>,
    target: Sdk,
}

impl Target<'_, '_> {
    fn setting(&self, field: Field, entry: Entry) -> Option<Finding> {
        let (tree, name) = (self.context.tree, field.name());
        let finding = match tree.data(entry.value) {
            Data::Null => return None,
            _ if field == Field::GpuType => self
                .at_key(entry, Sdk::V0_1_63, &format!("a profile has no `{name}`"))?
                .help("give it to the job instead: `gpuType` of a submission, `gpu=` in Python"),
            Data::Seq(_) if field == Field::VmType && self.is_list(entry) => self
                .at_value(entry.value, Sdk::V0_1_63, &format!("`{name}` takes one VM type and no list"))?
                .help("keep the one that matters most; lists came with 0.1.63"),
            Data::Str(..) if sdk::is_storage_credentials(field) => self
                .at_value(entry.value, Sdk::V0_1_63, &format!("`{name}` takes an object and no name"))?
                .help("leave it out if the credentials of the job reach the bucket; names came with 0.1.63"),
            Data::Map(_) => {
                let provider = tree.entry(entry.value, "cloudProvider")?;
                if tree.str(provider.value) != Some("Cloudflare") {
                    return None;
                }
                self.at_value(provider.value, CLOUDFLARE_SINCE, "there are no credentials of Cloudflare")?
                    .help(format!("they came with {CLOUDFLARE_SINCE}"))
            }
            _ => return None,
        };
        Some(finding)
    }

    fn credential_keys(&self, entry: Entry) -> Vec<Finding> {
        let keys = self.context.tree.entries(entry.value).iter();
        let late = keys.filter_map(|key| {
            let name = self.context.tree.key(key.key);
            self.late(*key, sdk::credential_key_since(name)?, &format!("credentials have no `{name}`"))
        });
        late.collect()
    }

    fn job_field(&self, field: JobField, entry: Entry) -> Option<Finding> {
        let name = field.name();
        if let Some(since) = sdk::since(field) {
            return self.late(entry, since, &format!("a submission has no `{name}`"));
        }
        if field != JobField::GpuType || !self.is_list(entry) {
            return None;
        }
        let finding =
            self.at_value(entry.value, Sdk::V0_1_63, &format!("`{name}` takes one GPU and no list"))?;
        Some(finding.help("keep the one that matters most; lists came with 0.1.63"))
    }

    fn docker_options(&self, field: JobField, entry: Entry) -> Vec<Finding> {
        let options = self.context.tree.entries(entry.value).iter();
        let late = options.filter(|_| field == JobField::DockerOptions).filter_map(|option| {
            let name = self.context.tree.key(option.key);
            self.late(*option, sdk::docker_option_since(name)?, &format!("Docker has no option `{name}`"))
        });
        late.collect()
    }

    /// Whether a list is one once it is resolved: a repeated entry goes, and a list of one is its entry.
    fn is_list(&self, entry: Entry) -> bool {
        let tree = self.context.tree;
        let entries = tree.items(entry.value).iter().map(|item| tree.str(*item).map(str::to_ascii_lowercase));
        entries.collect::<FxHashSet<_>>().len() > 1
    }

    fn late(&self, entry: Entry, since: Sdk, message: &str) -> Option<Finding> {
        Some(self.at_key(entry, since, message)?.help(format!("take it out; it came with {since}")))
    }

    fn at_key(&self, entry: Entry, since: Sdk, message: &str) -> Option<Finding> {
        let span = self.context.tree.span(entry.key);
        let finding = Finding::new(&RULE, span, self.said(message));
        (self.target < since).then(|| finding.at(Place::around(self.context.tree, span)))
    }

    fn at_value(&self, value: NodeId, since: Sdk, message: &str) -> Option<Finding> {
        let span = self.context.value_span(value);
        let place = Place::around(self.context.tree, self.context.tree.span(value));
        let finding = Finding::new(&RULE, span, self.said(message)).at(place);
        (self.target < since).then(|| self.context.label_alias(finding, value))
    }

    fn said(&self, message: &str) -> String {
        format!("{message} in SDK {}", self.target)
    }
}
