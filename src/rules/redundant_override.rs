//! AC203: a field set to what it would be anyway.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use super::own_settings::{self, Below, Wanted};
use crate::edit;
use crate::finding::{Edit, Finding, Fix};
use crate::normal;
use crate::profile::{Field, Place};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::yaml::{Entry, NodeId, Tree};

/// AC203
pub const RULE: Rule = Rule {
    code: "AC203",
    name: "redundant-override",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "A field is set to the value that it would inherit",
    docs: r"
The line changes nothing today, and hides tomorrow's change of the base: whoever edits the base expects this
profile to follow. Take it out. A value that overrides a merge key, or that others merge, is not meant. Fallback
lists are compared as they are tried: `H100` is `h100`, a list of one entry is that entry, and an entry that comes
a second time does not count.

```yaml bad
profiles:
  base:
    region: us-east-1
  train:
    extends: base
    region: us-east-1
    spot: true
```

```yaml good
profiles:
  base:
    region: us-east-1
  train:
    extends: base
    spot: true
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let values = &mut Values { context, pools: FxHashMap::default() };
    check_profiles(context, values, findings);
    check_submissions(context, values, findings);
}

/// The fields of submissions, and of their `cloudConfig`.
fn check_submissions(context: &Context<'_>, values: &mut Values<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let mut redundant = FxHashSet::default();
    for own in own_settings::own(context, Wanted::Overrides) {
        let value = own.entry.value;
        let [Some(first), ..] = own.below.as_slice() else { continue };
        let mut is_same = |below: &Option<Below<'_>>| {
            below.is_some_and(|below| match own.field {
                Some(field) => values.are_same(field, value, below.entry.value),
                None => tree.same(value, below.entry.value),
            })
        };
        // Where all of `cloudConfig` is, so are its fields.
        let is_redundant =
            !redundant.contains(&own.map) && own.below.iter().all(&mut is_same) && own.stands_alone(context);
        if !is_redundant {
            continue;
        }
        redundant.insert(value);
        let place = Place::around(tree, tree.span(own.entry.key));
        let again = Again { name: own.name, value, origin: first.origin, inherited: first.entry };
        findings.push(again.finding(tree, own.removal(context)).at(place));
    }
}

fn check_profiles(context: &Context<'_>, values: &mut Values<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for profile in
        context.subjects.profiles().iter().filter(|profile| profile.is_complete && !profile.bases.is_empty())
    {
        for (field, setting) in context.subjects.own(profile.id) {
            let Some(inherited) = context.subjects.inherited(profile.id, field) else { continue };
            let value = setting.entry.value;
            let is_redundant = !tree.is_null(value)
                && context.is_sound(value)
                && values.are_same(field, value, inherited.entry.value)
                && !context.misspelt(profile.id).contains(field)
                && context.stands_alone(profile.entry.value, setting.entry);
            if !is_redundant {
                continue;
            }
            let (name, origin) = (field.name(), context.subjects.name(inherited.origin));
            let again = Again { name, value, origin, inherited: inherited.entry };
            let edits = edit::remove_entry(tree, profile.entry.value, setting.entry);
            findings.push(again.finding(tree, edits).at(context.place(profile.id, name)));
        }
    }
}

/// A field that is set to what it would be without that.
struct Again<'t> {
    name: &'t str,
    value: NodeId,
    origin: &'t str,
    inherited: Entry,
}

impl Again<'_> {
    fn finding(&self, tree: &Tree, removal: Option<Vec<Edit>>) -> Finding {
        let Self { name, value, origin, inherited } = *self;
        let message = format!("`{name}` is set to what it inherits from `{origin}` anyway");
        Finding::new(&RULE, tree.span(value), message)
            .label(tree.span(value), "the same value again")
            .label(tree.entry_span(inherited), format!("`{name}` comes from `{origin}`"))
            .help("take it out")
            .fix(removal.map(|edits| Fix::safe(format!("take `{name}` out"), edits)))
    }
}

/// Compares values by what they resolve to.
struct Values<'t> {
    context: &'t Context<'t>,
    /// What the pools come to that were compared, since many profiles may inherit a long one; nothing where an
    /// entry is wrong.
    pools: FxHashMap<(Field, NodeId), Option<Vec<Cow<'t, str>>>>,
}

impl Values<'_> {
    fn are_same(&mut self, field: Field, value: NodeId, inherited: NodeId) -> bool {
        if self.context.tree.same(value, inherited) {
            return true;
        }
        if !matches!(field, Field::VmType | Field::GpuType) {
            return false;
        }
        let context = self.context;
        let keys = [value, inherited].map(|node| (field, context.tree.target(node)));
        for key in keys {
            self.pools.entry(key).or_insert_with(|| pool(context, field, key.1));
        }
        let [value, inherited] = keys.map(|key| self.pools.get(&key).and_then(Option::as_ref));
        value.is_some() && value == inherited
    }
}

fn pool<'t>(context: &'t Context<'t>, field: Field, value: NodeId) -> Option<Vec<Cow<'t, str>>> {
    let entries = || context.pool(value).map(|entry| entry.text);
    let is_whole = context.is_sound(value) && entries().count() == context.tree.items(value).len().max(1);
    is_whole.then(|| normal::pool(context.catalog, field, entries()))
}
