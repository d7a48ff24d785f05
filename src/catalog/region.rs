//! Regions: look-up, and which are near each other.

use super::tables::{self, RegionRow};
use super::{Catalog, Geography, Provider, ProviderSet};

/// A region that the catalog knows.
#[derive(Clone, Copy, Debug)]
pub struct Region<'a> {
    provider: Provider,
    name: &'a str,
    /// None for a region that the configuration added.
    row: Option<&'static RegionRow>,
}

impl<'a> Region<'a> {
    /// The provider whose region it is.
    pub const fn provider(self) -> Provider {
        self.provider
    }

    /// The name as the provider spells it.
    pub const fn name(self) -> &'a str {
        self.name
    }

    /// The part of the world, where it is known.
    pub fn geography(self) -> Option<Geography> {
        self.row.map(|row| row.geography)
    }

    /// The part of the cloud that shares accounts: `aws`, `aws-cn`, `aws-us-gov`, …
    pub fn partition(self) -> Option<&'static str> {
        self.row.map(|row| row.partition)
    }

    /// The zones that are known: full names, at Azure numbers. Others may exist: AWS and Azure give each account its
    /// own letters and numbers.
    pub fn zones(self) -> impl Iterator<Item = String> + use<'a> {
        let zones = self.row.map_or("", |row| row.zones);
        zones.chars().map(move |zone| match tables::of(self.provider).facts.zones {
            tables::ZoneForm::RegionThenLetter => format!("{}{zone}", self.name),
            tables::ZoneForm::RegionDashLetter => format!("{}-{zone}", self.name),
            tables::ZoneForm::Number | tables::ZoneForm::None => zone.to_string(),
        })
    }
}

impl Catalog {
    /// The region of `provider` with exactly this name.
    pub fn region<'a>(&'a self, provider: Provider, name: &str) -> Option<Region<'a>> {
        if let Some((_, row)) = tables::of(provider).region(name) {
            return Some(Region { provider, name: row.name, row: Some(row) });
        }
        let name = self.added_regions(provider).find(|added| *added == name)?;
        Some(Region { provider, name, row: None })
    }

    /// The region's name as `provider` spells it, for a name that may differ in case: `US-EAST-1` is `us-east-1`.
    pub fn canonical_region(&self, provider: Provider, name: &str) -> Option<&str> {
        let builtin = tables::of(provider).regions.iter().map(|row| row.name);
        builtin.chain(self.added_regions(provider)).find(|known| known.eq_ignore_ascii_case(name))
    }

    /// The providers that have a region with exactly this name.
    pub fn region_providers(&self, name: &str) -> ProviderSet {
        Provider::ALL.into_iter().filter(|&provider| self.region(provider, name).is_some()).collect()
    }

    /// Every region of `provider`: by name, then those that the configuration added.
    pub fn regions(&self, provider: Provider) -> impl Iterator<Item = Region<'_>> {
        let builtin = tables::of(provider).regions.iter();
        let builtin = builtin.map(move |row| Region { provider, name: row.name, row: Some(row) });
        builtin.chain(self.added_regions(provider).map(move |name| Region { provider, name, row: None }))
    }

    /// Whether the tables say anything about VM types in that region. Where not (isolated regions, regions that the
    /// configuration added), no claim can be made about what is offered there.
    pub fn knows_vm_types_in(&self, provider: Provider, region: &str) -> bool {
        let table = tables::of(provider);
        table.region(region).is_some_and(|(place, _)| table.regions_with_vm_types.contains(place))
    }
}

/// Names of regions of one provider, those near to `near` first: its own partition before others, its own part of
/// the world before others, then by how much the names have in common.
pub(super) fn nearest_first(
    provider: Provider,
    regions: impl Iterator<Item = &'static RegionRow>,
    near: Option<&str>,
) -> Vec<&'static str> {
    let mut regions: Vec<_> = regions.collect();
    if let Some(near) = near {
        let home = tables::of(provider).region(near).map(|(_, row)| row);
        regions.sort_by_cached_key(|row| {
            let prefix = row.name.bytes().zip(near.bytes()).take_while(|(a, b)| a == b).count();
            (
                home.is_some_and(|home| home.partition != row.partition),
                home.is_some_and(|home| home.geography != row.geography),
                // `us-east-1` is nearer to `us-west-1` than `ca-west-1` is: both differ in two letters.
                strsim::osa_distance(row.name, near).cast_signed() - prefix.cast_signed(),
                row.name,
            )
        });
    }
    regions.into_iter().map(|row| row.name).collect()
}
