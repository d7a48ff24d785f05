//! AC502: secrets in the file.

use rustc_hash::FxHashSet;

use super::{Context, keys};
use crate::credential;
use crate::finding::Finding;
use crate::profile::{Field, Place, SubjectId};
use crate::rule::{Kind, Rule, Severity};
use crate::secret;
use crate::yaml::{Data, Entry, NodeId};

/// AC502
pub const RULE: Rule = Rule {
    code: "AC502",
    name: "plaintext-secret",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "A secret is written in the file",
    docs: r"
A key in a file ends up in version control, backups and chat windows, and everybody who gets the file can use
it. Save the credentials once with `anycloud credentials new` and put their name here. A secret that has been
committed is no longer one: replace it at the provider.

```yaml bad
profiles:
  train:
    credentials:
      cloudProvider: Lambda
      apiKey: secret_my-key_0123456789
```

```yaml good
profiles:
  train:
    credentials: my-lambda
```
",
};

const HELP: &str = "save it with `anycloud credentials new` and put the name here; replace it at the provider if it was ever committed";

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let mut known: FxHashSet<NodeId> = FxHashSet::default();
    for profile in context.subjects.all() {
        for (field, setting) in context.subjects.own(profile.id) {
            let object = setting.entry.value;
            if !is_credentials(field) || !matches!(tree.data(object), Data::Map(_)) {
                continue;
            }
            known.extend(tree.entries(object).iter().map(|entry| tree.target(entry.value)));
            findings.extend(in_object(context, profile.id, field, object));
        }
    }
    if !secret::has_secret_shape(tree.source().text()) {
        return;
    }
    for map in tree.ids() {
        for entry in tree.written_entries(map) {
            let exempt = matches!(tree.key(entry.key), "accessKeyId" | "privateKey");
            let values = std::iter::once(&entry.value).chain(tree.items(entry.value));
            let shaped = values.filter(|value| !tree.is_alias(**value) && !known.contains(value) && !exempt);
            for value in shaped.filter(|value| tree.str(**value).is_some_and(secret::has_secret_shape)) {
                let span = tree.span(*value);
                let finding =
                    Finding::new(&RULE, span, "this has the shape of a secret").at(Place::around(tree, span));
                findings.push(finding.help(HELP));
            }
        }
    }
}

fn in_object(context: &Context<'_>, profile: SubjectId, field: Field, object: NodeId) -> Option<Finding> {
    let tree = context.tree;
    // A key that only another tool knows may mean a secret field all the same.
    let known = keys::of_object(context, object);
    let is_secret = |key: &str| {
        let field = keys::by_another_name(key, &known).filter(|_| !known.contains(&key));
        field.and_then(credential::field).is_some_and(|field| field.is_secret)
    };
    let Entry { key, value } = secret::first_in_object(tree, object, is_secret)?;
    let place = context.place(profile, field.name()).key(tree.key(key));
    let finding = Finding::new(
        &RULE,
        context.value_span(value),
        format!("`{}` is a secret, and it is written in the file", tree.key(key)),
    );
    Some(finding.at(place).help(HELP))
}

/// Whether a field takes credentials.
fn is_credentials(field: Field) -> bool {
    matches!(
        field,
        Field::Credentials
            | Field::InputStorageCredentials
            | Field::OutputStorageCredentials
            | Field::CheckpointStorageCredentials
    )
}
