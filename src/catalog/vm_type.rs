//! VM types: look-up, size, and where each is offered.

use std::borrow::Cow;

use super::custom::Custom;
use super::region::nearest_first;
use super::tables::{self, RegionSet, Table, VmTypeRow, cmp_ignoring_case};
use super::{Catalog, Gpu, Offered, Provider, ProviderSet};

/// A VM type that the catalog knows.
#[derive(Clone, Copy, Debug)]
pub struct VmType<'a> {
    provider: Provider,
    name: &'a str,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Row(&'static VmTypeRow),
    /// A custom machine type of GCP.
    Custom(Custom),
    /// Added by the configuration: nothing but the name is known.
    Added,
}

impl<'a> VmType<'a> {
    /// The type of a row of the tables.
    pub(super) fn of_row(provider: Provider, row: &'static VmTypeRow) -> VmType<'static> {
        VmType { provider, name: row.name(), kind: Kind::Row(row) }
    }

    /// The provider whose type it is.
    pub const fn provider(self) -> Provider {
        self.provider
    }

    /// The name as the provider spells it.
    pub const fn name(self) -> &'a str {
        self.name
    }

    /// Number of virtual CPUs, where it is known.
    pub fn vcpus(self) -> Option<u16> {
        match self.kind {
            Kind::Row(row) => Some(row.vcpus).filter(|vcpus| *vcpus > 0),
            Kind::Custom(custom) => Some(custom.vcpus),
            Kind::Added => None,
        }
    }

    /// Memory in GiB, where it is known.
    pub fn memory_gib(self) -> Option<f64> {
        let mebibytes = match self.kind {
            Kind::Row(row) => Some(row.memory_mib).filter(|memory| *memory > 0),
            Kind::Custom(custom) => Some(custom.memory_mib),
            Kind::Added => None,
        };
        mebibytes.map(|memory| f64::from(memory) / 1024.0)
    }

    /// The kind of GPU, where the type is known to have one.
    pub fn gpu(self) -> Option<Gpu> {
        self.row().map(|row| row.gpu).filter(|gpu| *gpu != Gpu::NONE)
    }

    /// Number of GPUs. None without a GPU, and where the VM has a fraction of one or the number is not known.
    pub fn gpu_count(self) -> Option<u8> {
        self.row().map(|row| row.gpu_count).filter(|count| *count > 0)
    }

    /// Memory of one GPU, or of the VM's fraction of it, in GiB.
    pub fn gpu_memory_gib(self) -> Option<u16> {
        self.row().map(|row| row.gpu_memory_gib).filter(|memory| *memory > 0)
    }

    fn row(self) -> Option<&'static VmTypeRow> {
        match self.kind {
            Kind::Row(row) => Some(row),
            Kind::Custom(_) | Kind::Added => None,
        }
    }

    /// The built-in regions that offer the type; empty where that is not known.
    fn regions(self) -> RegionSet {
        match self.kind {
            Kind::Row(row) => row.regions(),
            Kind::Custom(custom) => family_regions(custom.family),
            Kind::Added => RegionSet::default(),
        }
    }
}

impl Catalog {
    /// The VM type of `provider` with this name. Azure ignores case; the others do not.
    pub fn vm_type<'a>(&'a self, provider: Provider, name: &'a str) -> Option<VmType<'a>> {
        let same = |known: &str| {
            if provider == Provider::Azure { known.eq_ignore_ascii_case(name) } else { known == name }
        };
        if let Some(row) = tables::of(provider).vm_type(name).filter(|row| same(row.name())) {
            return Some(VmType::of_row(provider, row));
        }
        if provider == Provider::Gcp
            && let Some(custom) = Custom::parse(name)
        {
            return Some(VmType { provider, name, kind: Kind::Custom(custom) });
        }
        let name = self.added_vm_types(provider).find(|added| same(added))?;
        Some(VmType { provider, name, kind: Kind::Added })
    }

    /// The VM type's name as `provider` spells it, for a name that may differ in case.
    pub fn canonical_vm_type<'a>(&'a self, provider: Provider, name: &'a str) -> Option<Cow<'a, str>> {
        if let Some(row) = tables::of(provider).vm_type(name) {
            return Some(Cow::Borrowed(row.name()));
        }
        if provider == Provider::Gcp {
            let lower = name.to_ascii_lowercase();
            if Custom::parse(&lower).is_some() {
                return Some(Cow::Owned(lower));
            }
        }
        self.added_vm_types(provider).find(|added| added.eq_ignore_ascii_case(name)).map(Cow::Borrowed)
    }

    /// The providers that have such a VM type.
    pub fn vm_type_providers(&self, name: &str) -> ProviderSet {
        Provider::COMPUTE.into_iter().filter(|&provider| self.vm_type(provider, name).is_some()).collect()
    }

    /// Every VM type of `provider`, without GCP's custom ones: by name, then those that the configuration added.
    pub fn vm_types(&self, provider: Provider) -> impl Iterator<Item = VmType<'_>> {
        let builtin = tables::of(provider).vm_types.iter().map(move |row| VmType::of_row(provider, row));
        let added = self.added_vm_types(provider);
        builtin.chain(added.map(move |name| VmType { provider, name, kind: Kind::Added }))
    }

    /// Whether the VM type is offered in the region. Unknown where either is, where nothing is known about the region's
    /// VM types, and where it is not known where the type is offered.
    pub fn offered(&self, provider: Provider, vm_type: &str, region: &str) -> Offered {
        let Some(vm_type) = self.vm_type(provider, vm_type) else { return Offered::Unknown };
        if self.is_added_vm_type(provider, vm_type.name) && self.region(provider, region).is_some() {
            return Offered::Yes;
        }
        let table = tables::of(provider);
        table
            .region(region)
            .map_or(Offered::Unknown, |(place, _)| offered_at(table, vm_type.regions(), place))
    }

    /// The regions known to offer the VM type, those near to `near` first. Empty where that is not known.
    pub fn regions_offering(
        &self,
        provider: Provider,
        vm_type: &str,
        near: Option<&str>,
    ) -> Vec<&'static str> {
        let Some(vm_type) = self.vm_type(provider, vm_type) else { return Vec::new() };
        nearest_first(provider, tables::of(provider).regions_in(vm_type.regions()), near)
    }

    /// Whether the configuration adds this type, which may be a built-in one that is now offered in more regions.
    pub(super) fn is_added_vm_type(&self, provider: Provider, name: &str) -> bool {
        self.added_vm_types(provider).any(|added| added.eq_ignore_ascii_case(name))
    }
}

/// Whether the region at `place` in the table is among the regions of something; an empty set means that nothing is
/// known.
pub(super) fn offered_at(table: &Table, regions: RegionSet, place: usize) -> Offered {
    if regions.contains(place) {
        Offered::Yes
    } else if !regions.is_empty() && table.regions_with_vm_types.contains(place) {
        Offered::No
    } else {
        Offered::Unknown
    }
}

/// Where any machine type of a GCP family is offered.
fn family_regions(family: &str) -> RegionSet {
    let rows = tables::of(Provider::Gcp).vm_types;
    let start = rows.partition_point(|row| cmp_ignoring_case(row.name(), family).is_lt());
    rows.iter()
        .skip(start)
        .take_while(|row| row.name().starts_with(family))
        .filter(|row| row.name().strip_prefix(family).is_some_and(|rest| rest.starts_with('-')))
        .fold(RegionSet::default(), |all, row| all.union(row.regions()))
}
