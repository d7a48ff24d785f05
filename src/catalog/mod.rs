//! What the clouds offer: providers, regions, zones, VM types and GPUs.
//!
//! The facts are static tables, made from `data/` by the build script: nothing is read or parsed at start-up, and a
//! [`Catalog`] costs nothing until the configuration adds to it. `data/README.md` says where they come from and how
//! far each can be trusted; [`Facts`] says the same to the rules.
mod closeness;
mod custom;
mod gpu;
mod gpu_offers;
mod offered;
mod provider;
mod region;
mod region_words;
mod storage;
mod suggest;
mod tables;
mod vm_type;
mod zone;

pub use gpu::{Gpu, GpuCount, GpuRequest, GpuRequestError};
pub use gpu_offers::GpuCounts;
pub use offered::Offered;
pub use provider::{Provider, ProviderSet};
pub use region::Region;
pub use suggest::Suggestion;
pub use tables::{AttachableGpu, Facts, Geography, ZoneForm};
pub use vm_type::VmType;
pub use zone::ZoneFit;

use schemars::JsonSchema;
use serde::Deserialize;

/// Newer or private things of one provider that the built-in catalog does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Additions {
    /// Names of regions. Nothing is known about what they offer.
    pub regions: Vec<String>,
    /// Names of VM types. They are taken to be offered in every region.
    pub vm_types: Vec<String>,
}

/// The built-in tables, and what the configuration adds to them.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    additions: Vec<(Provider, Additions)>,
}

impl Catalog {
    /// The built-in tables alone.
    pub const fn builtin() -> Self {
        Self { additions: Vec::new() }
    }

    /// The built-in tables and the configuration's `[catalog.PROVIDER]` sections.
    pub fn with_additions(additions: impl IntoIterator<Item = (Provider, Additions)>) -> Self {
        Self { additions: additions.into_iter().collect() }
    }

    /// What the tables can be relied on for at `provider`, and their date.
    pub const fn facts(&self, provider: Provider) -> &'static Facts {
        &tables::of(provider).facts
    }

    fn added_regions(&self, provider: Provider) -> impl Iterator<Item = &str> {
        self.added(provider).flat_map(|added| &added.regions).map(String::as_str)
    }

    fn added_vm_types(&self, provider: Provider) -> impl Iterator<Item = &str> {
        self.added(provider).flat_map(|added| &added.vm_types).map(String::as_str)
    }

    fn added(&self, provider: Provider) -> impl Iterator<Item = &Additions> {
        self.additions.iter().filter(move |(of, _)| *of == provider).map(|(_, added)| added)
    }
}
