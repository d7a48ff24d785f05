//! Comments that silence rules: `# anycloud-lint: ignore[…]` and `ignore-file[…]`.

mod add;
mod directive;

pub use add::{Added, add};

use directive::{Directive, Directives, Malformed, Name, is_alone, next_line_start};

use crate::Settings;
use crate::finding::{Edit, Finding, Fix};
use crate::rule::Rule;
use crate::rules::{self, unknown_rule, unused_suppression};
use crate::source::{Source, Span, to_u32};
use crate::yaml::Tree;

/// Takes the findings out that a comment silences, and adds what is wrong with the comments themselves:
/// AC901 and AC902, as far as they are enabled. A rule that is not enabled is not called unused.
pub fn apply(tree: &Tree, findings: &mut Vec<Finding>, settings: &Settings) {
    let source = tree.source();
    let Directives { sound, malformed } = directive::read(source, tree.comments());
    if sound.is_empty() && malformed.is_empty() {
        return;
    }
    let mut silencers = Silencers::new(sound);
    findings.retain(|finding| !silencers.silence(finding) || settings.is_needed(finding.rule));

    let mut own = Vec::new();
    if settings.is_enabled(&unknown_rule::RULE) {
        own.extend(malformed.iter().map(misread));
        let unknown = silencers.names().filter(|(_, name)| name.rule.is_none());
        own.extend(unknown.map(|(_, name)| unknown_name(source, name)));
        own.retain(|finding| !silencers.silence(finding));
    }
    if settings.is_enabled(&unused_suppression::RULE) {
        let mut unused = Vec::new();
        for (directive, name) in silencers.names() {
            // To say that nothing silences this rule would silence it.
            if let Some(rule) = name.rule.filter(|rule| *rule != &unused_suppression::RULE)
                && !name.is_used
                && settings.is_enabled(rule)
            {
                unused.push(unused_name(source, directive, name, rule));
            }
        }
        unused.retain(|finding| !silencers.silence(finding));
        own.append(&mut unused);
    }
    findings.append(&mut own);
}

/// The suppressions of a file, quick to look up by line.
struct Silencers {
    /// Those of the whole file.
    file: Vec<Directive>,
    /// Those of a line, in the order of the lines.
    lines: Vec<Directive>,
}

impl Silencers {
    fn new(directives: Vec<Directive>) -> Self {
        let (mut lines, file): (Vec<_>, Vec<_>) =
            directives.into_iter().partition(|directive| directive.line.is_some());
        lines.sort_by_key(|directive| directive.line);
        Self { file, lines }
    }

    /// Every name with its directive.
    fn names(&self) -> impl Iterator<Item = (&Directive, &Name)> {
        let all = self.file.iter().chain(&self.lines);
        all.flat_map(|directive| directive.names.iter().map(move |name| (directive, name)))
    }

    /// Whether a suppression silences the finding; every one that does is used.
    fn silence(&mut self, finding: &Finding) -> bool {
        let at = finding.span.start;
        let first = self.lines.partition_point(|directive| directive.line.is_some_and(|line| line.end < at));
        let lines = self.lines.iter_mut().skip(first);
        let lines = lines.take_while(|directive| directive.line.is_some_and(|line| line.start <= at));
        let mut is_silenced = false;
        for name in self.file.iter_mut().chain(lines).flat_map(|directive| &mut directive.names) {
            if name.rule == Some(finding.rule) {
                name.is_used = true;
                is_silenced = true;
            }
        }
        is_silenced
    }
}

fn misread(malformed: &Malformed) -> Finding {
    Finding::new(&unknown_rule::RULE, malformed.span, &malformed.message).help(&malformed.help)
}

fn unknown_name(source: &Source, name: &Name) -> Finding {
    let word = source.slice(name.span);
    let is_group = rules::selects_any(word);
    let finding = Finding::new(&unknown_rule::RULE, name.span, format!("there is no rule `{word}`"));
    match rules::closest(word) {
        _ if is_group => {
            finding.help("a suppression names each rule; a group can be turned off in the configuration")
        }
        Some(closest) => finding.help(format!("did you mean `{closest}`?")),
        None => finding.help("`anycloud-lint rules` lists the rules"),
    }
}

fn unused_name(source: &Source, directive: &Directive, name: &Name, rule: &Rule) -> Finding {
    let place = if directive.line.is_some() { "here" } else { "in this file" };
    let message = format!("`{}` finds nothing {place}, so there is nothing to ignore", rule.name);
    let edits = vec![Edit::remove(removal(source, directive, name))];
    Finding::new(&unused_suppression::RULE, name.span, message)
        .help("take it out")
        .fix(Some(Fix::safe(format!("take `{}` out", source.slice(name.span)), edits)))
}

/// The name and a comma beside it; the directive if it names only this rule; the whole comment, with its
/// line if it has one to itself, if it says nothing else.
fn removal(source: &Source, directive: &Directive, name: &Name) -> Span {
    let names = &directive.names;
    let index = names.iter().position(|other| other.span == name.span).unwrap_or_default();
    let before = index.checked_sub(1).and_then(|index| names.get(index));
    match (before, names.get(index + 1)) {
        (Some(before), _) => return Span::new(before.span.end, name.span.end),
        (None, Some(after)) => return Span::new(name.span.start, after.span.start),
        (None, None) => {}
    }
    let comment = directive.comment;
    let before = source.slice(Span::new(comment.start, directive.span.start));
    let after = source.slice(Span::new(directive.span.end, comment.end));
    let says_before = before.contains(|c: char| c != '#' && !c.is_whitespace());
    if says_before {
        // A `#` of the directive's own goes with it.
        let kept = before.trim_end_matches(|c: char| c == '#' || c.is_whitespace()).len();
        return Span::new(comment.start + to_u32(kept), directive.span.end);
    }
    if !after.trim().is_empty() {
        let gap = after.len() - after.trim_start().len();
        return Span::new(directive.span.start, directive.span.end + to_u32(gap));
    }
    let line = source.line_span(comment.start);
    if is_alone(source, comment) {
        return Span::new(line.start, next_line_start(source, comment.start).unwrap_or(line.end));
    }
    let code = source.slice(Span::new(line.start, comment.start));
    Span::new(line.start + to_u32(code.trim_end().len()), line.end)
}
