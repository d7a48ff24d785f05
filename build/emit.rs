//! Writes the catalog's tables as Rust statics, to be included by `src/catalog/tables.rs`.

use std::fmt::Write as _;

use crate::tables::{ProviderRow, Tables};

/// Nobody reads the numbers there.
const PLAIN_NUMBERS: &str = "#[allow(clippy::unreadable_literal)]\n";

/// The source text of the statics: one `Table` per provider, and what they share.
pub(crate) fn rust(tables: &Tables) -> String {
    let mut out = String::new();
    let mut names = String::new();
    let mut region_sets = Vec::new();

    for provider in &tables.providers {
        table(&mut out, tables, provider, &mut names, &mut region_sets);
    }

    // One long text instead of thousands of `&str`: each of those would need a relocation when the program starts.
    let _ = writeln!(out, "pub(super) static VM_TYPE_NAMES: &str = {names:?};");
    out.push_str(PLAIN_NUMBERS);
    let _ = writeln!(out, "pub(super) static REGION_SETS: [RegionSet; {}] = [", region_sets.len());
    for set in region_sets {
        let _ = writeln!(out, "RegionSet({set:#x}),");
    }
    out.push_str("];\n");

    let _ = writeln!(out, "pub(super) static GPUS: [GpuRow; {}] = [", tables.gpus.len());
    for row in &tables.gpus {
        let _ = writeln!(
            out,
            "GpuRow {{ name: {:?}, memory_gib: {:?}, vendor: {:?}, family: Gpu({}), aliases: &{:?} }},",
            row.gpu,
            row.memory_gib,
            row.vendor,
            gpu_index(tables, &row.family),
            row.aliases,
        );
    }
    out.push_str("];\n");

    let mut spellings: Vec<_> = tables
        .gpus
        .iter()
        .enumerate()
        .flat_map(|(index, row)| {
            row.aliases.iter().chain([&row.gpu]).map(move |name| (name.to_lowercase(), index))
        })
        .collect();
    spellings.sort();
    let _ = writeln!(out, "pub(super) static GPU_SPELLINGS: [(&str, Gpu); {}] = [", spellings.len());
    for (spelling, index) in spellings {
        let _ = writeln!(out, "({spelling:?}, Gpu({index})),");
    }
    out.push_str("];\n");
    out
}

/// The static of one provider.
fn table(
    out: &mut String,
    tables: &Tables,
    provider: &ProviderRow,
    names: &mut String,
    region_sets: &mut Vec<u128>,
) {
    let regions: Vec<_> = tables.regions.iter().filter(|row| row.provider == provider.provider).collect();
    let bits = |names: &mut dyn Iterator<Item = &str>| {
        names.fold(0_u128, |set, name| {
            regions.iter().position(|row| row.region == name).map_or(set, |bit| set | 1 << bit)
        })
    };

    out.push_str(PLAIN_NUMBERS);
    let _ = writeln!(out, "pub(super) static {}: Table = Table {{", provider.provider.to_uppercase());
    let zones = match provider.zones.as_str() {
        "region+letter" => "RegionThenLetter",
        "region-letter" => "RegionDashLetter",
        "1 2 3" => "Number",
        _ => "None",
    };
    let _ = writeln!(
        out,
        "facts: Facts {{ as_of: {:?}, spot: {}, zones: ZoneForm::{zones}, regions_complete: {}, \
         vm_types_complete: {}, vm_regions_complete: {} }},",
        provider.as_of,
        provider.spot,
        provider.regions_complete,
        provider.vm_types_complete,
        provider.vm_regions_complete,
    );

    out.push_str("regions: &[\n");
    for row in &regions {
        // A zone is its region and a letter, or a number: the last character tells.
        let zones: String = row.zones.iter().filter_map(|zone| zone.chars().last()).collect();
        let _ = writeln!(
            out,
            "RegionRow {{ name: {:?}, partition: {:?}, geography: Geography::{}, zones: {zones:?} }},",
            row.region,
            row.partition,
            camel_case(&row.geography),
        );
    }
    out.push_str("],\n");

    let mut covered = 0;
    let mut with_gpu = Vec::new();
    out.push_str("vm_types: &[\n");
    let rows = tables.vm_types.iter().filter(|row| row.provider == provider.provider);
    for (index, row) in rows.enumerate() {
        let set = bits(&mut row.regions.iter().map(String::as_str));
        covered |= set;
        let set = region_sets.iter().position(|known| *known == set).unwrap_or_else(|| {
            region_sets.push(set);
            region_sets.len() - 1
        });
        let gpu = if row.gpu.is_empty() { 255 } else { gpu_index(tables, &row.gpu) };
        if !row.gpu.is_empty() {
            with_gpu.push(index);
        }
        let _ = writeln!(
            out,
            "VmTypeRow {{ name_start: {}, name_len: {}, vcpus: {}, memory_mib: {}, gpu: Gpu({gpu}), \
             gpu_count: {}, gpu_memory_gib: {}, regions: {set} }},",
            names.len(),
            row.vm_type.len(),
            row.vcpus.unwrap_or(0),
            row.memory_mib.unwrap_or(0),
            row.gpu_count.unwrap_or(0),
            row.gpu_memory_gib.unwrap_or(0),
        );
        names.push_str(&row.vm_type);
    }
    let _ = writeln!(
        out,
        "],\nvm_types_with_gpu: &{with_gpu:?},\nregions_with_vm_types: RegionSet({covered:#x}),"
    );

    out.push_str("attachable: &[\n");
    for row in tables.attachable.iter().filter(|row| row.provider == provider.provider) {
        let set = bits(&mut row.zones.iter().filter_map(|zone| crate::tables::zone_region(zone)));
        let _ = writeln!(
            out,
            "AttachableGpu {{ gpu: Gpu({}), counts: &{:?}, zones: &{:?}, regions: RegionSet({set:#x}) }},",
            gpu_index(tables, &row.gpu),
            row.counts,
            row.zones,
        );
    }
    out.push_str("],\n");

    let storage: Vec<_> = tables
        .storage
        .iter()
        .filter(|(name, _)| *name == provider.provider)
        .map(|(_, location)| location)
        .collect();
    let _ = writeln!(out, "storage_locations: &{storage:?},\n}};");
}

fn gpu_index(tables: &Tables, name: &str) -> usize {
    // Checked before: every name is in the table.
    tables.gpus.iter().position(|row| row.gpu == name).unwrap_or(255)
}

fn camel_case(kebab: &str) -> String {
    let capital = |word: &str| word.get(..1).unwrap_or("").to_uppercase() + word.get(1..).unwrap_or("");
    kebab.split('-').map(capital).collect()
}
