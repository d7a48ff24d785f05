//! AC303: a GPU that does not exist.

use super::context::Quoted;
use super::{Context, hardware, words};
use crate::catalog::{Gpu, GpuRequest, ProviderSet};
use crate::facts::PoolEntry;
use crate::finding::Finding;
use crate::profile::{Field, Subject};
use crate::rule::{Kind, Rule, Severity};

/// AC303
pub const RULE: Rule = Rule {
    code: "AC303",
    name: "unknown-gpu",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Mistake,
    summary: "No provider has such a GPU",
    docs: r"
A `gpuType` is the short name of a GPU, such as `h100` or `a100-80gb`, in any case; the number follows behind
a colon. A GPU that is newer than the linter can be had by its VM type: add that under `[catalog.AWS]` (or the
section of another provider) in anycloud-lint.toml, and set `vmType`.

```yaml bad
profiles:
  train:
    cloudProvider: AWS
    gpuType: h-100:8
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    gpuType: h100:8
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut helps = words::Helps::default();
    for profile in context.subjects.all() {
        if !context.inference().of(profile.id).has_unknown_gpu {
            continue;
        }
        let Some(setting) = context.subjects.value(profile.id, Field::GpuType) else { continue };
        for entry in context.pool(setting.entry.value) {
            let Ok(request) = GpuRequest::parse(entry.text) else { continue };
            if request.gpu().is_none() {
                findings.push(report(context, profile, &entry, request, &mut helps));
            }
        }
    }
}

fn report<'t>(
    context: &Context<'t>,
    profile: &Subject,
    entry: &PoolEntry<'t>,
    request: GpuRequest<'t>,
    helps: &mut words::Helps<'t>,
) -> Finding {
    let candidates = context.inference().of(profile.id).candidates;
    let name = match context.quote(None, entry.node) {
        Quoted::Text(_) => format!("`{}`", request.name),
        Quoted::Kind(_) => "of this name".to_owned(),
    };
    let message = format!("there is no GPU {name}{}", words::as_of(context.catalog, candidates));
    let mut finding = context.about_value(&RULE, profile, Field::GpuType.name(), entry.node, message);
    finding = finding.item(entry.index);
    let help = helps.entry((entry.text, candidates)).or_insert_with(|| {
        let other = hardware::stray_character(entry.text)
            .or_else(|| hardware::meant_by_gpu(context, entry.text, request));
        if let Some(other) = other {
            return other;
        }
        let newer = words::newer("a VM type that has it", candidates);
        let newer = newer.map(|newer| format!("{newer} and set `vmType`"));
        words::help([meant(context, entry.text, request, candidates), newer])
    });
    finding.help(help.clone())
}

/// The GPU that was meant, with the number.
fn meant(
    context: &Context<'_>,
    text: &str,
    request: GpuRequest<'_>,
    candidates: ProviderSet,
) -> Option<String> {
    if let Some(meant) = number_inside(request.name) {
        return Some(format!("did you mean `{meant}`?"));
    }
    let count = text.get(request.name.len()..).unwrap_or_default();
    if let Some(gpu) = hardware::by_another_name(request.name) {
        return Some(format!("did you mean `{}{count}`?", gpu.name().to_lowercase()));
    }
    let mut closest = context.closest_gpus(candidates, request.name);
    for suggestion in &mut closest {
        suggestion.name.push_str(count);
    }
    // Whoever has it: a name that is wrong comes before a provider that is.
    words::did_you_mean(&closest, ProviderSet::COMPUTE)
}

/// What a name with the number in the wrong place means: `8xh100` and `h100x8` are `h100:8`.
fn number_inside(name: &str) -> Option<String> {
    let (one, other) = name.split_once(['x', 'X'])?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (count, gpu) = if is_number(one) {
        (one, other)
    } else {
        name.rsplit_once(['x', 'X']).map(|(gpu, count)| (count, gpu))?
    };
    let gpu = gpu.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    (is_number(count) && Gpu::from_name(gpu).is_some()).then(|| format!("{}:{count}", gpu.to_lowercase()))
}
