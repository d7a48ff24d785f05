//! AC714: nothing is left out.

use rustc_hash::FxHashSet;

use super::{Context, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::{Axis, Exclusions, JobField, MAX_COMBINATIONS, axes, combinations};
use crate::yaml::{Data, Entry, NodeId};

/// AC714
pub const RULE: Rule = Rule {
    code: "AC714",
    name: "unused-exclude",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "An entry of `exclude` that excludes nothing, or all that there is",
    docs: r"
An entry leaves out the combinations of `matrix` that have all its values. One that no combination has, or without a
`matrix`, does nothing: mostly a value was changed in one of the two places only.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    matrix:
      gpuType: [t4, a100]
    exclude:
      - gpuType: v100
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
    matrix:
      gpuType: [t4, v100]
    exclude:
      - gpuType: v100
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (tree, submissions) = (context.tree, context.submissions());
    // Several submissions may inherit one list: what does something for one of them is no mistake.
    let (mut useful, mut idlers) = (FxHashSet::default(), Vec::new());
    let (mut told, mut seen) = (FxHashSet::default(), FxHashSet::default());
    for (id, submission) in submissions.all() {
        let value = |field: JobField| submissions.value(tree, id, field);
        let Some(exclude) = value(JobField::Exclude) else { continue };
        let Some(matrix) = value(JobField::Matrix) else {
            // A template may leave the matrix to its heirs.
            if !submission.is_template(tree) && submission.is_complete {
                let message = "`exclude` excludes nothing: there is no `matrix`";
                let finding = jobs::finding(context, &RULE, exclude.entry.value, message);
                idlers.push((exclude.entry.value, finding.help("take it out, or set `matrix`")));
            }
            continue;
        };
        // Many submissions may inherit both.
        if !seen.insert((matrix.entry, exclude.entry)) {
            continue;
        }
        useful.insert(exclude.entry.value);
        let items = tree.items(exclude.entry.value).iter().copied();
        let axes = axes(tree, matrix.entry.value);
        let count = combinations(tree, &axes).filter(|count| *count <= MAX_COMBINATIONS);
        let Some(count) = count.filter(|_| axes.len() == tree.entries(matrix.entry.value).len()) else {
            useful.extend(items);
            continue;
        };
        let exclusions = Exclusions::new(tree, &axes, count, exclude.entry.value);
        let idle: FxHashSet<NodeId> = exclusions.idle.into_iter().collect();
        for item in items {
            if !idle.contains(&item) {
                useful.insert(item);
            } else if is_whole(context, item) {
                idlers.push((item, idle_entry(context, &axes, matrix.entry, item)));
            }
        }
        let is_nothing_left = count > 0 && exclusions.is_excluded.iter().all(|is_excluded| *is_excluded);
        if is_nothing_left && told.insert(exclude.entry.key) {
            let finding = jobs::finding(
                context,
                &RULE,
                exclude.entry.value,
                "this excludes every combination: no job is left",
            );
            findings.push(finding.help("exclude less, or take the submission out"));
        }
    }
    idlers.retain(|(what, _)| !useful.contains(what) && told.insert(*what));
    findings.extend(idlers.into_iter().map(|(_, finding)| finding));
}

/// Whether all that an entry says is understood: what is wrong with it in other ways is told of there.
fn is_whole(context: &Context<'_>, item: NodeId) -> bool {
    let tree = context.tree;
    let is_known = |entry: &Entry| {
        let Some(field) = JobField::from_name(tree.key(entry.key)) else { return false };
        let is_profile = |name: &str| context.subjects.named(name).is_some();
        let names_profile = field != JobField::Profile || context.text(entry.value).is_none_or(is_profile);
        names_profile && !field.makes_jobs() && is_sound(context, entry.value)
    };
    matches!(tree.data(item), Data::Map(_)) && tree.entries(item).iter().all(is_known)
}

/// Whether a value fits the schema with all that is in it.
fn is_sound(context: &Context<'_>, value: NodeId) -> bool {
    let tree = context.tree;
    let (mut open, mut seen) = (vec![value], FxHashSet::default());
    while let Some(node) = open.pop() {
        if !context.is_sound(node) {
            return false;
        }
        if seen.insert(tree.target(node)) {
            open.extend(tree.items(node));
            open.extend(tree.entries(node).iter().map(|entry| entry.value));
        }
    }
    true
}

/// A finding about an entry that excludes nothing.
fn idle_entry(context: &Context<'_>, axes: &[Axis], matrix: Entry, item: NodeId) -> Finding {
    let tree = context.tree;
    let is_axis = |name: &str| axes.iter().any(|axis| axis.field.name() == name);
    let stray = tree.entries(item).iter().map(|entry| tree.key(entry.key)).find(|name| !is_axis(name));
    if tree.entries(item).is_empty() {
        return jobs::finding(context, &RULE, item, "this excludes nothing: it is empty")
            .help("name what to leave out, or take it out");
    }
    let (message, label) = match stray {
        Some(name) => (
            format!("this excludes nothing: `{name}` is no axis of `matrix`"),
            format!("`{name}` is the same for all jobs"),
        ),
        None => (
            "this excludes nothing: no combination has all of it".to_owned(),
            "no combination has all of this".to_owned(),
        ),
    };
    jobs::finding(context, &RULE, item, message)
        .label(tree.span(item), label)
        .label(tree.span(matrix.key), "the combinations are made here")
        .help("change it to values that `matrix` has, or take it out")
}
