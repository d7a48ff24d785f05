//! What each value says about the provider, looked up once for each text.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::Facts;
use crate::catalog::{GpuRequest, Provider, ProviderSet};
use crate::profile::Field;
use crate::yaml::NodeId;

/// The catalog's answers for the values of a document.
pub(super) struct Lookup<'t> {
    facts: &'t Facts,
    regions: FxHashMap<&'t str, ProviderSet>,
    vm_types: FxHashMap<&'t str, ProviderSet>,
    zones: FxHashMap<&'t str, ProviderSet>,
    /// The providers that may have a GPU; `None` for one that does not exist.
    gpus: FxHashMap<&'t str, Option<ProviderSet>>,
}

impl<'t> Lookup<'t> {
    pub(super) fn new(facts: &'t Facts) -> Self {
        Self {
            facts,
            regions: FxHashMap::default(),
            vm_types: FxHashMap::default(),
            zones: FxHashMap::default(),
            gpus: FxHashMap::default(),
        }
    }

    /// The providers that a value of one of the strong fields leaves; `None` where it is no evidence. A fallback pool
    /// whose entries belong to different providers leaves none.
    pub(super) fn strong(&mut self, field: Field, value: NodeId) -> Option<ProviderSet> {
        let facts = self.facts;
        match field {
            Field::CloudProvider => compute(Provider::from_name(facts.text(value)?)?),
            Field::Credentials => compute(credentials_provider(facts, value)?),
            Field::VmType => {
                let mut all = None;
                for entry in facts.pool(value) {
                    let providers = self.vm_type(entry.text);
                    if !providers.is_empty() {
                        all = Some(all.unwrap_or(ProviderSet::COMPUTE).intersection(providers));
                    }
                }
                all
            }
            Field::Region => Some(self.region(facts.text(value)?)).filter(|known| !known.is_empty()),
            Field::AvailabilityZone => Some(self.zone(facts.text(value)?)).filter(|known| !known.is_empty()),
            _ => None,
        }
    }

    /// The providers that a `gpuType` leaves: those that have every entry, else those that have any, else all.
    pub(super) fn gpus(&mut self, value: NodeId) -> ProviderSet {
        let facts = self.facts;
        let (mut every, mut any) = (ProviderSet::COMPUTE, ProviderSet::EMPTY);
        for entry in facts.pool(value) {
            let providers = self.gpu(entry.text).filter(|providers| !providers.is_empty());
            // A GPU of which only the name is known may be anywhere.
            let providers = providers.unwrap_or(ProviderSet::COMPUTE);
            every = every.intersection(providers);
            any = any.union(providers);
        }
        [every, any].into_iter().find(|set| !set.is_empty()).unwrap_or(ProviderSet::COMPUTE)
    }

    pub(super) fn has_unknown_vm_type(&mut self, value: NodeId) -> bool {
        let facts = self.facts;
        facts.pool(value).any(|entry| self.vm_type(entry.text).is_empty())
    }

    pub(super) fn is_unknown_region(&mut self, value: NodeId) -> bool {
        self.facts.text(value).is_some_and(|text| self.region(text).is_empty())
    }

    pub(super) fn has_unknown_gpu(&mut self, value: NodeId) -> bool {
        let facts = self.facts;
        facts.pool(value).any(|entry| self.gpu(entry.text).is_none())
    }

    /// The providers that have such a VM type.
    pub(super) fn vm_type(&mut self, name: &'t str) -> ProviderSet {
        let catalog = self.facts.catalog();
        once(&mut self.vm_types, name, |name| catalog.vm_type_providers(name))
    }

    fn region(&mut self, name: &'t str) -> ProviderSet {
        let catalog = self.facts.catalog();
        once(&mut self.regions, name, |name| {
            catalog.region_providers(name).intersection(ProviderSet::COMPUTE)
        })
    }

    /// The provider of a zone's full name. A number or letter alone is no evidence.
    fn zone(&mut self, name: &'t str) -> ProviderSet {
        let catalog = self.facts.catalog();
        once(&mut self.zones, name, |name| {
            catalog.zone_region(name).map_or(ProviderSet::EMPTY, |(provider, _)| ProviderSet::of(provider))
        })
    }

    fn gpu(&mut self, text: &'t str) -> Option<ProviderSet> {
        let catalog = self.facts.catalog();
        once(&mut self.gpus, text, |text| match GpuRequest::parse(text) {
            Ok(request) => request.gpu().map(|gpu| catalog.gpu_providers(gpu)),
            // The schema speaks of it.
            Err(_) => Some(ProviderSet::EMPTY),
        })
    }
}

/// The provider of credentials: of an object the one that it names, of a name the one that the configuration lists.
pub(super) fn credentials_provider(facts: &Facts, value: NodeId) -> Option<Provider> {
    if let Some(name) = facts.text(value) {
        return facts.credentials()?.get(name).copied();
    }
    let provider = facts.tree().entry(value, "cloudProvider")?;
    Provider::from_name(facts.text(provider.value)?)
}

fn compute(provider: Provider) -> Option<ProviderSet> {
    Some(ProviderSet::of(provider)).filter(|_| ProviderSet::COMPUTE.contains(provider))
}

fn once<'t, V: Copy>(known: &mut FxHashMap<&'t str, V>, text: &'t str, find: impl FnOnce(&str) -> V) -> V {
    match known.entry(text) {
        Entry::Occupied(known) => *known.get(),
        Entry::Vacant(slot) => *slot.insert(find(text)),
    }
}
