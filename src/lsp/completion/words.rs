//! Words from closed sets: providers, booleans, choices, and the names of rules.

use gen_lsp_types::CompletionItemKind;
use rustc_hash::FxHashSet;

use super::scene::Scenes;
use super::{Offer, is_beginning_of};
use crate::Analysis;
use crate::catalog::Provider;
use crate::lsp::cursor::Cursor;
use crate::lsp::docs;
use crate::lsp::view::Snapshot;
use crate::rule::Rule;
use crate::rules;
use crate::silence;
use crate::source::{Source, Span};
use crate::suppress::{Directive, Suppressions};

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

/// The rules that a comment can silence: where some find anything there, only those.
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
    let found = found_there(snapshot, cursor);
    let is_wanted = |rule: &Rule| found.contains(rule.code) && is_beginning_of(&cursor.typed, rule.name);
    let mut known: Vec<_> = rules::all().filter(|rule| !is_listed(rule)).collect();
    // Silence where nothing is to be heard would be a finding itself. Where nothing fits, what is typed is for later.
    if known.iter().any(|rule| is_wanted(rule)) {
        known.retain(|rule| is_wanted(rule));
    }
    let offer = |rule: &&Rule| {
        Offer::new(rule.name, CompletionItemKind::EnumMember)
            .detail(rule.code)
            .documentation(Some(rule.summary))
    };
    known.iter().map(offer).collect()
}

/// The codes of the rules that find something where the comment at the cursor holds, the word at the cursor left out.
fn found_there(snapshot: &Snapshot, cursor: &Cursor) -> FxHashSet<&'static str> {
    let mut text = snapshot.source().text().to_owned();
    if text.get(cursor.word.range()).is_some() {
        text.replace_range(cursor.word.range(), "none");
    }
    let analysis = Analysis::new(Source::new("", text), snapshot.analysis().settings());
    let source = analysis.source();
    let suppressions = Suppressions::read(source, analysis.tree(), rules::find);
    let is_here =
        |directive: &&Directive| directive.names.iter().any(|name| name.span.start == cursor.word.start);
    let Some(directive) = suppressions.directives().find(is_here) else { return FxHashSet::default() };
    let holds = |span: Span| directive.line.is_none_or(|line| source.line_span(span.start) == line);
    let rules = analysis.findings().iter().filter(|finding| holds(finding.span)).map(|finding| finding.rule);
    rules.filter(|rule| silence::can_silence(rule)).map(|rule| rule.code).collect()
}
