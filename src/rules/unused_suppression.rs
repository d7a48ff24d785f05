//! AC901: suppressions that silence nothing.

use super::{Check, Rule};
use crate::finding::{Applicability, Severity};

/// AC901
pub const RULE: Rule = Rule {
    code: "AC901",
    name: "unused-suppression",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    summary: "A suppression names a rule that finds nothing there",
    explanation: "A suppression that has nothing to silence is left over from a mistake that is gone. It would \
        silence the next one, which nobody has looked at. Take it out.",
    bad: "profiles:\n  train:\n    region: us-east-1 # anycloud-lint: ignore[unknown-field]\n",
    good: "profiles:\n  train:\n    region: us-east-1\n",
    example_credentials: &[],
    check: Check::Suppressions,
};
