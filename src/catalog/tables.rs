//! The rows of the static tables that the build script writes, and the way to them.

use std::cmp::Ordering;

use super::{Gpu, Provider};

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// The tables of one provider.
pub(super) struct Table {
    pub(super) facts: Facts,
    /// Sorted by name. A region's place here is its bit in a [`RegionSet`].
    pub(super) regions: &'static [RegionRow],
    /// Sorted by name, case ignored.
    pub(super) vm_types: &'static [VmTypeRow],
    /// Places in `vm_types` of those with a GPU.
    pub(super) vm_types_with_gpu: &'static [u16],
    /// The regions that have at least one VM type.
    pub(super) regions_with_vm_types: RegionSet,
    /// GPUs that are added to a VM type instead of being part of it.
    pub(super) attachable: &'static [AttachableGpu],
    /// Places for a bucket that are not regions.
    pub(super) storage_locations: &'static [&'static str],
}

/// What a provider's tables can be relied on for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with a name")]
pub struct Facts {
    /// The date of the tables: `2026-11`, `2026`, or empty where nothing ages.
    pub as_of: &'static str,
    /// Whether the provider has spot capacity.
    pub spot: bool,
    /// How the provider names its zones.
    pub zones: ZoneForm,
    /// Whether a region that is not in the tables does not exist.
    pub regions_complete: bool,
    /// Whether a VM type that is not in the tables does not exist.
    pub vm_types_complete: bool,
    /// Whether a VM type is offered only where the tables say so.
    pub vm_regions_complete: bool,
}

/// How a provider names its zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneForm {
    /// The region and a letter: `us-east-1a`. Local and Wavelength Zones are longer: `us-west-2-lax-1a`.
    RegionThenLetter,
    /// The region, a hyphen and a letter: `us-central1-a`.
    RegionDashLetter,
    /// `1`, `2` or `3`, in any region.
    Number,
    /// The provider has no zones.
    None,
}

/// A part of the world, to tell near from far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Geography {
    Africa,
    Asia,
    Europe,
    MiddleEast,
    NorthAmerica,
    Oceania,
    SouthAmerica,
}

impl Geography {
    /// The name in words: `north-america`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Africa => "africa",
            Self::Asia => "asia",
            Self::Europe => "europe",
            Self::MiddleEast => "middle-east",
            Self::NorthAmerica => "north-america",
            Self::Oceania => "oceania",
            Self::SouthAmerica => "south-america",
        }
    }
}

/// A region of a provider.
#[derive(Debug)]
pub(super) struct RegionRow {
    pub(super) name: &'static str,
    pub(super) partition: &'static str,
    pub(super) geography: Geography,
    /// The last character of each zone's name.
    pub(super) zones: &'static str,
}

/// A VM type of a provider. Numbers are 0 where they are not known.
#[derive(Debug)]
pub(super) struct VmTypeRow {
    name_start: u32,
    name_len: u8,
    /// [`Gpu::NONE`] for none.
    pub(super) gpu: Gpu,
    pub(super) gpu_count: u8,
    pub(super) gpu_memory_gib: u16,
    pub(super) vcpus: u16,
    pub(super) memory_mib: u32,
    /// Place in [`REGION_SETS`].
    regions: u16,
}

/// A GPU that can be attached to VM types of a provider: at GCP, to those of the N1 family.
#[derive(Debug)]
pub struct AttachableGpu {
    pub(super) gpu: Gpu,
    pub(super) counts: &'static [u8],
    pub(super) zones: &'static [&'static str],
    pub(super) regions: RegionSet,
}

/// A kind of GPU.
pub(super) struct GpuRow {
    pub(super) name: &'static str,
    pub(super) memory_gib: Option<u16>,
    pub(super) vendor: &'static str,
    pub(super) family: Gpu,
    pub(super) aliases: &'static [&'static str],
}

/// A set of regions of one provider: bit _n_ is the _n_-th row of its table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RegionSet(u128);

impl RegionSet {
    pub(super) const fn contains(self, region: usize) -> bool {
        region < 128 && self.0 & (1 << region) != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Table {
    /// A region's place and row, by its exact name.
    pub(super) fn region(&self, name: &str) -> Option<(usize, &'static RegionRow)> {
        let place = self.regions.binary_search_by(|row| row.name.cmp(name)).ok()?;
        Some((place, self.regions.get(place)?))
    }

    /// A VM type's row by its name, case ignored.
    pub(super) fn vm_type(&self, name: &str) -> Option<&'static VmTypeRow> {
        let place = self.vm_types.binary_search_by(|row| cmp_ignoring_case(row.name(), name)).ok()?;
        self.vm_types.get(place)
    }

    /// The rows of the VM types with a GPU.
    pub(super) fn vm_types_with_gpu(&self) -> impl Iterator<Item = &'static VmTypeRow> {
        self.vm_types_with_gpu.iter().filter_map(|&place| self.vm_types.get(usize::from(place)))
    }

    /// The rows of the regions in `set`.
    pub(super) fn regions_in(&self, set: RegionSet) -> impl Iterator<Item = &'static RegionRow> {
        self.regions.iter().enumerate().filter(move |(place, _)| set.contains(*place)).map(|(_, row)| row)
    }
}

impl VmTypeRow {
    pub(super) fn name(&self) -> &'static str {
        let start = self.name_start as usize;
        VM_TYPE_NAMES.get(start..start + usize::from(self.name_len)).unwrap_or_default()
    }

    /// Where the type is offered; empty where that is not known.
    pub(super) fn regions(&self) -> RegionSet {
        REGION_SETS.get(usize::from(self.regions)).copied().unwrap_or_default()
    }
}

/// The tables of `provider`.
pub(super) const fn of(provider: Provider) -> &'static Table {
    match provider {
        Provider::Aws => &AWS,
        Provider::Gcp => &GCP,
        Provider::Azure => &AZURE,
        Provider::Lambda => &LAMBDA,
        Provider::Local => &LOCAL,
        Provider::Cloudflare => &CLOUDFLARE,
    }
}

/// Compares two names as their lower-case forms compare, the order of the tables.
pub(super) fn cmp_ignoring_case(a: &str, b: &str) -> Ordering {
    a.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}
