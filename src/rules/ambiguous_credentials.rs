//! AC503: several credentials to choose from, and no choice.

use super::{Context, words};
use crate::catalog::Provider;
use crate::facts::deciding;
use crate::finding::Finding;
use crate::profile::{Field, meetings};
use crate::rule::{Kind, Rule, Severity};

/// AC503
pub const RULE: Rule = Rule {
    code: "AC503",
    name: "ambiguous-credentials",
    severity: Severity::Note,
    fix: None,
    kind: Kind::Mistake,
    summary: "Several saved credentials fit, and the profile names none",
    docs: r#"
A profile without `credentials` uses the only saved ones of its provider. Where anycloud-lint.toml lists
several of that provider under `[credentials]`, none can be selected automatically: name one. A template may
leave the choice to the profiles that extend it.

```toml
[credentials]
azure2 = "Azure"
azure-prod = "Azure"
```

```yaml bad
profiles:
  train:
    region: westus2
```

```yaml good
profiles:
  train:
    region: westus2
    credentials: azure2
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(saved), subjects) = (context.credentials, context.subjects) else { return };
    let fitting = |provider: Provider| saved.iter().filter(move |(_, known)| **known == provider);
    let is_open = |provider| fitting(provider).nth(1).is_some();
    let undecided = meetings(subjects, |id| {
        let inferred = context.inference().of(id);
        let is_complete = subjects.get(id).is_complete;
        let names_none = is_complete && subjects.value(id, Field::Credentials).is_none();
        if !names_none || subjects.is_template(id) || inferred.is_contradictory {
            return None;
        }
        let is_undecided = inferred.candidates.iter().all(is_open);
        is_undecided.then(|| deciding(context, id, is_open).map(|piece| piece.setting.entry))
    });
    for meeting in undecided {
        let id = meeting.subject;
        let candidates = context.inference().of(id).candidates;
        let names: Vec<&str> = candidates.iter().flat_map(fitting).map(|(name, _)| name.as_str()).collect();
        let name = subjects.name(id);
        let (span, place) = context.meeting_place(id, None);
        let message = format!(
            "`{name}` names no credentials, and {} saved ones of {} fit{}",
            names.len(),
            words::providers(candidates, "or"),
            context.subjects.others(&meeting.others)
        );
        let mut finding = Finding::new(&RULE, span, message).at(place);
        if let Some(piece) = deciding(context, id, is_open) {
            let place = context.tree.entry_span(piece.setting.entry);
            finding =
                finding.label(span, "no `credentials` here").label(place, words::says(context, id, &piece));
        }
        findings.push(finding.help(format!("set `credentials` to {}", words::names(names, "or"))));
    }
}
