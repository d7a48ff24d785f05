//! AC901: suppressions that silence nothing.

use crate::Settings;
use crate::finding::{Edit, Finding, Fix};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::source::{Source, Span, to_u32};
use crate::suppress::{Directive, Name, Suppressions, is_alone, next_line_start};

/// AC901
pub const RULE: Rule = Rule {
    code: "AC901",
    name: "unused-suppression",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    kind: Kind::Suppression,
    summary: "A suppression names a rule that finds nothing there",
    docs: r"
A suppression that has nothing to silence is left over from a mistake that is gone. It would silence the next
one, which nobody has looked at. Take it out.

```yaml bad
profiles:
  train:
    region: us-east-1 # anycloud-lint: ignore[unknown-field]
```

```yaml good
profiles:
  train:
    region: us-east-1
```
",
};

/// A rule that has not run is not called unused.
pub(super) fn check(suppressions: &Suppressions<'_>, settings: &Settings, findings: &mut Vec<Finding>) {
    for (directive, name) in suppressions.names().filter(|(_, name)| !name.is_used) {
        // To say that nothing silences this rule would silence it.
        if let Some(rule) = name.rule.filter(|rule| **rule != RULE && settings.is_enabled(rule)) {
            findings.push(report(suppressions.source(), directive, name, rule));
        }
    }
}

fn report(source: &Source, directive: &Directive, name: &Name, rule: &Rule) -> Finding {
    let place = if directive.line.is_some() { "here" } else { "in this file" };
    let message = format!("`{}` finds nothing {place}, so there is nothing to ignore", rule.name);
    let edits = vec![Edit::remove(removal(source, directive, name))];
    Finding::new(&RULE, name.span, message)
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
