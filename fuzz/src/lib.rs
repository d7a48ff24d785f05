//! The promises that the targets try to break, one function each.
//!
//! Bytes that begin with NUL decide what a generator of documents writes; any others are the text itself. So a fixture
//! is a seed as it is.

#[path = "../../tests/it/harness/documents.rs"]
mod documents;
mod editor;
mod random;
#[path = "../../tests/it/harness/submissions.rs"]
mod submissions;

use std::sync::Arc;

use anycloud_lint::config::Config;
use anycloud_lint::emit::{Wanted, args, python};
use anycloud_lint::finding::Finding;
use anycloud_lint::report::{self, Checked, Format};
use anycloud_lint::source::Source;
use anycloud_lint::yaml::ways;
use anycloud_lint::{Analysis, Settings, analyse, silence};
use termcolor::NoColor;

use random::Random;

/// The document that the bytes are, or stand for.
fn document(data: &[u8]) -> Vec<u8> {
    match data.split_first() {
        Some((0, choices)) => documents::document(&mut Random::new(choices)).into_bytes(),
        _ => data.to_vec(),
    }
}

fn analysis(data: &[u8]) -> Analysis {
    analyse(&Source::from_bytes("anycloud.yaml", document(data)), &Settings::default())
}

/// Anything is checked: every place is one of the text, and every format can be written.
pub fn check(data: &[u8]) {
    let analysis = analysis(data);
    let text = analysis.source().text();
    let is_sound = |finding: &Finding| {
        let labels = finding.labels.iter().map(|label| label.span);
        let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        std::iter::once(finding.span)
            .chain(labels)
            .chain(edits)
            .all(|span| text.get(span.start as usize..span.end as usize).is_some())
    };
    for finding in analysis.findings() {
        assert!(is_sound(finding), "{finding:?}");
    }
    let written = |checked: &[Checked]| {
        Format::ALL.map(|format| {
            let mut out = NoColor::new(Vec::new());
            report::write(format, &report::Run::new(checked), &mut out).expect("memory takes anything");
            String::from_utf8(out.into_inner()).expect("a report is text")
        })
    };
    let first = written(&[Checked::of(&analysis)]);
    let again = analyse(analysis.source(), &Settings::default());
    assert_eq!(first, written(&[Checked::from(again)]));
    let [_, short, json, sarif, _, gitlab, _] = &first;
    for text in [json, sarif, gitlab] {
        serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    }
    assert_eq!(short.lines().count(), analysis.findings().len());
}

/// Fixes leave a text that can be read and is not fixed any further. What is wrong can hide what else is, as a field under
/// a misspelt key; where there are warnings only, none is new.
pub fn fix(data: &[u8]) {
    let before = analysis(data);
    let Some(fixed) = anycloud_lint::fix::apply(&before, false) else { return };
    let after = &fixed.analysis;
    assert!(after.tree().is_some());
    let codes = |analysis: &Analysis| -> Vec<_> {
        analysis.findings().iter().map(|finding| (finding.rule.code, finding.message.clone())).collect()
    };
    let (left, were) = (codes(after), codes(&before));
    let is_fewer = before.has_errors() || (left.len() < were.len() && !after.has_errors());
    let texts = || format!("{}\n--- to\n{}", before.source().text(), after.source().text());
    assert!(is_fewer, "{were:#?}\nbecome {left:#?}\n{}", texts());
    assert!(anycloud_lint::fix::apply(after, false).is_none(), "not stable:\n{}", texts());
    // Those that somebody should look at need not be right, but they come to an end.
    let Some(fixed) = anycloud_lint::fix::apply(&before, true) else { return };
    assert!(fixed.analysis.tree().is_some());
    assert!(anycloud_lint::fix::apply(&fixed.analysis, true).is_none());
}

/// What has no errors resolves, in every shape, and the same each time.
pub fn resolve(data: &[u8]) {
    let analysis = analysis(data);
    let Some(facts) = analysis.facts().filter(|_| !analysis.has_errors()) else { return };
    for emit in [anycloud_lint::resolve::Emit::Profiles, anycloud_lint::resolve::Emit::Submission] {
        let options = anycloud_lint::resolve::Options { emit, provenance: true, ..Default::default() };
        let resolved = anycloud_lint::resolve::resolve(facts, &options);
        assert_eq!(resolved["version"], 1);
        assert_eq!(resolved, anycloud_lint::resolve::resolve(facts, &options));
    }
    let profiles: Vec<_> = facts.subjects().profiles().iter().map(|profile| profile.id).collect();
    let jobs: Vec<_> = facts.submissions().jobs().iter().collect();
    let secrets = anycloud_lint::resolve::secrets([facts.subjects()]);
    let names = anycloud_lint::resolve::names(facts, Some(&secrets));
    let wanted =
        Wanted { facts, secrets: &secrets, names: &names, profiles: Some(&profiles), jobs: Some(&jobs) };
    for generation in [python::Generation::Classes, python::Generation::Dictionaries] {
        let _ = python::module(&wanted, generation);
    }
    for dialect in [args::Dialect::Job, args::Dialect::Submit] {
        let _ = args::profiles(&wanted, dialect, "image");
        let _ = args::jobs(&wanted, dialect);
    }
}

/// The reader of plain files reads as the general one does, or leaves it to that one.
pub fn readers(data: &[u8]) {
    let source = Source::from_bytes("anycloud.yaml", document(data));
    if source.flaw().is_some() {
        return;
    }
    if let Some(fast) = ways::fast(&source) {
        assert_eq!(format!("{fast:?}"), format!("{:?}", ways::general(&source)), "{:?}", source.text());
    }
}

/// A configuration is read or refused; the linter runs with any that is read.
pub fn configuration(data: &[u8]) {
    const TEXT: &str = include_str!("../../examples/anycloud.yaml");
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Config::read("anycloud-lint.toml", text) {
        Ok(config) => {
            let settings = Arc::new(config.settings(&[], &[]));
            Analysis::new(Source::new("anycloud.yaml", TEXT), &settings);
        }
        Err(error) => assert!(!error.mistakes.is_empty() || !error.to_string().is_empty()),
    }
}

/// Comments silence all that can be silenced, and the document stays what it was.
pub fn suppressions(data: &[u8]) {
    let before = analysis(data);
    let Some(silenced) = silence::apply(&before) else { return };
    let after = &silenced.analysis;
    assert!(after.findings().len() <= before.findings().len());
    assert!(silence::apply(after).is_none(), "not stable:\n{}", after.source().text());
    let trees = before.tree().zip(after.tree());
    assert!(trees.is_some_and(|(before, after)| before.says_the_same(after)));
}

/// A text that an editor changes bit by bit has the findings of the text that it ends up with.
pub fn server(data: &[u8]) {
    let (text, found) = editor::session(data);
    let source = Source::new("anycloud.yaml", text);
    let expected = analyse(&source, &Settings::default());
    let expected: Vec<&str> = expected.findings().iter().map(|finding| finding.rule.code).collect();
    assert_eq!(found, expected, "{:?}", source.text());
}
