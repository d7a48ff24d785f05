//! AC001: text that is not YAML.

use super::Parsed;
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::source::{Span, to_u32};
use crate::suggest;
use crate::yaml::{ProblemKind, Syntax, Tree};

/// AC001
pub const RULE: Rule = Rule {
    code: "AC001",
    name: "yaml-syntax",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unreadable,
    summary: "The text is not well-formed YAML",
    docs: r#"
Everything else depends on it: a file that is not YAML can't be loaded at all. The finding stands at the place
where reading stopped; the cause is there or shortly before it. An alias (`*name`) to an anchor (`&name`) that
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

pub(super) fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
    for problem in parsed.problems {
        match &problem.kind {
            ProblemKind::Syntax(kind) => {
                let (message, help) = words(parsed, kind, problem.span);
                let span = if *kind == Syntax::Tab { tab(parsed, problem.span) } else { problem.span };
                findings.push(Finding::new(&RULE, span, message).help(help));
            }
            ProblemKind::UndefinedAlias => findings.push(undefined_alias(parsed, problem.span)),
            _ => {}
        }
    }
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

/// The tabs in the indentation of a line: the parser notices them only behind.
fn tab(parsed: &Parsed<'_>, span: Span) -> Span {
    let line = parsed.source.line_span(span.start);
    let text = parsed.source.slice(line);
    let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
    let Some(first) = text.get(..indent).and_then(|indent| indent.find('\t')) else { return span };
    let rest = text.get(first..).unwrap_or_default();
    let width = rest.len() - rest.trim_start_matches('\t').len();
    let start = line.start + to_u32(first);
    Span::new(start, start + to_u32(width))
}

/// What the parser's error means, and what to do about it.
fn words(parsed: &Parsed<'_>, kind: &Syntax, span: Span) -> (String, String) {
    let line = parsed.source.line_span(span.start);
    let text = parsed.source.slice(line);
    if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|marker| text.starts_with(marker)) {
        return (
            "this is a conflict marker that a merge left behind".into(),
            "keep one side of the conflict and take the marker lines out".into(),
        );
    }
    let (message, help) = match kind {
        Syntax::Tab => {
            ("a tab can't be used for indentation in YAML", "indent with spaces, two for each level")
        }
        Syntax::OpenQuote => {
            ("this quote is never closed", "close it on the same line with the same kind of quote")
        }
        Syntax::OpenBracket('{') => {
            ("this `{` is never closed", "add the missing `}`, or write the mapping with one key a line")
        }
        Syntax::OpenBracket(_) => {
            ("this `[` is never closed", "add the missing `]`, or write the list with one `- item` a line")
        }
        Syntax::StrayBracket => {
            ("this bracket closes nothing", "take it out, or add the bracket that opens it")
        }
        Syntax::StrayItem => (
            "a list item (`- …`) can't start here",
            "put each `- item` on a line of its own, below the key and indented",
        ),
        Syntax::Indentation => (
            "this line is not indented like the lines around it",
            "give all keys of one mapping the same indentation",
        ),
        Syntax::NoKey => {
            ("a key with its value was expected here", "write `key: value`, with a space behind the colon")
        }
        Syntax::Escape => (
            "this backslash starts no escape that YAML knows",
            "write `\\\\` for a backslash, or use single quotes, which take backslashes as they are",
        ),
        Syntax::Character(character) if character.is_control() => {
            ("there is a control character here", "take it out; it may have come along with copied text")
        }
        Syntax::Character(character) => {
            return (format!("a value can't begin with `{character}`"), "put quotes around the value".into());
        }
        Syntax::BehindQuote => (
            "there is text behind the closing quote",
            "put the whole value into one pair of quotes; inside single quotes, write a single quote twice",
        ),
        Syntax::NoComma => {
            ("a comma or the closing bracket was expected here", "separate the items with `,`")
        }
        Syntax::Comment => {
            ("a comment can't start here", "put a space before the `#`, or quotes around the value")
        }
        Syntax::BlockScalar => (
            "this block text (`|` or `>`) is not written as YAML wants it",
            "put the text on the next line, indented deeper than its key",
        ),
        Syntax::NoName => {
            ("`&` and `*` need a name right behind them", "add the name, or put quotes around the value")
        }
        Syntax::SecondColon => (
            "there is a second `: ` on this line",
            "put quotes around a value that has a colon in it, or start a new line for the second key",
        ),
        Syntax::Other(name) => {
            return (
                format!("this is not well-formed YAML: {name}"),
                "check the indentation, quotes and brackets here and on the line before".into(),
            );
        }
    };
    (message.into(), help.into())
}
