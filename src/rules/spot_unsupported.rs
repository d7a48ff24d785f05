//! AC308: spot where there is none.

use super::clash::{Clash, Extent, candidates, place_of};
use super::{Context, words};
use crate::catalog::{Provider, ProviderSet};
use crate::facts::{certain, deciding};
use crate::finding::Finding;
use crate::profile::{Field, Meeting, meetings};
use crate::rule::{Kind, Rule, Severity};
use crate::yaml::Data;

/// AC308
pub const RULE: Rule = Rule {
    code: "AC308",
    name: "spot-unsupported",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "`spot: true` at a provider without spot capacity",
    docs: r"
Spot VMs are spare capacity that the provider may take back, at a lower price. Lambda does not sell any, and
the own machine is nobody's spare capacity.

```yaml bad
profiles:
  sweep:
    cloudProvider: Lambda
    gpuType: h100:8
    spot: true
```

```yaml good
profiles:
  sweep:
    cloudProvider: Lambda
    gpuType: h100:8
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let fails = |provider: Provider| !context.catalog.facts(provider).spot;
    let clashes = meetings(context.subjects, |id| {
        let inferred = context.inference().of(id);
        if !inferred.sets(Field::Spot) || inferred.is_contradictory || !inferred.candidates.iter().all(fails)
        {
            return None;
        }
        let setting = certain(context, id, Field::Spot)?;
        let value = setting.entry.value;
        let is_on = matches!(context.tree.data(value), Data::Bool(true)) && context.is_sound(value);
        is_on.then(|| Clash::new(Field::Spot, setting, place_of(deciding(context, id, fails))))
    });
    findings.extend(clashes.iter().map(|meeting| report(context, meeting)));
}

fn report(context: &Context<'_>, meeting: &Meeting<Clash>) -> Finding {
    let own = candidates(context, meeting.subject);
    let message = format!(
        "{} has no spot capacity{}{}",
        words::providers(own, "or"),
        words::as_of(context.catalog, own),
        context.subjects.others(&meeting.others)
    );
    let help = if own == ProviderSet::of(Provider::Local) {
        "your own machine is never taken back: take `spot` out, or set it to `false`"
    } else {
        "take `spot` out, or set it to `false`"
    };
    meeting.key.finding(context, &RULE, meeting, Extent::Value, message).help(help)
}
