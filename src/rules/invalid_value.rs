//! AC103: values of the right type that are not allowed.

use serde_json::Value;

use super::Context;
use super::storage_only_provider::is_storage_only;
use crate::catalog::Gpu;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::{Part, Place};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::schema::{Mismatch, MismatchKind};
use crate::suggest;
use crate::yaml::Data;

/// AC103
pub const RULE: Rule = Rule {
    code: "AC103",
    name: "invalid-value",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "A value is not one of those allowed",
    docs: r"
Some fields take one word of a few, a number from some range, or a text of a certain form; none takes an empty
text or list. The words are case-sensitive: a wrong case is put right.

```yaml bad
profiles:
  train:
    cloudProvider: aws
    region: us-east-1
```

```yaml good
profiles:
  train:
    cloudProvider: AWS
    region: us-east-1
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for mismatch in context.mismatches {
        let name = mismatch.place.last_key();
        let finding = match &mismatch.kind {
            // Cloudflare is a cloud, only not for this: a rule of its own says so.
            MismatchKind::NotOneOf(_) if is_storage_only(context, mismatch) => continue,
            MismatchKind::NotOneOf(options) => not_one_of(context, mismatch, name, options),
            MismatchKind::TooSmall(limit) => {
                let found = context.quote(mismatch.key, mismatch.value);
                new(context, mismatch, format!("`{name}` must be at least {limit}, not {found}"))
                    .help(format!("write {limit} or more, or take `{name}` out"))
            }
            MismatchKind::TooLarge => {
                new(context, mismatch, format!("the number of `{name}` is larger than any program can hold"))
                    .help(format!("write a smaller number, or take `{name}` out"))
            }
            MismatchKind::Empty => empty(context, mismatch, name),
            MismatchKind::Malformed => malformed(context, mismatch),
            _ => continue,
        };
        findings.push(context.label_alias(finding, mismatch.value));
    }
}

fn new(context: &Context<'_>, mismatch: &Mismatch, message: String) -> Finding {
    Finding::new(&RULE, context.value_span(mismatch.value), message).at(mismatch.place.clone())
}

fn not_one_of(context: &Context<'_>, mismatch: &Mismatch, name: &str, options: &[Value]) -> Finding {
    let found = context.quote(mismatch.key, mismatch.value);
    let names: Vec<&str> = options.iter().filter_map(Value::as_str).collect();
    let text = context.tree.str(mismatch.value).unwrap_or_default();
    if text.eq_ignore_ascii_case("vast") && name == "cloudProvider" {
        return new(context, mismatch, "Vast is no longer supported: the SDK removed it in 0.1.70".into())
            .help(format!("move the profile to one of {}", list(options)));
    }
    let message = if names.is_empty() {
        format!("`{name}` must be {}, not {found}", list(options))
    } else {
        format!("{found} is no {}", noun(mismatch, name))
    };
    let finding = new(context, mismatch, message);
    let same_but_case = names.iter().find(|option| option.eq_ignore_ascii_case(text));
    if let Some(option) = same_but_case {
        let edits = context
            .editable(mismatch.value)
            .and_then(|value| edit::replace_text(context.tree, value, option));
        return finding
            .help(format!("write `{option}`: case counts here"))
            .fix(edits.map(|edits| Fix::safe(format!("write `{option}`"), edits)));
    }
    match provider_alias(text)
        .filter(|alias| names.contains(alias))
        .or_else(|| suggest::closest(text, names.iter().copied()))
    {
        Some(option) => finding.help(format!("did you mean `{option}`? It can be {}", list(options))),
        None => finding.help(format!("it can be {}", list(options))),
    }
}

/// What people call a provider where `cloudProvider` has another word.
fn provider_alias(text: &str) -> Option<&'static str> {
    Some(match suggest::normal(text).as_str() {
        "amazon" | "amazonwebservices" | "ec2" => "AWS",
        "google" | "googlecloud" | "googlecloudplatform" | "gce" => "GCP",
        "microsoft" | "microsoftazure" => "Azure",
        "lambdalabs" | "lambdacloud" => "Lambda",
        _ => return None,
    })
}

fn is_credential_key(mismatch: &Mismatch) -> bool {
    matches!(mismatch.place, Place::Subject(_, _, Part::Key(..)))
}

fn noun(mismatch: &Mismatch, name: &str) -> String {
    match name {
        "cloudProvider" if is_credential_key(mismatch) => "provider of such credentials".into(),
        "cloudProvider" => "cloud provider".into(),
        "diskTier" => "disk tier".into(),
        _ => format!("`{name}`"),
    }
}

fn list(options: &[Value]) -> String {
    let quoted: Vec<String> = options
        .iter()
        .map(|option| format!("`{}`", option.as_str().map_or_else(|| option.to_string(), str::to_owned)))
        .collect();
    match quoted.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        _ => quoted.concat(),
    }
}

fn empty(context: &Context<'_>, mismatch: &Mismatch, name: &str) -> Finding {
    let is_item = mismatch.key.is_none();
    match context.tree.data(mismatch.value) {
        Data::Map(_) => new(context, mismatch, format!("`{name}` is empty"))
            .help("put at least one profile below it: its name, and its fields indented below that"),
        Data::Seq(_) => new(context, mismatch, format!("`{name}` is an empty list"))
            .help(format!("put something into it, or take `{name}` out")),
        _ if is_item => {
            new(context, mismatch, "this item is an empty string".into()).help("take it out of the list")
        }
        _ if is_credential_key(mismatch) => new(context, mismatch, format!("`{name}` is empty"))
            .help("give it a value: this credential needs it"),
        _ => new(context, mismatch, format!("`{name}` is an empty string"))
            .help(format!("give it a value or take it out; `{name}: null` clears an inherited one")),
    }
}

fn malformed(context: &Context<'_>, mismatch: &Mismatch) -> Finding {
    let text = context.tree.str(mismatch.value).unwrap_or_default();
    let found = context.quote(None, mismatch.value);
    let finding = new(context, mismatch, format!("{} is no GPU with a count", found.or("this")));
    let Some((gpu, count)) = text.split_once(':').map(|(gpu, count)| (gpu.trim(), count.trim())) else {
        return finding.help("write the GPU's name, with a count if one matters: `h100` or `h100:8`");
    };
    let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    let is_count = is_number && count.bytes().any(|byte| byte != b'0') || count == "all";
    if is_count && Gpu::from_name(gpu).is_some() {
        let spelt = format!("{gpu}:{count}");
        let value = context.editable(mismatch.value);
        let edits = value.and_then(|value| edit::replace_text(context.tree, value, &spelt));
        return finding
            .help(format!("write it without spaces: `{spelt}`"))
            .fix(edits.map(|edits| Fix::safe("take the spaces out", edits)));
    }
    if count.eq_ignore_ascii_case("all") && !gpu.is_empty() {
        let value = context.editable(mismatch.value);
        let edits = value.and_then(|value| edit::replace_text(context.tree, value, &format!("{gpu}:all")));
        return finding
            .help("write `all` in lower case")
            .fix(edits.map(|edits| Fix::safe("write `all` in lower case", edits)));
    }
    if gpu.is_empty() {
        return finding.help("put the GPU's name before the colon: `h100:8`");
    }
    if count.bytes().all(|byte| byte == b'0') && !count.is_empty() {
        return finding.help("ask for at least one, or use `vmType` for a machine without a GPU");
    }
    let gpu = Gpu::from_name(gpu).map_or("h100", |_| gpu);
    finding.help(format!(
        "the count is a whole number from 1 on, or `all`: `{gpu}:8`, `{gpu}:all`, or just `{gpu}`"
    ))
}
