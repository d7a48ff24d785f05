//! AC603: a name that no bucket can have.

mod naming;
mod url;

use rustc_hash::FxHashMap;

use self::naming::{flaw, is_plain};
use super::clash::{Clash, Extent, place_of};
use super::context::Quoted;
use super::{Context, words};
use crate::catalog::{Provider, ProviderSet};
use crate::facts::{StorageProviders, certain, storage_evidence, storage_providers};
use crate::finding::Finding;
use crate::profile::{Meeting, Storage, meetings_of};
use crate::rule::{Kind, Rule, Severity};

/// AC603
pub const RULE: Rule = Rule {
    code: "AC603",
    name: "bucket-name",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "The storage's provider does not allow a bucket of that name",
    docs: r"
Names of buckets have 3 to 63 lower-case letters, digits and hyphens everywhere. S3 and GCS allow dots, GCS
underscores as well; at Azure, where a bucket is a container, no two hyphens may stand in a row. Where it is
not known whose storage it is, only a name that none allows is reported. The value is the name alone: no
`s3://` before it and no path behind it.

```yaml bad
profiles:
  train:
    cloudProvider: AWS
    inputBucket: Eval_Data
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    inputBucket: eval-data
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut known: FxHashMap<&str, ProviderSet> = FxHashMap::default();
    let clashes = meetings_of(context.subjects, |id, clashes| {
        let inferred = context.inference().of(id);
        for storage in Storage::ALL {
            if !inferred.sets(storage.bucket) {
                continue;
            }
            let Some(setting) = certain(context, id, storage.bucket) else { continue };
            let Some(name) = context.text(setting.entry.value) else { continue };
            if is_plain(name) {
                continue;
            }
            let allowing = *known.entry(name).or_insert_with(|| allowing(name));
            if allowing == StorageProviders::all() {
                continue;
            }
            let storage_of = storage_providers(context, id, storage);
            if storage_of.candidates.intersection(allowing).is_empty() {
                let decides = (!allowing.is_empty())
                    .then(|| storage_evidence(context, id, storage, |provider| !allowing.contains(provider)))
                    .flatten();
                clashes.push(Clash::new(storage.bucket, setting, place_of(decides)));
            }
        }
    });
    findings.extend(clashes.iter().map(|meeting| report(context, meeting)));
}

/// The providers that allow a bucket of that name.
fn allowing(name: &str) -> ProviderSet {
    StorageProviders::all().iter().filter(|provider| flaw(*provider, name).is_none()).collect()
}

fn report(context: &Context<'_>, meeting: &Meeting<Clash>) -> Finding {
    let clash = &meeting.key;
    let name = clash.text(context);
    let candidates = Storage::ALL
        .iter()
        .find(|storage| storage.bucket == clash.field)
        .map_or_else(StorageProviders::all, |storage| {
            storage_providers(context, meeting.subject, *storage).candidates
        });
    let of_all = clash.with.is_none();
    let who = if of_all { "no provider".to_owned() } else { words::providers(candidates, "or") };
    let verb = if of_all { "allows" } else { "does not allow" };
    let called = match context.quote(None, clash.node) {
        // A URL may hold a key, or a signature.
        quoted @ Quoted::Text(text) if !text.contains(['?', '@']) => format!("called {quoted}"),
        Quoted::Text(_) | Quoted::Kind(_) => "of this name".to_owned(),
    };
    let message = format!("{who} {verb} a bucket {called}{}", context.subjects.others(&meeting.others));
    let reasons: Vec<String> = candidates
        .iter()
        .filter_map(|provider| flaw(provider, name).map(|flaw| format!("{}: {flaw}", service(provider))))
        .collect();
    let inside = url::bucket_in(name).filter(|(bucket, _)| !allowing(bucket).is_empty());
    let help = if let Some((bucket, has_path)) = inside {
        let rest = if has_path { "; the path belongs into the job" } else { "" };
        format!("write the bucket's name alone, `{bucket}`{rest}")
    } else if name.contains("://") {
        "write the bucket's name alone, without its address".to_owned()
    } else if of_all {
        let rule = "3 to 63 lower-case letters, digits and hyphens are allowed everywhere".to_owned();
        words::help([Some(rule), respelt(name, candidates)])
    } else {
        words::help(reasons.into_iter().map(Some).chain([respelt(name, candidates)]))
    };
    clash.finding(context, &RULE, meeting, Extent::Value, message).help(help)
}

/// The name that comes to mind and is allowed.
fn respelt(name: &str, candidates: ProviderSet) -> Option<String> {
    let name = name.to_lowercase().replace(['_', ' ', '.'], "-");
    let name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let is_allowed = candidates.iter().all(|provider| flaw(provider, &name).is_none());
    is_allowed.then(|| format!("`{name}` would do"))
}

/// The provider's storage, as people call it.
fn service(provider: Provider) -> &'static str {
    match provider {
        Provider::Aws => "S3",
        Provider::Gcp => "GCS",
        Provider::Azure => "Azure containers",
        Provider::Cloudflare => "R2",
        Provider::Lambda | Provider::Local => provider.name(),
    }
}
