//! Words from closed sets: providers, booleans, choices, and the names of rules.

use gen_lsp_types::CompletionItemKind;

use super::Offer;
use super::scene::Scenes;
use crate::catalog::Provider;
use crate::lsp::cursor::Cursor;
use crate::lsp::docs;
use crate::lsp::view::Snapshot;
use crate::rule::Rule;
use crate::rules;
use crate::source::Span;

/// The providers that fit.
pub(super) fn providers(scenes: &Scenes<'_>) -> Vec<Offer> {
    let choices = docs::choices("cloudProvider").into_iter();
    let fits = |name: &str| Provider::from_name(name).is_some_and(|provider| scenes.takes_provider(provider));
    offers(choices.filter(|(name, _)| fits(name)).collect())
}

/// `true`, where that can be, and `false`.
pub(super) fn booleans(can_be_true: bool) -> Vec<Offer> {
    let words = ["true", "false"].into_iter().filter(|word| can_be_true || *word == "false");
    words.map(|word| Offer::new(word, CompletionItemKind::Value)).collect()
}

/// The values that a field is limited to.
pub(super) fn choices(field: &str) -> Vec<Offer> {
    offers(docs::choices(field))
}

/// Choices with what they mean.
pub(super) fn offers(choices: Vec<(&'static str, Option<&'static str>)>) -> Vec<Offer> {
    let offer = |(word, meaning)| Offer::new(word, CompletionItemKind::EnumMember).documentation(meaning);
    choices.into_iter().map(offer).collect()
}

/// The rules that a comment can silence: those that find something on its line first.
pub(super) fn rules(snapshot: &Snapshot, cursor: &Cursor, comment: u32) -> Vec<Offer> {
    let source = snapshot.source();
    let before = source.slice(Span::new(comment, cursor.word.start));
    let Some((_, list)) = before.rsplit_once("anycloud-lint:").and_then(|(_, rest)| rest.split_once('['))
    else {
        return Vec::new();
    };
    if list.contains(']') {
        return Vec::new();
    }
    let line = source.line_span(cursor.word.start);
    let rest = source.slice(Span::new(cursor.word.end, line.end));
    let listed = format!("{list},{}", rest.split(']').next().unwrap_or_default());
    let is_listed = |rule: &Rule| {
        listed
            .split(',')
            .map(str::trim)
            .any(|name| rules::find(name).is_some_and(|known| known.code == rule.code))
    };
    let here = |rule: &Rule| {
        snapshot.findings().iter().any(|finding| {
            finding.rule.code == rule.code
                && line.start <= finding.span.start
                && finding.span.start <= line.end
        })
    };
    let mut known: Vec<_> = rules::all().filter(|rule| !is_listed(rule)).collect();
    known.sort_by_key(|rule| !here(rule));
    let offer = |rule: &&Rule| {
        Offer::new(rule.name, CompletionItemKind::EnumMember)
            .detail(rule.code)
            .documentation(Some(rule.summary))
    };
    known.iter().map(offer).collect()
}
