//! AC205: templates that nobody extends.

use rustc_hash::FxHashSet;

use super::Context;
use crate::finding::Finding;
use crate::profile::{Section, Subject, SubjectId};
use crate::rule::{Kind, Rule, Severity};
use crate::schema::MismatchKind;
use crate::submission::JobField;
use crate::yaml::NodeId;

/// AC205
pub const RULE: Rule = Rule {
    code: "AC205",
    name: "unused-template",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "A template that nothing extends",
    docs: r"
A profile whose name begins with `.` is a template: it runs nothing itself and is there to be extended. One
that nobody extends is left over, or should be a profile.

```yaml bad
profiles:
  .gpu:
    gpuType: h100
  train:
    region: us-east-1
```

```yaml good
profiles:
  .gpu:
    gpuType: h100
  train:
    extends: .gpu
    region: us-east-2
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    check_profiles(context, findings);
    check_submissions(context, findings);
}

fn check_profiles(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let subjects = context.subjects;
    if !subjects.profiles().iter().any(|profile| subjects.is_template(profile.id)) {
        return;
    }
    let mut used: FxHashSet<SubjectId> = FxHashSet::default();
    let mut meant: FxHashSet<SubjectId> = FxHashSet::default();
    for base in subjects.profiles().iter().flat_map(|profile| &profile.bases) {
        if let Some(profile) = base.subject {
            used.insert(profile);
        } else if let Some(name) = context.text(base.node) {
            // What may well be meant is not called unused.
            let Some(nearest) = context.nearest(Section::Profiles, name) else { return };
            meant.extend(nearest.closest());
        }
    }
    // A profile that a job runs with is used, template or not.
    for entry in context.submissions().written(JobField::Profile) {
        let Some(name) = context.text(entry.value) else { continue };
        if let Some(profile) = subjects.named(name) {
            used.insert(profile.id);
        } else {
            let Some(nearest) = context.nearest(Section::Profiles, name) else { return };
            meant.extend(nearest.closest());
        }
    }
    // What has no valid name may well not be meant as a template.
    let misnamed: FxHashSet<NodeId> = context
        .mismatches
        .iter()
        .filter(|mismatch| mismatch.kind == MismatchKind::ProfileName)
        .filter_map(|mismatch| mismatch.key)
        .collect();
    for profile in subjects.profiles() {
        let name = subjects.name(profile.id);
        let is_named = !misnamed.contains(&profile.entry.key);
        if !profile.is_template(context.tree)
            || !is_named
            || used.contains(&profile.id)
            || meant.contains(&profile.id)
        {
            continue;
        }
        // What uses its text by an alias, as `<<: *base` does, uses the template.
        if context.tree.has_used_anchor(context.tree.entry_span(profile.entry)) {
            continue;
        }
        let plain = name.trim_start_matches('.');
        let finding = Finding::new(
            &RULE,
            context.tree.span(profile.entry.key),
            format!("nothing extends the template `{name}`"),
        );
        let help = format!("take it out, or call it `{plain}` if it is a profile to run");
        findings.push(finding.at(context.subjects.place(profile.id)).help(help));
    }
}

/// A submission whose name begins with `.` runs nothing either.
fn check_submissions(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (tree, submissions) = (context.tree, context.submissions().as_slice());
    let bases = || submissions.iter().flat_map(|submission| &submission.bases);
    let templates: Vec<&Subject> = submissions.iter().filter(|one| one.is_template(tree)).collect();
    // What is misspelt may mean any of them.
    if templates.is_empty() || bases().any(|base| base.subject.is_none()) {
        return;
    }
    let used: FxHashSet<&str> = bases().filter_map(|base| context.text(base.node)).collect();
    for template in templates {
        let name = template.name(tree);
        if used.contains(name) || tree.has_used_anchor(tree.entry_span(template.entry)) {
            continue;
        }
        let plain = name.trim_start_matches('.');
        let span = tree.span(template.entry.key);
        let finding = Finding::new(&RULE, span, format!("nothing extends the template `{name}`"));
        let help = format!("take it out, or call it `{plain}` if it is a submission to run");
        findings.push(finding.at(template.place(tree)).help(help));
    }
}
