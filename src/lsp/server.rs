//! The state of a session, and what each message does to it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
use gen_lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    PublishDiagnosticsParams, Uri,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::Client;
use super::document::{Document, Known};
use super::transport::{Incoming, Outgoing};
use super::view::Snapshot;
use super::workspace::{self, Workspace};
use super::{capabilities, diagnostics, requests};

/// Why a request gets no result.
#[derive(Debug)]
pub struct Refusal {
    /// What kind of reason.
    pub code: ErrorCode,
    /// The reason, for people.
    pub message: String,
}

impl Refusal {
    /// A refusal with words for people.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    Running,
    ShutDown,
}

/// A session.
#[derive(Debug)]
pub struct Server {
    outgoing: Sender<Outgoing>,
    stage: Stage,
    client: Client,
    workspace: Workspace,
    /// The open texts by address.
    documents: BTreeMap<String, Document>,
    /// The open configurations by address, with their paths.
    drafts: BTreeMap<String, (PathBuf, Document)>,
    /// The texts whose diagnostics the client does not have yet.
    unpublished: BTreeSet<String>,
    cancelled: HashSet<RequestId>,
    /// How long the last analysis took.
    last: Duration,
    /// How many texts have been analysed.
    analyses: usize,
    next_request: i32,
}

/// The request in which the client is asked for settings.
const ASK_SETTINGS: &str = "workspace/configuration";

impl Server {
    /// A session that has not begun.
    pub fn new(outgoing: Sender<Outgoing>) -> Self {
        Self {
            outgoing,
            stage: Stage::Waiting,
            client: Client::default(),
            workspace: Workspace::new(),
            documents: BTreeMap::new(),
            drafts: BTreeMap::new(),
            unpublished: BTreeSet::new(),
            cancelled: HashSet::new(),
            last: Duration::ZERO,
            analyses: 0,
            next_request: 0,
        }
    }

    /// How long to wait for more changes before diagnostics are made: nothing where none are due.
    pub fn pause(&self) -> Option<Duration> {
        const SHORTEST: Duration = Duration::from_micros(250);
        const LONGEST: Duration = Duration::from_millis(100);
        (!self.unpublished.is_empty()).then(|| (self.last / 4).clamp(SHORTEST, LONGEST))
    }

    /// Notes that a request is no longer wanted, before it is its turn.
    pub fn note(&mut self, message: &Incoming) {
        let Incoming::Message(Message::Notification(notification)) = message else { return };
        if notification.method == "$/cancelRequest" {
            let id = notification.params.get("id").cloned().unwrap_or_default();
            self.cancelled.extend(serde_json::from_value::<RequestId>(id));
        }
    }

    /// Forgets what is no longer wanted: all requests have been answered, and what comes with such a number is new.
    pub fn forget_cancelled(&mut self) {
        self.cancelled.clear();
    }

    /// Handles a message. The exit code, where it ends the session.
    pub fn handle(&mut self, message: Incoming) -> Option<u8> {
        match message {
            Incoming::Malformed(answer) => self.send(Outgoing::Raw(answer)),
            Incoming::Message(Message::Request(request)) => self.request(request),
            Incoming::Message(Message::Response(response)) => self.response(&response),
            Incoming::Message(Message::Notification(notification)) => {
                if notification.method == "exit" {
                    return Some(self.exit_code());
                }
                if self.stage == Stage::Running {
                    self.notification(notification);
                }
            }
        }
        None
    }

    /// What the process ends with, now.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.stage != Stage::ShutDown)
    }

    fn send(&self, message: Outgoing) {
        // Nobody listens any more where this fails; the end of the input says the same.
        let _ = self.outgoing.send(message);
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or_default();
        self.send(Outgoing::Message(Notification { method: method.into(), params }.into()));
    }

    fn ask(&mut self, method: &str, params: Value) {
        self.next_request += 1;
        let id = RequestId::from(format!("{method}#{}", self.next_request));
        self.send(Outgoing::Message(Request { id, method: method.into(), params }.into()));
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let outcome = if self.cancelled.remove(&id) {
            Err(Refusal::new(ErrorCode::RequestCanceled, "cancelled"))
        } else {
            self.answer(&method, params)
        };
        let response = match outcome {
            Ok(result) => Response::new_ok(id, result),
            Err(refusal) => Response::new_err(id, refusal.code as i32, refusal.message),
        };
        self.send(Outgoing::Message(response.into()));
    }

    fn answer(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match (self.stage, method) {
            (Stage::Waiting, "initialize") => {
                self.stage = Stage::Running;
                self.client = Client::new(&params);
                Ok(serde_json::to_value(capabilities::answer(self.client.unit)).unwrap_or_default())
            }
            (Stage::Waiting, _) => {
                Err(Refusal::new(ErrorCode::ServerNotInitialized, "the session begins with `initialize`"))
            }
            (Stage::ShutDown, _) => {
                Err(Refusal::new(ErrorCode::InvalidRequest, "the session has been shut down"))
            }
            (Stage::Running, "initialize") => {
                Err(Refusal::new(ErrorCode::InvalidRequest, "the session has begun already"))
            }
            (Stage::Running, "shutdown") => {
                self.stage = Stage::ShutDown;
                Ok(Value::Null)
            }
            (Stage::Running, _) => requests::answer(self, method, params),
        }
    }

    fn response(&mut self, response: &Response) {
        let is_settings = response.id.to_string().contains(ASK_SETTINGS);
        if let (true, Ok(Value::Array(sections))) = (is_settings, &response.response_result) {
            let changed = sections.iter().any(|section| self.client.set(section));
            self.settings_changed(changed);
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => self.initialized(),
            "textDocument/didOpen" => self.with(params, Self::open),
            "textDocument/didChange" => self.with(params, Self::change),
            "textDocument/didClose" => self.with(params, Self::close),
            "textDocument/didSave" if !self.client.watches => self.refresh(),
            "workspace/didChangeWatchedFiles" => self.refresh(),
            "workspace/didChangeWorkspaceFolders" => {
                self.client.change_folders(params.get("event").unwrap_or(&Value::Null));
            }
            "workspace/didChangeConfiguration" => {
                let changed = self.client.set(params.get("settings").unwrap_or(&Value::Null));
                self.settings_changed(changed);
                if self.client.has_settings {
                    self.ask(ASK_SETTINGS, json!({"items": [{"section": "anycloud-lint"}]}));
                }
            }
            _ => {}
        }
    }

    /// Reads the parameters of a notification; one that can't be read can't be answered either.
    fn with<P: DeserializeOwned>(&mut self, params: Value, act: impl FnOnce(&mut Self, P)) {
        if let Ok(params) = serde_json::from_value(params) {
            act(self, params);
        }
    }

    fn initialized(&mut self) {
        if self.client.watches {
            let watchers = json!([{"globPattern": "**/anycloud-lint.toml"}]);
            let registration = json!({
                "id": "anycloud-lint.toml",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": watchers},
            });
            self.ask("client/registerCapability", json!({"registrations": [registration]}));
        }
        if self.client.has_settings {
            self.ask(ASK_SETTINGS, json!({"items": [{"section": "anycloud-lint"}]}));
        }
    }

    fn settings_changed(&mut self, changed: bool) {
        if changed && self.client.refreshes_hints {
            self.ask("workspace/inlayHint/refresh", Value::Null);
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let language = serde_json::to_value(&item.language_id).unwrap_or_default();
        let language = language.as_str().unwrap_or_default().to_owned();
        let name = self.client.shown_name(&item.uri.0);
        let document = Document::new(name, language, item.version, item.text, self.client.unit);
        if let Some(path) = workspace::config_path(&item.uri.0) {
            self.workspace.draft(path.clone(), Some(document.text().to_owned()));
            self.drafts.insert(item.uri.0.clone(), (path, document));
            self.configuration_changed();
        } else {
            self.documents.insert(item.uri.0.clone(), document);
            if !self.client.watches {
                self.refresh();
            }
        }
        self.unpublished.insert(item.uri.0);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let address = params.text_document.text_document_identifier.uri.0;
        let version = params.text_document.version;
        if let Some((path, draft)) = self.drafts.get_mut(&address) {
            draft.change(version, params.content_changes);
            self.workspace.draft(path.clone(), Some(draft.text().to_owned()));
            self.configuration_changed();
        } else if let Some(document) = self.documents.get_mut(&address) {
            document.change(version, params.content_changes);
        } else {
            return;
        }
        self.unpublished.insert(address);
    }

    fn close(&mut self, params: DidCloseTextDocumentParams) {
        let address = params.text_document.uri.0;
        if let Some((path, _)) = self.drafts.remove(&address) {
            self.workspace.draft(path, None);
            self.configuration_changed();
        } else if self.documents.remove(&address).is_none() {
            return;
        }
        self.unpublished.remove(&address);
        self.publish_one(address, None, Vec::new());
    }

    /// Reads the configurations on disk again.
    fn refresh(&mut self) {
        self.workspace.refresh();
        self.configuration_changed();
    }

    fn configuration_changed(&mut self) {
        for (address, document) in &mut self.documents {
            document.forget();
            self.unpublished.insert(address.clone());
        }
        if self.client.pulls && self.client.refreshes {
            self.ask("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// Sends the diagnostics that the client does not have yet.
    pub fn publish(&mut self) {
        while let Some(address) = self.unpublished.pop_first() {
            // A client that asks for them itself would show them twice.
            if self.client.pulls {
                continue;
            }
            if let Some((version, found)) = self.diagnostics(&address) {
                self.publish_one(address, Some(version), found);
            }
        }
    }

    fn publish_one(&self, address: String, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        if !self.client.pulls {
            let params = PublishDiagnosticsParams { uri: Uri(address), version, diagnostics };
            self.notify("textDocument/publishDiagnostics", params);
        }
    }

    /// The diagnostics of an open text, with the version that they are of.
    pub fn diagnostics(&mut self, address: &str) -> Option<(i32, Vec<Diagnostic>)> {
        if let Some((path, draft)) = self.drafts.get(address) {
            let mistakes = workspace::mistakes(path, draft.text());
            let found = mistakes.iter().map(|mistake| diagnostics::of_mistake(draft, mistake)).collect();
            return Some((draft.version, found));
        }
        let known = self.known(address)?;
        let document = self.documents.get(address)?;
        let found = match known {
            Known::Checked(snapshot) => diagnostics::all(document, &Uri(address.to_owned()), &snapshot),
            Known::Skipped => Vec::new(),
            Known::Broken(reason) => vec![diagnostics::unchecked(&reason)],
        };
        Some((document.version, found))
    }

    /// What is known of an open text as it is now.
    fn known(&mut self, address: &str) -> Option<Known> {
        let document = self.documents.get_mut(address)?;
        if let Some(known) = document.known() {
            return Some(known.clone());
        }
        let verdict = self.workspace.verdict(address, document);
        let start = Instant::now();
        self.analyses += 1;
        let known = document.find_out(verdict, self.analyses);
        self.last = start.elapsed();
        Some(known)
    }

    /// An open text that is ours, with what is known of it.
    pub fn document(&mut self, uri: &Uri) -> Option<(&Document, Rc<Snapshot>)> {
        let Some(Known::Checked(snapshot)) = self.known(&uri.0) else { return None };
        Some((self.documents.get(&uri.0)?, snapshot))
    }

    /// Whether hints are wanted.
    pub const fn wants_hints(&self) -> bool {
        self.client.hints
    }

    /// Shows a text to the user.
    pub fn show(&self, text: &str) {
        self.notify("window/showMessage", json!({"type": 3, "message": text}));
    }

    /// A name for what is known of a text, which changes with it.
    pub fn state_name(&self, address: &str) -> String {
        match (self.documents.get(address), self.drafts.get(address)) {
            (Some(document), _) => format!("analysis {}", document.stamp),
            (None, Some((_, draft))) => format!("version {}", draft.version),
            (None, None) => "closed".into(),
        }
    }
}
