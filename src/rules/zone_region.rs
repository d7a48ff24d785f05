//! AC403: a zone that is not in the region.

use rustc_hash::FxHashMap;

use super::clash::{Clash, Extent, candidates, place_of};
use super::{Context, hardware, words};
use crate::catalog::{Catalog, Provider, ProviderSet, ZoneFit, ZoneForm};
use crate::facts::{certain, deciding};
use crate::finding::Finding;
use crate::profile::{Field, Meeting, SubjectId, meetings};
use crate::rule::{Kind, Rule, Severity};

/// AC403
pub const RULE: Rule = Rule {
    code: "AC403",
    name: "zone-region",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "The zone is not in the region, or no provider's zone looks like that",
    docs: r"
Each provider names its zones in its own way: `us-east-1a` at AWS, `us-central1-a` at GCP, `1`, `2` or `3` at
Azure; Lambda has none. Where a profile overrides the region of its base, it has to override the zone, too, or
clear it with `null`. At AWS and Azure the letters and numbers differ by account, so only the form and the
region are checked.

```yaml bad
profiles:
  train:
    region: us-east-1
    availabilityZone: us-west-2a
    vmType: g5.xlarge
```

```yaml good
profiles:
  train:
    region: us-west-2
    availabilityZone: us-west-2a
    vmType: g5.xlarge
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog;
    let mut known: FxHashMap<(&str, &str, ProviderSet), bool> = FxHashMap::default();
    let clashes = meetings(context.subjects, |id| {
        let inferred = context.inference().of(id);
        if !inferred.sets(Field::AvailabilityZone) || inferred.is_contradictory {
            return None;
        }
        let setting = certain(context, id, Field::AvailabilityZone)?;
        let zone = context.text(setting.entry.value)?;
        let Some(region) = certain(context, id, Field::Region) else {
            if no_such_zone(catalog, zone).is_some() {
                return Some(Clash::new(Field::AvailabilityZone, setting, None));
            }
            return has_wrong_form(context, id, zone).then(|| {
                let form = |provider| !catalog.is_zone_form(provider, zone);
                Clash::new(Field::AvailabilityZone, setting, place_of(deciding(context, id, form)))
            });
        };
        let name = context.text(region.entry.value)?;
        let fails = known.entry((zone, name, inferred.candidates));
        fails
            .or_insert_with(|| is_elsewhere(catalog, inferred.candidates, name, zone))
            .then(|| Clash::new(Field::AvailabilityZone, setting, Some((Field::Region, region.entry))))
    });
    findings.extend(clashes.iter().map(|meeting| report(context, meeting)));
}

/// The providers among these that have the region.
fn having(catalog: &Catalog, candidates: ProviderSet, region: &str) -> ProviderSet {
    catalog.region_providers(region).intersection(candidates)
}

fn is_elsewhere(catalog: &Catalog, candidates: ProviderSet, region: &str, zone: &str) -> bool {
    let having = having(catalog, candidates, region);
    let fails = |provider| catalog.zone_fit(provider, region, zone) != ZoneFit::Fits;
    !having.is_empty() && having.iter().all(fails)
}

/// Whether a zone, of whatever region, has the form of none of the providers that the profile can be at.
pub(super) fn has_wrong_form(context: &Context<'_>, id: SubjectId, zone: &str) -> bool {
    let inferred = context.inference().of(id);
    inferred.is_known
        && inferred.candidates.iter().all(|provider| !context.catalog.is_zone_form(provider, zone))
}

/// The provider and region of a zone that has the form of one, but does not exist.
fn no_such_zone<'c>(catalog: &'c Catalog, zone: &str) -> Option<(Provider, &'c str)> {
    let (provider, region) = catalog.zone_region(zone)?;
    (catalog.zone_fit(provider, region, zone) == ZoneFit::NoSuchZone).then_some((provider, region))
}

fn report(context: &Context<'_>, meeting: &Meeting<Clash>) -> Finding {
    let (catalog, clash) = (context.catalog, &meeting.key);
    let own = candidates(context, meeting.subject);
    let quoted = context.quote(None, clash.node).or("this");
    let region = clash.with.filter(|(field, _)| *field == Field::Region).map(|_| clash.with_text(context));
    let having = region.map_or(own, |region| having(catalog, own, region));
    let home = having.iter().find_map(|provider| {
        match catalog.zone_fit(provider, region.unwrap_or_default(), clash.text(context)) {
            ZoneFit::OtherRegion(home) => Some(home),
            ZoneFit::Fits | ZoneFit::NoSuchZone | ZoneFit::WrongForm => None,
        }
    });
    let forms: Vec<String> = having.iter().map(|provider| form(catalog, provider, region)).collect();
    let forms = words::list(&forms, "and");
    let more = context.subjects.others(&meeting.others);
    if let Some((provider, home)) = no_such_zone(catalog, clash.text(context))
        && having.contains(provider)
        && region.is_none_or(|region| region == home)
    {
        let as_of = words::as_of(catalog, ProviderSet::of(provider));
        let message = format!("{quoted} is no zone of `{home}`{as_of}{more}");
        let newer = words::newer(&format!("`{home}`"), ProviderSet::of(provider));
        let newer = newer.map(|newer| format!("{newer}: then any zone of it will do"));
        let help = words::help([Some(form(catalog, provider, Some(home))), newer]);
        return clash.finding(context, &RULE, meeting, Extent::Entry, message).help(help);
    }
    let meant = having
        .iter()
        .find_map(|provider| hardware::meant_by_zone(catalog, provider, region, clash.text(context)));
    if let (Some(meant), None) = (meant, home) {
        let whose = region.map_or_else(|| words::providers(own, "or"), |region| format!("`{region}`"));
        let message = format!("{quoted} is no zone of {whose}{more}");
        let help = format!("write `availabilityZone: {meant}`; {forms}");
        return clash.finding(context, &RULE, meeting, Extent::Entry, message).help(help);
    }
    let (message, help) = match (home, region) {
        (Some(home), Some(region)) => (
            format!("{quoted} is a zone of `{home}`, not of `{region}`{more}"),
            format!("{forms}; clear the zone with `availabilityZone: null` where any will do"),
        ),
        (_, Some(region)) => (
            format!("{quoted} is no zone of `{region}`{more}"),
            format!("{forms}; leave `availabilityZone` out where any zone will do"),
        ),
        (_, None) => (
            format!("{quoted} is no zone of {}{more}", words::providers(own, "or")),
            format!("{forms}; leave `availabilityZone` out where any zone will do"),
        ),
    };
    clash.finding(context, &RULE, meeting, Extent::Entry, message).help(help)
}

/// What zones look like at a provider, in words.
fn form(catalog: &Catalog, provider: Provider, region: Option<&str>) -> String {
    let known = region.and_then(|region| catalog.region(provider, region));
    let zones: Vec<String> = known.into_iter().flat_map(crate::catalog::Region::zones).collect();
    let form = catalog.facts(provider).zones;
    match (form, region) {
        (ZoneForm::None, _) => format!("{provider} has no zones"),
        (ZoneForm::Number, _) => format!("zones of {provider} are `1`, `2` and `3`"),
        (_, Some(region)) if !zones.is_empty() => {
            format!("zones of `{region}` are {}", words::names(zones.iter().map(String::as_str), "and"))
        }
        _ => {
            let example = form.example().unwrap_or_default();
            format!("zones of {provider} look like `{example}`")
        }
    }
}
