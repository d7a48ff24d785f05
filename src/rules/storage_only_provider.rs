//! AC504: Cloudflare where something has to compute.

use super::Context;
use crate::catalog::Provider;
use crate::finding::Finding;
use crate::profile::Field;
use crate::rule::{Kind, Rule, Severity};
use crate::schema::{Mismatch, MismatchKind};

/// AC504
pub const RULE: Rule = Rule {
    code: "AC504",
    name: "storage-only-provider",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "Cloudflare is named as the cloud that computes",
    docs: r"
anycloud uses Cloudflare R2 for buckets. It can't run a job there, so Cloudflare fits
`inputStorageCredentials` and its kin, but neither `cloudProvider` nor `credentials`.

```yaml bad
profiles:
  train:
    cloudProvider: Cloudflare
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    inputBucket: my-data
    inputStorageCredentials: my-r2
```
",
};

const MESSAGE: &str = "Cloudflare stores buckets, it can't run a job";

const CREDENTIALS_HELP: &str = "use the credentials of the cloud that runs the job here, and these in \
    `inputStorageCredentials`, `outputStorageCredentials` or `checkpointStorageCredentials`";

const PROVIDER_HELP: &str =
    "name the cloud that runs the job; a bucket on R2 needs only `inputStorageCredentials` and its kin";

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for mismatch in context.mismatches.iter().filter(|mismatch| is_storage_only(context, mismatch)) {
        let help = if mismatch.place.field() == Some(Field::Credentials.name()) {
            CREDENTIALS_HELP
        } else {
            PROVIDER_HELP
        };
        let finding = Finding::new(&RULE, context.value_span(mismatch.value), MESSAGE);
        findings.push(context.label_alias(finding.at(mismatch.place.clone()).help(help), mismatch.value));
    }
    let Some(credentials) = context.credentials else { return };
    for profile in context.subjects.all() {
        for (field, setting) in
            context.subjects.own(profile.id).filter(|(field, _)| *field == Field::Credentials)
        {
            let value = setting.entry.value;
            let provider = context.text(value).and_then(|name| credentials.get(name));
            if provider == Some(&Provider::Cloudflare) {
                let finding = context.about_value(&RULE, profile, field.name(), value, MESSAGE);
                findings.push(finding.help(CREDENTIALS_HELP));
            }
        }
    }
}

/// Whether a value does not fit because it is Cloudflare, in whatever case, as a compute provider.
pub(super) fn is_storage_only(context: &Context<'_>, mismatch: &Mismatch) -> bool {
    let MismatchKind::NotOneOf(options) = &mismatch.kind else { return false };
    let is_compute =
        options.iter().any(|option| option == "AWS") && !options.iter().any(|option| option == "Cloudflare");
    is_compute && context.tree.str(mismatch.value).is_some_and(|text| text.eq_ignore_ascii_case("cloudflare"))
}
