//! AC003: a document of another shape.

use super::Parsed;
use crate::finding::Finding;
use crate::profile::Place;
use crate::rule::{Kind, Rule, Severity};
use crate::yaml::ProblemKind;

/// AC003
pub const RULE: Rule = Rule {
    code: "AC003",
    name: "unsupported-document",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unreadable,
    summary: "The file is empty, not a mapping, or more than one document",
    docs: r"
`anycloud.yaml` is one YAML document whose root is a mapping with the key `profiles`. An empty file, a list, a
single value and several documents separated by `---` are none.

```yaml bad
profiles:
  train:
    region: us-east-1
---
profiles:
  eval:
    region: us-east-1
```

```yaml good
profiles:
  train:
    region: us-east-1
  eval:
    region: us-east-1
```
",
};

const START: &str =
    "a file starts with `profiles:`, and below it one name for each profile; `anycloud-lint init` writes one";

pub(super) fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
    for problem in parsed.problems {
        let (message, help) = match problem.kind {
            ProblemKind::Empty => ("the file is empty", START),
            ProblemKind::RootNotMapping => ("the file is not a mapping of keys to values", START),
            ProblemKind::SecondDocument => (
                "a second document starts here, and only one is read",
                "put all profiles below one `profiles:`, or into files of their own",
            ),
            _ => continue,
        };
        let finding = Finding::new(&RULE, problem.span, message).help(help);
        findings.push(finding.at(Place::Root));
    }
}
