//! Requests and their answers.

use gen_lsp_types::{
    CodeActionParams, CodeLensParams, CompletionParams, CompletionTriggerKind, DefinitionParams, Diagnostic,
    DocumentDiagnosticParams, DocumentHighlightParams, DocumentSymbolParams, ExecuteCommandParams,
    FoldingRangeParams, HoverParams, InlayHintParams, PrepareRenameParams, ReferenceParams, RenameParams,
    SelectionRangeParams, TextDocumentPositionParams, Uri,
};
use lsp_server::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::document::Document;
use super::server::{Refusal, Server};
use super::view::{Snapshot, View};
use super::{actions, command, completion, hints, hover, navigation, outline};

type Answer = Result<Value, Refusal>;

/// The answer to a request.
///
/// # Errors
///
/// When there is no such method, its parameters can't be read, or it can't be done.
pub fn answer(server: &mut Server, method: &str, params: Value) -> Answer {
    match method {
        "textDocument/completion" => on(params, |params| completion(server, &params)),
        "textDocument/hover" => {
            on(params, |params: HoverParams| at(server, &params.text_document_position_params, hover::hover))
        }
        "textDocument/definition" => on(params, |params: DefinitionParams| {
            let uri = params.text_document_position_params.text_document.uri.clone();
            ask(server, &params.text_document_position_params, |document, view, offset| {
                navigation::definition(document, &uri, view, offset)
            })
        }),
        "textDocument/references" => on(params, |params: ReferenceParams| {
            let uri = params.text_document_position_params.text_document.uri.clone();
            let all = params.context.include_declaration;
            ask(server, &params.text_document_position_params, |document, view, offset| {
                navigation::references(document, &uri, view, offset, |mention| all || !mention.is_definition)
            })
        }),
        "textDocument/documentHighlight" => on(params, |params: DocumentHighlightParams| {
            ask(server, &params.text_document_position_params, navigation::highlights)
        }),
        "textDocument/prepareRename" => on(params, |params: PrepareRenameParams| {
            ask(server, &params.text_document_position_params, navigation::prepare_rename)
        }),
        "textDocument/rename" => on(params, |params| rename(server, &params)),
        "textDocument/documentSymbol" => on(params, |params: DocumentSymbolParams| {
            whole(server, &params.text_document.uri, outline::symbols)
        }),
        "textDocument/foldingRange" => on(params, |params: FoldingRangeParams| {
            whole(server, &params.text_document.uri, outline::foldings)
        }),
        "textDocument/selectionRange" => on(params, |params: SelectionRangeParams| {
            whole(server, &params.text_document.uri, |document, view| {
                let positions = params.positions.iter();
                positions.map(|position| outline::selection(document, view, *position)).collect::<Vec<_>>()
            })
        }),
        "textDocument/inlayHint" => on(params, |params: InlayHintParams| {
            if !server.wants_hints() {
                return Ok(json!([]));
            }
            whole(server, &params.text_document.uri, |document, view| {
                hints::inlay(document, view, document.span(params.range))
            })
        }),
        "textDocument/codeLens" => on(params, |params: CodeLensParams| {
            let uri = params.text_document.uri.clone();
            whole(server, &params.text_document.uri, |document, view| hints::lenses(document, &uri.0, view))
        }),
        "textDocument/codeAction" => on(params, |params: CodeActionParams| {
            let Some((document, snapshot)) = server.document(&params.text_document.uri) else {
                return Ok(json!([]));
            };
            result(actions::actions(document, &snapshot, &params))
        }),
        "textDocument/diagnostic" => on(params, |params| diagnostic(server, &params)),
        "workspace/executeCommand" => on(params, |params| execute(server, &params)),
        _ => Err(Refusal::new(ErrorCode::MethodNotFound, "the server has no such method")),
    }
}

/// Reads the parameters of a request.
fn on<P: DeserializeOwned>(params: Value, act: impl FnOnce(P) -> Answer) -> Answer {
    match serde_json::from_value(params) {
        Ok(params) => act(params),
        Err(_) => Err(Refusal::new(ErrorCode::InvalidParams, "the parameters are not those of this method")),
    }
}

fn result(value: impl Serialize) -> Answer {
    serde_json::to_value(value).map_err(|error| Refusal::new(ErrorCode::InternalError, error.to_string()))
}

/// Asks about a position of a text; `null` where it is none of ours.
fn at<R: Serialize>(
    server: &mut Server,
    place: &TextDocumentPositionParams,
    question: impl FnOnce(&Document, &Snapshot, u32) -> R,
) -> Answer {
    let Some((document, snapshot)) = server.document(&place.text_document.uri) else {
        return Ok(Value::Null);
    };
    result(question(document, &snapshot, document.offset(place.position)))
}

/// Asks about a position of a document; `null` where it can't be read.
fn ask<R: Serialize>(
    server: &mut Server,
    place: &TextDocumentPositionParams,
    question: impl FnOnce(&Document, &View<'_>, u32) -> R,
) -> Answer {
    at(server, place, |document, snapshot, offset| snapshot.ask(|view| question(document, view, offset)))
}

/// Asks about a whole document; `null` where it can't be read.
fn whole<R: Serialize>(
    server: &mut Server,
    uri: &Uri,
    question: impl FnOnce(&Document, &View<'_>) -> R,
) -> Answer {
    let Some((document, snapshot)) = server.document(uri) else { return Ok(Value::Null) };
    result(snapshot.ask(|view| question(document, view)))
}

fn completion(server: &mut Server, params: &CompletionParams) -> Answer {
    let place = &params.text_document_position_params;
    let Some((document, snapshot)) = server.document(&place.text_document.uri) else {
        return Ok(Value::Null);
    };
    // A space that indents a line asks for nothing.
    let is_space = params.context.as_ref().is_some_and(|context| {
        context.trigger_kind == CompletionTriggerKind::TriggerCharacter
            && context.trigger_character.as_deref() == Some(" ")
    });
    result(completion::complete(document, &snapshot, document.readable(), place.position, !is_space))
}

fn rename(server: &mut Server, params: &RenameParams) -> Answer {
    let place = &params.text_document_position_params;
    let uri = &place.text_document.uri;
    let Some((document, snapshot)) = server.document(uri) else { return Ok(Value::Null) };
    let offset = document.offset(place.position);
    match snapshot.ask(|view| navigation::rename(document, uri, view, offset, &params.new_name)) {
        Some(Ok(edit)) => result(edit),
        Some(Err(reason)) => Err(Refusal::new(ErrorCode::RequestFailed, reason)),
        None => Err(Refusal::new(ErrorCode::RequestFailed, "the file can't be read as it is")),
    }
}

fn diagnostic(server: &mut Server, params: &DocumentDiagnosticParams) -> Answer {
    let found = server.diagnostics(&params.text_document.uri.0);
    let items: Vec<Diagnostic> = found.map_or_else(Vec::new, |(_, found)| found);
    let name = server.state_name(&params.text_document.uri.0);
    if params.previous_result_id.as_ref() == Some(&name) {
        return Ok(json!({"kind": "unchanged", "resultId": name}));
    }
    result(json!({"kind": "full", "resultId": name, "items": items}))
}

fn execute(server: &mut Server, params: &ExecuteCommandParams) -> Answer {
    if !command::ALL.contains(&params.command.as_str()) {
        return Err(Refusal::new(ErrorCode::InvalidParams, "the server has no such command"));
    }
    let Some((address, section, name)) = command::arguments(params.arguments.as_deref()) else {
        let message =
            "the arguments are the address of a file, the name of a profile, and `submissions` if it is none";
        return Err(Refusal::new(ErrorCode::InvalidParams, message));
    };
    let Some((_, snapshot)) = server.document(&Uri(address.to_owned())) else {
        return Err(Refusal::new(ErrorCode::RequestFailed, "the file is not open"));
    };
    let text = command::resolved(&snapshot, section, name)
        .map_err(|reason| Refusal::new(ErrorCode::RequestFailed, reason))?;
    if params.command == command::SHOW_RESOLVED {
        server.show(&text);
    }
    Ok(Value::String(text))
}
