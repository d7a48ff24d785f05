//! Writes suppressions for everything that is found now, and changes nothing else in the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::Analysis;
use crate::finding::{Edit, Finding};
use crate::rule::{Kind, Rule};
use crate::rules;
use crate::source::{Source, Span, to_u32};
use crate::suppress::{Directive, MARK, Suppressions, is_alone};
use crate::yaml::{Data, Quoting, Tree};

/// A text after suppressions were added.
#[derive(Debug)]
pub struct Silenced {
    /// The text, and what is left to report: what no comment can silence.
    pub analysis: Analysis,
    /// How many findings were silenced.
    pub count: usize,
}

/// Names of rules, in order.
type Names = BTreeSet<&'static str>;

/// Insertions by offset.
type Insertions = BTreeMap<u32, String>;

/// Adds suppressions for everything that was found: on the line itself, else alone on the line before it, else
/// for the file. Nothing where there is nothing to silence or no way to do it: text that can't be read stays as it
/// is, and so does what is wrong with suppressions themselves.
pub fn apply(before: &Analysis) -> Option<Silenced> {
    let (source, findings, tree) = (before.source(), before.findings(), before.tree()?);
    let mut by_line: BTreeMap<u32, Names> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| can_silence(finding.rule)) {
        by_line.entry(source.line_span(finding.span.start).start).or_default().insert(finding.rule.name);
    }
    if by_line.is_empty() {
        return None;
    }
    let all: Names = by_line.values().flatten().copied().collect();
    let page = Page::new(tree);
    let mut insertions = Insertions::new();
    let mut elsewhere = Names::new();
    for (line, names) in by_line {
        if !page.silence_line(line, &names, &mut insertions) {
            elsewhere.extend(names);
        }
    }
    if !elsewhere.is_empty() {
        page.silence_file(&elsewhere, &mut insertions);
    }
    let own = findings.iter().filter(|finding| !can_silence(finding.rule)).count();
    let checked = |insertions: &Insertions| {
        let after = Source::new(source.name(), insert(source, insertions));
        let analysis = Analysis::new(after, before.settings());
        let left = analysis.findings();
        let is_good = left.len() <= own
            && !left.iter().any(|finding| can_silence(finding.rule))
            && analysis.tree().is_some_and(|after| tree.says_the_same(after));
        let count = findings.len().saturating_sub(left.len());
        is_good.then_some(Silenced { analysis, count })
    };
    // A suppression of the file can stand in for any other, wherever a line turns out not to take one.
    checked(&insertions).or_else(|| {
        let mut insertions = Insertions::new();
        page.silence_file(&all, &mut insertions);
        checked(&insertions)
    })
}

/// Where a rule is to be silenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// On the line of the finding.
    Line,
    /// In the whole file.
    File,
}

/// The edits that silence the rule of one of the findings of a text; nothing where no comment can do that.
pub fn edits(before: &Analysis, finding: &Finding, scope: Scope) -> Option<Vec<Edit>> {
    let (source, tree) = (before.source(), before.tree()?);
    if !can_silence(finding.rule) {
        return None;
    }
    let page = Page::new(tree);
    let line = source.line_span(finding.span.start).start;
    let names = Names::from([finding.rule.name]);
    let mut insertions = Insertions::new();
    match scope {
        Scope::Line if !page.silence_line(line, &names, &mut insertions) => return None,
        Scope::Line => {}
        Scope::File => page.silence_file(&names, &mut insertions),
    }
    let after = Source::new(source.name(), insert(source, &insertions));
    let after = Analysis::new(after, before.settings());
    let is_meant = |other: &&Finding| {
        let is_here = scope == Scope::File || source.line_span(other.span.start).start == line;
        other.rule == finding.rule && is_here
    };
    let meant = before.findings().iter().filter(is_meant).count();
    let is_good = after.findings().len() + meant == before.findings().len()
        && after.tree().is_some_and(|after| tree.says_the_same(after));
    is_good.then(|| insertions.into_iter().map(|(at, text)| Edit::insert(at, text)).collect())
}

/// What is wrong with a suppression is not put right by another.
pub(crate) fn can_silence(rule: &Rule) -> bool {
    rule.kind != Kind::Suppression
}

fn insert(source: &Source, insertions: &Insertions) -> String {
    let mut text = String::with_capacity(source.text().len() + 64 * insertions.len());
    let mut end = 0;
    for (offset, inserted) in insertions {
        text.push_str(source.slice(Span::new(end, *offset)));
        text.push_str(inserted);
        end = *offset;
    }
    text.push_str(source.slice(Span::new(end, to_u32(source.text().len()))));
    text
}

/// A text with what decides where a comment can stand.
struct Page<'t> {
    tree: &'t Tree,
    source: &'t Source,
    suppressions: Suppressions<'t>,
    /// The strings of several lines: inside them a comment would be text.
    texts: Vec<Span>,
}

impl<'t> Page<'t> {
    fn new(tree: &'t Tree) -> Self {
        let source = tree.source();
        let mut texts = Vec::new();
        for id in tree.ids() {
            let Data::Str(_, quoting) = &tree.written(id).data else { continue };
            let span = tree.span(id);
            if source.slice(span).contains(['\n', '\r']) {
                // Behind the `|` or `>` of a block scalar a comment may stand.
                let header = source.line_span(span.start).end;
                let start = if *quoting == Quoting::Block { header } else { span.start };
                texts.push(Span::new(start, span.end));
            }
        }
        texts.sort_unstable();
        Self { tree, source, suppressions: Suppressions::read(source, Some(tree), rules::find), texts }
    }

    /// Silences rules on the line that starts at an offset, if that can be done at the line itself.
    fn silence_line(&self, start: u32, names: &Names, insertions: &mut Insertions) -> bool {
        let line = self.source.line_span(start);
        let known = self.suppressions.directives().find(|directive| directive.line == Some(line));
        if let Some(end) = known.and_then(last_name_end) {
            insertions.insert(end, format!(", {}", listed(names)));
            return true;
        }
        let comments = self.tree.comments();
        let comment = comments.get(comments.partition_point(|comment| comment.start < line.start));
        let comment = comment.filter(|comment| comment.start <= line.end);
        let is_blank = self.source.slice(line).trim().is_empty();
        if is_blank || comment.is_some_and(|comment| is_alone(self.source, *comment)) {
            return false;
        }
        let directive = format!("# {MARK} ignore[{}]", listed(names));
        if !self.is_in_text(line.end) {
            let gap = if comment.is_some() { " " } else { "  " };
            insertions.insert(line.end, format!("{gap}{directive}"));
            return true;
        }
        if !self.is_in_text(line.start) {
            let text = self.source.slice(line);
            let indent = text.get(..text.len() - text.trim_start_matches(' ').len()).unwrap_or_default();
            insertions.insert(line.start, format!("{indent}{directive}{}", self.source.newline()));
            return true;
        }
        false
    }

    /// Silences rules everywhere, in the first line or where that has been done for others.
    fn silence_file(&self, names: &Names, insertions: &mut Insertions) {
        let known = self.suppressions.directives().find(|directive| directive.line.is_none());
        let (at, text) = match known.and_then(last_name_end) {
            Some(end) => (end, format!(", {}", listed(names))),
            None => (
                self.source.start(),
                format!("# {MARK} ignore-file[{}]{}", listed(names), self.source.newline()),
            ),
        };
        // The first line may have got a comment of its own, before which this one stands.
        insertions.entry(at).and_modify(|other| other.insert_str(0, &text)).or_insert(text);
    }

    /// Whether an offset lies inside a string of several lines.
    fn is_in_text(&self, offset: u32) -> bool {
        let next = self.texts.partition_point(|text| text.start < offset);
        next.checked_sub(1).and_then(|last| self.texts.get(last)).is_some_and(|text| offset < text.end)
    }
}

fn last_name_end(directive: &Directive) -> Option<u32> {
    directive.names.last().map(|name| name.span.end)
}

fn listed(names: &Names) -> String {
    names.iter().copied().collect::<Vec<_>>().join(", ")
}
