//! What a VM type or GPU that does not exist says in another form, or in the wrong field.

use super::Context;
use crate::catalog::{Catalog, Gpu, GpuRequest, Provider, ProviderSet, VmType, ZoneForm};
use crate::yaml::stray_space_in;

/// The longest name that can mean something.
const LONGEST: usize = 64;

/// The most members of a family that a help names.
const MEMBERS: usize = 4;

/// What a value of `vmType` that no provider has means: a GPU, several VM types, or a family of them.
pub(super) fn meant_by_vm_type(context: &Context<'_>, candidates: ProviderSet, text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let catalog = context.catalog;
    if text.contains(',') {
        return Some(as_list("vmType", "VM types", text, |part| !catalog.vm_type_providers(part).is_empty()));
    }
    gpu_in_vm_type(context, candidates, text)
        .or_else(|| context.by_vm_types(|| family(catalog, candidates, text)))
}

/// What a value of `gpuType` that does not exist says besides a GPU: a VM type, or several GPUs.
pub(super) fn meant_by_gpu(context: &Context<'_>, text: &str, request: GpuRequest<'_>) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    if text.contains(',') {
        let is_gpu = |part: &str| GpuRequest::parse(part).ok().and_then(GpuRequest::gpu).is_some();
        return Some(as_list("gpuType", "GPUs", text, is_gpu));
    }
    if !context.catalog.vm_type_providers(request.name).is_empty() {
        return Some(format!("that is a VM type: write `vmType: {}` in its place", request.name));
    }
    None
}

/// Several names in one text.
fn as_list(field: &str, what: &str, text: &str, is_known: impl Fn(&str) -> bool) -> String {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        // What is not known is not shown: it may be anything.
        [one] if is_known(one) => format!("take the comma away: `{field}: {one}`"),
        [_, _, ..] if parts.iter().all(|part| is_known(part)) => {
            format!("several {what} are a list: `{field}: [{}]`", parts.join(", "))
        }
        _ => format!("several {what} are a list: `{field}: [one, two]`"),
    }
}

/// `h100:8` where a VM type belongs.
fn gpu_in_vm_type(context: &Context<'_>, candidates: ProviderSet, text: &str) -> Option<String> {
    let request = GpuRequest::parse(text).ok()?;
    let gpu = request.gpu()?;
    let (catalog, count) = (context.catalog, request.count.exact());
    let having = |provider| catalog.vm_types_with_gpu(provider, gpu, count, None).next();
    let example = context.by_vm_types(|| candidates.iter().find_map(having));
    let example = example.map_or_else(String::new, |vm_type: VmType<'_>| {
        format!(", or a VM type that has it, such as `{}`", vm_type.name())
    });
    let text = text.to_lowercase();
    Some(format!("that is a GPU: write `gpuType: {text}` in its place{example}"))
}

/// The smallest members of a family: of `g5`, `g5.xlarge` and so on.
fn family(catalog: &Catalog, candidates: ProviderSet, text: &str) -> Option<String> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut members: Vec<VmType<'_>> = candidates
        .iter()
        .flat_map(|provider| catalog.vm_types(provider))
        .filter(|member| {
            let rest = member.name().get(text.len()..);
            let start = member.name().get(..text.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(text))
                && rest.is_some_and(|rest| rest.starts_with(['.', '-', '_']))
        })
        .collect();
    if members.is_empty() {
        return None;
    }
    members.sort_by_key(|member| (member.vcpus().unwrap_or(u16::MAX), member.name()));
    let shown: Vec<String> =
        members.iter().take(MEMBERS).map(|member| format!("`{}`", member.name())).collect();
    let more = members.len() - shown.len();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    Some(format!("that is a family of VM types: write one of them: {}{more}", shown.join(", ")))
}

/// A GPU by what people call it: the name of a VM family, a chip, or a number alone.
pub(super) fn by_another_name(name: &str) -> Option<Gpu> {
    let lower = name.to_ascii_lowercase();
    let known = match lower.as_str() {
        "tpu-v5e" | "v5e" | "tpuv5e" | "v5litepod" => "tpu-v5litepod",
        "v5p" | "v6e" | "v4" | "v3" | "v2" => return Gpu::from_name(&format!("tpu-{lower}")),
        "trn1" | "trn1n" | "trainium1" => "Trainium",
        "trn2" => "Trainium2",
        "inf1" | "inferentia1" => "Inferentia",
        "inf2" => "Inferentia2",
        _ => {
            let is_number = (2..=5).contains(&lower.len()) && lower.bytes().all(|byte| byte.is_ascii_digit());
            let tries = ["rtx", "a", "h", "v", "p", "l"].map(|letters| format!("{letters}{lower}"));
            return if is_number { tries.iter().find_map(|name| Gpu::from_name(name)) } else { None };
        }
    };
    Gpu::from_name(known)
}

/// What a zone in the wrong form means in a region: `a` is `us-east-1a`, `westus2-1` is `1`.
pub(super) fn meant_by_zone(
    catalog: &Catalog,
    provider: Provider,
    region: Option<&str>,
    zone: &str,
) -> Option<String> {
    let lower = zone.to_ascii_lowercase();
    let is_letter = matches!(lower.as_bytes(), [b'a'..=b'z']);
    match (catalog.facts(provider).zones, region) {
        (ZoneForm::RegionThenLetter, Some(region)) if is_letter => Some(format!("{region}{lower}")),
        (ZoneForm::RegionDashLetter, Some(region)) if is_letter => Some(format!("{region}-{lower}")),
        (ZoneForm::RegionThenLetter | ZoneForm::RegionDashLetter, region) if lower != zone => {
            let (home, of) = catalog.zone_region(&lower)?;
            (home == provider && region.is_none_or(|region| region == of)).then_some(lower)
        }
        (ZoneForm::Number, region) => {
            let (of, number) = lower.rsplit_once(['-', '_', ' '])?;
            let is_there = region.is_none_or(|region| region == of) && catalog.region(provider, of).is_some();
            (is_there && matches!(number, "1" | "2" | "3")).then(|| format!("\"{number}\""))
        }
        _ => None,
    }
}

/// What to do about a character that looks like a space, or like nothing, or like a quote.
pub(super) fn stray_character(text: &str) -> Option<String> {
    if let Some(name) = stray_space_in(text) {
        return Some(format!("there is {name} in it: type it again with ordinary characters"));
    }
    let quote = text.chars().find(|c| matches!(c, '\u{2018}'..='\u{201f}' | '«' | '»'))?;
    Some(format!("`{quote}` is no quote to YAML: write `\"` or `'`, or no quotes at all"))
}
