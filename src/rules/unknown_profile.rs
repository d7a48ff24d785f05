//! AC701: a job names a profile that is not there.

use super::{Context, jobs};
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::Section;
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::submission::JobField;

/// AC701
pub const RULE: Rule = Rule {
    code: "AC701",
    name: "unknown-profile",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Unresolvable,
    summary: "`profile` names a profile that does not exist",
    docs: r"
`profile` is the name of a profile in the same file, to the letter; a template will do as well. The job gets
its whole configuration, and `cloudConfig` changes fields of it for this job.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: wets
    image: ghcr.io/acme/train:1.4
```

```yaml good
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let subjects = context.subjects;
    for entry in context.submissions().mentioned(JobField::Profile) {
        let Some(name) = context.text(entry.value).filter(|name| subjects.named(name).is_none()) else {
            continue;
        };
        let finding = jobs::finding(context, &RULE, entry.value, format!("there is no profile `{name}`"));
        let nearest = context.nearest(Section::Profiles, name);
        let Some(closest) = nearest.and_then(|nearest| nearest.closest()) else {
            findings.push(finding.help("name a profile of this file, or add one below `profiles`"));
            continue;
        };
        let closest = subjects.name(closest);
        let edits = nearest.and_then(|nearest| nearest.certain()).and_then(|certain| {
            edit::replace_text(context.tree, context.editable(entry.value)?, subjects.name(certain))
        });
        let fix = edits.map(|edits| Fix::safe(format!("write `{closest}`"), edits));
        findings.push(finding.help(format!("did you mean `{closest}`?")).fix(fix));
    }
}
