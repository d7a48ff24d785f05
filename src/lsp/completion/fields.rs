//! Keys: of the document, of a profile, of a credential object.

use gen_lsp_types::CompletionItemKind;

use super::scene::Scenes;
use super::{Offer, is_here, names, words};
use crate::lsp::cursor::{Cursor, Slot};
use crate::lsp::docs::{self, CredentialKind};
use crate::lsp::view::View;
use crate::profile::{Field, Storage};
use crate::yaml::NodeId;

/// The keys of the document that it lacks.
pub(super) fn root(view: &View<'_>, cursor: &Cursor) -> Vec<Offer> {
    let present = keys_beside(view, view.tree.root(), cursor);
    let missing = docs::root_keys().filter(|key| !present.contains(key));
    missing
        .map(|key| Offer::new(key, CompletionItemKind::Property).documentation(docs::root_key(key)))
        .collect()
}

/// The fields that a profile lacks, without those that it can't have.
pub(super) fn profile(view: &View<'_>, cursor: &Cursor, name: &str) -> Vec<Offer> {
    let profile = view.subjects.named(name);
    let present = profile.map_or_else(Vec::new, |profile| keys_beside(view, profile.entry.value, cursor));
    let fits = |key: &&str| match Field::from_name(key) {
        Some(field @ (Field::VmType | Field::GpuType)) => {
            Scenes::new(view, profile, field, cursor).takes_field(field)
        }
        Some(_) => true,
        None => *key != "extends" || !names::bases(view, cursor, name).is_empty(),
    };
    let missing = docs::fields().filter(|key| !present.contains(key)).filter(fits);
    missing.map(|key| Offer::new(key, CompletionItemKind::Field).documentation(docs::field(key))).collect()
}

/// The keys of any other mapping that the format knows.
pub(super) fn elsewhere(view: &View<'_>, cursor: &Cursor, path: &[&str]) -> Vec<Offer> {
    let present = present(view, cursor, path);
    let missing = docs::keys_at(path).into_iter().filter(|(key, _)| !present.contains(key));
    missing.map(|(key, words)| Offer::new(key, CompletionItemKind::Field).documentation(words)).collect()
}

/// The keys that the mapping at a path has, without the one at the cursor.
pub(super) fn present<'v>(view: &View<'v>, cursor: &Cursor, path: &[&str]) -> Vec<&'v str> {
    let mut map = Some(view.tree.root());
    for key in path {
        map = map.and_then(|map| view.tree.entry(map, key)).map(|entry| entry.value);
        // Of a list the item that the cursor is in: the last that begins before it.
        let mut items = map.into_iter().flat_map(|list| view.tree.items(list)).rev();
        map = items.find(|item| view.tree.span(**item).start <= cursor.word.start).copied().or(map);
    }
    map.map_or_else(Vec::new, |map| keys_beside(view, map, cursor))
}

/// The keys of a mapping, without the one at the cursor.
fn keys_beside<'v>(view: &View<'v>, map: NodeId, cursor: &Cursor) -> Vec<&'v str> {
    let tree = view.tree;
    let entries = tree.written_entries(tree.target(map)).iter();
    entries.filter(|entry| !is_here(cursor, tree.span(entry.key))).map(|entry| tree.key(entry.key)).collect()
}

/// The keys that a credential object lacks, once its provider is known.
pub(super) fn credential(view: &View<'_>, cursor: &Cursor, field: &str) -> Vec<Offer> {
    let Some(field) = Field::from_name(field).filter(|field| takes_object(*field)) else { return Vec::new() };
    let name = cursor.path.get(1).map(String::as_str).unwrap_or_default();
    let tree = view.tree;
    let object = view
        .subjects
        .named(name)
        .and_then(|profile| tree.entry(profile.entry.value, field.name()))
        .map(|entry| entry.value);
    let present = object.map_or_else(Vec::new, |object| keys_beside(view, object, cursor));
    let provider = object.and_then(|object| tree.entry(object, "cloudProvider"));
    let provider = provider.and_then(|entry| tree.str(entry.value));
    let Some(kind) = CredentialKind::all().find(|kind| provider.is_some() && kind.provider() == provider)
    else {
        let offer = Offer::new("cloudProvider", CompletionItemKind::Field)
            .documentation(Some("The cloud whose credentials these are."));
        return if present.contains(&"cloudProvider") { Vec::new() } else { vec![offer] };
    };
    let missing = kind.keys().filter(|key| !present.contains(key));
    missing.map(|key| Offer::new(key, CompletionItemKind::Field).documentation(kind.key(key))).collect()
}

/// The values of a key of a credential object.
pub(super) fn credential_value(cursor: &Cursor, field: &str, key: &str) -> Vec<Offer> {
    let Some(field) = Field::from_name(field).filter(|field| takes_object(*field)) else { return Vec::new() };
    if cursor.is_item {
        return Vec::new();
    }
    if key == "cloudProvider" {
        let names = CredentialKind::all().filter_map(CredentialKind::provider);
        let fits = |name: &&str| field != Field::Credentials || *name != "Cloudflare";
        return names.filter(fits).map(|name| Offer::new(name, CompletionItemKind::EnumMember)).collect();
    }
    let choices = CredentialKind::all().map(|kind| kind.choices(key)).find(|choices| !choices.is_empty());
    choices.map_or_else(Vec::new, words::offers)
}

fn takes_object(field: Field) -> bool {
    field == Field::Credentials || Storage::ALL.iter().any(|storage| storage.credentials == field)
}

/// What can be offered where nothing of the document is known.
pub(super) fn without_a_document(cursor: &Cursor) -> Vec<Offer> {
    let path: Vec<&str> = cursor.path.iter().map(String::as_str).collect();
    match (cursor.slot, path.as_slice()) {
        (Slot::Key, []) => docs::root_keys()
            .map(|key| Offer::new(key, CompletionItemKind::Property).documentation(docs::root_key(key)))
            .collect(),
        (Slot::Key, ["profiles", _]) => docs::fields()
            .map(|key| Offer::new(key, CompletionItemKind::Field).documentation(docs::field(key)))
            .collect(),
        (Slot::Value, ["profiles", _, "diskTier" | "cloudProvider"]) => {
            path.last().map_or_else(Vec::new, |field| words::choices(field))
        }
        _ => Vec::new(),
    }
}
