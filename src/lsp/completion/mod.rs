//! What can be typed here: offered only if it would not be an error.

mod catalog;
mod cutout;
mod exclude;
mod fields;
mod names;
mod scene;
mod trial;
mod words;

use std::rc::Rc;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, Documentation, MarkupContent,
    MarkupKind, Position, TextEdit,
};
use indexmap::IndexMap;
use indexmap::map::Entry;

use super::cursor::{self, Cursor, Slot};
use super::docs;
use super::document::Document;
use super::place::Place;
use super::view::{Snapshot, View};
use crate::edit;
use crate::profile::{Field, SubjectId};
use crate::source::Span;

/// No more are sent at once; the rest comes when more has been typed.
const MOST: usize = 500;

/// Something that can be typed.
#[derive(Clone, Debug)]
struct Offer {
    text: String,
    kind: CompletionItemKind,
    detail: Option<String>,
    documentation: Option<String>,
}

impl Offer {
    fn new(text: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self { text: text.into(), kind, detail: None, documentation: None }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    fn documentation(mut self, text: Option<impl Into<String>>) -> Self {
        self.documentation = text.map(Into::into);
        self
    }
}

/// What can be typed at a position.
pub fn complete(
    document: &Document,
    snapshot: &Snapshot,
    readable: Option<Rc<Snapshot>>,
    position: Position,
    offers_keys: bool,
) -> CompletionList {
    let offset = document.offset(position);
    let cursor = cursor::read(document.text(), offset);
    let offers = match cursor.slot {
        Slot::Key if !offers_keys => Vec::new(),
        Slot::Nothing => Vec::new(),
        Slot::Comment(start) => words::rules(snapshot, &cursor, start),
        Slot::Key | Slot::Value => ask(document, snapshot, readable, &cursor),
    };
    let fits =
        |offer: &Offer| is_beginning_of(&cursor.typed, &offer.text) && !snapshot.holds_secret(&offer.text);
    let mut offers = merged(offers.into_iter().filter(fits));
    // What goes on as it was begun comes first.
    let typed = cursor.typed.trim().to_lowercase();
    offers.sort_by_key(|offer| !offer.text.to_lowercase().starts_with(&typed));
    let is_incomplete = offers.len() > MOST;
    offers.truncate(MOST);
    if matches!(cursor.slot, Slot::Key | Slot::Value) {
        trial::keep_sound(snapshot, &cursor, &mut offers);
    }
    let range = document.range(cursor.word);
    let markdown = |value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value });
    let item = |(index, offer): (usize, Offer)| CompletionItem {
        label: snapshot.shown_name(&offer.text),
        kind: Some(offer.kind),
        sort_text: Some(format!("{index:05}")),
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit {
            range,
            new_text: typed_out(&cursor, &offer),
        })),
        filter_text: Some(offer.text),
        detail: offer.detail,
        documentation: offer.documentation.map(markdown),
        ..CompletionItem::default()
    };
    CompletionList {
        is_incomplete,
        items: offers.into_iter().enumerate().map(item).collect(),
        ..CompletionList::default()
    }
}

/// Offers of one text as one: a region can be that of several providers.
fn merged(offers: impl Iterator<Item = Offer>) -> Vec<Offer> {
    let mut merged: IndexMap<String, Offer> = IndexMap::new();
    for offer in offers {
        match merged.entry(offer.text.clone()) {
            Entry::Vacant(slot) => drop(slot.insert(offer)),
            Entry::Occupied(mut known) => {
                let details = [known.get().detail.clone(), offer.detail];
                let details: Vec<String> = details.into_iter().flatten().collect();
                known.get_mut().detail = (!details.is_empty()).then(|| details.join("; "));
            }
        }
    }
    merged.into_values().collect()
}

/// Whether what has been typed can become a word: its letters are there, in this order.
fn is_beginning_of(typed: &str, word: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    typed.trim().chars().flat_map(char::to_lowercase).all(|wanted| letters.any(|letter| letter == wanted))
}

/// Asks the document as it is; where it can't be read, without the line of the cursor; else as it last could be.
fn ask(
    document: &Document,
    snapshot: &Snapshot,
    readable: Option<Rc<Snapshot>>,
    cursor: &Cursor,
) -> Vec<Offer> {
    let as_it_is = snapshot.ask(|view| {
        let mut cursor = cursor.clone();
        // The document knows the way to what is written better than its indentation does.
        let place = Place::at(view.tree, cursor.word.start);
        if cursor.slot == Slot::Value && !cursor.word.is_empty() && !place.is_key {
            cursor.path = place.path(view.tree).into_iter().map(str::to_owned).collect();
        }
        offers(view, &cursor)
    });
    if let Some(offers) = as_it_is {
        return offers;
    }
    let line = snapshot.source().line_span(cursor.word.start);
    let mut text = document.text().to_owned();
    if text.get(line.range()).is_some() {
        text.replace_range(line.range(), &" ".repeat(line.len() as usize));
    }
    let patched = Snapshot::new(&document.name, &text, snapshot.analysis().settings());
    patched
        .ask(|view| offers(view, cursor))
        .or_else(|| readable.and_then(|readable| readable.ask(|view| offers(view, cursor))))
        .unwrap_or_else(|| fields::without_a_document(cursor))
}

/// What fits at the cursor.
fn offers(view: &View<'_>, cursor: &Cursor) -> Vec<Offer> {
    let path: Vec<&str> = cursor.path.iter().map(String::as_str).collect();
    let excluded = match cursor.slot {
        Slot::Key => exclude::keys(view, cursor, &path),
        Slot::Value => exclude::values(view, &path),
        Slot::Nothing | Slot::Comment(_) => None,
    };
    if let Some(offers) = excluded {
        return offers;
    }
    match (cursor.slot, path.as_slice()) {
        (Slot::Key, []) => fields::root(view, cursor),
        (Slot::Key, ["profiles", name]) => fields::profile(view, cursor, name),
        (Slot::Key, ["profiles", _, field]) => fields::credential(view, cursor, field),
        (Slot::Value, ["version"]) => vec![Offer::new("1", CompletionItemKind::Value)],
        (Slot::Value, ["profiles", name, "extends"]) => names::bases(view, cursor, name),
        (Slot::Value, ["submissions", .., "profile"]) => names::profiles(view),
        (Slot::Value, ["profiles", name, field]) => match Field::from_name(field) {
            Some(field) => {
                let profile = view.subjects.named(name);
                let affected = profile.map_or_else(Vec::new, |profile| scene::affected(view, profile, field));
                values(view, cursor, &scene::Scenes::new(view, profile, field, cursor), &affected, field)
            }
            None => Vec::new(),
        },
        (Slot::Value, ["submissions", name, .., "cloudConfig", field]) => {
            Field::from_name(field).map_or_else(Vec::new, |field| job_values(view, cursor, name, field))
        }
        (Slot::Value, ["submissions", name, .., "gpuType"]) => job_values(view, cursor, name, Field::GpuType),
        (Slot::Value, ["submissions", .., "cloudConfig", field, key]) => {
            fields::credential_value(cursor, field, key)
        }
        (Slot::Value, ["profiles", _, field, key]) => fields::credential_value(cursor, field, key),
        (Slot::Value, ["submissions", name, "extends"]) => names::submissions(view, cursor, name),
        (Slot::Key, ["profiles", ..]) | (Slot::Nothing | Slot::Comment(_), _) => Vec::new(),
        (Slot::Key, _) => fields::elsewhere(view, cursor, &path),
        (Slot::Value, _) => words::offers(docs::choices_at(&path)),
    }
}

/// The values of a field of a submission's jobs.
fn job_values(view: &View<'_>, cursor: &Cursor, submission: &str, field: Field) -> Vec<Offer> {
    let scenes = scene::Scenes::of_jobs(view, submission, field, cursor);
    values(view, cursor, &scenes, &[], field)
}

/// The values of a field, among these surroundings and for these subjects.
fn values(
    view: &View<'_>,
    cursor: &Cursor,
    scenes: &scene::Scenes<'_>,
    affected: &[SubjectId],
    field: Field,
) -> Vec<Offer> {
    // Only the pools can be lists.
    if cursor.is_item && !matches!(field, Field::VmType | Field::GpuType) {
        return Vec::new();
    }
    match field {
        Field::CloudProvider => words::providers(scenes),
        Field::Region => catalog::regions(view, scenes),
        Field::AvailabilityZone => catalog::zones(view, scenes),
        Field::VmType => catalog::vm_types(view, scenes),
        Field::GpuType => catalog::gpus(view, scenes),
        Field::Credentials => names::credentials(view, scenes),
        Field::InputStorageCredentials
        | Field::OutputStorageCredentials
        | Field::CheckpointStorageCredentials => names::storage_credentials(view),
        Field::InputStorageRegion | Field::OutputStorageRegion | Field::CheckpointStorageRegion => {
            catalog::storage_regions(view, affected, field)
        }
        Field::Spot => words::booleans(scenes.takes_spot()),
        Field::DiskTier => words::choices(field.name()),
        _ => Vec::new(),
    }
}

/// The text that is put in the place of the word: with a colon behind a key, and quotes where it needs them.
fn typed_out(cursor: &Cursor, offer: &Offer) -> String {
    let gap = if cursor.needs_space { " " } else { "" };
    let is_comment = matches!(cursor.slot, Slot::Comment(_));
    let (mut text, end) = match cursor.quote {
        _ if is_comment => return offer.text.clone(),
        Some(quote) => {
            let text = if quote.mark == '"' {
                offer.text.replace('\\', "\\\\").replace('"', "\\\"")
            } else {
                offer.text.replace('\'', "''")
            };
            (text, if quote.is_closed { String::new() } else { quote.mark.to_string() })
        }
        None if is_literal(offer) || edit::is_plain(&offer.text) => (offer.text.clone(), String::new()),
        None => (serde_json::Value::from(offer.text.as_str()).to_string(), String::new()),
    };
    text.push_str(&end);
    if cursor.slot == Slot::Key && !cursor.has_colon {
        text.push_str(": ");
    }
    // A comment begins behind a space.
    let end = if cursor.is_before_comment { " " } else { "" };
    format!("{gap}{text}{end}")
}

/// Whether a value is meant as what it looks like: a number or a boolean.
fn is_literal(offer: &Offer) -> bool {
    offer.kind == CompletionItemKind::Value
}

/// Whether a span touches the word at the cursor.
fn is_here(cursor: &Cursor, span: Span) -> bool {
    span.start <= cursor.word.end && cursor.word.start <= span.end
}
