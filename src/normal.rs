//! The one spelling of a value that can be spelt in several ways.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::catalog::{Catalog, Gpu, GpuCount, GpuRequest, Provider};
use crate::profile::Field;

/// A VM type or GPU as it is compared with others: Azure's sizes ignore case, a GPU's aliases mean the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Canonical<'a> {
    name: Cow<'a, str>,
    /// How many, as written: a number that is too long for a computer is still another number.
    count: &'a str,
}

/// What a text asks for; and where it asks for one GPU of a family alone, what asks for any of them.
fn canonical<'a>(
    catalog: &'a Catalog,
    field: Field,
    text: &'a str,
) -> (Canonical<'a>, Option<Canonical<'a>>) {
    let request = if field == Field::GpuType { GpuRequest::parse(text).ok() } else { None };
    let Some(request) = request else {
        let name = if field == Field::GpuType { text.into() } else { spelling(catalog, field, text) };
        return (Canonical { name, count: "" }, None);
    };
    let count = match request.count {
        GpuCount::Any => "",
        GpuCount::All => "all",
        GpuCount::Exactly(_) => text.split_once(':').map_or("", |(_, count)| count),
    };
    let called = |name: &'static str| Canonical { name: name.into(), count };
    match request.gpu() {
        Some(gpu) if has_family(gpu) => {
            let any = called(gpu.name());
            // `a100-40gb` is the same device as `a100`, but who writes `a100` takes any of that family.
            let is_any = request.name.eq_ignore_ascii_case(gpu.name());
            (if is_any { any.clone() } else { called(one_of_family(gpu)) }, Some(any))
        }
        Some(gpu) => (called(gpu.name()), None),
        None => (Canonical { name: request.name.to_lowercase().into(), count }, None),
    }
}

/// Whether a GPU's name stands for others too.
fn has_family(gpu: Gpu) -> bool {
    Gpu::all().any(|other| other != gpu && other.family() == gpu)
}

/// The first of the names that mean one GPU of a family only.
fn one_of_family(gpu: Gpu) -> &'static str {
    gpu.aliases().first().copied().unwrap_or(gpu.name())
}

/// The entries of a fallback pool that ask for something, each with what is known of it.
#[derive(Debug)]
pub struct Pool<'a, T> {
    catalog: &'a Catalog,
    field: Field,
    entries: FxHashMap<Canonical<'a>, T>,
}

impl<'a, T: Copy> Pool<'a, T> {
    /// A pool without entries.
    pub fn new(catalog: &'a Catalog, field: Field) -> Self {
        Self { catalog, field, entries: FxHashMap::default() }
    }

    /// Adds an entry, or tells which earlier one asks for the same already.
    pub fn add(&mut self, text: &'a str, entry: T) -> Option<T> {
        let (canonical, any_of_family) = canonical(self.catalog, self.field, text);
        let earlier = any_of_family.and_then(|any| self.entries.get(&any));
        if let Some(earlier) = earlier {
            return Some(*earlier);
        }
        match self.entries.entry(canonical) {
            Entry::Occupied(earlier) => Some(*earlier.get()),
            Entry::Vacant(place) => {
                place.insert(entry);
                None
            }
        }
    }
}

/// The entries of a fallback pool as they are printed: each once, in its one spelling.
pub fn pool<'a>(
    catalog: &'a Catalog,
    field: Field,
    entries: impl Iterator<Item = &'a str>,
) -> Vec<Cow<'a, str>> {
    let mut pool = Pool::new(catalog, field);
    let first_mentions = entries.filter(|text| pool.add(text, ()).is_none());
    first_mentions.map(|text| spelling(catalog, field, text)).collect()
}

/// A value as it is printed: GPU names in lower case, Azure's sizes as the catalog spells them.
pub fn spelling<'a>(catalog: &'a Catalog, field: Field, text: &'a str) -> Cow<'a, str> {
    match field {
        Field::GpuType => text.to_lowercase().into(),
        Field::VmType => {
            let azure = catalog.vm_type(Provider::Azure, text);
            azure.map_or(text, |vm_type| vm_type.name()).into()
        }
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_the_clouds_know_them() {
        let catalog = Catalog::builtin();
        let gpu = |text| canonical(&catalog, Field::GpuType, text).0;
        assert_eq!(gpu("RTXA6000:2"), gpu("a6000:2"));
        assert_eq!(gpu("A100_80GB:8"), gpu("a100-80gb:8"));
        assert_ne!(gpu("A100-40GB"), gpu("a100"));
        assert_ne!(gpu("t4"), gpu("t4:1"));
        assert_ne!(gpu("t4:99999999999"), gpu("t4:99999999998"));
        assert_eq!(gpu("T4:ALL"), gpu("t4:all"));
        assert_eq!(gpu("No-Such"), gpu("no-such"));
        let repeated = |pool: &[&'static str]| {
            let mut known = Pool::new(&catalog, Field::GpuType);
            pool.iter().filter(|text| known.add(text, ()).is_some()).count()
        };
        assert_eq!(repeated(&["a100", "a100-40gb", "A100", "a100:8", "a100-80gb"]), 2);
        assert_eq!(repeated(&["a100-40gb", "a100", "A100-40GB"]), 1);
        assert_eq!(repeated(&["v100-16gb:2", "v100:2", "v100-32gb:2", "h100", "h100-mega"]), 0);
        let size = |text| canonical(&catalog, Field::VmType, text).0;
        assert_eq!(size("standard_nc16as_t4_v3"), size("Standard_NC16as_T4_v3"));
        assert_ne!(size("T3.Medium"), size("t3.medium"));
    }
}
