//! Which provider offers which GPU, in what number and where.

use super::region::nearest_first;
use super::tables::{self, RegionSet, VmTypeRow};
use super::vm_type::offered_at;
use super::{AttachableGpu, Catalog, Gpu, Offered, Provider, ProviderSet, VmType};

/// The numbers of a GPU that one VM can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GpuCounts {
    /// The numbers that are known, ascending.
    pub known: Vec<u8>,
    /// Whether there are no others. Not so where nothing is known about the GPU at the provider, and where a VM type
    /// has a fraction of one or a number that the tables do not know.
    pub complete: bool,
}

impl GpuCounts {
    /// Whether a VM can have so many; None where that is not known.
    pub fn has(&self, count: u32) -> Option<bool> {
        let known = self.known.iter().any(|some| u32::from(*some) == count);
        (known || self.complete).then_some(known)
    }
}

/// A way to get a GPU at a provider: a VM type that has it, or one that it is attached to.
enum Offer {
    VmType(&'static VmTypeRow),
    Attachable(&'static AttachableGpu),
}

impl Offer {
    fn gpu(&self) -> Gpu {
        match self {
            Self::VmType(row) => row.gpu,
            Self::Attachable(attachable) => attachable.gpu,
        }
    }

    /// Whether so many GPUs come with it; None where the number is a fraction or not known.
    fn has(&self, count: u32) -> Option<bool> {
        match self {
            Self::VmType(row) if row.gpu_count == 0 => None,
            Self::VmType(row) => Some(u32::from(row.gpu_count) == count),
            Self::Attachable(attachable) => {
                Some(attachable.counts.iter().any(|some| u32::from(*some) == count))
            }
        }
    }

    fn regions(&self) -> RegionSet {
        match self {
            Self::VmType(row) => row.regions(),
            Self::Attachable(attachable) => attachable.regions,
        }
    }
}

/// Every way to get `gpu` at `provider`.
fn offers(provider: Provider, gpu: Gpu) -> impl Iterator<Item = Offer> {
    let table = tables::of(provider);
    let attachable = table.attachable.iter().map(Offer::Attachable);
    table
        .vm_types_with_gpu()
        .map(Offer::VmType)
        .chain(attachable)
        .filter(move |offer| offer.gpu().serves(gpu))
}

impl AttachableGpu {
    /// The GPU.
    pub const fn gpu(&self) -> Gpu {
        self.gpu
    }

    /// How many can be attached to one VM, in ascending order.
    pub const fn counts(&self) -> &'static [u8] {
        self.counts
    }

    /// The zones where it can be attached.
    pub const fn zones(&self) -> &'static [&'static str] {
        self.zones
    }
}

impl Catalog {
    /// The providers known to offer the GPU. Empty for a GPU of which only the name is known.
    pub fn gpu_providers(&self, gpu: Gpu) -> ProviderSet {
        Provider::COMPUTE.into_iter().filter(|&provider| offers(provider, gpu).next().is_some()).collect()
    }

    /// Whether the provider offers the GPU. Unknown on the user's own machine, and for a GPU of which only the name is
    /// known.
    pub fn gpu_offered(&self, provider: Provider, gpu: Gpu) -> Offered {
        if offers(provider, gpu).next().is_some() {
            Offered::Yes
        } else if provider == Provider::Local || self.gpu_providers(gpu).is_empty() {
            Offered::Unknown
        } else {
            Offered::No
        }
    }

    /// The numbers of that GPU that one VM of the provider can have.
    pub fn gpu_counts(&self, provider: Provider, gpu: Gpu) -> GpuCounts {
        let mut counts = GpuCounts { known: Vec::new(), complete: true };
        for offer in offers(provider, gpu) {
            match offer {
                Offer::VmType(row) if row.gpu_count == 0 => counts.complete = false,
                Offer::VmType(row) => counts.known.push(row.gpu_count),
                Offer::Attachable(attachable) => counts.known.extend(attachable.counts),
            }
        }
        counts.known.sort_unstable();
        counts.known.dedup();
        counts.complete &= !counts.known.is_empty();
        counts
    }

    /// Whether a VM with that GPU, and that many where `count` is given, is offered in the region. Unknown where nothing
    /// is known about the region's VM types, or not enough about the VM types with that GPU.
    pub fn gpu_offered_in(&self, provider: Provider, gpu: Gpu, count: Option<u32>, region: &str) -> Offered {
        let exists = self.gpu_offered(provider, gpu);
        if exists != Offered::Yes {
            return exists;
        }
        let table = tables::of(provider);
        let place = table.region(region).map(|(place, _)| place);
        let Some(place) = place.filter(|place| table.regions_with_vm_types.contains(*place)) else {
            return Offered::Unknown;
        };
        offers(provider, gpu).fold(Offered::No, |so_far, offer| {
            let has = count.map_or(Some(true), |count| offer.has(count));
            let there = match offer {
                Offer::VmType(row) if self.is_added_vm_type(provider, row.name()) => Offered::Yes,
                _ => offered_at(table, offer.regions(), place),
            };
            so_far.or(match has {
                Some(true) => there,
                Some(false) => Offered::No,
                None if there == Offered::No => Offered::No,
                None => Offered::Unknown,
            })
        })
    }

    /// Whether a VM with that GPU, and that many where `count` is given, can be had in the zone. Only of GPUs that are
    /// attached to VM types is it known in which zones they are.
    pub fn gpu_offered_in_zone(
        &self,
        provider: Provider,
        gpu: Gpu,
        count: Option<u32>,
        zone: &str,
    ) -> Offered {
        let Some((home, region)) = self.zone_region(zone) else { return Offered::Unknown };
        if home != provider {
            return Offered::Unknown;
        }
        let there = self.gpu_offered_in(provider, gpu, count, region);
        if there != Offered::Yes || self.added(provider).next().is_some() {
            return there.or(Offered::Unknown);
        }
        offers(provider, gpu).fold(Offered::No, |so_far, offer| {
            let has = count.map_or(Some(true), |count| offer.has(count));
            so_far.or(match &offer {
                _ if has == Some(false) => Offered::No,
                Offer::Attachable(attachable) if attachable.zones.contains(&zone) => Offered::Yes,
                Offer::Attachable(_) => Offered::No,
                Offer::VmType(_) => Offered::Unknown,
            })
        })
    }

    /// The zones of a region where a GPU can be attached, so many of it where `count` is given.
    pub fn zones_with_gpu(
        &self,
        provider: Provider,
        gpu: Gpu,
        count: Option<u32>,
        region: &str,
    ) -> Vec<&'static str> {
        let fits = |offer: &Offer| count.is_none_or(|count| offer.has(count) == Some(true));
        let attachables = offers(provider, gpu).filter(fits).filter_map(|offer| match offer {
            Offer::Attachable(attachable) => Some(attachable),
            Offer::VmType(_) => None,
        });
        let zones = attachables.flat_map(|attachable| attachable.zones).copied();
        zones.filter(|zone| self.zone_region(zone) == Some((provider, region))).collect()
    }

    /// The regions known to have a VM with that GPU, and that many where `count` is given; those near to `near` first.
    pub fn regions_with_gpu(
        &self,
        provider: Provider,
        gpu: Gpu,
        count: Option<u32>,
        near: Option<&str>,
    ) -> Vec<&'static str> {
        let fits = |offer: &Offer| count.is_none_or(|count| offer.has(count) == Some(true));
        let regions = offers(provider, gpu).filter(fits);
        let regions = regions.fold(RegionSet::default(), |all, offer| all.union(offer.regions()));
        nearest_first(provider, tables::of(provider).regions_in(regions), near)
    }

    /// The VM types known to have that GPU, and that many where `count` is given, and to be offered in `region` where
    /// one is given. VM types that a GPU can be attached to are not among them: see [`Catalog::attachable_gpus`].
    pub fn vm_types_with_gpu(
        &self,
        provider: Provider,
        gpu: Gpu,
        count: Option<u32>,
        region: Option<&str>,
    ) -> impl Iterator<Item = VmType<'static>> {
        let place = region.map(|region| tables::of(provider).region(region).map(|(place, _)| place));
        offers(provider, gpu).filter_map(move |offer| {
            let Offer::VmType(row) = offer else { return None };
            let fits = count.is_none_or(|count| offer.has(count) == Some(true))
                && place.is_none_or(|place| place.is_some_and(|place| row.regions().contains(place)));
            fits.then(|| VmType::of_row(provider, row))
        })
    }

    /// The GPUs that can be attached to VM types of the provider.
    pub fn attachable_gpus(&self, provider: Provider) -> &'static [AttachableGpu] {
        tables::of(provider).attachable
    }
}
