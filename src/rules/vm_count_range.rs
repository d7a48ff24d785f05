//! AC309: more VMs at least than at most.

use super::{Check, Context, Rule};
use crate::finding::{Finding, Severity};
use crate::profile::Field;

/// AC309
pub const RULE: Rule = Rule {
    code: "AC309",
    name: "vm-count-range",
    severity: Severity::Error,
    fix: None,
    summary: "`minVmCount` is greater than `maxVmCount`",
    explanation: "There is no number of VMs that is at least the one and at most the other. Where one of them is \
        inherited, set the other to match it.",
    bad: "profiles:\n  serve:\n    minVmCount: 4\n    maxVmCount: 2\n",
    good: "profiles:\n  serve:\n    minVmCount: 2\n    maxVmCount: 4\n",
    example_credentials: &[],
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let count = |setting: crate::profile::Setting| context.integer(setting.entry.value);
    context.conflicts(
        &RULE,
        (Field::MinVmCount, Field::MaxVmCount),
        |_, min, max| count(min).zip(count(max)).is_some_and(|(min, max)| min > max),
        |conflict| {
            let (min, max) =
                (count(conflict.first).unwrap_or_default(), count(conflict.second).unwrap_or_default());
            let name = context.profiles.name(conflict.profile);
            let message = format!("`{name}` wants at least {min} VMs and at most {max}{}", conflict.others);
            let help = format!("set `minVmCount` to {max} or less, or `maxVmCount` to {min} or more");
            Finding::new(&RULE, crate::source::Span::default(), message).help(help)
        },
        findings,
    );
}
