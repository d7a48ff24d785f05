//! What the client can do, and what it asks for.

use std::path::PathBuf;

use serde_json::Value;

use super::{position, uri};
use crate::source::Unit;

/// What a client says of itself when it begins.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent abilities, each with a name")]
pub struct Client {
    /// How it counts columns.
    pub unit: Unit,
    /// Whether it asks for diagnostics itself.
    pub pulls: bool,
    /// Whether it asks for them again when told to.
    pub refreshes: bool,
    /// Whether it asks for hints again when told to.
    pub refreshes_hints: bool,
    /// Whether it tells when files change.
    pub watches: bool,
    /// Whether it can be asked for settings.
    pub has_settings: bool,
    /// The folders that it has open.
    pub folders: Vec<PathBuf>,
    /// Whether hints are wanted.
    pub hints: bool,
}

impl Client {
    /// Reads what is needed of the parameters of `initialize`; whatever else is there is not looked at.
    pub fn new(params: &Value) -> Self {
        let flag = |path: &str| params.pointer(path).and_then(Value::as_bool).unwrap_or_default();
        let mut client = Self {
            unit: position::negotiate(params.pointer("/capabilities/general/positionEncodings")),
            pulls: params.pointer("/capabilities/textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes: flag("/capabilities/workspace/diagnostics/refreshSupport"),
            refreshes_hints: flag("/capabilities/workspace/inlayHint/refreshSupport"),
            watches: flag("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
            has_settings: flag("/capabilities/workspace/configuration"),
            folders: Vec::new(),
            hints: false,
        };
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        client.folders = match folders {
            Some(folders) => paths(folders),
            None => {
                params.get("rootUri").and_then(Value::as_str).and_then(uri::to_path).into_iter().collect()
            }
        };
        client.set(params.get("initializationOptions").unwrap_or(&Value::Null));
        client
    }

    /// Takes over settings: the section `anycloud-lint`, or its content. Whether something changed.
    pub fn set(&mut self, settings: &Value) -> bool {
        let section = settings.get("anycloud-lint").unwrap_or(settings);
        let Some(hints) = section.get("inlayHints").and_then(Value::as_bool) else { return false };
        std::mem::replace(&mut self.hints, hints) != hints
    }

    /// Folders that come and go.
    pub fn change_folders(&mut self, event: &Value) {
        let list =
            |key: &str| event.get(key).and_then(Value::as_array).map_or_else(Vec::new, |list| paths(list));
        let removed = list("removed");
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(list("added"));
    }

    /// What findings call a file: its path from the innermost folder that it is in.
    pub fn shown_name(&self, address: &str) -> String {
        let Some(path) = uri::to_path(address) else { return uri::name(address) };
        let inner = self.folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        let shortest = inner.min_by_key(|rest| rest.components().count());
        shortest.unwrap_or(&path).to_string_lossy().replace('\\', "/")
    }
}

fn paths(folders: &[Value]) -> Vec<PathBuf> {
    let addresses = folders.iter().filter_map(|folder| folder.get("uri").and_then(Value::as_str));
    addresses.filter_map(uri::to_path).collect()
}
