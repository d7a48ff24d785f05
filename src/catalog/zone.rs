//! Zones: their form, and which region a zone is in.

use super::{Catalog, Provider, ProviderSet, ZoneForm};

/// Whether a zone can be one of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneFit<'a> {
    /// The form is right and the region is the one.
    Fits,
    /// It is a zone of this other region of the provider.
    OtherRegion(&'a str),
    /// The form and the region are right, but the region has no such zone.
    NoSuchZone,
    /// The provider has no zone of this form in that region.
    WrongForm,
}

impl ZoneForm {
    /// Whether `rest`, what follows the region in a zone's name, has the provider's form.
    fn ends_with(self, rest: &str) -> bool {
        match self {
            Self::RegionThenLetter => is_letter(rest) || rest.strip_prefix('-').is_some_and(is_local_zone),
            Self::RegionDashLetter => rest.strip_prefix('-').is_some_and(|rest| {
                // AI zones have a number, too: `us-south1-ai1b`.
                let letter = rest
                    .strip_prefix("ai")
                    .map(|rest| rest.trim_start_matches(|digit: char| digit.is_ascii_digit()))
                    .filter(|letter| letter.len() + 2 < rest.len());
                is_letter(letter.unwrap_or(rest))
            }),
            Self::Number | Self::None => false,
        }
    }

    /// A zone of this form, to show what one looks like; None where there are no zones.
    pub const fn example(self) -> Option<&'static str> {
        match self {
            Self::RegionThenLetter => Some("us-east-1a"),
            Self::RegionDashLetter => Some("us-central1-a"),
            Self::Number => Some("1"),
            Self::None => None,
        }
    }
}

impl Catalog {
    /// Whether `zone` can be a zone of `region`. At AWS and Azure letters and numbers differ by account, so only the form
    /// and the region are checked; GCP's zones are the same for everybody.
    pub fn zone_fit(&self, provider: Provider, region: &str, zone: &str) -> ZoneFit<'_> {
        let form = self.facts(provider).zones;
        let fits = match form {
            ZoneForm::Number => matches!(zone, "1" | "2" | "3"),
            _ => zone.strip_prefix(region).is_some_and(|rest| form.ends_with(rest)),
        };
        if fits {
            return if self.lacks_zone(provider, region, zone) { ZoneFit::NoSuchZone } else { ZoneFit::Fits };
        }
        match self.zone_region(zone) {
            Some((home, region)) if home == provider => ZoneFit::OtherRegion(region),
            _ => ZoneFit::WrongForm,
        }
    }

    /// Whether a region is known to have other zones, but not this one. What the configuration adds to the region's name
    /// is taken to have any.
    fn lacks_zone(&self, provider: Provider, region: &str, zone: &str) -> bool {
        if provider != Provider::Gcp || self.added_regions(provider).any(|added| added == region) {
            return false;
        }
        let zones: Vec<String> =
            self.region(provider, region).into_iter().flat_map(super::Region::zones).collect();
        // AI zones (`us-south1-ai1b`) are not in the tables.
        let is_plain = zone.len() == region.len() + 2;
        is_plain && !zones.is_empty() && !zones.iter().any(|known| known == zone)
    }

    /// Whether a zone has the provider's form, be it of a region that is not known.
    pub fn is_zone_form(&self, provider: Provider, zone: &str) -> bool {
        let form = self.facts(provider).zones;
        if form == ZoneForm::Number {
            return matches!(zone, "1" | "2" | "3");
        }
        zone.char_indices().any(|(place, _)| {
            let (region, rest) = zone.split_at(place);
            let is_region = region.contains('-') && region.ends_with(|last: char| last.is_ascii_digit());
            is_region && form.ends_with(rest)
        })
    }

    /// The provider and region of a zone whose full name holds the region: `us-east-1a`, `us-central1-a`.
    pub fn zone_region(&self, zone: &str) -> Option<(Provider, &str)> {
        Provider::COMPUTE.into_iter().find_map(|provider| {
            let form = self.facts(provider).zones;
            let fits = |region: &&str| zone.strip_prefix(region).is_some_and(|rest| form.ends_with(rest));
            let region = self.regions(provider).map(super::Region::name).find(fits)?;
            Some((provider, region))
        })
    }

    /// The providers that can have a zone of this name.
    pub fn zone_providers(&self, zone: &str) -> ProviderSet {
        if matches!(zone, "1" | "2" | "3") {
            return ProviderSet::of(Provider::Azure);
        }
        self.zone_region(zone).map_or(ProviderSet::EMPTY, |(provider, _)| ProviderSet::of(provider))
    }
}

fn is_letter(text: &str) -> bool {
    matches!(text.as_bytes(), [b'a'..=b'z'])
}

/// What follows the region in the name of an AWS Local Zone (`lax-1a`) or Wavelength Zone (`wl1-bos-wlz-1`).
fn is_local_zone(rest: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    rest.contains('-') && rest.split('-').all(part)
}
