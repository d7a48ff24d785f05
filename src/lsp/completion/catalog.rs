//! What the clouds offer: regions, zones, VM types and GPUs that get along with the rest of the profile.

use gen_lsp_types::CompletionItemKind;

use super::scene::Scenes;
use super::{MOST, Offer};
use crate::catalog::{Gpu, Provider, ProviderSet, Region};
use crate::facts::{StorageProviders, storage_providers};
use crate::lsp::facts;
use crate::lsp::view::View;
use crate::profile::{Field, Storage, SubjectId};

/// The regions of the provider.
pub(super) fn regions(view: &View<'_>, scenes: &Scenes<'_>) -> Vec<Offer> {
    let catalog = view.facts.catalog();
    let mut offers = Vec::new();
    for provider in scenes.providers().iter() {
        let fitting = catalog.regions(provider).map(Region::name);
        for name in fitting.filter(|name| scenes.takes_region(provider, name)) {
            let place = catalog.region(provider, name).and_then(Region::geography);
            let place = place.map_or_else(String::new, |place| format!(", {}", place.name()));
            offers.push(Offer::new(name, CompletionItemKind::Constant).detail(format!("{provider}{place}")));
        }
    }
    offers
}

/// The zones of the region.
pub(super) fn zones(view: &View<'_>, scenes: &Scenes<'_>) -> Vec<Offer> {
    let catalog = view.facts.catalog();
    let mut offers = Vec::new();
    for provider in scenes.providers().iter() {
        for name in scenes.regions() {
            let Some(region) = catalog.region(provider, name) else { continue };
            let fitting = region.zones().filter(|zone| scenes.takes_zone(provider, name, zone));
            offers.extend(fitting.map(|zone| {
                Offer::new(zone, CompletionItemKind::Constant).detail(format!("{provider}, {name}"))
            }));
        }
    }
    offers
}

/// The VM types that are offered in the region, with their sizes.
pub(super) fn vm_types(view: &View<'_>, scenes: &Scenes<'_>) -> Vec<Offer> {
    let catalog = view.facts.catalog();
    let mut offers = Vec::new();
    for provider in scenes.providers().iter() {
        for vm_type in catalog.vm_types(provider) {
            // What is more than can be sent is left for when more has been typed.
            if offers.len() <= MOST && scenes.takes_vm_type(provider, vm_type.name()) {
                let detail = format!("{provider}: {}", facts::size(&vm_type));
                offers.push(Offer::new(vm_type.name(), CompletionItemKind::Constant).detail(detail));
            }
        }
    }
    offers
}

/// The GPUs, by name alone and with the numbers that exist.
pub(super) fn gpus(view: &View<'_>, scenes: &Scenes<'_>) -> Vec<Offer> {
    let catalog = view.facts.catalog();
    let mut offers = Vec::new();
    for gpu in Gpu::all() {
        let providers = catalog.gpu_providers(gpu).intersection(scenes.providers());
        if providers.is_empty() {
            continue;
        }
        let name = gpu.name().to_ascii_lowercase();
        let mut counts: Vec<u8> =
            providers.iter().flat_map(|provider| catalog.gpu_counts(provider, gpu).known).collect();
        counts.sort_unstable();
        counts.dedup();
        let names: Vec<&str> = providers.iter().map(Provider::name).collect();
        let memory = gpu.memory_gib().map_or_else(String::new, |memory| format!("{memory} GiB, "));
        let detail = format!("{memory}{}", names.join(", "));
        let counted = counts.into_iter().map(|count| format!("{name}:{count}"));
        for text in std::iter::once(name.clone()).chain(counted) {
            if scenes.takes_gpu(&text) {
                offers.push(Offer::new(text, CompletionItemKind::Constant).detail(detail.clone()));
            }
        }
    }
    offers
}

/// Where the bucket can be: in all profiles that would have the value.
pub(super) fn storage_regions(view: &View<'_>, affected: &[SubjectId], field: Field) -> Vec<Offer> {
    let Some(storage) = Storage::ALL.iter().find(|storage| storage.region == field) else {
        return Vec::new();
    };
    let mut sets: Vec<ProviderSet> =
        affected.iter().map(|id| storage_providers(view.facts, *id, *storage).candidates).collect();
    sets.dedup();
    let catalog = view.facts.catalog();
    let fits = |name: &str| {
        sets.iter().all(|set| set.iter().any(|provider| catalog.is_storage_region(provider, name)))
    };
    let providers = sets.first().copied().unwrap_or_else(StorageProviders::all);
    let mut offers = Vec::new();
    for provider in providers.iter() {
        let names = catalog.storage_regions(provider).filter(|name| fits(name));
        let offer = |name: &str| Offer::new(name, CompletionItemKind::Constant).detail(provider.name());
        offers.extend(names.map(offer));
    }
    offers
}
