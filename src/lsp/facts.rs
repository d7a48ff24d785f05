//! What the catalog knows, in a few lines of Markdown.

use std::fmt::Write as _;

use crate::catalog::{Catalog, Gpu, GpuRequest, Offered, Provider, ProviderSet, VmType};

/// No more names than a reader takes in at a glance.
const SHOWN: usize = 8;

/// A VM type: its size, and where it is offered.
pub fn vm_type(
    catalog: &Catalog,
    candidates: ProviderSet,
    name: &str,
    region: Option<&str>,
) -> Option<String> {
    let having: ProviderSet =
        Provider::COMPUTE.into_iter().filter(|provider| catalog.vm_type(*provider, name).is_some()).collect();
    let provider = first(candidates, having)?;
    let found = catalog.vm_type(provider, name)?;
    let mut text = format!("**`{}`** at {provider}\n\n{}", found.name(), size(&found));
    let regions = catalog.regions_offering(provider, found.name(), region);
    if !regions.is_empty() {
        let _ = write!(text, "\n\nOffered in {}", names(&regions));
    }
    Some(text + &date(catalog, provider))
}

/// The size of a VM type in words: `4 vCPUs, 32 GiB, 1 × L40S (48 GiB)`.
pub fn size(vm_type: &VmType<'_>) -> String {
    let mut parts = Vec::new();
    parts.extend(vm_type.vcpus().map(|count| format!("{count} vCPUs")));
    parts.extend(vm_type.memory_gib().map(|memory| format!("{memory} GiB")));
    if let Some(gpu) = vm_type.gpu() {
        let count = vm_type.gpu_count().map_or_else(|| "part of a".to_owned(), |count| format!("{count} ×"));
        let memory = vm_type.gpu_memory_gib().map_or_else(String::new, |memory| format!(" ({memory} GiB)"));
        parts.push(format!("{count} {gpu}{memory}"));
    }
    if parts.is_empty() { "Nothing but its name is known.".into() } else { parts.join(", ") }
}

/// A region: where it is, and its zones.
pub fn region(catalog: &Catalog, candidates: ProviderSet, name: &str) -> Option<String> {
    let provider = first(candidates, catalog.region_providers(name))?;
    let region = catalog.region(provider, name)?;
    let mut text = format!("**`{name}`**, a region of {provider}");
    if let Some(geography) = region.geography() {
        let _ = write!(text, " ({})", geography.name());
    }
    let zones: Vec<String> = region.zones().collect();
    if !zones.is_empty() {
        let zones: Vec<&str> = zones.iter().map(String::as_str).collect();
        let _ = write!(text, "\n\nZones: {}", names(&zones));
    }
    Some(text + &date(catalog, provider))
}

/// A place for a bucket.
pub fn storage_region(catalog: &Catalog, name: &str) -> Option<String> {
    let providers: Vec<&str> = catalog.storage_region_providers(name).iter().map(Provider::name).collect();
    (!providers.is_empty()).then(|| format!("**`{name}`**, a place for buckets of {}", providers.join(", ")))
}

/// A GPU: its memory, and who offers it in what number.
pub fn gpu(catalog: &Catalog, candidates: ProviderSet, text: &str, region: Option<&str>) -> Option<String> {
    let request = GpuRequest::parse(text).ok()?;
    let gpu = request.gpu()?;
    let mut shown = format!("**{gpu}**");
    if let Some(vendor) = gpu.vendor() {
        let _ = write!(shown, ", {vendor}");
    }
    if let Some(memory) = gpu.memory_gib() {
        let _ = write!(shown, ", {memory} GiB");
    }
    let offering = catalog.gpu_providers(gpu);
    let wanted = offering.intersection(candidates);
    let wanted = if wanted.is_empty() { offering } else { wanted };
    for provider in wanted.iter() {
        let _ = write!(shown, "\n\n{provider}: {}", counts(catalog, provider, gpu));
        let near = region.filter(|region| catalog.region(provider, region).is_some());
        let count = request.count.exact();
        if let Some(region) = near {
            match catalog.gpu_offered_in(provider, gpu, count, region) {
                Offered::Yes => drop(write!(shown, "; offered in `{region}`")),
                Offered::No => drop(write!(shown, "; not in `{region}`")),
                Offered::Unknown => {}
            }
        }
        let regions = catalog.regions_with_gpu(provider, gpu, count, near);
        if !regions.is_empty() {
            let _ = write!(shown, "; regions: {}", names(&regions));
        }
        shown.push_str(&date(catalog, provider));
    }
    Some(shown)
}

/// The numbers of a GPU on one VM, in words.
pub fn counts(catalog: &Catalog, provider: Provider, gpu: Gpu) -> String {
    let counts = catalog.gpu_counts(provider, gpu);
    let known: Vec<String> = counts.known.iter().map(u8::to_string).collect();
    match known.as_slice() {
        [] => "in a number that is not known".into(),
        [one] => format!("{one} to a VM"),
        _ => format!("{} to a VM", known.join(", ")),
    }
}

/// A zone: whose it is.
pub fn zone(catalog: &Catalog, name: &str) -> Option<String> {
    let (provider, region) = catalog.zone_region(name)?;
    Some(format!("**`{name}`**, a zone of `{region}` at {provider}{}", date(catalog, provider)))
}

/// A provider: how much is known of it.
pub fn provider(catalog: &Catalog, name: &str) -> Option<String> {
    let provider = Provider::from_name(name)?;
    let (regions, vm_types) = (catalog.regions(provider).count(), catalog.vm_types(provider).count());
    if regions == 0 {
        return Some(format!("**{provider}**"));
    }
    let spot = if catalog.facts(provider).spot { "with spot capacity" } else { "without spot capacity" };
    Some(format!(
        "**{provider}**\n\n{regions} regions, {vm_types} VM types, {spot}{}",
        date(catalog, provider)
    ))
}

/// How old the facts about a provider are.
pub fn date(catalog: &Catalog, provider: Provider) -> String {
    let facts = catalog.facts(provider);
    if facts.as_of.is_empty() {
        return String::new();
    }
    let doubt = if facts.vm_regions_complete { "" } else { ", incomplete" };
    format!("\n\n*{provider} as of {}{doubt}*", facts.as_of)
}

fn first(preferred: ProviderSet, having: ProviderSet) -> Option<Provider> {
    preferred.intersection(having).iter().next().or_else(|| having.iter().next())
}

fn names(all: &[&str]) -> String {
    let shown: Vec<String> = all.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = all.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
