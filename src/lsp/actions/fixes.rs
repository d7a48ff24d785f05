//! The fixes of the findings, one by one and all at once.

use std::borrow::Cow;

use gen_lsp_types::{Code, CodeAction, CodeActionKind, Diagnostic};

use super::{FIX_ALL, Request, rewrite};
use crate::finding::{Applicability, Finding};
use crate::fix;
use crate::lsp::diagnostics;

/// More fixes than this are not tried one by one: whoever asks for so many takes them all at once.
const MOST_TRIED: usize = 32;

/// The fixes of what is found in the range, safe ones preferred; none that `--fix` would not make.
pub(super) fn quick(request: &Request<'_>) -> Vec<CodeAction> {
    let mut found = Vec::new();
    let mut tried = 0;
    for finding in here(request) {
        let Some(fix) = &finding.fix else { continue };
        tried += 1;
        if tried > MOST_TRIED || fix::one(request.snapshot.analysis(), finding).is_none() {
            continue;
        }
        let is_safe = fix.applicability == Applicability::Safe;
        let doubt = if is_safe { "" } else { " (look at what it changes)" };
        let title = format!("{}{doubt}", capitalized(&fix.message));
        if let Some(mut action) = request.action(&title, CodeActionKind::QuickFix, &fix.edits) {
            action.is_preferred = Some(is_safe);
            action.diagnostics = Some(vec![diagnostic(request, finding)]);
            found.push(action);
        }
    }
    found
}

/// Every safe fix of the text, until nothing is left to fix.
pub(super) fn all(request: &Request<'_>) -> Option<CodeAction> {
    let snapshot = request.snapshot;
    let fixed = fix::apply(snapshot.analysis(), false)?;
    // The edits of the fixes say best what happens; where one fix leads to another, the texts tell.
    let differences = || rewrite::differences(snapshot.source().text(), fixed.analysis.source().text());
    let edits = fixed.edits.clone().unwrap_or_else(differences);
    let kind = CodeActionKind::Custom(Cow::Borrowed(FIX_ALL));
    request.action("Fix all that can be fixed safely", kind, &edits)
}

/// The findings that the range touches.
pub(super) fn here<'r>(request: &Request<'r>) -> impl Iterator<Item = &'r Finding> {
    let span = request.document.span(request.params.range);
    let touches = move |finding: &&Finding| finding.span.start <= span.end && span.start <= finding.span.end;
    request.snapshot.findings().iter().filter(touches)
}

/// The diagnostic of a finding: the client's own where it sent it.
pub(super) fn diagnostic(request: &Request<'_>, finding: &Finding) -> Diagnostic {
    let range = request.document.range(finding.span);
    let code = Some(Code::String(finding.rule.code.into()));
    let known = request.params.context.diagnostics.iter();
    let mut known = known.filter(|known| known.range == range && known.code == code);
    known.next().cloned().unwrap_or_else(|| diagnostics::one(request.document, request.uri, finding))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
