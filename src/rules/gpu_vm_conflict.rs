//! AC301: a GPU and a VM type at once.

use super::{Check, Context, Rule};
use crate::edit;
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::profile::Field;

/// AC301
pub const RULE: Rule = Rule {
    code: "AC301",
    name: "gpu-vm-conflict",
    severity: Severity::Error,
    fix: Some(Applicability::Unsafe),
    summary: "`gpuType` and `vmType` are both set",
    explanation: "There are two ways to name the hardware: by GPU, and anycloud picks the VM type, or by VM type. A \
        profile can't do both, and `anycloud submit` refuses one that does. Set one; where a base sets the other, \
        clear that with `null`.",
    bad: "profiles:\n  train:\n    region: us-east-1\n    vmType: g6e.xlarge\n    gpuType: l40s\n",
    good: "profiles:\n  train:\n    region: us-east-1\n    gpuType: l40s\n",
    example_credentials: &[],
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let fields = (Field::GpuType, Field::VmType);
    context.conflicts(
        &RULE,
        fields,
        |_, _, _| true,
        |conflict| {
            let name = context.profiles.name(conflict.profile);
            let message = format!("`{name}` has both a `gpuType` and a `vmType`{}", conflict.others);
            let finding = Finding::new(&RULE, crate::source::Span::default(), message);
            let owns =
                (conflict.first.origin == conflict.profile, conflict.second.origin == conflict.profile);
            let inherited = match owns {
                (true, false) => Field::VmType,
                (false, true) => Field::GpuType,
                (true, true) => {
                    return finding
                        .help("take one of them out: `gpuType` if the VM matters, `vmType` if the GPU does");
                }
                (false, false) => {
                    return finding
                        .help(format!("clear one of them: `vmType: null` or `gpuType: null` in `{name}`"));
                }
            };
            let own = if owns.0 { conflict.first } else { conflict.second };
            let clear = format!("{}: null", inherited.name());
            let body =
                context.profiles.all().get(conflict.profile.index()).map(|profile| profile.entry.value);
            let edits = body.and_then(|body| edit::insert_before(tree, body, own.entry, &clear));
            finding.help(format!("take one of them out, or write `{clear}` to clear the inherited one")).fix(
                edits.map(|edits| Fix::unsafe_(format!("clear the inherited `{}`", inherited.name()), edits)),
            )
        },
        findings,
    );
}
