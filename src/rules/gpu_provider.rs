//! AC305: a GPU that the provider does not have.

use rustc_hash::FxHashMap;

use super::clash::{Clash, Extent, candidates, place_of};
use super::{Context, words};
use crate::catalog::{Catalog, Gpu, GpuRequest, Provider, ProviderSet};
use crate::facts::{certain, deciding};
use crate::finding::Finding;
use crate::profile::{Field, Meeting, meetings_of};
use crate::rule::{Kind, Rule, Severity};

/// AC305
pub const RULE: Rule = Rule {
    code: "AC305",
    name: "gpu-provider",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "The provider does not offer that GPU",
    docs: r"
The GPU exists, but not at the provider that the rest of the profile is about. Ask for one that it has, or go
to a provider that has this one. Where the provider's list is not complete (Lambda), this is a warning.

```yaml bad
profiles:
  train:
    cloudProvider: AWS
    gpuType: a10
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    gpuType: a10g
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog;
    let mut known: FxHashMap<(&str, ProviderSet), bool> = FxHashMap::default();
    let clashes = meetings_of(context.subjects, |id, clashes| {
        let inferred = context.inference().of(id);
        if !inferred.sets(Field::GpuType) || !inferred.is_known || inferred.is_contradictory {
            return;
        }
        let Some(setting) = certain(context, id, Field::GpuType) else { return };
        for entry in context.pool(setting.entry.value) {
            let lacks = |candidates| is_lacking(catalog, candidates, entry.text);
            let fails = known.entry((entry.text, inferred.candidates));
            if *fails.or_insert_with(|| lacks(inferred.candidates)) {
                let decides = deciding(context, id, |provider| lacks(ProviderSet::of(provider)));
                clashes.push(Clash::of(Field::GpuType, setting, &entry, place_of(decides)));
            }
        }
    });
    findings.extend(clashes.iter().filter_map(|meeting| report(context, meeting)));
}

/// Whether there is such a GPU, but none of these providers has it.
fn is_lacking(catalog: &Catalog, candidates: ProviderSet, text: &str) -> bool {
    let Some(gpu) = gpu(text) else { return false };
    let having = catalog.gpu_providers(gpu);
    // The own machine may have any GPU.
    !having.is_empty() && having.intersection(candidates).is_empty() && !candidates.contains(Provider::Local)
}

fn gpu(text: &str) -> Option<Gpu> {
    GpuRequest::parse(text).ok()?.gpu()
}

fn report(context: &Context<'_>, meeting: &Meeting<Clash>) -> Option<Finding> {
    let (catalog, clash) = (context.catalog, &meeting.key);
    let request = GpuRequest::parse(clash.text(context)).ok()?;
    let gpu = request.gpu()?;
    let own = candidates(context, meeting.subject);
    let message = format!(
        "{} does not offer `{}`{}{}",
        words::providers(own, "or"),
        request.name,
        words::as_of(catalog, own),
        context.subjects.others(&meeting.others)
    );
    let mut closest = context.closest_gpus(own, request.name);
    closest.retain(|suggestion| !suggestion.providers.intersection(own).is_empty());
    let having = catalog.gpu_providers(gpu);
    let verb = if having.single().is_some() { "does" } else { "do" };
    let newer = words::newer("a VM type that has it", own);
    let newer = newer.map(|newer| format!("{newer} and set `vmType`"));
    let help = words::help([
        Some(format!("{} {verb}", words::providers(having, "and"))),
        words::did_you_mean(&closest, own),
        newer,
    ]);
    let severity = words::severity(catalog, own, |facts| facts.vm_types_complete);
    let finding = clash.finding(context, &RULE, meeting, Extent::Value, message);
    Some(finding.severity(severity).help(help))
}
