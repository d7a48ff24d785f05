//! Reads the catalog's tables and checks every invariant that the rest of the program relies on.
//!
//! Shared by the build script, which turns the tables into static data, by `cargo xtask catalog` and by a test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::path::Path;

/// The providers in the order of the library's `Provider` type.
pub(crate) const PROVIDERS: [&str; 6] = ["AWS", "GCP", "Azure", "Lambda", "Local", "Cloudflare"];

/// The providers with a table of VM types, and its file under `vm-types/`.
pub(crate) const VM_TYPE_FILES: [(&str, &str); 4] =
    [("AWS", "aws.csv"), ("GCP", "gcp.csv"), ("Azure", "azure.csv"), ("Lambda", "lambda.csv")];

const GEOGRAPHIES: [&str; 7] =
    ["africa", "asia", "europe", "middle-east", "north-america", "oceania", "south-america"];

/// A row of `providers.csv`.
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with a column")]
pub(crate) struct ProviderRow {
    /// The name as `cloudProvider` spells it.
    pub(crate) provider: String,
    /// The date of the provider's tables: a month, a year, or empty where there is nothing that ages.
    pub(crate) as_of: String,
    /// Whether there is spot capacity.
    pub(crate) spot: bool,
    /// The form of a zone's name: `region+letter`, `region-letter`, `1 2 3` or `none`.
    pub(crate) zones: String,
    /// Whether a region that is not in the table does not exist.
    pub(crate) regions_complete: bool,
    /// Whether a VM type that is not in the table does not exist.
    pub(crate) vm_types_complete: bool,
    /// Whether a VM type is only offered in the regions that its row names.
    pub(crate) vm_regions_complete: bool,
}

/// A row of `regions.csv`.
pub(crate) struct RegionRow {
    /// The provider's name.
    pub(crate) provider: String,
    /// The region's name.
    pub(crate) region: String,
    /// The part of the cloud that shares accounts: `aws`, `aws-cn`, …
    pub(crate) partition: String,
    /// The continent.
    pub(crate) geography: String,
    /// Full zone names (Azure: numbers); empty where they are not known.
    pub(crate) zones: Vec<String>,
}

/// A row of a file in `vm-types/`.
pub(crate) struct VmTypeRow {
    /// The provider's name.
    pub(crate) provider: &'static str,
    /// The VM type in the provider's spelling.
    pub(crate) vm_type: String,
    /// Number of virtual CPUs.
    pub(crate) vcpus: Option<u16>,
    /// Memory in MiB; the file has GiB.
    pub(crate) memory_mib: Option<u32>,
    /// The GPU's name in `gpus.csv`; empty for none.
    pub(crate) gpu: String,
    /// Number of GPUs; none where it is a fraction of one or not known.
    pub(crate) gpu_count: Option<u8>,
    /// Memory of one GPU, or of the fraction, in GiB.
    pub(crate) gpu_memory_gib: Option<u16>,
    /// Where the type is offered; empty where that is not known.
    pub(crate) regions: Vec<String>,
}

/// A row of `gpus.csv`.
pub(crate) struct GpuRow {
    /// The GPU's name.
    pub(crate) gpu: String,
    /// Nominal memory of one device in GiB.
    pub(crate) memory_gib: Option<u16>,
    /// Who makes it; empty where nothing but the name is known.
    pub(crate) vendor: String,
    /// The name that any member of the family answers to.
    pub(crate) family: String,
    /// Other spellings.
    pub(crate) aliases: Vec<String>,
}

/// A row of `attachable-gpus.csv`.
pub(crate) struct AttachableRow {
    /// The provider's name.
    pub(crate) provider: String,
    /// The GPU's name in `gpus.csv`.
    pub(crate) gpu: String,
    /// How many can be attached to one VM.
    pub(crate) counts: Vec<u8>,
    /// The zones where they can be attached.
    pub(crate) zones: Vec<String>,
}

/// Every table of the catalog.
pub(crate) struct Tables {
    /// `providers.csv`
    pub(crate) providers: Vec<ProviderRow>,
    /// `regions.csv`
    pub(crate) regions: Vec<RegionRow>,
    /// `vm-types/*.csv`
    pub(crate) vm_types: Vec<VmTypeRow>,
    /// `gpus.csv`
    pub(crate) gpus: Vec<GpuRow>,
    /// `attachable-gpus.csv`
    pub(crate) attachable: Vec<AttachableRow>,
    /// `storage-locations.csv`: provider and name of what is a place for a bucket but not a region.
    pub(crate) storage: Vec<(String, String)>,
}

/// Reads the tables under `folder` and checks them.
///
/// # Errors
/// Every problem found, each naming the file and the line or the row.
pub(crate) fn read(folder: &Path) -> Result<Tables, Vec<String>> {
    let mut problems = Vec::new();
    let tables = parse(folder, &mut problems);
    if problems.is_empty() {
        check(&tables, &mut problems);
    }
    if problems.is_empty() { Ok(tables) } else { Err(problems) }
}

/// The region that a full zone name belongs to: `us-east-1a` or `us-central1-a` without its letter.
pub(crate) fn zone_region(zone: &str) -> Option<&str> {
    let region = zone.strip_suffix(|c: char| c.is_ascii_lowercase())?;
    Some(region.strip_suffix('-').unwrap_or(region))
}

fn parse(folder: &Path, problems: &mut Vec<String>) -> Tables {
    let providers = rows(
        folder,
        "providers.csv",
        [
            "provider",
            "as_of",
            "spot",
            "zones",
            "regions_complete",
            "vm_types_complete",
            "vm_regions_complete",
        ],
        problems,
        |[provider, as_of, spot, zones, regions, vm_types, vm_regions]| {
            Ok(ProviderRow {
                provider: provider.to_owned(),
                as_of: as_of.to_owned(),
                spot: flag(spot)?,
                zones: zones.to_owned(),
                regions_complete: flag(regions)?,
                vm_types_complete: flag(vm_types)?,
                vm_regions_complete: flag(vm_regions)?,
            })
        },
    );
    let regions = rows(
        folder,
        "regions.csv",
        ["provider", "region", "partition", "geography", "zones"],
        problems,
        |[provider, region, partition, geography, zones]| {
            Ok(RegionRow {
                provider: provider.to_owned(),
                region: region.to_owned(),
                partition: partition.to_owned(),
                geography: geography.to_owned(),
                zones: words(zones),
            })
        },
    );
    let vm_types = VM_TYPE_FILES.into_iter().flat_map(|(provider, file)| {
        rows(
            folder,
            &format!("vm-types/{file}"),
            ["vm_type", "vcpus", "memory_gib", "gpu", "gpu_count", "gpu_memory_gib", "regions"],
            problems,
            |[vm_type, vcpus, memory_gib, gpu, gpu_count, gpu_memory_gib, regions]| {
                Ok(VmTypeRow {
                    provider,
                    vm_type: vm_type.to_owned(),
                    vcpus: number(vcpus)?,
                    memory_mib: mebibytes(memory_gib)?,
                    gpu: gpu.to_owned(),
                    gpu_count: number(gpu_count)?,
                    gpu_memory_gib: number(gpu_memory_gib)?,
                    regions: words(regions),
                })
            },
        )
    });
    let vm_types = vm_types.collect();
    let gpus = rows(
        folder,
        "gpus.csv",
        ["gpu", "memory_gib", "vendor", "family", "aliases"],
        problems,
        |[gpu, memory_gib, vendor, family, aliases]| {
            Ok(GpuRow {
                gpu: gpu.to_owned(),
                memory_gib: number(memory_gib)?,
                vendor: vendor.to_owned(),
                family: family.to_owned(),
                aliases: words(aliases),
            })
        },
    );
    let attachable = rows(
        folder,
        "attachable-gpus.csv",
        ["provider", "gpu", "counts", "zones"],
        problems,
        |[provider, gpu, counts, zones]| {
            let counts =
                words(counts).into_iter().map(|count| number(&count)?.ok_or("empty count".to_owned()));
            Ok(AttachableRow {
                provider: provider.to_owned(),
                gpu: gpu.to_owned(),
                counts: counts.collect::<Result<_, _>>()?,
                zones: words(zones),
            })
        },
    );
    let storage =
        rows(folder, "storage-locations.csv", ["provider", "location"], problems, |[provider, location]| {
            Ok((provider.to_owned(), location.to_owned()))
        });
    Tables { providers, regions, vm_types, gpus, attachable, storage }
}

fn check(tables: &Tables, problems: &mut Vec<String>) {
    let mut report = |problem: String| problems.push(problem);

    if !tables.providers.iter().map(|row| row.provider.as_str()).eq(PROVIDERS) {
        report(format!("providers.csv: the providers are not {}, in this order", PROVIDERS.join(", ")));
    }
    for row in &tables.providers {
        if !["region+letter", "region-letter", "1 2 3", "none"].contains(&row.zones.as_str()) {
            report(format!("providers.csv: {}: unknown form of zones {:?}", row.provider, row.zones));
        }
    }

    check_regions(tables, &mut report);
    check_gpus(tables, &mut report);
    check_vm_types(tables, &mut report);

    let mut regions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &tables.regions {
        regions.entry(&row.provider).or_default().insert(&row.region);
    }
    let gpus: BTreeSet<&str> = tables.gpus.iter().map(|row| row.gpu.as_str()).collect();

    let keys = tables.attachable.iter().map(|row| (provider_rank(&row.provider), row.gpu.to_lowercase()));
    sorted("attachable-gpus.csv", keys, &mut report);
    for row in &tables.attachable {
        let at = format!("attachable-gpus.csv: {} {}", row.provider, row.gpu);
        if !gpus.contains(row.gpu.as_str()) {
            report(format!("{at}: no such GPU in gpus.csv"));
        }
        sorted(&at, row.counts.iter(), &mut report);
        sorted(&at, row.zones.iter(), &mut report);
        if row.counts.is_empty() || row.counts.contains(&0) {
            report(format!("{at}: counts must be numbers above 0"));
        }
        for zone in &row.zones {
            let known = zone_region(zone).is_some_and(|region| {
                regions.get(row.provider.as_str()).is_some_and(|all| all.contains(region))
            });
            if !known {
                report(format!("{at}: zone {zone} is in no region of {}", row.provider));
            }
        }
    }

    let keys = tables.storage.iter().map(|(provider, location)| (provider_rank(provider), location));
    sorted("storage-locations.csv", keys, &mut report);
    for (provider, location) in &tables.storage {
        if !PROVIDERS.contains(&provider.as_str()) {
            report(format!("storage-locations.csv: {location}: unknown provider {provider:?}"));
        }
        if regions.get(provider.as_str()).is_some_and(|all| all.contains(location.as_str())) {
            report(format!("storage-locations.csv: {location} is already a region of {provider}"));
        }
    }
}

fn check_regions(tables: &Tables, report: &mut impl FnMut(String)) {
    let keys = tables.regions.iter().map(|row| (provider_rank(&row.provider), &row.region));
    sorted("regions.csv", keys, report);
    for row in &tables.regions {
        let at = format!("regions.csv: {} {}", row.provider, row.region);
        let Some(provider) = tables.providers.iter().find(|all| all.provider == row.provider) else {
            report(format!("{at}: unknown provider"));
            continue;
        };
        if row.region.is_empty() || !row.region.bytes().all(is_region_byte) {
            report(format!("{at}: a region's name is lower-case letters, digits and hyphens"));
        }
        if row.partition.is_empty() {
            report(format!("{at}: no partition"));
        }
        if !GEOGRAPHIES.contains(&row.geography.as_str()) {
            report(format!("{at}: unknown geography {:?}", row.geography));
        }
        sorted(&at, row.zones.iter(), report);
        for zone in &row.zones {
            let separator = match provider.zones.as_str() {
                "region+letter" => Some(""),
                "region-letter" => Some("-"),
                _ => None,
            };
            let fits = match separator {
                Some(separator) => {
                    zone.strip_prefix(&row.region).and_then(|rest| rest.strip_prefix(separator)).is_some_and(
                        |letter| letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_lowercase()),
                    )
                }
                None => provider.zones.split_whitespace().any(|number| number == zone),
            };
            if !fits {
                report(format!("{at}: zone {zone} does not have the form {}", provider.zones));
            }
        }
    }
    for provider in PROVIDERS {
        // Where a VM type is offered is a bit set of 128 bits.
        let count = tables.regions.iter().filter(|row| row.provider == provider).count();
        if count > 128 {
            report(format!("regions.csv: {count} regions of {provider}, more than 128"));
        }
    }
}

fn check_gpus(tables: &Tables, report: &mut impl FnMut(String)) {
    sorted("gpus.csv", tables.gpus.iter().map(|row| row.gpu.to_lowercase()), report);
    if tables.gpus.len() >= 255 {
        report("gpus.csv: more than 254 GPUs".to_owned());
    }
    let mut spellings: BTreeMap<String, &str> = BTreeMap::new();
    for row in &tables.gpus {
        if !tables.gpus.iter().any(|all| all.gpu == row.family) {
            report(format!("gpus.csv: {}: the family {:?} is not a row", row.gpu, row.family));
        }
        for spelling in row.aliases.iter().chain([&row.gpu]) {
            if spelling.is_empty() || spelling.contains(':') {
                report(format!("gpus.csv: {}: {spelling:?} cannot be a GPU's name", row.gpu));
            }
            if let Some(other) = spellings.insert(spelling.to_lowercase(), &row.gpu) {
                report(format!("gpus.csv: {spelling} names both {other} and {}", row.gpu));
            }
        }
    }
}

fn check_vm_types(tables: &Tables, report: &mut impl FnMut(String)) {
    // The look-up ignores case, so the order does, too.
    let keys = tables.vm_types.iter().map(|row| (provider_rank(row.provider), row.vm_type.to_lowercase()));
    sorted("vm-types", keys, report);
    let regions: BTreeSet<(&str, &str)> =
        tables.regions.iter().map(|row| (row.provider.as_str(), row.region.as_str())).collect();
    let gpus: BTreeSet<&str> = tables.gpus.iter().map(|row| row.gpu.as_str()).collect();
    for row in &tables.vm_types {
        let at = format!("vm-types: {} {}", row.provider, row.vm_type);
        if row.vm_type.is_empty() || row.vm_type.len() > 255 || !row.vm_type.bytes().all(is_vm_type_byte) {
            report(format!("{at}: a VM type's name is letters, digits, `.`, `-` and `_`"));
        }
        if row.gpu.is_empty() {
            if let Some(gpu) = gpus.iter().find(|gpu| is_azure_name_with(&row.vm_type, gpu)) {
                report(format!("{at}: the name says {gpu}, the row says nothing"));
            }
            if row.gpu_count.is_some() || row.gpu_memory_gib.is_some() {
                report(format!("{at}: a GPU count or memory without a GPU"));
            }
        } else if !gpus.contains(row.gpu.as_str()) {
            report(format!("{at}: no GPU {:?} in gpus.csv", row.gpu));
        }
        let numbers = [
            row.vcpus.map(u32::from),
            row.memory_mib,
            row.gpu_count.map(u32::from),
            row.gpu_memory_gib.map(u32::from),
        ];
        if numbers.contains(&Some(0)) {
            report(format!("{at}: a number is 0; leave it empty where it is not known"));
        }
        sorted(&at, row.regions.iter(), report);
        for region in &row.regions {
            if !regions.contains(&(row.provider, region.as_str())) {
                report(format!("{at}: unknown region {region}"));
            }
        }
    }
}

/// Reads a table whose first line names exactly these columns.
fn rows<T, const N: usize>(
    folder: &Path,
    file: &str,
    columns: [&str; N],
    problems: &mut Vec<String>,
    row: impl Fn([&str; N]) -> Result<T, String>,
) -> Vec<T> {
    let text = match std::fs::read_to_string(folder.join(file)) {
        Ok(text) => text,
        Err(error) => {
            problems.push(format!("{file}: {error}"));
            return Vec::new();
        }
    };
    let mut parsed = Vec::new();
    for (line, text) in text.lines().enumerate() {
        let fields = text.split(',').collect::<Vec<_>>();
        let result = match <[&str; N]>::try_from(fields) {
            Ok(fields) if line == 0 && fields == columns => continue,
            Ok(_) if line == 0 => Err(format!("the columns are not {}", columns.join(","))),
            Ok(fields) => row(fields),
            Err(fields) => Err(format!("{} fields, not {N}", fields.len())),
        };
        match result {
            Ok(row) => parsed.push(row),
            Err(problem) => problems.push(format!("{file}:{}: {problem}", line + 1)),
        }
    }
    parsed
}

/// Reports the first key that does not come after the one before it.
fn sorted<K: Ord + std::fmt::Debug>(
    at: impl Display,
    keys: impl Iterator<Item = K>,
    report: &mut impl FnMut(String),
) {
    let mut previous: Option<K> = None;
    for key in keys {
        if let Some(previous) = previous.filter(|previous| *previous >= key) {
            let problem = if previous == key { "appears twice" } else { "is out of order" };
            report(format!("{at}: {key:?} {problem}"));
            return;
        }
        previous = Some(key);
    }
}

fn provider_rank(provider: &str) -> Option<usize> {
    PROVIDERS.iter().position(|name| *name == provider)
}

/// Whether a size of Azure has the GPU in its name: `Standard_NC16as_T4_v3`.
fn is_azure_name_with(vm_type: &str, gpu: &str) -> bool {
    let mut parts = vm_type.split('_').skip(2);
    vm_type.starts_with("Standard_")
        && parts.any(|part| {
            part.strip_prefix(gpu).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
        })
}

fn is_region_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn is_vm_type_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-_".contains(&byte)
}

fn words(field: &str) -> Vec<String> {
    field.split_whitespace().map(str::to_owned).collect()
}

fn flag(field: &str) -> Result<bool, String> {
    field.parse().map_err(|_| format!("{field:?} is not true or false"))
}

fn number<T: std::str::FromStr>(field: &str) -> Result<Option<T>, String> {
    if field.is_empty() {
        return Ok(None);
    }
    field.parse().map(Some).map_err(|_| format!("{field:?} is not a number in range"))
}

/// GiB with decimals, as the providers state them, to whole MiB.
fn mebibytes(gib: &str) -> Result<Option<u32>, String> {
    let Some(gib) = number::<f64>(gib)? else { return Ok(None) };
    if !(0.0..1_000_000.0).contains(&gib) {
        return Err(format!("{gib} GiB of memory is out of range"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range, see above")]
    Ok(Some((gib * 1024.0).round() as u32))
}
