//! Where buckets can be.

use super::tables::{self, cmp_ignoring_case};
use super::{Catalog, Provider, ProviderSet};

impl Catalog {
    /// Whether a bucket of `provider` can be in a place of this name. GCS and R2 ignore case; the others do not.
    pub fn is_storage_region(&self, provider: Provider, name: &str) -> bool {
        let ignores_case = matches!(provider, Provider::Gcp | Provider::Cloudflare);
        self.storage_regions(provider)
            .any(|known| if ignores_case { cmp_ignoring_case(known, name).is_eq() } else { known == name })
    }

    /// The providers where a bucket can be in a place of this name.
    pub fn storage_region_providers(&self, name: &str) -> ProviderSet {
        Provider::ALL.into_iter().filter(|&provider| self.is_storage_region(provider, name)).collect()
    }

    /// Where a bucket of `provider` can be: its regions, then other places, such as the multi-regions of GCS.
    pub fn storage_regions(&self, provider: Provider) -> impl Iterator<Item = &str> {
        let others = tables::of(provider).storage_locations.iter().copied();
        self.regions(provider).map(super::Region::name).chain(others)
    }
}
