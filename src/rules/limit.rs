//! AC005: more than is read.

use super::Parsed;
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::source::Encoding;
use crate::yaml::{Limit, MAX_DEPTH, MAX_EXPANSION, ProblemKind};

/// AC005
pub const RULE: Rule = Rule {
    code: "AC005",
    name: "limit",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unreadable,
    summary: "The file is too large, nested too deep, or its aliases expand to too much",
    docs: r"
A file of up to 64 MiB is read, with up to 128 nested collections and aliases that expand to up to a million
nodes. No file of profiles comes near; a file that does is a mistake or an attack on whoever loads it. An
alias inside the very node that it names is reported here as well: it would never end.

```yaml bad
x-loop: &loop
  again: *loop
profiles:
  train:
    region: us-east-1
```

```yaml good
profiles:
  train:
    region: us-east-1
```
",
};

pub(super) fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
    if let Some((Encoding::TooLarge, span)) = parsed.source.flaw() {
        let finding = Finding::new(&RULE, span, "the file is larger than 64 MiB");
        findings.push(finding.help("split it; a file of ten thousand profiles has about one MiB"));
    }
    for problem in parsed.problems {
        let ProblemKind::Limit(limit) = problem.kind else { continue };
        let (message, help) = match limit {
            Limit::Depth => (
                format!("more than {MAX_DEPTH} collections are nested here"),
                "profiles need four levels; check the brackets and the indentation",
            ),
            Limit::Expansion => (
                format!("with this alias, the aliases of the file expand to more than {MAX_EXPANSION} nodes"),
                "write out what is needed, or use `extends` instead of aliases to aliases",
            ),
            Limit::SelfReference => (
                "this alias stands inside the node that it names, and so would never end".into(),
                "name another anchor, or take the alias out",
            ),
        };
        findings.push(Finding::new(&RULE, problem.span, message).help(help));
    }
}
