//! AC204: `null` where there is nothing to clear.

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::Context;
use super::own_settings::{self, Below, Wanted};
use crate::edit;
use crate::finding::{Edit, Finding, Fix};
use crate::profile::{Field, FieldSet, Place};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::yaml::{NodeId, Tree};

/// AC204
pub const RULE: Rule = Rule {
    code: "AC204",
    name: "null-clears-nothing",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "A field is set to `null`, but nothing inherited sets it",
    docs: r"
`null` clears a field that a base sets. Where no base sets it, the line does nothing; often a value was
forgotten (`region:`), or the base has changed since.

A null that clears something is never reported: one that overrides a merge key, or one in a later base that
takes away what an earlier base of the same profile sets. A written `null` in a template is there for that.

```yaml bad
profiles:
  base:
    spot: true
  train:
    extends: base
    region: null
```

```yaml good
profiles:
  base:
    spot: true
  train:
    extends: base
    region: us-east-1
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    check_profiles(context, findings);
    check_submissions(context, findings);
}

/// The fields of submissions, and of their `cloudConfig`.
fn check_submissions(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for own in own_settings::own(context, Wanted::Nulls) {
        let value = own.entry.value;
        let is_written = !tree.span(value).is_empty();
        let hides_nothing =
            |below: &Option<Below<'_>>| below.is_none_or(|below| tree.is_null(below.entry.value));
        let may_clear = own.is_in_list || (is_written && own.is_template(context));
        let is_idle = !may_clear && own.below.iter().all(hides_nothing) && own.stands_alone(context);
        if !is_idle {
            continue;
        }
        let cleared_by = own.below.iter().flatten().next().map(|below| below.origin);
        let place = Place::around(tree, tree.span(own.entry.key));
        findings.push(finding(tree, own.name, value, cleared_by, own.removal(context)).at(place));
    }
}

fn check_profiles(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let clearing = LazyCell::new(|| clearing(context));
    for profile in context.subjects.profiles().iter().filter(|profile| profile.is_complete) {
        for (field, setting) in context.subjects.own(profile.id) {
            let value = setting.entry.value;
            let is_certain = !context.misspelt(profile.id).contains(field);
            if !tree.is_null(value)
                || !is_certain
                || !context.stands_alone(profile.entry.value, setting.entry)
            {
                continue;
            }
            let is_written = !tree.span(value).is_empty();
            // A template is there to be mixed with others, and a null in it to clear what they may set.
            if is_written && context.subjects.is_template(profile.id) {
                continue;
            }
            let inherited = context.subjects.inherited(profile.id, field);
            // In a list of bases, a null of a later one may clear what an earlier one sets.
            if inherited.is_some_and(|inherited| !tree.is_null(inherited.entry.value)) {
                continue;
            }
            let clears = clearing.get(profile.id.index()).is_some_and(|fields| fields.contains(field));
            if clears && inherited.is_none() {
                continue;
            }
            let name = field.name();
            let cleared_by = inherited.map(|inherited| context.subjects.name(inherited.origin));
            let edits = edit::remove_entry(tree, profile.entry.value, setting.entry);
            findings.push(finding(tree, name, value, cleared_by, edits).at(context.place(profile.id, name)));
        }
    }
}

fn finding(
    tree: &Tree,
    name: &str,
    value: NodeId,
    cleared_by: Option<&str>,
    removal: Option<Vec<Edit>>,
) -> Finding {
    let message = match cleared_by {
        Some(origin) => format!("`{name}` is already cleared by `{origin}`"),
        None => format!("`{name}` is `null`, but nothing inherited sets it"),
    };
    let is_written = !tree.span(value).is_empty();
    Finding::new(&RULE, tree.span(value), message)
        .help(if is_written { "take it out" } else { "give it a value, or take it out" })
        .fix(removal.map(|edits| Fix::safe(format!("take `{name}` out"), edits)))
}

/// For each subject, the fields that a null in it clears for an heir: those that a base sets which the heir lists
/// before the subject, or before another heir of it.
fn clearing(context: &Context<'_>) -> Vec<FieldSet> {
    let subjects = context.subjects;
    let mut clearing = vec![FieldSet::default(); subjects.all().len()];
    // A base that is missing may be any subject, misspelt.
    let mut by_anyone = FieldSet::default();
    for heir in subjects.bases_first().into_iter().rev() {
        let bases = &subjects.get(heir).bases;
        // A base that is listed again counts there.
        let last: FxHashMap<_, usize> =
            bases.iter().enumerate().map(|(index, base)| (base.subject, index)).collect();
        // What is cleared for the heirs of an heir is known by now: they came before.
        if context.misspelt(heir) == FieldSet::ALL {
            by_anyone = FieldSet::ALL;
        }
        let mut set_before = clearing.get(heir.index()).copied().unwrap_or_default();
        for (index, base) in bases.iter().enumerate() {
            let Some(id) = base.subject else {
                by_anyone = by_anyone.with(set_before);
                // And it may set anything.
                set_before = FieldSet::ALL;
                continue;
            };
            if last.get(&base.subject) != Some(&index) {
                continue;
            }
            if let Some(fields) = clearing.get_mut(id.index()) {
                *fields = fields.with(set_before);
            }
            let set = Field::ALL.into_iter().filter(|field| subjects.value(id, *field).is_some());
            let is_complete = subjects.get(id).is_complete;
            let set = if is_complete { set.collect() } else { FieldSet::ALL };
            set_before = set_before.with(set).with(context.misspelt(id));
        }
    }
    // Several subjects can have one body, behind an alias: what means something to one stays.
    let body = |id: usize| subjects.all().get(id).map(|subject| context.tree.target(subject.entry.value));
    let mut by_body: FxHashMap<_, FieldSet> = FxHashMap::default();
    for (id, fields) in clearing.iter().enumerate() {
        let all = by_body.entry(body(id)).or_insert(by_anyone);
        *all = all.with(*fields);
    }
    (0..clearing.len()).map(|id| by_body.get(&body(id)).copied().unwrap_or_default()).collect()
}
