//! AC004: bytes that are not text.

use super::{Check, Parsed, Rule};
use crate::finding::{Finding, Severity};
use crate::source::Encoding;

/// AC004
pub const RULE: Rule = Rule {
    code: "AC004",
    name: "encoding",
    severity: Severity::Error,
    fix: None,
    summary: "The file is not UTF-8 text",
    explanation: "YAML files are UTF-8. A byte order mark is allowed; UTF-16, other encodings and NUL bytes are \
        not. Save the file as UTF-8: every editor can.",
    bad: "profiles:\n  train:\n    region: us-east-1 # \0\n",
    good: "profiles:\n  train:\n    region: us-east-1\n",
    example_credentials: &[],
    check: Check::Text(check),
};

fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
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
