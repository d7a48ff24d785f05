//! AC715: a job that is there already.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::{Context, jobs, keys};
use crate::finding::Finding;
use crate::profile::Place;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::{Job, JobField};
use crate::yaml::NodeId;

/// AC715
pub const RULE: Rule = Rule {
    code: "AC715",
    name: "same-job",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "A fan-out makes the same job twice",
    docs: r#"
Two jobs of a submission that are the same in everything do the same work, and cost twice. If they are meant to be
repetitions, tell them apart: with a seed in `env`, or an `id` of their own.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    fanOut:
      - env: {LR: "0.1"}
      - env: {LR: "0.1"}
```

```yaml good
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    fanOut:
      - env: {LR: "0.1"}
      - env: {LR: "0.2"}
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    // A value that stands in an axis twice makes many jobs twice, and is one cause.
    let mut told = FxHashSet::default();
    let mut sketches = Sketches { context, of_values: FxHashMap::default() };
    // What a key that is none was to set may tell them apart.
    let unknown: FxHashSet<NodeId> =
        keys::unknown(context).filter_map(|mismatch| mismatch.map).map(|map| tree.target(map)).collect();
    let is_known = |job: &&Job| {
        let list = job.value(tree, JobField::FanOut);
        let entry = list.and_then(|list| tree.items(list.entry.value).get(job.index));
        entry.is_none_or(|entry| !unknown.contains(&tree.target(*entry)))
    };
    for (id, _) in context.submissions().all() {
        let siblings = context.submissions().jobs_of(id);
        if siblings.len() < 2 {
            continue;
        }
        let mut first: FxHashMap<u64, Vec<&Job>> = FxHashMap::default();
        for job in siblings.iter().filter(is_known) {
            let alike = first.entry(sketches.of(job)).or_default();
            let Some(earlier) = alike.iter().copied().find(|earlier| is_same(context, earlier, job)) else {
                alike.push(job);
                continue;
            };
            // Two jobs with one name are told of already.
            if earlier.name == job.name {
                continue;
            }
            let places = match difference(context, earlier, job) {
                Some(nodes) => nodes.map(|node| tree.span(node)),
                None => [jobs::place(context, earlier), jobs::place(context, job)],
            };
            if !told.insert(places) {
                continue;
            }
            let [first, second] = places;
            let message = format!("`{}` is the same job as `{}`", job.name, earlier.name);
            findings.push(
                Finding::new(&RULE, second, message)
                    .at(Place::around(tree, second))
                    .label(first, format!("`{}`", earlier.name))
                    .label(second, format!("`{}`", job.name))
                    .help("take one out, or tell them apart"),
            );
        }
    }
}

/// The two values of an axis that make two jobs of a matrix, though they say the same.
fn difference(context: &Context<'_>, one: &Job, other: &Job) -> Option<[NodeId; 2]> {
    one.value(context.tree, JobField::Matrix)?;
    JobField::ALL.into_iter().find_map(|field| {
        let (one, other) = (one.setting(field)?.entry.value, other.setting(field)?.entry.value);
        (one != other).then_some([one, other])
    })
}

/// A number for what a job is: only two with the same number can be the same job.
struct Sketches<'c, 't> {
    context: &'c Context<'t>,
    /// Siblings share most of their values.
    of_values: FxHashMap<NodeId, u64>,
}

impl Sketches<'_, '_> {
    fn of(&mut self, job: &Job) -> u64 {
        let tree = self.context.tree;
        let mut hasher = FxHasher::default();
        for field in JobField::ALL.into_iter().filter(|field| !field.makes_jobs()) {
            if let Some(set) = job.value(tree, field) {
                let value = set.entry.value;
                (field, *self.of_values.entry(value).or_insert_with(|| tree.sketch(value))).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

fn is_same(context: &Context<'_>, one: &Job, other: &Job) -> bool {
    let tree = context.tree;
    JobField::ALL.into_iter().filter(|field| !field.makes_jobs()).all(|field| {
        match (one.value(tree, field), other.value(tree, field)) {
            (None, None) => true,
            (Some(one), Some(other)) => tree.same(one.entry.value, other.entry.value),
            _ => false,
        }
    })
}
