//! AC306: a VM type that is not offered in the region.

use super::clash::{self, Clash, Extent, candidates};
use super::{Context, words};
use crate::catalog::{Catalog, Offered, ProviderSet};
use crate::finding::Finding;
use crate::profile::{Field, Meeting};
use crate::rule::{Kind, Rule, Severity};

/// AC306
pub const RULE: Rule = Rule {
    code: "AC306",
    name: "vm-type-region",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "The VM type is not offered in that region",
    docs: r"
No region has every VM type, and new ones come to a few regions first. Take a region that has it, or another
VM type. The lists have a date: a type added under `[catalog.AWS]` (or the section of another provider) in
anycloud-lint.toml counts as offered everywhere. Where a size is sold at Azure is known from its prices only,
so there it is a warning.

```yaml bad
profiles:
  train:
    vmType: p5.48xlarge
    region: eu-central-1
```

```yaml good
profiles:
  train:
    vmType: p5.48xlarge
    region: us-east-1
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog;
    let clashes = clash::with_region(context, Field::VmType, |candidates, text, region| {
        is_missing(catalog, candidates, text, region)
    });
    findings.extend(clashes.iter().map(|meeting| report(context, meeting)));
}

/// The providers that have both the VM type and the region.
fn having(catalog: &Catalog, candidates: ProviderSet, vm_type: &str, region: &str) -> ProviderSet {
    let both = catalog.vm_type_providers(vm_type).intersection(catalog.region_providers(region));
    both.intersection(candidates)
}

fn is_missing(catalog: &Catalog, candidates: ProviderSet, vm_type: &str, region: &str) -> bool {
    let fails = |provider| catalog.offered(provider, vm_type, region) == Offered::No;
    if let Some(provider) = candidates.single() {
        return fails(provider);
    }
    let having = having(catalog, candidates, vm_type, region);
    !having.is_empty() && having.iter().all(fails)
}

fn report(context: &Context<'_>, meeting: &Meeting<Clash>) -> Finding {
    let (catalog, clash) = (context.catalog, &meeting.key);
    let (vm_type, region) = (clash.text(context), clash.with_text(context));
    let having = having(catalog, candidates(context, meeting.subject), vm_type, region);
    let message = format!(
        "`{vm_type}` is not offered in `{region}`{}{}",
        words::as_of(catalog, having),
        context.subjects.others(&meeting.others)
    );
    let nearest =
        having.iter().flat_map(|provider| catalog.regions_offering(provider, vm_type, Some(region)));
    let nearest = words::names(nearest, "or");
    let elsewhere = (!nearest.is_empty()).then(|| format!("it is offered in {nearest}"));
    let help = words::help([elsewhere, words::newer("it", having)]);
    let severity = words::severity(catalog, having, |facts| facts.vm_regions_complete);
    clash.finding(context, &RULE, meeting, Extent::Entry, message).severity(severity).help(help)
}
