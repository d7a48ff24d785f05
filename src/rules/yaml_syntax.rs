//! AC001: text that is not YAML.

mod cause;
mod unread;
mod words;

use self::cause::Stop;
use super::Parsed;
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::source::Span;
use crate::suggest;
use crate::yaml::{self, ProblemKind, Tree};

/// AC001
pub const RULE: Rule = Rule {
    code: "AC001",
    name: "yaml-syntax",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unreadable,
    summary: "The text is not well-formed YAML",
    docs: r#"
Everything else depends on it: a file that is not YAML can't be loaded at all. The finding stands at the cause
where the text shows it, such as a bracket that is never closed, else at the place where reading stopped. An alias (`*name`) to an anchor (`&name`) that
is not defined before it is reported here too.

```yaml bad
profiles:
  train:
    credentials: "my-aws
    region: us-east-1
```

```yaml good
profiles:
  train:
    credentials: "my-aws"
    region: us-east-1
```
"#,
};

/// What is wrong, in words: the place, the places that tell why, and the way out.
struct Explanation {
    span: Span,
    message: String,
    help: String,
    labels: Vec<(Span, &'static str)>,
}

impl Explanation {
    fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into(), labels: Vec::new() }
    }

    fn label(mut self, span: Span, message: &'static str) -> Self {
        self.labels.push((span, message));
        self
    }
}

pub(super) fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
    for problem in parsed.problems {
        match &problem.kind {
            ProblemKind::Syntax { kind, read_to, opened } => {
                let (source, span) = (parsed.source, problem.span);
                let stop = Stop { source, kind, span, read_to: *read_to, opened: *opened };
                findings.push(finding(cause::find(&stop).unwrap_or_else(|| words::explain(&stop))));
            }
            ProblemKind::StraySpace => findings.push(stray_space(parsed, problem.span)),
            ProblemKind::UndefinedAlias => findings.push(undefined_alias(parsed, problem.span)),
            _ => {}
        }
    }
}

fn finding(explanation: Explanation) -> Finding {
    let finding = Finding::new(&RULE, explanation.span, explanation.message).help(explanation.help);
    explanation.labels.into_iter().fold(finding, |finding, (span, message)| finding.label(span, message))
}

/// A line that is indented with what looks like spaces.
fn stray_space(parsed: &Parsed<'_>, span: Span) -> Finding {
    let name = yaml::stray_space_in(parsed.source.slice(span)).unwrap_or_default();
    let message = format!("this line begins with {name}, which does not indent it");
    let help = "indent with ordinary spaces; look at the other lines that were copied from the same place";
    Finding::new(&RULE, span, message).help(help)
}

fn undefined_alias(parsed: &Parsed<'_>, span: Span) -> Finding {
    let text = parsed.source.text();
    let name = parsed.source.slice(span).trim_start_matches('*');
    let anchors = parsed.tree.map(Tree::anchors).unwrap_or_default();
    let names =
        anchors.iter().map(|anchor| (anchor.span, parsed.source.slice(anchor.span).trim_start_matches('&')));
    let names: Vec<(Span, &str)> = names.collect();
    let message = format!("there is no anchor `&{name}` before this alias");
    let finding = Finding::new(&RULE, span, message);
    if let Some((later, _)) = names.iter().find(|(_, known)| *known == name) {
        let help = "an anchor has to stand before the aliases that use it: move it up";
        return finding.label(span, "used here").label(*later, "defined only here").help(help);
    }
    if !text.contains('&') {
        return finding.help(format!(
            "write `&{name}` in front of the value that is meant, or quote `*{name}` if it is text"
        ));
    }
    match suggest::closest(name, names.iter().map(|(_, known)| *known)) {
        Some(known) => finding.help(format!("did you mean `*{known}`?")),
        None => {
            finding.help(format!("define it further up with `&{name}`, or quote `*{name}` if it is text"))
        }
    }
}
