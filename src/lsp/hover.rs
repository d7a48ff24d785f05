//! What is known about the thing under the pointer.

use std::fmt::Write as _;

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind};

use super::document::Document;
use super::names::Named;
use super::place::Place;
use super::view::{Snapshot, View};
use super::{docs, facts, resolved};
use crate::profile::{Field, Storage, Subject, SubjectId};
use crate::rule::Docs;
use crate::rules;
use crate::source::Span;

/// What to show at an offset.
pub fn hover(document: &Document, snapshot: &Snapshot, offset: u32) -> Option<Hover> {
    let (text, span) = rule(snapshot, offset)
        .or_else(|| snapshot.ask(|view| named(view, offset).or_else(|| place(view, offset))).flatten())?;
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: snapshot.shown(&text) };
    Some(Hover { contents: Contents::MarkupContent(contents), range: Some(document.range(span)) })
}

/// The name of a rule in a comment for the linter.
fn rule(snapshot: &Snapshot, offset: u32) -> Option<(String, Span)> {
    let source = snapshot.source();
    let line = source.line_span(offset);
    let text = source.slice(line);
    let comment = text.find("anycloud-lint:")?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let at = (offset - line.start) as usize;
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    let start =
        before.len() - before.chars().rev().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
    let end = at + after.chars().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
    let rule = rules::find(text.get(start..end)?).filter(|_| start > comment)?;
    let shown = format!(
        "**{}** `{}` ({})\n\n{}.\n\n{}\n\n[more]({})",
        rule.code,
        rule.name,
        rule.severity,
        rule.summary,
        Docs::read(rule.docs).unwrap_or_default().explanation,
        rule.url()
    );
    let place = |at: usize| line.start + crate::source::to_u32(at);
    Some((shown, Span::new(place(start), place(end))))
}

/// The profile or submission that is named at an offset, resolved.
fn named(view: &View<'_>, offset: u32) -> Option<(String, Span)> {
    let named = Named::at(view, offset)?;
    if let Named::Submission(name) = &named {
        return submission(view, name).zip(here(view, &named, offset));
    }
    let Named::Profile(name) = &named else { return None };
    let profile = view.subjects.named(name)?;
    let span = here(view, &named, offset)?;
    let kind = if view.subjects.is_template(profile.id) { "template" } else { "profile" };
    let mut text = format!(
        "**{kind} `{}`**, resolved\n\n```yaml\n{}```\n",
        view.snapshot.shown_name(name),
        resolved::yaml(view, profile.id)
    );
    if !profile.is_complete {
        text.push_str("\nNot all that it inherits is known.\n");
    }
    if let Some(provider) = provider(view, profile) {
        let _ = write!(text, "\n{provider}\n");
    }
    Some((text, span))
}

/// Where the name at an offset is written.
fn here(view: &View<'_>, named: &Named, offset: u32) -> Option<Span> {
    let mut spans = named.mentions(view).into_iter().map(|mention| mention.span);
    spans.find(|span| span.start <= offset && offset <= span.end)
}

/// The jobs of a submission.
fn submission(view: &View<'_>, name: &str) -> Option<String> {
    let (id, _) = view.facts.submissions().named(view.tree, name)?;
    let (text, count) = resolved::jobs(view, id);
    let kind = if name.starts_with('.') { "template" } else { "submission" };
    Some(match count {
        0 if name.starts_with('.') => format!("**template `{name}`**, for submissions to extend"),
        0 => format!("**{kind} `{name}`**, whose jobs are not known"),
        1 => format!("**{kind} `{name}`**, one job\n\n```yaml\n{text}```\n"),
        _ => format!("**{kind} `{name}`**, {count} jobs\n\n```yaml\n{text}```\n"),
    })
}

fn provider(view: &View<'_>, profile: &Subject) -> Option<String> {
    let known = view.facts.inference().of(profile.id);
    let provider = known.candidates.single().filter(|_| known.is_known && !known.is_contradictory)?;
    Some(format!("Runs on {provider}."))
}

/// A key or a value of the document.
fn place(view: &View<'_>, offset: u32) -> Option<(String, Span)> {
    let place = Place::at(view.tree, offset);
    let path = place.path(view.tree);
    let entry = place.entry()?;
    let span = if place.is_key { view.tree.span(entry.key) } else { view.tree.span(place.node) };
    if span.start > offset || offset > span.end {
        return None;
    }
    let text = match path.as_slice() {
        [key] if place.is_key => docs::root_key(key)?.to_owned(),
        ["profiles", _, field] if place.is_key => {
            let mut text = format!("**`{field}`**\n\n{}", docs::field(field)?);
            if let Some(effective) = place.profile(view).zip(place.field(view)) {
                text.push_str(&effective_value(view, effective.0, effective.1));
            }
            text
        }
        ["profiles", _, field] => value(view, &place, place.profile(view)?.id, Field::from_name(field)?)?,
        ["submissions", name, .., "cloudConfig", field] if !place.is_key => {
            value(view, &place, first_job(view, name)?, Field::from_name(field)?)?
        }
        ["submissions", name, .., "gpuType"] if !place.is_key => {
            value(view, &place, first_job(view, name)?, Field::GpuType)?
        }
        ["profiles", _, _, key] if place.is_key => credential_key(view, &place, key)?,
        way @ [.., key] if place.is_key => format!("**`{key}`**\n\n{}", docs::key_at(way)?),
        _ => return None,
    };
    Some((text, span))
}

/// The value that a field has in the end, and where it comes from.
fn effective_value(view: &View<'_>, profile: &Subject, field: Field) -> String {
    let name = view.snapshot.shown_name(view.subjects.name(profile.id));
    match (view.subjects.value(profile.id, field), view.subjects.setting(profile.id, field)) {
        (Some(setting), _) => {
            let value = resolved::value(view, profile.id, field).unwrap_or_default();
            let origin = resolved::origin(view, profile.id, field, setting);
            let mut text = format!("\n\n---\n\n`{name}` has `{value}` ({origin})");
            let above = view.subjects.inherited(profile.id, field).filter(|_| setting.origin == profile.id);
            if let Some(above) = above.filter(|above| !view.tree.is_null(above.entry.value)) {
                let base = view.snapshot.shown_name(view.subjects.name(above.origin));
                let old = resolved::value(view, above.origin, field).unwrap_or_default();
                let _ = write!(text, ", in place of `{old}` from `{base}`");
            }
            text
        }
        (None, Some(_)) => format!("\n\n---\n\n`{name}` has none: `null` clears it"),
        (None, None) => String::new(),
    }
}

/// What stands for the jobs of a submission where something is asked of one value that they have.
fn first_job(view: &View<'_>, submission: &str) -> Option<SubjectId> {
    let submissions = view.facts.submissions();
    let (id, _) = submissions.named(view.tree, submission)?;
    Some(submissions.jobs_of(id).first()?.subject)
}

/// What the catalog knows of a value.
fn value(view: &View<'_>, place: &Place, id: SubjectId, field: Field) -> Option<String> {
    let text = view.tree.str(place.node)?;
    let catalog = view.facts.catalog();
    let known = view.facts.inference().of(id);
    let region =
        view.subjects.value(id, Field::Region).and_then(|setting| view.tree.str(setting.entry.value));
    if Storage::ALL.iter().any(|storage| storage.region == field) {
        return facts::storage_region(catalog, text);
    }
    match field {
        Field::VmType => facts::vm_type(catalog, known.candidates, text, region),
        Field::Region => facts::region(catalog, known.candidates, text),
        Field::GpuType => facts::gpu(catalog, known.candidates, text, region),
        Field::AvailabilityZone => facts::zone(catalog, text),
        Field::CloudProvider => facts::provider(catalog, text),
        Field::DiskTier => {
            let choice = docs::choices(field.name()).into_iter().find(|(choice, _)| *choice == text)?;
            choice.1.map(|meaning| format!("**`{text}`**\n\n{meaning}"))
        }
        Field::Credentials
        | Field::InputStorageCredentials
        | Field::OutputStorageCredentials
        | Field::CheckpointStorageCredentials => {
            let provider = view.facts.credentials()?.get(text)?;
            Some(format!("**`{text}`**\n\nSaved credentials for {provider}."))
        }
        _ => None,
    }
}

/// The documentation of a key of a credential object.
fn credential_key(view: &View<'_>, place: &Place, key: &str) -> Option<String> {
    let object = place.entries.iter().rev().nth(1)?.value;
    let provider = view.tree.entry(object, "cloudProvider").and_then(|entry| view.tree.str(entry.value));
    let mut kinds = docs::CredentialKind::all();
    let kind =
        kinds.find(|kind| kind.key(key).is_some() && (provider.is_none() || kind.provider() == provider))?;
    Some(format!("**`{key}`**\n\n{}", kind.key(key)?))
}
