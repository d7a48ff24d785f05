//! What can be done about what is found, and to what stands here.

mod fixes;
mod ignore;
mod inline;
mod rewrite;
mod template;

use std::collections::HashMap;

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, TextEdit, Uri, WorkspaceEdit};

use super::document::Document;
use super::view::Snapshot;
use crate::finding::Edit;

/// The kind of "fix all", which editors can run when a file is saved.
pub const FIX_ALL: &str = "source.fixAll.anycloud-lint";

/// The kinds of actions that there can be.
pub const KINDS: [CodeActionKind; 4] = [
    CodeActionKind::QuickFix,
    CodeActionKind::RefactorExtract,
    CodeActionKind::RefactorInline,
    CodeActionKind::Custom(std::borrow::Cow::Borrowed(FIX_ALL)),
];

/// Where actions are asked for.
struct Request<'r> {
    document: &'r Document,
    uri: &'r Uri,
    snapshot: &'r Snapshot,
    params: &'r CodeActionParams,
}

/// The actions for a range of a text.
pub fn actions(document: &Document, snapshot: &Snapshot, params: &CodeActionParams) -> Vec<CodeAction> {
    let request = Request { document, uri: &params.text_document.uri, snapshot, params };
    let mut found = Vec::new();
    if request.wants("quickfix") {
        found.extend(fixes::quick(&request));
        found.extend(ignore::actions(&request));
    }
    if request.wants(FIX_ALL) {
        found.extend(fixes::all(&request));
    }
    let span = document.span(params.range);
    if request.wants("refactor.extract") {
        found.extend(snapshot.ask(|view| template::action(&request, view, span)).flatten());
    }
    if request.wants("refactor.inline") {
        found.extend(snapshot.ask(|view| inline::action(&request, view, span.start)).flatten());
    }
    found
}

impl Request<'_> {
    /// Whether actions of this kind are asked for.
    fn wants(&self, kind: &str) -> bool {
        let Some(only) = &self.params.context.only else { return true };
        only.iter().any(|wanted| {
            let wanted = serde_json::to_value(wanted).unwrap_or_default();
            let wanted = wanted.as_str().unwrap_or_default();
            wanted.is_empty()
                || kind == wanted
                || kind.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'))
        })
    }

    /// An action that makes some edits; nothing where one of them would carry a secret.
    fn action(&self, title: &str, kind: CodeActionKind, edits: &[Edit]) -> Option<CodeAction> {
        if edits.is_empty() || edits.iter().any(|edit| self.snapshot.holds_secret(&edit.replacement)) {
            return None;
        }
        let edit = |edit: &Edit| TextEdit {
            range: self.document.range(edit.span),
            new_text: edit.replacement.clone(),
        };
        let changes = HashMap::from([(self.uri.clone(), edits.iter().map(edit).collect())]);
        Some(CodeAction {
            title: self.snapshot.shown_name(title),
            kind: Some(kind),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            ..CodeAction::default()
        })
    }
}
