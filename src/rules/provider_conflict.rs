//! AC402: two providers in one profile.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Context, words};
use crate::catalog::{Provider, ProviderSet, ZoneForm};
use crate::facts::{Evidence, conflicts};
use crate::finding::Finding;
use crate::profile::{Field, SubjectId, meetings};
use crate::rule::{Kind, Rule, Severity};
use crate::yaml::Entry;

/// AC402
pub const RULE: Rule = Rule {
    code: "AC402",
    name: "provider-conflict",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "Two values of a profile belong to different providers",
    docs: r"
A profile runs with one credential at one provider. `cloudProvider`, the credentials, the VM type, the region
and a zone's full name each tell which one; here they disagree. Where a base brings in the value of the other
provider, set it again, or clear it with `null`. The entries of a fallback pool have to be of one provider,
too. Buckets may be elsewhere: they have credentials and a region of their own.

```yaml bad
profiles:
  train:
    region: westus2
    vmType: g6e.xlarge
```

```yaml good
profiles:
  train:
    region: us-west-2
    vmType: g6e.xlarge
```
",
};

/// The places of two values that disagree; twice the same for a pool that disagrees with itself.
type Pair = (Entry, Entry);

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_contradictory = |id| context.inference().of(id).is_contradictory;
    if !context.subjects.all().iter().any(|profile| is_contradictory(profile.id)) {
        return;
    }
    let causes = causes(context);
    for meeting in meetings(context.subjects, |id| causes.get(&id).copied()) {
        let id = meeting.subject;
        let pairs = conflicts(context, id);
        let pair = pairs.iter().find(|pair| place(pair) == meeting.key);
        let Some((strong, weak)) = pair.or(pairs.first()).copied() else { continue };
        let more = context.subjects.others(&meeting.others);
        findings.push(if strong.field == weak.field {
            mixed_pool(context, id, &strong, &more)
        } else {
            conflict(context, id, (&strong, &weak), &more)
        });
    }
}

fn place((strong, weak): &(Evidence, Evidence)) -> Pair {
    (strong.setting.entry, weak.setting.entry)
}

/// For each profile with a conflict the pair that is its cause: one that is reported anyway, if there is one among
/// those that are at odds in this very profile.
fn causes(context: &Context<'_>) -> FxHashMap<SubjectId, Pair> {
    let mut causes = FxHashMap::default();
    let mut reported: FxHashSet<Pair> = FxHashSet::default();
    for id in context.subjects.bases_first() {
        if !context.inference().of(id).is_contradictory {
            continue;
        }
        let pairs: Vec<Pair> = conflicts(context, id).iter().map(place).collect();
        let known = pairs.iter().find(|pair| reported.contains(*pair));
        let Some(cause) = known.or(pairs.first()).copied() else { continue };
        causes.insert(id, cause);
        reported.insert(cause);
    }
    causes
}

fn conflict(
    context: &Context<'_>,
    id: SubjectId,
    (strong, weak): (&Evidence, &Evidence),
    others: &str,
) -> Finding {
    let settings = [(weak.field, weak.setting), (strong.field, strong.setting)];
    let (span, place) = context.meeting_place(id, settings);
    let (one, other) = (words::providers(weak.providers, "or"), words::providers(strong.providers, "or"));
    let (weak_name, strong_name) = (weak.field.name(), strong.field.name());
    let message = format!(
        "`{}` can't be at {one} and at {other}: `{weak_name}` and `{strong_name}` disagree{others}",
        context.subjects.name(id)
    );
    let mut finding = Finding::new(&RULE, span, message).at(place);
    for piece in [strong, weak] {
        finding =
            finding.label(context.tree.entry_span(piece.setting.entry), words::says(context, id, piece));
    }
    let change = |piece: &Evidence| {
        let (meant, set) =
            if piece.field == weak.field { (&other, strong.providers) } else { (&one, weak.providers) };
        if !set.iter().any(|provider| has_any(context, provider, piece.field)) {
            return Change::Remove;
        }
        let whose = match piece.field {
            Field::CloudProvider => meant.clone(),
            Field::Credentials => format!("those of {meant}"),
            _ => format!("one of {meant}"),
        };
        Change::To(format!("`{}` to {whose}", piece.field.name()))
    };
    let inherited = [weak, strong].into_iter().find(|piece| piece.setting.origin != id);
    let help = match inherited {
        Some(piece) => {
            let (name, field) = (context.subjects.name(id), piece.field.name());
            match change(piece) {
                Change::To(value) => {
                    format!("set {value} in `{name}`, or clear the inherited one with `{field}: null`")
                }
                Change::Remove => format!("clear the inherited one with `{field}: null`"),
            }
        }
        None => match (change(weak), change(strong)) {
            (Change::To(one), Change::To(other)) => format!("change {one}, or {other}"),
            (Change::Remove, Change::To(other)) => format!("take `{weak_name}` out, or change {other}"),
            (Change::To(one), Change::Remove) => format!("change {one}, or take `{strong_name}` out"),
            (Change::Remove, Change::Remove) => format!("take `{weak_name}` or `{strong_name}` out"),
        },
    };
    finding.help(help)
}

/// What makes a value agree with the other one.
enum Change {
    /// Another value: `` `region` to one of AWS ``.
    To(String),
    /// No value at all: the other provider has nothing of the kind.
    Remove,
}

/// Whether a provider has anything that a field could name.
fn has_any(context: &Context<'_>, provider: Provider, field: Field) -> bool {
    match field {
        Field::AvailabilityZone => context.catalog.facts(provider).zones != ZoneForm::None,
        Field::Region | Field::VmType => provider != Provider::Local,
        _ => true,
    }
}

/// A fallback pool with VM types of several providers.
fn mixed_pool(context: &Context<'_>, id: SubjectId, pool: &Evidence, others: &str) -> Finding {
    let (span, place) = context.meeting_place(id, [(pool.field, pool.setting)]);
    let mut seen = ProviderSet::EMPTY;
    let mut labels = Vec::new();
    for entry in context.pool(pool.setting.entry.value) {
        let whose = context.catalog.vm_type_providers(entry.text);
        if !whose.is_empty() && whose.intersection(seen).is_empty() {
            let providers = words::providers(whose, "and");
            labels.push((entry.node, format!("`{}` is a VM type of {providers}", entry.text)));
            seen = seen.union(whose);
        }
    }
    let message = format!(
        "the VM types of `{}` belong to different providers: {}{others}",
        context.subjects.name(id),
        words::providers(seen, "and")
    );
    let mut finding = Finding::new(&RULE, span, message).at(place);
    if pool.setting.origin != id {
        let origin = context.origin(id, Field::VmType, pool.setting);
        finding = finding.label(context.tree.entry_span(pool.setting.entry), origin);
    }
    for (node, message) in labels {
        finding = finding.label(context.value_span(node), message);
    }
    finding.help(
        "a profile runs at one provider: keep the VM types of one, and make a profile for each of the others",
    )
}
