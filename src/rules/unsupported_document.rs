//! AC003: a document of another shape.

use super::{Check, Parsed, Rule};
use crate::finding::{Finding, Severity};
use crate::yaml::ProblemKind;

/// AC003
pub const RULE: Rule = Rule {
    code: "AC003",
    name: "unsupported-document",
    severity: Severity::Error,
    fix: None,
    summary: "The file is empty, not a mapping, or more than one document",
    explanation: "`anycloud.yaml` is one YAML document whose root is a mapping with the key `profiles`. An empty \
        file, a list, a single value and several documents separated by `---` are none.",
    bad: "profiles:\n  train:\n    region: us-east-1\n---\nprofiles:\n  eval:\n    region: us-east-1\n",
    good: "profiles:\n  train:\n    region: us-east-1\n  eval:\n    region: us-east-1\n",
    example_credentials: &[],
    check: Check::Text(check),
};

const START: &str =
    "a file starts with `profiles:`, and below it one name for each profile; `anycloud-lint init` writes one";

fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
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
        findings.push(finding.at(""));
    }
}
