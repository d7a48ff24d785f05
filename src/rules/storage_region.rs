//! AC604: a place where the storage's provider has no buckets.

use rustc_hash::FxHashMap;

use super::clash::{Clash, Extent, place_of};
use super::{Context, words};
use crate::catalog::ProviderSet;
use crate::facts::{StorageProviders, certain, storage_evidence, storage_providers};
use crate::finding::Finding;
use crate::profile::{Meeting, Storage, meetings_of};
use crate::rule::{Kind, Rule, Severity};

/// AC604
pub const RULE: Rule = Rule {
    code: "AC604",
    name: "storage-region",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "The storage's provider has no such region",
    docs: r"
A bucket is with the provider of its own credentials, else with the profile's. R2 has no regions but places:
`auto`, `wnam`, `enam`, `weur`, `eeur`, `apac` and `oc`. Where it is not known whose storage it is, the region
of any provider will do. The lists have a date: a region that is newer can be added under `[catalog.AWS]` (or
the section of another provider) in anycloud-lint.toml.

```yaml bad
profiles:
  train:
    cloudProvider: AWS
    inputBucket: eval-data
    inputStorageRegion: eastus
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    inputBucket: eval-data
    inputStorageRegion: us-east-1
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog;
    let mut known: FxHashMap<&str, ProviderSet> = FxHashMap::default();
    let clashes = meetings_of(context.subjects, |id, clashes| {
        let inferred = context.inference().of(id);
        for storage in Storage::ALL {
            if !inferred.sets(storage.region) {
                continue;
            }
            let Some(setting) = certain(context, id, storage.region) else { continue };
            let Some(name) = context.text(setting.entry.value) else { continue };
            let having = *known.entry(name).or_insert_with(|| {
                catalog.storage_region_providers(name).intersection(StorageProviders::all())
            });
            let storage_of = storage_providers(context, id, storage);
            if !storage_of.candidates.intersection(having).is_empty() {
                continue;
            }
            // Wherever the bucket of a job at Lambda is, it may be there.
            if storage_of.is_known || catalog.storage_region_providers(name).is_empty() {
                let decides = (!having.is_empty())
                    .then(|| storage_evidence(context, id, storage, |provider| !having.contains(provider)))
                    .flatten();
                clashes.push(Clash::new(storage.region, setting, place_of(decides)));
            }
        }
    });
    findings.extend(clashes.iter().map(|meeting| report(context, meeting)));
}

fn report(context: &Context<'_>, meeting: &Meeting<Clash>) -> Finding {
    let (catalog, clash) = (context.catalog, &meeting.key);
    let of = Storage::ALL
        .iter()
        .find(|storage| storage.region == clash.field)
        .map(|storage| storage_providers(context, meeting.subject, *storage));
    let known = of.filter(|of| of.is_known).map(|of| of.candidates);
    let candidates = known.unwrap_or_else(StorageProviders::all);
    let who = known.map_or_else(|| "no provider".to_owned(), |known| words::providers(known, "or"));
    let verb = if known.is_some() { "has no" } else { "has a" };
    let message = format!(
        "{who} {verb} storage region {}{}{}",
        context.quote(None, clash.node).or("of this name"),
        words::as_of(catalog, candidates),
        context.subjects.others(&meeting.others)
    );
    let name = clash.text(context);
    let closest = context.closest_storage_regions(candidates, name);
    let few: Vec<&str> = match candidates.single() {
        Some(provider) if catalog.storage_regions(provider).nth(8).is_none() => {
            catalog.storage_regions(provider).collect()
        }
        _ => Vec::new(),
    };
    let all = (!few.is_empty()).then(|| {
        let all: Vec<String> = few.iter().map(|name| format!("`{name}`")).collect();
        format!("there are {}", words::list(&all, "and"))
    });
    let section = if known.is_some() { candidates } else { ProviderSet::COMPUTE };
    let help = words::help([words::did_you_mean(&closest, candidates).or(all), words::newer("it", section)]);
    clash.finding(context, &RULE, meeting, Extent::Value, message).help(help)
}
