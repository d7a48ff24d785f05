//! AC902: suppressions of rules that do not exist.

use super::{Check, Rule};
use crate::finding::Severity;

/// AC902
pub const RULE: Rule = Rule {
    code: "AC902",
    name: "unknown-rule",
    severity: Severity::Warning,
    fix: None,
    summary: "A suppression names a rule that does not exist",
    explanation: "A misspelt rule is not silenced. `anycloud-lint rules` lists them all; a suppression names a rule \
        by its code or its name.",
    bad: "profiles:\n  train:\n    region: us-east-1 # anycloud-lint: ignore[unknow-field]\n",
    good: "profiles:\n  train:\n    region: us-east-1\n",
    example_credentials: &[],
    check: Check::Suppressions,
};
