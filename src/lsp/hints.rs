//! What is not written and still true, shown between the words: hints and lenses.

use gen_lsp_types::{CodeLens, Command, InlayHint, InlayHintKind, Label};
use rustc_hash::FxHashSet;
use serde_json::json;

use super::command;
use super::document::Document;
use super::resolved;
use super::view::View;
use crate::profile::{Field, Section, Subject};
use crate::source::Span;
use crate::yaml::Entry;

/// Behind each profile's name its provider, where only the rest of it tells; behind `extends` what that brings.
pub fn inlay(document: &Document, view: &View<'_>, within: Span) -> Vec<InlayHint> {
    let tree = view.tree;
    let mut hints = Vec::new();
    for profile in view.subjects.profiles() {
        if !tree.entry_span(profile.entry).overlaps(within) {
            continue;
        }
        let key_end = tree.span(profile.entry.key).end;
        if let Some(provider) = inferred(view, profile) {
            hints.push(hint(document, key_end, &format!("({provider})"), InlayHintKind::Type));
        }
        let inherited = inherited(view, profile);
        if let Some(extends) = profile.extends.filter(|_| !inherited.is_empty()) {
            let label = view.snapshot.shown_name(&inherited.join(", "));
            hints.push(hint(document, tree.span(extends.value).end, &label, InlayHintKind::Parameter));
        }
    }
    hints
}

fn hint(document: &Document, offset: u32, label: &str, kind: InlayHintKind) -> InlayHint {
    InlayHint {
        position: document.position(offset),
        label: Label::String(label.to_owned()),
        kind: Some(kind),
        padding_left: Some(true),
        text_edits: None,
        tooltip: None,
        padding_right: None,
        data: None,
    }
}

/// The provider of a profile that does not say it itself.
fn inferred(view: &View<'_>, profile: &Subject) -> Option<&'static str> {
    let known = view.facts.inference().of(profile.id);
    let is_written = view.subjects.value(profile.id, Field::CloudProvider).is_some();
    (known.is_known && !known.is_contradictory && !is_written)
        .then(|| known.candidates.single())
        .flatten()
        .map(crate::catalog::Provider::name)
}

/// The fields that a profile has from others, with their values.
fn inherited(view: &View<'_>, profile: &Subject) -> Vec<String> {
    let is_inherited = |field: Field| {
        view.subjects.value(profile.id, field).is_some_and(|setting| setting.origin != profile.id)
    };
    let shown = |(field, value): (Field, String)| {
        let value = if value.chars().count() > 40 { "…" } else { &value };
        is_inherited(field).then(|| format!("{}: {value}", field.name()))
    };
    resolved::values(view, profile.id).into_iter().filter_map(shown).collect()
}

/// Above each profile, how many extend it and how many submissions use it; above each submission, its jobs.
pub fn lenses(document: &Document, uri: &str, view: &View<'_>) -> Vec<CodeLens> {
    let profiles = view.subjects.profiles();
    let submissions = view.facts.submissions();
    let mut extending = vec![0_usize; profiles.len()];
    for profile in profiles {
        let mut bases: Vec<_> = profile.bases.iter().filter_map(|base| base.subject).collect();
        bases.sort_unstable();
        bases.dedup();
        for base in bases {
            if let Some(count) = extending.get_mut(base.index()) {
                *count += 1;
            }
        }
    }
    let mut using = vec![0_usize; profiles.len()];
    let uses: FxHashSet<_> =
        submissions.jobs().iter().filter_map(|job| Some((job.profile?, job.submission))).collect();
    for (profile, _) in uses {
        if let Some(count) = using.get_mut(profile.index()) {
            *count += 1;
        }
    }
    let lens = |entry: Entry, name: &str, title: String, section: Section| {
        let command = Command {
            title,
            tooltip: Some("show what it comes to".into()),
            command: command::SHOW_RESOLVED.into(),
            arguments: Some(vec![json!(uri), json!(view.snapshot.shown(name)), json!(section.key())]),
        };
        CodeLens { range: document.range(view.tree.span(entry.key)), command: Some(command), data: None }
    };
    let mut lenses = Vec::new();
    for ((profile, extending), using) in profiles.iter().zip(extending).zip(using) {
        let count = |count, one: &str, several: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {several}")),
        };
        let parts = [
            count(extending, "profile extends this", "profiles extend this"),
            count(using, "submission uses it", "submissions use it"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if !parts.is_empty() {
            let name = view.subjects.name(profile.id);
            lenses.push(lens(profile.entry, name, parts.join(", "), Section::Profiles));
        }
    }
    for (id, submission) in submissions.all() {
        let title = match submissions.jobs_of(id).len() {
            0 => continue,
            1 => "1 job".to_owned(),
            count => format!("{count} jobs"),
        };
        let name = submissions.name(view.tree, id);
        lenses.push(lens(submission.entry, name, title, Section::Submissions));
    }
    lenses
}
