//! AC307: a GPU that is not offered in the region.

use super::clash::{self, Clash, Extent, candidates};
use super::{Context, words};
use crate::catalog::{Catalog, Gpu, GpuRequest, Offered, Provider, ProviderSet, ZoneFit};
use crate::finding::Finding;
use crate::profile::{Field, Meeting};
use crate::rule::{Kind, Rule, Severity};

/// AC307
pub const RULE: Rule = Rule {
    code: "AC307",
    name: "gpu-region",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "No VM type with that GPU, in that number, is offered in that region",
    docs: r"
The provider has the GPU, but not in this region, or not in this number. Take a region that has it, or leave
`region` out where it does not matter. The lists have a date. Where a size is sold at Azure is known from its
prices only, so there it is a warning.

```yaml bad
profiles:
  train:
    cloudProvider: AWS
    region: eu-central-1
    gpuType: h100:8
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    region: us-east-1
    gpuType: h100:8
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog;
    let clashes = clash::with_region(context, Field::GpuType, |candidates, text, region| {
        is_missing(catalog, candidates, text, region)
    });
    findings.extend(clashes.iter().filter_map(|meeting| report(context, meeting)));
    let clashes =
        clash::with_field(context, Field::GpuType, Field::AvailabilityZone, |candidates, text, zone| {
            is_not_in_zone(catalog, candidates, text, zone)
        });
    findings.extend(clashes.iter().filter_map(|meeting| report_zone(context, meeting)));
}

/// Whether the zone's region has the GPU, but the zone has not.
fn is_not_in_zone(catalog: &Catalog, candidates: ProviderSet, text: &str, zone: &str) -> bool {
    let Ok(request) = GpuRequest::parse(text) else { return false };
    let (Some(gpu), Some(provider)) = (request.gpu(), candidates.single()) else { return false };
    let Some((home, region)) = catalog.zone_region(zone) else { return false };
    home == provider
        && catalog.zone_fit(provider, region, zone) == ZoneFit::Fits
        && catalog.gpu_offered_in(provider, gpu, request.count.exact(), region) == Offered::Yes
        && catalog.gpu_offered_in_zone(provider, gpu, request.count.exact(), zone) == Offered::No
}

fn report_zone(context: &Context<'_>, meeting: &Meeting<Clash>) -> Option<Finding> {
    let (catalog, clash) = (context.catalog, &meeting.key);
    let zone = clash.with_text(context);
    let (provider, region) = catalog.zone_region(zone)?;
    let request = GpuRequest::parse(clash.text(context)).ok()?;
    let (gpu, count) = (request.gpu()?, request.count.exact());
    let number = count.map(|count| format!("{count} ")).unwrap_or_default();
    let of = ProviderSet::of(provider);
    let message = format!(
        "no VM type with {number}`{}` is offered in the zone `{zone}`{}{}",
        request.name,
        words::as_of(catalog, of),
        context.subjects.others(&meeting.others)
    );
    let zones = words::names(catalog.zones_with_gpu(provider, gpu, count, region), "or");
    let elsewhere = (!zones.is_empty()).then(|| format!("`{region}` has some in {zones}"));
    let newer = words::newer("a VM type that has it", of).map(|newer| format!("{newer} and set `vmType`"));
    let anywhere = Some("leave `availabilityZone` out where any zone will do".to_owned());
    let help = words::help([elsewhere, anywhere, newer]);
    let severity = words::severity(catalog, of, |facts| facts.vm_regions_complete);
    let finding = clash.finding(context, &RULE, meeting, Extent::Entry, message);
    Some(finding.severity(severity).help(help))
}

/// The providers among these that have the region, and the GPU in that number somewhere.
fn having(
    catalog: &Catalog,
    candidates: ProviderSet,
    (gpu, count): (Gpu, Option<u32>),
    region: &str,
) -> ProviderSet {
    let both = catalog.gpu_providers(gpu).intersection(catalog.region_providers(region));
    let has_number = |provider: &Provider| {
        count.is_none_or(|count| catalog.gpu_counts(*provider, gpu).has(count) != Some(false))
    };
    both.intersection(candidates).iter().filter(has_number).collect()
}

fn is_missing(catalog: &Catalog, candidates: ProviderSet, text: &str, region: &str) -> bool {
    let Ok(request) = GpuRequest::parse(text) else { return false };
    let Some(gpu) = request.gpu() else { return false };
    let count = request.count.exact();
    let having = having(catalog, candidates, (gpu, count), region);
    let fails = |provider| catalog.gpu_offered_in(provider, gpu, count, region) == Offered::No;
    !having.is_empty() && having.iter().all(fails)
}

fn report(context: &Context<'_>, meeting: &Meeting<Clash>) -> Option<Finding> {
    let (catalog, clash) = (context.catalog, &meeting.key);
    let region = clash.with_text(context);
    let request = GpuRequest::parse(clash.text(context)).ok()?;
    let (gpu, count) = (request.gpu()?, request.count.exact());
    let having = having(catalog, candidates(context, meeting.subject), (gpu, count), region);
    let number = count.map(|count| format!("{count} ")).unwrap_or_default();
    let message = format!(
        "no VM type with {number}`{}` is offered in `{region}`{}{}",
        request.name,
        words::as_of(catalog, having),
        context.subjects.others(&meeting.others)
    );
    let nearest =
        having.iter().flat_map(|provider| catalog.regions_with_gpu(provider, gpu, count, Some(region)));
    let nearest = words::names(nearest, "or");
    let elsewhere = (!nearest.is_empty()).then(|| format!("there are some in {nearest}"));
    let help = words::help([
        numbers_there(catalog, having, gpu, region).filter(|_| count.is_some()),
        elsewhere,
        words::newer("a VM type that has it", having).map(|newer| format!("{newer} and set `vmType`")),
    ]);
    let severity = words::severity(catalog, having, |facts| facts.vm_regions_complete);
    let finding = clash.finding(context, &RULE, meeting, Extent::Entry, message);
    Some(finding.severity(severity).help(help))
}

/// The numbers of the GPU that the region does have.
fn numbers_there(catalog: &Catalog, having: ProviderSet, gpu: Gpu, region: &str) -> Option<String> {
    let there = |provider| {
        let known = catalog.gpu_counts(provider, gpu).known.into_iter();
        known.filter(move |count| {
            catalog.gpu_offered_in(provider, gpu, Some(u32::from(*count)), region) == Offered::Yes
        })
    };
    let numbers: Vec<String> = having.iter().flat_map(there).map(|count| count.to_string()).collect();
    (!numbers.is_empty())
        .then(|| format!("in `{region}` there are VMs with {} of it", words::list(&numbers, "or")))
}
