//! Comments that silence rules: `# anycloud-lint: ignore[…]` and `ignore-file[…]`.

use crate::finding::{Edit, Finding, Fix};
use crate::rules::{self, Rule, unknown_rule, unused_suppression};
use crate::source::{Source, Span, to_u32};
use crate::yaml::Tree;

const MARK: &str = "anycloud-lint:";

/// A suppression: the rules it names, and where they hold.
#[derive(Debug)]
struct Suppression {
    comment: Span,
    /// The line whose findings are silenced; the whole file without one.
    line: Option<Span>,
    names: Vec<Name>,
}

/// A rule's name in a suppression.
#[derive(Debug)]
struct Name {
    span: Span,
    rule: Option<&'static Rule>,
    is_used: bool,
}

/// Takes the findings out that a comment silences, and adds what is wrong with the comments themselves:
/// AC901 and AC902, as far as `is_enabled` lets them. A rule that is not enabled is not called unused.
pub fn apply(tree: &Tree<'_>, findings: &mut Vec<Finding>, is_enabled: impl Fn(&Rule) -> bool) {
    let source = tree.source();
    let mut suppressions: Vec<Suppression> =
        tree.comments().iter().filter_map(|comment| read(source, *comment)).collect();
    if suppressions.is_empty() {
        return;
    }
    findings.retain(|finding| !silence(&mut suppressions, finding));
    let mut own = Vec::new();
    for suppression in &suppressions {
        for name in &suppression.names {
            match name.rule {
                None if is_enabled(&unknown_rule::RULE) => own.push(unknown(source, name)),
                Some(rule)
                    if !name.is_used
                        && is_enabled(rule)
                        && is_enabled(&unused_suppression::RULE)
                        && rule != &unused_suppression::RULE =>
                {
                    own.push(unused(source, suppression, name, rule));
                }
                _ => {}
            }
        }
    }
    own.retain(|finding| !silence(&mut suppressions, finding));
    findings.append(&mut own);
}

fn silence(suppressions: &mut [Suppression], finding: &Finding) -> bool {
    let mut is_silenced = false;
    for suppression in suppressions {
        let holds = suppression.line.is_none_or(|line| (line.start..=line.end).contains(&finding.span.start));
        for name in suppression.names.iter_mut().filter(|name| holds && name.rule == Some(finding.rule)) {
            name.is_used = true;
            is_silenced = true;
        }
    }
    is_silenced
}

fn read(source: &Source, comment: Span) -> Option<Suppression> {
    let text = source.slice(comment);
    let at = text.find(MARK)? + MARK.len();
    let rest = text.get(at..)?;
    let directive = rest.trim_start();
    let is_file = directive.starts_with("ignore-file[");
    if !is_file && !directive.starts_with("ignore[") {
        return None;
    }
    let open = at + rest.find('[')? + 1;
    let list = text.get(open..)?;
    let list = list.get(..list.find(']')?)?;
    let mut names = Vec::new();
    let mut offset = comment.start + to_u32(open);
    for word in list.split(',') {
        let start = offset + to_u32(word.len() - word.trim_start().len());
        let name = word.trim();
        let span = Span::new(start, start + to_u32(name.len()));
        names.push(Name { span, rule: rules::find(name), is_used: false });
        offset += to_u32(word.len()) + 1;
    }
    let line = if is_file { None } else { Some(target_line(source, comment)) };
    Some(Suppression { comment, line, names })
}

/// The line of the comment; the next one where the comment stands alone.
fn target_line(source: &Source, comment: Span) -> Span {
    let line = source.line_span(comment.start);
    let is_alone = source.slice(Span::new(line.start, comment.start)).trim().is_empty();
    if !is_alone {
        return line;
    }
    let starts = source.line_starts();
    let next = starts.get(starts.partition_point(|start| *start <= comment.start));
    next.map_or(line, |next| source.line_span(*next))
}

fn unknown(source: &Source, name: &Name) -> Finding {
    let word = source.slice(name.span);
    let finding = Finding::new(&unknown_rule::RULE, name.span, format!("there is no rule `{word}`"));
    match rules::closest(word) {
        Some(closest) => finding.help(format!("did you mean `{closest}`?")),
        None => finding.help("`anycloud-lint rules` lists the rules"),
    }
}

fn unused(source: &Source, suppression: &Suppression, name: &Name, rule: &Rule) -> Finding {
    let place = if suppression.line.is_some() { "here" } else { "in this file" };
    let message = format!("`{}` finds nothing {place}, so there is nothing to ignore", rule.name);
    let edits = vec![Edit::remove(removal(source, suppression, name))];
    Finding::new(&unused_suppression::RULE, name.span, message)
        .help("take it out")
        .fix(Some(Fix::safe(format!("take `{}` out", source.slice(name.span)), edits)))
}

/// The whole comment if it names only this rule, with its line if it has one to itself; else the name and
/// a comma beside it.
fn removal(source: &Source, suppression: &Suppression, name: &Name) -> Span {
    let names = &suppression.names;
    let index = names.iter().position(|other| other.span == name.span).unwrap_or_default();
    let before = index.checked_sub(1).and_then(|index| names.get(index));
    match (before, names.get(index + 1)) {
        (Some(before), _) => return Span::new(before.span.end, name.span.end),
        (None, Some(after)) => return Span::new(name.span.start, after.span.start),
        (None, None) => {}
    }
    let line = source.line_span(suppression.comment.start);
    let before = source.slice(Span::new(line.start, suppression.comment.start));
    let text = source.slice(suppression.comment);
    let directive = text.find(MARK).unwrap_or_default();
    if text.get(1..directive).is_some_and(|words| !words.trim().is_empty())
        || text.find(']').and_then(|end| text.get(end + 1..)).is_some_and(|words| !words.trim().is_empty())
    {
        // The comment says something else as well: only the directive goes.
        let end = text.find(']').map_or(text.len(), |end| end + 1);
        return Span::new(
            suppression.comment.start + to_u32(directive),
            suppression.comment.start + to_u32(end),
        );
    }
    if before.trim().is_empty() {
        let starts = source.line_starts();
        let next = starts.get(starts.partition_point(|start| *start <= suppression.comment.start));
        return Span::new(line.start, next.copied().unwrap_or(line.end));
    }
    Span::new(line.start + to_u32(before.trim_end().len()), line.end)
}
