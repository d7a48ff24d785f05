//! AC304: a number of GPUs that no VM has.

use rustc_hash::FxHashMap;

use super::clash::{Clash, Extent, candidates, place_of};
use super::{Context, words};
use crate::catalog::{Catalog, GpuRequest, Provider, ProviderSet};
use crate::facts::{certain, deciding};
use crate::finding::Finding;
use crate::profile::{Field, Meeting, meetings_of};
use crate::rule::{Kind, Rule, Severity};

/// AC304
pub const RULE: Rule = Rule {
    code: "AC304",
    name: "gpu-count",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "No VM of the provider has that number of that GPU",
    docs: r"
GPUs come in fixed numbers: a VM with H100s has 1 or 8 of them at AWS. `h100` takes any number, `h100:all` all
that a VM has. Where the provider's list is not complete (Lambda), this is a warning.

```yaml bad
profiles:
  train:
    cloudProvider: AWS
    gpuType: h100:3
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    gpuType: h100:8
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog;
    let mut known: FxHashMap<(&str, ProviderSet), bool> = FxHashMap::default();
    let clashes = meetings_of(context.subjects, |id, clashes| {
        let inferred = context.inference().of(id);
        if !inferred.sets(Field::GpuType) || inferred.is_contradictory {
            return;
        }
        let Some(setting) = certain(context, id, Field::GpuType) else { return };
        for entry in context.pool(setting.entry.value).filter(|entry| entry.text.contains(':')) {
            let fails = known.entry((entry.text, inferred.candidates));
            if *fails.or_insert_with(|| is_impossible(catalog, inferred.candidates, entry.text)) {
                let decides = deciding(context, id, |provider| {
                    let alone = ProviderSet::of(provider);
                    having(catalog, alone, entry.text).is_empty() || is_impossible(catalog, alone, entry.text)
                });
                clashes.push(Clash::of(Field::GpuType, setting, &entry, place_of(decides)));
            }
        }
    });
    findings.extend(clashes.iter().filter_map(|meeting| report(context, meeting)));
}

/// The providers among these that have the GPU, in whatever number.
fn having(catalog: &Catalog, candidates: ProviderSet, text: &str) -> ProviderSet {
    let gpu = GpuRequest::parse(text).ok().and_then(GpuRequest::gpu);
    gpu.map_or(ProviderSet::EMPTY, |gpu| catalog.gpu_providers(gpu).intersection(candidates))
}

/// Whether some of these providers have the GPU, but none in that number.
fn is_impossible(catalog: &Catalog, candidates: ProviderSet, text: &str) -> bool {
    let Ok(request) = GpuRequest::parse(text) else { return false };
    let (Some(gpu), Some(count)) = (request.gpu(), request.count.exact()) else { return false };
    let having = having(catalog, candidates, text);
    let fails = |provider| catalog.gpu_counts(provider, gpu).has(count) == Some(false);
    !having.is_empty() && having.iter().all(fails)
}

fn report(context: &Context<'_>, meeting: &Meeting<Clash>) -> Option<Finding> {
    let (catalog, clash) = (context.catalog, &meeting.key);
    let text = clash.text(context);
    let request = GpuRequest::parse(text).ok()?;
    let (gpu, count) = (request.gpu()?, request.count.exact()?);
    let having = having(catalog, candidates(context, meeting.subject), text);
    let message = format!(
        "{} no VM with {count} `{}`{}{}",
        if having.single().is_some() {
            format!("{} has", words::providers(having, "and"))
        } else {
            format!("{} have", words::providers(having, "and"))
        },
        request.name,
        words::as_of(catalog, having),
        context.subjects.others(&meeting.others)
    );
    let numbers = |provider: Provider| {
        let known = catalog.gpu_counts(provider, gpu).known;
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        format!("{provider} has {} of it on one VM", words::list(&known, "or"))
    };
    let newer = words::newer("a VM type that has so many", having);
    let newer = newer.map(|newer| format!("{newer} and set `vmType`"));
    let help = words::help(having.iter().map(numbers).map(Some).chain([newer]));
    // A provider whose VM types are not all known may have one with that many; one that is complete
    // among several says that the number is wrong.
    let worst = |id| {
        let having = self::having(catalog, candidates(context, id), text);
        let is_known = having.iter().any(|provider| catalog.facts(provider).vm_types_complete);
        if is_known { Severity::Error } else { Severity::Warning }
    };
    let severity = meeting.members().map(worst).min().unwrap_or(Severity::Error);
    let finding = clash.finding(context, &RULE, meeting, Extent::Value, message);
    Some(finding.severity(severity).help(help))
}
