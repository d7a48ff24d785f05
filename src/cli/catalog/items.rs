//! The rows of a listing: what a query selects at one provider.

use serde::Serialize;

use super::Kind;
use super::select::Selection;
use super::table::{Align, table};
use crate::catalog::{AttachableGpu, Geography, Gpu, Offered, Provider, Region, VmType};

/// The rows of one kind.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Items {
    Regions(Vec<RegionItem>),
    VmTypes(Vec<VmTypeItem>),
    Gpus(Vec<GpuItem>),
    Zones(Vec<ZonesItem>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RegionItem {
    region: String,
    geography: Option<&'static str>,
    partition: Option<&'static str>,
    zones: Vec<String>,
    /// What follows the region in the zones' names, which is all that a table has room for.
    #[serde(skip)]
    letters: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VmTypeItem {
    vm_type: String,
    vcpus: Option<u16>,
    memory_gib: Option<f64>,
    gpu: Option<&'static str>,
    gpu_count: Option<u8>,
    gpu_memory_gib: Option<u16>,
    regions: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GpuItem {
    gpu: String,
    memory_gib: Option<u16>,
    counts: Vec<u8>,
    /// Whether a VM can have no other number.
    counts_complete: bool,
    vm_types: Vec<&'static str>,
    regions: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachable: Option<AttachableItem>,
}

/// How a GPU can be attached to VM types that do not have it themselves.
#[derive(Serialize)]
pub(super) struct AttachableItem {
    counts: &'static [u8],
    zones: &'static [&'static str],
}

#[derive(Serialize)]
pub(super) struct ZonesItem {
    region: String,
    zones: Vec<String>,
}

impl<'a> Selection<'a> {
    /// What the filters select at `provider`.
    pub(super) fn items(&self, kind: Kind, provider: Provider) -> Items {
        match kind {
            Kind::Regions => Items::Regions(self.regions(provider).map(RegionItem::new).collect()),
            Kind::Zones => {
                let item = |region: Region<'_>| ZonesItem {
                    region: region.name().to_owned(),
                    zones: region.zones().collect(),
                };
                Items::Zones(self.regions(provider).map(item).collect())
            }
            Kind::VmTypes => Items::VmTypes(self.vm_type_items(provider)),
            Kind::Gpus => Items::Gpus(self.gpu_items(provider)),
        }
    }

    /// A sentence for each GPU that the query selects and that is attached to VM types instead of being part of them.
    pub(super) fn notes_on_attachable(&self, provider: Provider) -> Vec<String> {
        let Some((gpu, count)) = self.gpu else { return Vec::new() };
        let region = self.region.and_then(|region| self.catalog.canonical_region(provider, region));
        let fits = |attachable: &&AttachableGpu| {
            attachable.gpu().serves(gpu)
                && count.is_none_or(|count| attachable.counts().iter().any(|some| u32::from(*some) == count))
                && region.is_none_or(|region| {
                    self.catalog.gpu_offered_in(provider, attachable.gpu(), count, region) == Offered::Yes
                })
        };
        let note = |attachable: &AttachableGpu| {
            let counts: Vec<_> = attachable.counts().iter().map(u8::to_string).collect();
            format!("{} attaches to N1 machine types: {} to a VM.", attachable.gpu(), counts.join(", "))
        };
        self.catalog.attachable_gpus(provider).iter().filter(fits).map(note).collect()
    }

    /// Where there is what the filters did not find.
    pub(super) fn note_on_elsewhere(&self, provider: Provider) -> Option<String> {
        let Some((gpu, count)) = self.gpu else {
            return self.vm_type.map(|name| self.where_else(provider, name, self.region));
        };
        let counts = self.catalog.gpu_counts(provider, gpu);
        let wrong_count = count.is_some_and(|count| counts.has(count) != Some(true));
        if !counts.known.is_empty() && wrong_count {
            let known: Vec<_> = counts.known.iter().map(u8::to_string).collect();
            return Some(format!("{gpu} comes in these numbers to a VM: {}.", known.join(", ")));
        }
        let regions = self.catalog.regions_with_gpu(provider, gpu, count, self.region);
        (!regions.is_empty()).then(|| format!("Regions with {gpu}, nearest first: {}.", regions.join(", ")))
    }

    /// Where a VM type is that the filters did not find.
    fn where_else(&self, provider: Provider, vm_type: &str, near: Option<&str>) -> String {
        let name = self.catalog.canonical_vm_type(provider, vm_type).unwrap_or_default();
        let regions = self.catalog.regions_offering(provider, &name, near);
        if regions.is_empty() {
            return format!("Where {name} is offered is not known.");
        }
        format!("Regions with {name}, nearest first: {}.", regions.join(", "))
    }

    fn regions(&self, provider: Provider) -> impl Iterator<Item = Region<'a>> {
        let with_gpu = self.gpu.map(|(gpu, count)| self.catalog.regions_with_gpu(provider, gpu, count, None));
        let with_vm_type = self.vm_type.map(|name| {
            let name = self.catalog.canonical_vm_type(provider, name).unwrap_or_default();
            self.catalog.regions_offering(provider, &name, None)
        });
        let region = self.region;
        self.catalog.regions(provider).filter(move |candidate| {
            let name = candidate.name();
            region.is_none_or(|region| region.eq_ignore_ascii_case(name))
                && with_gpu.as_ref().is_none_or(|regions| regions.contains(&name))
                && with_vm_type.as_ref().is_none_or(|regions| regions.contains(&name))
        })
    }

    fn vm_type_items(&self, provider: Provider) -> Vec<VmTypeItem> {
        let region = self.region.and_then(|region| self.catalog.canonical_region(provider, region));
        let fits = |vm_type: &VmType<'_>| {
            self.vm_type.is_none_or(|name| name.eq_ignore_ascii_case(vm_type.name()))
                && region.is_none_or(|region| {
                    self.catalog.offered(provider, vm_type.name(), region) == Offered::Yes
                })
        };
        let item = |vm_type: VmType<'_>| VmTypeItem {
            vm_type: vm_type.name().to_owned(),
            vcpus: vm_type.vcpus(),
            memory_gib: vm_type.memory_gib(),
            gpu: vm_type.gpu().map(Gpu::name),
            gpu_count: vm_type.gpu_count(),
            gpu_memory_gib: vm_type.gpu_memory_gib(),
            regions: self.catalog.regions_offering(provider, vm_type.name(), None),
        };
        if let Some((gpu, count)) = self.gpu {
            return self
                .catalog
                .vm_types_with_gpu(provider, gpu, count, None)
                .filter(fits)
                .map(item)
                .collect();
        }
        let listed: Vec<_> = self.catalog.vm_types(provider).filter(fits).map(item).collect();
        // A custom type is in no list.
        let named = self.vm_type.and_then(|name| self.catalog.canonical_vm_type(provider, name));
        match named.as_deref().and_then(|name| self.catalog.vm_type(provider, name)).filter(fits) {
            Some(custom) if listed.is_empty() => vec![item(custom)],
            _ => listed,
        }
    }

    fn gpu_items(&self, provider: Provider) -> Vec<GpuItem> {
        let region = self.region.and_then(|region| self.catalog.canonical_region(provider, region));
        let of_vm_type = self.vm_type.map(|name| {
            let name = self.catalog.canonical_vm_type(provider, name).unwrap_or_default();
            self.catalog.vm_type(provider, &name).and_then(VmType::gpu)
        });
        let (wanted, count) = self.gpu.map_or((None, None), |(gpu, count)| (Some(gpu), count));
        Gpu::all()
            .filter(|gpu| wanted.is_none_or(|wanted| gpu.serves(wanted)))
            .filter(|gpu| of_vm_type.is_none_or(|of_vm_type| of_vm_type == Some(*gpu)))
            .filter_map(|gpu| {
                // A family's name stands for each of its members, which have rows of their own.
                let own = |vm_type: &VmType<'_>| vm_type.gpu() == Some(gpu);
                let attachable =
                    self.catalog.attachable_gpus(provider).iter().find(|attachable| attachable.gpu() == gpu);
                let vm_types: Vec<_> = self
                    .catalog
                    .vm_types_with_gpu(provider, gpu, count, region)
                    .filter(own)
                    .map(VmType::name)
                    .collect();
                let there = region.is_none_or(|region| {
                    self.catalog.gpu_offered_in(provider, gpu, count, region) == Offered::Yes
                });
                let attachable = attachable.filter(|_| there);
                let counts = self.catalog.gpu_counts(provider, gpu);
                (!vm_types.is_empty() || attachable.is_some()).then(|| GpuItem {
                    gpu: gpu.name().to_ascii_lowercase(),
                    memory_gib: gpu.memory_gib(),
                    counts: counts.known,
                    counts_complete: counts.complete,
                    vm_types,
                    regions: self.catalog.regions_with_gpu(provider, gpu, count, None),
                    attachable: attachable.map(|attachable| AttachableItem {
                        counts: attachable.counts(),
                        zones: attachable.zones(),
                    }),
                })
            })
            .collect()
    }
}

impl RegionItem {
    fn new(region: Region<'_>) -> Self {
        let zones: Vec<_> = region.zones().collect();
        let letters: Vec<_> =
            zones.iter().filter_map(|zone| zone.get(zone.len().saturating_sub(1)..)).collect();
        Self {
            region: region.name().to_owned(),
            geography: region.geography().map(Geography::name),
            partition: region.partition(),
            letters: letters.join(" "),
            zones,
        }
    }
}

impl Items {
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn len(&self) -> usize {
        match self {
            Self::Regions(items) => items.len(),
            Self::VmTypes(items) => items.len(),
            Self::Gpus(items) => items.len(),
            Self::Zones(items) => items.iter().map(|item| item.zones.len()).sum(),
        }
    }

    /// `3 regions`, `no GPUs`.
    pub(super) fn count(&self) -> String {
        let name = match self {
            Self::Regions(_) => "region",
            Self::VmTypes(_) => "VM type",
            Self::Gpus(_) => "GPU",
            Self::Zones(_) => "zone",
        };
        match self.len() {
            0 => format!("no {name}s"),
            1 => format!("1 {name}"),
            len => format!("{len} {name}s"),
        }
    }

    /// The rows for people; empty without rows.
    pub(super) fn table(&self) -> String {
        match self {
            Self::Regions(items) => table(
                [
                    ("REGION", Align::Left),
                    ("WHERE", Align::Left),
                    ("PARTITION", Align::Left),
                    ("ZONES", Align::Left),
                ],
                items.iter().map(|item| {
                    let text = |text: Option<&str>| text.unwrap_or("?").to_owned();
                    [item.region.clone(), text(item.geography), text(item.partition), item.letters.clone()]
                }),
            ),
            Self::VmTypes(items) => table(
                [
                    ("VM TYPE", Align::Left),
                    ("VCPUS", Align::Right),
                    ("GIB", Align::Right),
                    ("GPUS", Align::Left),
                    ("REGIONS", Align::Right),
                ],
                items.iter().map(|item| {
                    let regions =
                        if item.regions.is_empty() { "?".to_owned() } else { item.regions.len().to_string() };
                    [
                        item.vm_type.clone(),
                        or_unknown(item.vcpus),
                        gibibytes(item.memory_gib),
                        item.gpus(),
                        regions,
                    ]
                }),
            ),
            Self::Gpus(items) => table(
                [
                    ("GPU", Align::Left),
                    ("GIB", Align::Right),
                    ("PER VM", Align::Left),
                    ("VM TYPES", Align::Right),
                    ("REGIONS", Align::Right),
                ],
                items.iter().map(|item| {
                    let counts: Vec<_> = item.counts.iter().map(u8::to_string).collect();
                    let others = (!item.counts_complete).then(|| "?".to_owned());
                    let counts: Vec<_> = counts.into_iter().chain(others).collect();
                    let vm_types = if item.attachable.is_some() {
                        "N1".to_owned()
                    } else {
                        item.vm_types.len().to_string()
                    };
                    let regions =
                        if item.regions.is_empty() { "?".to_owned() } else { item.regions.len().to_string() };
                    [item.gpu.clone(), or_unknown(item.memory_gib), counts.join(" "), vm_types, regions]
                }),
            ),
            Self::Zones(items) => table(
                [("REGION", Align::Left), ("ZONES", Align::Left)],
                items.iter().map(|item| {
                    let zones = if item.zones.is_empty() { "?".to_owned() } else { item.zones.join(" ") };
                    [item.region.clone(), zones]
                }),
            ),
        }
    }
}

impl VmTypeItem {
    /// `8 H100`, `L4 (part)`, or nothing.
    fn gpus(&self) -> String {
        match (self.gpu, self.gpu_count) {
            (None, _) => String::new(),
            (Some(gpu), Some(count)) => format!("{count} {gpu}"),
            (Some(gpu), None) => format!("? {gpu}"),
        }
    }
}

fn or_unknown(number: Option<u16>) -> String {
    number.map_or_else(|| "?".to_owned(), |number| number.to_string())
}

/// Whole GiB, and the fraction of the few small types that have one.
fn gibibytes(memory: Option<f64>) -> String {
    memory.map_or_else(
        || "?".to_owned(),
        |memory| {
            let text = format!("{memory:.2}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        },
    )
}
