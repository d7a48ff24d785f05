//! AC401: a region that nobody has.

use super::{Context, hardware, words};
use crate::catalog::{Provider, ProviderSet};
use crate::edit;
use crate::facts::Inferred;
use crate::finding::{Finding, Fix};
use crate::profile::{Field, Subject};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::yaml::NodeId;

/// AC401
pub const RULE: Rule = Rule {
    code: "AC401",
    name: "unknown-region",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "No provider has such a region",
    docs: r"
The name is in no provider's list. Each provider has its own way to write regions: `us-east-1` at AWS,
`us-east1` at GCP, `eastus` at Azure. The lists have a date: a region that is newer can be added under
`[catalog.AWS]` (or the section of another provider) in anycloud-lint.toml. Where the list is not complete
(Lambda), this is a warning.

```yaml bad
profiles:
  train:
    cloudProvider: AWS
    region: us-esat-1
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    region: us-east-1
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut helps = words::Helps::default();
    for profile in context.subjects.all() {
        let inferred = context.inference().of(profile.id);
        if !inferred.has_unknown_region {
            continue;
        }
        let Some(setting) = context.subjects.value(profile.id, Field::Region) else { continue };
        if let Some(name) = context.text(setting.entry.value) {
            findings.push(report(context, profile, inferred, (setting.entry.value, name), &mut helps));
        }
    }
}

fn report<'t>(
    context: &Context<'t>,
    profile: &Subject,
    inferred: &Inferred,
    (value, name): (NodeId, &'t str),
    helps: &mut words::Helps<'t>,
) -> Finding {
    let (catalog, candidates) = (context.catalog, inferred.candidates);
    let message = format!(
        "there is no region {}{}",
        context.quote(None, value).or("of this name"),
        words::as_of(catalog, candidates)
    );
    let mut finding = context.about_value(&RULE, profile, Field::Region.name(), value, message);
    let severity = if inferred.is_known {
        words::severity(catalog, candidates, |facts| facts.regions_complete)
    } else if has_lambdas_shape(name) {
        Severity::Warning
    } else {
        Severity::Error
    };
    finding = finding.severity(severity);
    if let Some((provider, spelling)) = right_spelling(context, candidates, name) {
        let target = context.editable(value);
        let edits = target.and_then(|target| edit::replace_text(context.tree, target, spelling));
        return finding
            .help(format!("{provider} writes it `{spelling}`"))
            .fix(edits.map(|edits| Fix::safe(format!("write `{spelling}`"), edits)));
    }
    if candidates == ProviderSet::of(Provider::Local) {
        return finding.help("a job on the own machine has no region: take `region` out");
    }
    let zone = name.to_ascii_lowercase();
    if let Some((_, region)) = catalog.zone_region(&zone) {
        return finding.help(format!(
            "that is a zone: write `region: {region}`, and `availabilityZone: {zone}` if it matters"
        ));
    }
    let numbered = zone.rsplit_once('-').filter(|(region, number)| {
        matches!(*number, "1" | "2" | "3")
            && candidates.contains(Provider::Azure)
            && catalog.region(Provider::Azure, region).is_some()
    });
    if let Some((region, number)) = numbered {
        return finding.help(format!(
            "write `region: {region}`, and `availabilityZone: \"{number}\"` if the zone matters"
        ));
    }
    if let Some(help) = hardware::stray_character(name) {
        return finding.help(help);
    }
    if name.contains(['$', '{']) {
        return finding.help("nothing puts variables in here: write the region's name");
    }
    let help = helps.entry((name, candidates)).or_insert_with(|| {
        let closest = context.closest_regions(candidates, name);
        words::help([words::did_you_mean(&closest, candidates), words::newer("it", candidates)])
    });
    finding.help(help.clone())
}

/// The one region that a name means which differs in case only, or in the spaces that Azure's portal shows.
fn right_spelling<'c>(
    context: &'c Context<'_>,
    candidates: ProviderSet,
    name: &str,
) -> Option<(Provider, &'c str)> {
    let azure = candidates == ProviderSet::of(Provider::Azure);
    let name = if azure { name.replace(' ', "") } else { name.to_owned() };
    let spelt = |provider| Some((provider, context.catalog.canonical_region(provider, &name)?));
    let mut spellings = candidates.iter().filter_map(spelt);
    let first = spellings.next()?;
    spellings.all(|(_, spelling)| spelling == first.1).then_some(first)
}

/// Whether a name looks like one of Lambda, whose list is not complete: `us-midwest-1`.
fn has_lambdas_shape(name: &str) -> bool {
    let is_word = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_number = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = name.split('-').collect();
    matches!(parts.as_slice(), [one, two, number] if is_word(one) && is_word(two) && is_number(number))
}
