//! AC206: the same base twice.

use super::{Check, Context, Rule};
use crate::edit;
use crate::finding::{Applicability, Finding, Fix, Severity};

/// AC206
pub const RULE: Rule = Rule {
    code: "AC206",
    name: "duplicate-base",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    summary: "`extends` lists the same base twice",
    explanation: "Bases apply in their order, and a later one wins. Listed twice, a base counts where it stands \
        last; the earlier mention does nothing. The fix takes the earlier one out, so that nothing changes.",
    bad: "profiles:\n  base:\n    region: us-east-1\n  train:\n    extends: [base, base]\n    spot: true\n",
    good: "profiles:\n  base:\n    region: us-east-1\n  train:\n    extends: [base]\n    spot: true\n",
    example_credentials: &[],
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    for profile in context.profiles.all().iter().filter(|profile| profile.bases.len() > 1) {
        let mut last = rustc_hash::FxHashMap::default();
        for base in &profile.bases {
            let Some(name) = context.text(base.node) else { continue };
            let Some(earlier) = last.insert(name, base.node) else { continue };
            let Some(extends) = profile.extends else { continue };
            let path = context.path(profile.id, "extends");
            let index = tree.items(extends.value).iter().position(|item| *item == base.node);
            let path = index.map_or(path.clone(), |index| format!("{path}/{index}"));
            let edits = if tree.is_alias(extends.value) {
                None
            } else {
                edit::remove_item(tree, extends.value, earlier)
            };
            let finding =
                Finding::new(&RULE, tree.span(base.node), format!("the base `{name}` is listed twice"))
                    .at(path)
                    .label(tree.span(earlier), "first here")
                    .label(tree.span(base.node), "and again here")
                    .help("take the first one out: the last one counts")
                    .fix(edits.map(|edits| Fix::safe(format!("take the first `{name}` out"), edits)));
            findings.push(finding);
        }
    }
}
