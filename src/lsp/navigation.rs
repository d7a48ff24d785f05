//! From a name to where it is defined and used, and what to call it instead.

use std::collections::HashMap;

use gen_lsp_types::{
    DocumentHighlight, DocumentHighlightKind, Location, PrepareRenamePlaceholder, TextEdit, Uri,
    WorkspaceEdit,
};

use super::document::Document;
use super::names::{Mention, Named};
use super::view::View;
use crate::edit;
use crate::source::Span;
use crate::yaml::NodeId;

/// Where the name at an offset is defined.
pub fn definition(document: &Document, uri: &Uri, view: &View<'_>, offset: u32) -> Vec<Location> {
    references(document, uri, view, offset, |mention| mention.is_definition)
}

/// The places where the name at an offset is written, those that are wanted.
pub fn references(
    document: &Document,
    uri: &Uri,
    view: &View<'_>,
    offset: u32,
    wanted: impl Fn(&Mention) -> bool,
) -> Vec<Location> {
    let mentions = Named::at(view, offset).map_or_else(Vec::new, |named| named.mentions(view));
    let location = |mention: Mention| Location { uri: uri.clone(), range: document.range(mention.span) };
    mentions.into_iter().filter(wanted).map(location).collect()
}

/// The places to highlight with the name at an offset.
pub fn highlights(document: &Document, view: &View<'_>, offset: u32) -> Vec<DocumentHighlight> {
    let mentions = Named::at(view, offset).map_or_else(Vec::new, |named| named.mentions(view));
    let highlight = |mention: Mention| DocumentHighlight {
        range: document.range(mention.span),
        kind: Some(if mention.is_definition {
            DocumentHighlightKind::Write
        } else {
            DocumentHighlightKind::Read
        }),
    };
    mentions.into_iter().map(highlight).collect()
}

/// What would be renamed at an offset.
pub fn prepare_rename(document: &Document, view: &View<'_>, offset: u32) -> Option<PrepareRenamePlaceholder> {
    let named = Named::at(view, offset)?;
    let mentions = named.mentions(view);
    if !mentions.iter().any(|mention| mention.is_definition) {
        return None;
    }
    let here = mentions.iter().find(|mention| mention.span.start <= offset && offset <= mention.span.end)?;
    let span = inner(view, here)?;
    let placeholder = view.snapshot.shown_name(view.snapshot.source().slice(span));
    Some(PrepareRenamePlaceholder { range: document.range(span), placeholder })
}

/// The edits that give the name at an offset another one.
///
/// # Errors
///
/// When there is no name, or the new one can't be used: why, and what can.
pub fn rename(
    document: &Document,
    uri: &Uri,
    view: &View<'_>,
    offset: u32,
    new: &str,
) -> Result<WorkspaceEdit, String> {
    let named = Named::at(view, offset).ok_or("there is no name here that could be changed")?;
    check(view, &named, new)?;
    let mut edits = Vec::new();
    for mention in named.mentions(view) {
        let span = inner(view, &mention).ok_or("the name is written with escapes; change it by hand")?;
        // A name that would be read as a number or a boolean is a text only in quotes.
        let is_quoted = mention.node.is_some_and(|node| view.tree.span(node) != span);
        let is_key = mention.is_definition;
        let text = if matches!(named, Named::Anchor(_)) || is_quoted || is_key || edit::is_plain(new) {
            new.to_owned()
        } else {
            format!("\"{new}\"")
        };
        edits.push(TextEdit { range: document.range(span), new_text: text });
    }
    if edits.is_empty() {
        return Err("this name is not defined in this file".into());
    }
    Ok(WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..WorkspaceEdit::default() })
}

/// Whether a new name can be used, or why not.
fn check(view: &View<'_>, named: &Named, new: &str) -> Result<(), String> {
    let section = match named {
        Named::Anchor(_) => {
            let sound =
                !new.is_empty() && !new.contains(|c: char| c.is_whitespace() || "[]{},&*".contains(c));
            return if sound {
                Ok(())
            } else {
                Err("an anchor's name has no spaces, brackets or commas".into())
            };
        }
        Named::Profile(_) => "profiles",
        Named::Submission(_) => "submissions",
    };
    if !is_name(new) {
        return Err(
            "a name has up to 63 letters, digits, `_`, `.` and `-`, and begins with a letter or a digit, \
            or with a `.` for a template"
                .into(),
        );
    }
    let tree = view.tree;
    let taken = tree.entry(tree.root(), section).and_then(|section| tree.entry(section.value, new));
    let same = matches!(named, Named::Profile(name) | Named::Submission(name) if name == new);
    if taken.is_some() && !same {
        return Err(format!("there is a `{new}` already"));
    }
    Ok(())
}

/// Whether a text can name a profile.
pub fn is_name(text: &str) -> bool {
    let rest = text.strip_prefix('.').unwrap_or(text);
    rest.len() <= 63
        && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// The name itself, without quotes, `&` or `*`; nothing where it is written with escapes.
fn inner(view: &View<'_>, mention: &Mention) -> Option<Span> {
    match mention.node {
        None => Some(Span::new(mention.span.start + 1, mention.span.end)),
        Some(node) => text_span(view, node),
    }
}

/// The text of a string, inside its quotes.
fn text_span(view: &View<'_>, node: NodeId) -> Option<Span> {
    let source = view.snapshot.source();
    let span = view.tree.span(node);
    let quoted = source.slice(span).starts_with(['"', '\'']);
    let inner = if quoted { Span::new(span.start + 1, span.end.saturating_sub(1)) } else { span };
    (source.slice(inner) == view.tree.key(node)).then_some(inner)
}
