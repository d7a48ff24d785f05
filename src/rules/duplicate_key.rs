//! AC002: the same key twice.

use super::Parsed;
use crate::finding::Finding;
use crate::profile::Place;
use crate::rule::{Kind, Rule, Severity};
use crate::yaml::ProblemKind;

/// AC002
pub const RULE: Rule = Rule {
    code: "AC002",
    name: "duplicate-key",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unresolvable,
    summary: "A key stands twice in the same mapping",
    docs: r#"
Of two equal keys only one can count, and programs differ in which. Keys are compared by their text: `9` and
`"9"` are the same. Keep the one that is meant.

```yaml bad
profiles:
  train:
    region: us-east-1
    region: us-west-2
```

```yaml good
profiles:
  train:
    region: us-west-2
```
"#,
};

pub(super) fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
    for problem in parsed.problems {
        if let ProblemKind::DuplicateKey { first } = problem.kind {
            let key = parsed.source.slice(problem.span).trim_matches(['"', '\'']);
            let line = parsed.source.position(first.start).line;
            let mut finding =
                Finding::new(&RULE, problem.span, format!("the key `{key}` is already there in line {line}"))
                    .label(first, "first here")
                    .label(problem.span, "and again here")
                    .help("keep one of the two");
            if let Some(tree) = parsed.tree {
                finding = finding.at(Place::around(tree, problem.span));
            }
            findings.push(finding);
        }
    }
}
