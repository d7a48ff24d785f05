//! AC302: a VM type that nobody has.

use super::{Context, hardware, words};
use crate::catalog::{Provider, ProviderSet};
use crate::edit;
use crate::facts::Inferred;
use crate::facts::PoolEntry;
use crate::finding::{Finding, Fix};
use crate::profile::{Field, Subject};
use crate::rule::{Applicability, Kind, Rule, Severity};

/// AC302
pub const RULE: Rule = Rule {
    code: "AC302",
    name: "unknown-vm-type",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "No provider has such a VM type",
    docs: r"
The name is in no provider's list. Names count to the letter, except at Azure, where case does not matter. The
lists have a date: a type that is newer can be added under `[catalog.AWS]` (or the section of another
provider) in anycloud-lint.toml. Where the list is not complete (Lambda), this is a warning.

```yaml bad
profiles:
  train:
    cloudProvider: AWS
    vmType: g6e.xlagre
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    vmType: g6e.xlarge
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut helps = words::Helps::default();
    for profile in context.subjects.all() {
        let inferred = context.inference().of(profile.id);
        if !inferred.has_unknown_vm_type {
            continue;
        }
        let Some(setting) = context.subjects.value(profile.id, Field::VmType) else { continue };
        let unknown = context
            .pool(setting.entry.value)
            .filter(|entry| context.catalog.vm_type_providers(entry.text).is_empty());
        findings.extend(unknown.map(|entry| report(context, profile, inferred, &entry, &mut helps)));
    }
}

fn report<'t>(
    context: &Context<'t>,
    profile: &Subject,
    inferred: &Inferred,
    entry: &PoolEntry<'t>,
    helps: &mut words::Helps<'t>,
) -> Finding {
    let (catalog, candidates) = (context.catalog, inferred.candidates);
    let message = format!(
        "there is no VM type {}{}",
        context.quote(None, entry.node).or("of this name"),
        words::as_of(catalog, candidates)
    );
    let mut finding = context.about_value(&RULE, profile, Field::VmType.name(), entry.node, message);
    finding = finding.item(entry.index);
    let severity = if inferred.is_known {
        words::severity(catalog, candidates, |facts| facts.vm_types_complete)
    } else if has_lambdas_shape(entry.text) {
        Severity::Warning
    } else {
        Severity::Error
    };
    finding = finding.severity(severity);
    if let Some((provider, spelling)) = right_case(context, candidates, entry.text) {
        let edits = context
            .editable(entry.node)
            .and_then(|target| edit::replace_text(context.tree, target, &spelling));
        return finding
            .help(format!("{provider} writes it `{spelling}`"))
            .fix(edits.map(|edits| Fix::safe(format!("write `{spelling}`"), edits)));
    }
    if candidates == ProviderSet::of(Provider::Local) {
        return finding.help("a job on the own machine has no VM type: take `vmType` out");
    }
    let help = helps.entry((entry.text, candidates)).or_insert_with(|| {
        let meant = hardware::stray_character(entry.text)
            .or_else(|| hardware::meant_by_vm_type(context, candidates, entry.text));
        if let Some(meant) = meant {
            return meant;
        }
        let closest = context.closest_vm_types(candidates, entry.text);
        words::help([words::did_you_mean(&closest, candidates), words::newer("it", candidates)])
    });
    finding.help(help.clone())
}

/// The one spelling that a name in the wrong case can mean, and who spells it so.
fn right_case(context: &Context<'_>, candidates: ProviderSet, name: &str) -> Option<(Provider, String)> {
    let spelt = |provider| Some((provider, context.catalog.canonical_vm_type(provider, name)?.into_owned()));
    let mut spellings = candidates.iter().filter_map(spelt);
    let first = spellings.next()?;
    spellings.all(|(_, spelling)| spelling == first.1).then_some(first)
}

/// Whether a name looks like one of Lambda, whose list is not complete: `gpu_8x_h100_sxm5`, `cpu_4x_general`.
fn has_lambdas_shape(name: &str) -> bool {
    let count = name.strip_prefix("gpu_").or_else(|| name.strip_prefix("cpu_"));
    count.and_then(|rest| rest.split_once("x_")).is_some_and(|(count, kind)| {
        !kind.is_empty() && !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit())
    })
}
