//! Comments that silence a finding, here or in the whole file.

use gen_lsp_types::{CodeAction, CodeActionKind};

use super::{Request, fixes};
use crate::finding::Finding;
use crate::silence::{self, Scope};

/// "Ignore here" and "ignore in this file" for each rule that finds something in the range.
pub(super) fn actions(request: &Request<'_>) -> Vec<CodeAction> {
    let mut rules: Vec<&Finding> = Vec::new();
    for finding in fixes::here(request) {
        if !rules.iter().any(|known| known.rule == finding.rule) {
            rules.push(finding);
        }
    }
    let mut found = Vec::new();
    for finding in rules {
        for (scope, place) in [(Scope::Line, "here"), (Scope::File, "in this file")] {
            let snapshot = request.snapshot;
            let edits = silence::edits(snapshot.analysis(), finding, scope);
            let title = format!("Ignore `{}` {place}", finding.rule.name);
            let action = edits.and_then(|edits| request.action(&title, CodeActionKind::QuickFix, &edits));
            found.extend(action.map(|mut action| {
                action.diagnostics = Some(vec![fixes::diagnostic(request, finding)]);
                action
            }));
        }
    }
    found
}
