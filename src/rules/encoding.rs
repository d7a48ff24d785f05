//! AC004: bytes that are not text.

use super::Parsed;
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::source::Encoding;

/// AC004
pub const RULE: Rule = Rule {
    code: "AC004",
    name: "encoding",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unreadable,
    summary: "The file is not UTF-8 text",
    docs: "
YAML files are UTF-8. A byte order mark is allowed; UTF-16, other encodings and NUL bytes are not. Save the
file as UTF-8: every editor can.

```yaml bad
profiles:
  train:
    region: us-east-1 # \0
```

```yaml good
profiles:
  train:
    region: us-east-1
```
",
};

pub(super) fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
    let Some((encoding, span)) = parsed.source.flaw() else { return };
    let (message, help) = match encoding {
        Encoding::NotUtf8 => (
            "this is not UTF-8 text",
            "save the file as UTF-8; it is probably in an older encoding such as Latin-1",
        ),
        Encoding::Utf16 => (
            "the file is UTF-16, not UTF-8",
            "save it as UTF-8; in PowerShell, write it with `-Encoding utf8`",
        ),
        Encoding::Utf32 => ("the file is UTF-32, not UTF-8", "save it as UTF-8"),
        Encoding::Nul => {
            ("there is a NUL byte here", "take it out; the file may be damaged, or no text at all")
        }
        Encoding::TooLarge => return,
    };
    findings.push(Finding::new(&RULE, span, message).help(help));
}
