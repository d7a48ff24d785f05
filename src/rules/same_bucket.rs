//! AC602: one bucket for input and output.

use super::Context;
use crate::catalog::Provider;
use crate::facts::storage_providers;
use crate::finding::Finding;
use crate::profile::{Field, Setting, Storage, SubjectId};
use crate::rule::{Kind, Rule, Severity};
use crate::yaml::NodeId;

/// AC602
pub const RULE: Rule = Rule {
    code: "AC602",
    name: "same-bucket",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "`inputBucket` and `outputBucket` are the same bucket",
    docs: r"
A job that writes into the bucket it reads from can overwrite its own input; the SDK refuses it since 0.1.70.
Two buckets of the same name on different storage are fine.

```yaml bad
profiles:
  train:
    inputBucket: my-data
    outputBucket: my-data
```

```yaml good
profiles:
  train:
    inputBucket: my-data
    outputBucket: my-results
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_same = |id, input: Setting, output: Setting| {
        let (input, output) = (context.text(input.entry.value), context.text(output.entry.value));
        input.is_some() && input == output && is_same_storage(context, id)
    };
    for conflict in context.conflicts((Field::InputBucket, Field::OutputBucket), is_same) {
        let [(_, input), _] = conflict.settings;
        let (name, bucket) =
            (context.subjects.name(conflict.subject), context.quote(None, input.entry.value));
        let message =
            format!("`{name}` reads from and writes to the same bucket, {bucket}{}", conflict.others);
        findings.push(conflict.finding(context, &RULE, message).help("write to another bucket"));
    }
}

/// Whether input and output are surely on the same storage: the same credentials, be they spelt out or the
/// profile's own, or a provider where a bucket's name is taken by one bucket in the world.
fn is_same_storage(context: &Context<'_>, id: SubjectId) -> bool {
    let storage = |field| -> Option<NodeId> {
        let setting =
            context.subjects.value(id, field).or_else(|| context.subjects.value(id, Field::Credentials))?;
        Some(setting.entry.value)
    };
    match (storage(Field::InputStorageCredentials), storage(Field::OutputStorageCredentials)) {
        (None, None) => true,
        (Some(input), Some(output)) if context.tree.same(input, output) => true,
        _ => is_same_worldwide(context, id),
    }
}

/// Whether both are at S3, or both at GCS. A container of Azure and a bucket of R2 belong to an account.
fn is_same_worldwide(context: &Context<'_>, id: SubjectId) -> bool {
    let [input, output, _] = Storage::ALL;
    let provider = |storage| {
        let storage = storage_providers(context, id, storage);
        storage.candidates.single().filter(|_| storage.is_known)
    };
    let Some(of) = provider(input).filter(|of| provider(output) == Some(*of)) else { return false };
    match of {
        Provider::Gcp => true,
        Provider::Aws => {
            // China and the government's regions have names of their own.
            let partition = |field| {
                let setting = context.subjects.value(id, field)?;
                context.catalog.region(Provider::Aws, context.text(setting.entry.value)?)?.partition()
            };
            let (one, other) = (partition(input.region), partition(output.region));
            one.or(Some("aws")) == other.or(Some("aws"))
        }
        Provider::Azure | Provider::Cloudflare | Provider::Lambda | Provider::Local => false,
    }
}
