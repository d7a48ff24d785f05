//! Offers are tried out: nothing stays that brings something wrong with it, anywhere in the document.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::cutout::{Cutout, quoted};
use super::{Offer, is_literal, typed_out};
use crate::facts::Facts;
use crate::finding::{Finding, Severity};
use crate::lsp::cursor::{Cursor, Slot};
use crate::lsp::view::Snapshot;
use crate::profile::Section;
use crate::source::{Source, Span, to_u32};
use crate::yaml::{self, Tree};
use crate::{Analysis, Settings};

/// No more bytes than this are analysed for one list of offers.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// In a longer text nothing is tried: to read it takes longer than people wait for a list.
const LONGEST: usize = 8 * 1024 * 1024;

/// What an offer may leave to do: an object lacks other keys, and a bucket or a region is still to be written.
const STILL_TO_COME: [&str; 3] = ["AC104", "AC404", "AC601"];

/// A template that nothing extends any longer is the matter of the word that was there before.
const OF_THE_WORD_BEFORE: [&str; 1] = ["AC205"];

/// What is no longer needed elsewhere can go, and there is a fix for it.
const NO_LONGER_NEEDED: [&str; 2] = ["AC203", "AC204"];

/// What is wrong with a key whatever its value: it is no field here, or excludes another that is there.
const WHATEVER_THE_VALUE: [&str; 7] = ["AC001", "AC002", "AC101", "AC301", "AC702", "AC703", "AC717"];

/// Takes out the offers that would bring an error or a warning with them.
pub(super) fn keep_sound(snapshot: &Snapshot, cursor: &Cursor, offers: &mut Vec<Offer>) {
    let settings = snapshot.analysis().settings();
    let text = snapshot.source().text();
    if offers.is_empty() || text.len() > LONGEST {
        return;
    }
    let mark = (0..=text.len()).map(|number| format!("cursor-{number}")).find(|mark| !text.contains(mark));
    let mark = Offer::new(mark.unwrap_or_default(), super::CompletionItemKind::Text);
    let Some(marked) = with(text, cursor, &mark) else { return };
    let source = Source::new("", marked);
    let (tree, problems) = if source.flaw().is_some() { (None, Vec::new()) } else { yaml::parse(&source) };
    // Where a word would be part of another, or break what can be read, none fits.
    let is_a_word = |tree: &Tree| tree.ids().any(|id| tree.key(id) == mark.text);
    let known = snapshot.analysis().facts().map_or(usize::MAX, |facts| facts.problems().len());
    if problems.len() > known || tree.as_ref().is_some_and(|tree| !is_a_word(tree)) {
        offers.clear();
    }
    // What can't be read can't be tried either.
    let Some(tree) = tree.filter(|_| !offers.is_empty()) else { return };
    let facts = Facts::new(tree, problems, settings);
    let line = snapshot.source().line_span(cursor.word.end);
    let rest = snapshot.source().slice(Span::new(cursor.word.end, line.end));
    let rest = rest.trim_start_matches(['"', '\'', ':', ' ']);
    let is_bare_key = cursor.slot == Slot::Key
        && (rest.is_empty() || rest.starts_with(['#', ',', '}']))
        && !has_value_below(snapshot.source(), cursor);
    let cutout = Cutout::new(&facts, &mark.text, cursor.slot == Slot::Key, MOST_BYTES / (offers.len() + 1));
    let trial = match &cutout {
        Some(cutout) => Trial::new(Text::Cutout(cutout), cursor, settings, is_bare_key),
        None if text.len() * (offers.len() + 1) <= MOST_BYTES => {
            Trial::new(Text::Whole(text), cursor, settings, is_bare_key)
        }
        None => return,
    };
    offers.retain(|offer| trial.takes(offer));
}

/// Whether the lines below the key at the cursor belong to it: they are indented deeper, or begin a list.
fn has_value_below(source: &Source, cursor: &Cursor) -> bool {
    let line = source.line_span(cursor.word.start);
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let column = depth(source.slice(line));
    let below = source.text().get(line.end as usize..).unwrap_or_default().lines().skip(1);
    let mut written = below.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    written.next().is_some_and(|next| {
        depth(next) > column || depth(next) == column && next.trim_start().starts_with("- ")
    })
}

/// The text with an offer in the place of the word at the cursor.
fn with(text: &str, cursor: &Cursor, offer: &Offer) -> Option<String> {
    let mut text = text.to_owned();
    text.get(cursor.word.range())?;
    text.replace_range(cursor.word.range(), &typed_out(cursor, offer));
    Some(text)
}

/// What offers are tried in.
#[derive(Clone, Copy)]
enum Text<'t> {
    Cutout(&'t Cutout<'t>),
    Whole(&'t str),
}

struct Trial<'t> {
    text: Text<'t>,
    cursor: &'t Cursor,
    settings: &'t Arc<Settings>,
    /// Whether the word is a key behind which nothing is written yet.
    is_bare_key: bool,
    /// What is wrong without any word.
    known: FxHashSet<String>,
}

/// What is wrong in a text, by what it says and where.
fn names(findings: &[Finding]) -> FxHashSet<String> {
    findings.iter().map(name).collect()
}

impl<'t> Trial<'t> {
    fn new(text: Text<'t>, cursor: &'t Cursor, settings: &'t Arc<Settings>, is_bare_key: bool) -> Self {
        let mut trial = Self { text, cursor, settings, is_bare_key, known: FxHashSet::default() };
        let before = match text {
            Text::Cutout(cutout) => cutout.without_mark(cursor.is_item, None),
            Text::Whole(text) => text.to_owned(),
        };
        trial.known = names(&trial.findings(before));
        trial
    }

    fn findings(&self, text: String) -> Vec<Finding> {
        let mut findings = Analysis::new(Source::new("", text), self.settings).into_findings();
        findings.retain(|finding| finding.severity != Severity::Note);
        findings
    }

    /// Whether an offer brings nothing wrong with it.
    fn takes(&self, offer: &Offer) -> bool {
        let word = if is_literal(offer) { offer.text.clone() } else { quoted(&offer.text) };
        let named = self.section().map(|section| (section, offer.text.as_str()));
        let (text, spans) = match self.text {
            Text::Cutout(cutout) => cutout.text(&word, named),
            Text::Whole(text) => {
                let after = with(text, self.cursor, offer).unwrap_or_default();
                let end = self.cursor.word.start as usize + after.len() + self.cursor.word.len() as usize
                    - text.len();
                (after, vec![Span::new(self.cursor.word.start, to_u32(end))])
            }
        };
        let without_value = format!("{word}: null");
        let is_whole = matches!(self.text, Text::Whole(_));
        let is_new = is_whole && !self.cursor.has_colon;
        let is_bare_key = self.is_bare_key && (is_new || text.contains(&without_value));
        let is_at_word = |finding: &Finding| {
            spans.iter().any(|span| span.start <= finding.span.end && finding.span.start <= span.end)
        };
        let is_bad = |finding: &Finding| {
            let code = finding.rule.code;
            let is_due = STILL_TO_COME.contains(&code)
                || OF_THE_WORD_BEFORE.contains(&code)
                || NO_LONGER_NEEDED.contains(&code) && !is_at_word(finding)
                || is_bare_key && !WHATEVER_THE_VALUE.contains(&code);
            !is_due && !self.knows(finding)
        };
        // Without a value a key may clear what is needed, with one it may exclude another.
        let text = if is_bare_key {
            let value = some_value(&offer.text);
            // An axis is a list of values.
            let is_axis = self.cursor.path.last().is_some_and(|key| key == "matrix");
            let value = if is_axis { format!("[{value}]") } else { value.to_owned() };
            text.replace(&without_value, &format!("{word}: {value}"))
        } else {
            text
        };
        let bad: Vec<Finding> = self.findings(text).into_iter().filter(is_bad).collect();
        match self.text {
            _ if bad.is_empty() => true,
            // What is wrong with the thing itself that the word names is no news.
            Text::Cutout(cutout) if named.is_some() => {
                let known = names(&self.findings(cutout.without_mark(self.cursor.is_item, named)));
                bad.iter().all(|finding| known.contains(&name(finding)))
            }
            _ => false,
        }
    }

    fn knows(&self, finding: &Finding) -> bool {
        self.known.contains(&name(finding))
    }

    /// The section whose things an offer names.
    fn section(&self) -> Option<Section> {
        let path: Vec<&str> = self.cursor.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["profiles", _, "extends"] | ["submissions", .., "profile"] => Some(Section::Profiles),
            ["submissions", _, "extends"] => Some(Section::Submissions),
            _ => None,
        }
    }
}

/// A value of the shape that a field has.
fn some_value(field: &str) -> &'static str {
    match field {
        "fanOut" => "[{}]",
        "matrix" => "{nodes: [1]}",
        "command" | "secrets" | "mounts" => "[x]",
        "env" => "{X: x}",
        "dockerOptions" => "{shmSize: 8g}",
        "cloudConfig" => "{spot: true}",
        "gpuType" => "h100",
        _ => "x",
    }
}

/// What a finding says, and where.
fn name(finding: &Finding) -> String {
    format!("{} {} {}", finding.rule.code, finding.path().unwrap_or_default(), finding.message)
}
