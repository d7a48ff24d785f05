//! AC102: values of another type.

use super::Context;
use super::context::{Quoted, kind};
use super::jobs::{self, Spot};
use super::yaml11_boolean::boolean_word;
use crate::catalog::Gpu;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::{Field, Part, Place, Section};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::schema::{Mismatch, MismatchKind, Type};
use crate::yaml::{Data, NodeId, Quoting};

/// AC102
pub const RULE: Rule = Rule {
    code: "AC102",
    name: "wrong-type",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Unresolvable,
    summary: "A value has the wrong type",
    docs: r#"
Each field takes one type of value, or one of two. YAML decides by how a value is written: `1` is a number and
`"1"` is text, `true` is a boolean and `"true"` is text. A number where text belongs is put into quotes;
quotes around a number or a boolean are taken away. Zeros in front of a quoted number go with the quotes:
some programs read `010` as 8.

```yaml bad
profiles:
  train:
    vmType: Standard_NC16as_T4_v3
    region: westus2
    availabilityZone: 1
```

```yaml good
profiles:
  train:
    vmType: Standard_NC16as_T4_v3
    region: westus2
    availabilityZone: "1"
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for problem in context.bad_merges() {
        let finding = Finding::new(
            &RULE,
            problem.span,
            "`<<` merges a mapping or a list of mappings, and this is neither",
        );
        let help = "write `<<: *name` with an anchor `&name` at a mapping, or use `extends`";
        findings.push(finding.at(Place::around(context.tree, problem.span)).help(help));
    }
    for mismatch in context.mismatches {
        let MismatchKind::WrongType(expected) = &mismatch.kind else { continue };
        if boolean_word(context, mismatch).is_none() && jobs::owner(context, mismatch).is_none() {
            findings.push(finding(context, mismatch, expected));
        }
    }
}

fn finding(context: &Context<'_>, mismatch: &Mismatch, expected: &[Type]) -> Finding {
    let tree = context.tree;
    let wanted = wanted(mismatch, expected);
    let found = match tree.data(mismatch.value) {
        Data::Str(..) | Data::Int(_) | Data::Float(_) | Data::Bool(_) => {
            match context.quote(mismatch.key, mismatch.value) {
                Quoted::Kind(kind) => kind.to_owned(),
                quoted @ Quoted::Text(_) => {
                    format!("the {} {quoted}", kind(tree, mismatch.value).trim_start_matches("a "))
                }
            }
        }
        _ => kind(tree, mismatch.value).to_owned(),
    };
    let message = format!("{} must be {wanted}, not {found}", subject(mismatch));
    let (fix, help) = repair(context, mismatch, expected);
    let help = help.unwrap_or_else(|| advice(context, mismatch, &wanted));
    let finding = Finding::new(&RULE, context.value_span(mismatch.value), message).at(mismatch.place.clone());
    context.label_alias(finding, mismatch.value).help(help).fix(fix)
}

fn repair(context: &Context<'_>, mismatch: &Mismatch, expected: &[Type]) -> (Option<Fix>, Option<String>) {
    let tree = context.tree;
    match tree.data(mismatch.value) {
        Data::Int(_) | Data::Float(_) if expected.contains(&Type::String) => {
            let edits = context.editable(mismatch.value).and_then(|value| edit::quote(tree, value));
            let fix = edits.map(|edits| Fix::safe("put it into quotes", edits));
            (fix, Some("put it into quotes, so that it is text".into()))
        }
        Data::Str(_, Quoting::Single | Quoting::Double) => {
            let text = tree.str(mismatch.value).unwrap_or_default();
            let is_integer = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let is_boolean = matches!(text, "true" | "false");
            let fits = (is_integer && expected.contains(&Type::Integer))
                || (is_boolean && expected.contains(&Type::Boolean));
            if !fits {
                return (None, None);
            }
            let edits = context.editable(mismatch.value).and_then(|value| edit::unquote(tree, value));
            let advice = match text.trim_start_matches('0') {
                number if number.len() == text.len() || text == "0" => "take the quotes away".to_owned(),
                "" => "write `0`, without quotes".to_owned(),
                number => format!("write `{number}`, without quotes"),
            };
            (edits.map(|edits| Fix::safe(advice.clone(), edits)), Some(advice))
        }
        _ => (None, None),
    }
}

/// What a value whose fields are missing would be.
const fn noun(mismatch: &Mismatch) -> &'static str {
    match mismatch.place {
        Place::Subject(Section::Submissions, ..) => "submission",
        _ => "profile",
    }
}

/// The field or item, as the subject of a sentence.
fn subject(mismatch: &Mismatch) -> String {
    let name = mismatch.place.last_key();
    match mismatch.place {
        Place::Subject(_, _, Part::Whole) => format!("the {} `{name}`", noun(mismatch)),
        _ if mismatch.place.index().is_some() => format!("every item of `{name}`"),
        _ => format!("`{name}`"),
    }
}

fn wanted(mismatch: &Mismatch, expected: &[Type]) -> String {
    let is_item = mismatch.place.index().is_some();
    let is_credentials = !is_item && mismatch.place.last_key().to_lowercase().ends_with("credentials");
    let mut words: Vec<&str> = Vec::new();
    for kind in expected {
        let word = match kind {
            Type::String if is_credentials => "the name of saved credentials",
            Type::String => "a string",
            Type::Integer => "a whole number",
            Type::Number => "a number",
            Type::Boolean => "`true` or `false`",
            Type::List if matches!(mismatch.place.last_key(), "fanOut" | "exclude" | "mounts") => {
                "a list of mappings"
            }
            Type::List => "a list of strings",
            Type::Mapping if is_credentials => "a credential object",
            Type::Mapping if mismatch.place.section() == Some(Section::Submissions) => {
                "a mapping of names to submissions"
            }
            Type::Mapping if mismatch.place.section().is_some() => "a mapping of names to profiles",
            Type::Mapping => "a mapping of fields",
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" or ")
}

fn advice(context: &Context<'_>, mismatch: &Mismatch, wanted: &str) -> String {
    let is_item = mismatch.place.index().is_some();
    let last = if is_item { "" } else { mismatch.place.last_key() };
    let is_profile = matches!(mismatch.place, Place::Subject(_, _, Part::Whole));
    match context.tree.data(mismatch.value) {
        Data::Null if last == "extends" => "name a profile, or take `extends` out".into(),
        Data::Null if last == "version" => "write `version: 1`, or take it out".into(),
        Data::Null if last == "profiles" => "put at least one profile below it".into(),
        Data::Null => format!("give it {wanted}"),
        Data::Str(..) if is_profile && first_field(context, mismatch.value).is_some() => {
            let field = first_field(context, mismatch.value).unwrap_or_default();
            format!("write `{field}: …`, with a colon and an ordinary space behind the field's name")
        }
        Data::Str(..) if is_profile => {
            let noun = noun(mismatch);
            format!(
                "put the {noun}'s fields below its name, one a line and indented; `extends: …` names a base"
            )
        }
        Data::Seq(_) if is_profile => {
            format!("take the dashes away: a {}'s fields are `key: value` lines", noun(mismatch))
        }
        Data::Map(_) if gpu_and_count(context, mismatch.value).is_some() => {
            let text = gpu_and_count(context, mismatch.value).unwrap_or_default();
            format!("write `{text}`, without a space behind the colon")
        }
        Data::Str(..) if expected_number_or_word(wanted) && trailing(context, mismatch.value).is_some() => {
            let (text, end) = trailing(context, mismatch.value).unwrap_or_default();
            format!("take the `{end}` away: `{text}`")
        }
        Data::Str(..) if is_item && mismatch.place.last_key() == "fanOut" => {
            match context.tree.str(mismatch.value).filter(|name| context.subjects.named(name).is_some()) {
                Some(name) => format!("write `{{profile: {name}}}`: an entry says what one job sets"),
                None => "write what one job sets, such as `{profile: …}`".into(),
            }
        }
        Data::Map(_) if last == "fanOut" => {
            "write a list with an entry for each job; `matrix` makes jobs of the values of fields".into()
        }
        Data::Seq(_) if last == "matrix" => {
            "write each field with its values, `profile: […]`; `fanOut` takes a list of jobs".into()
        }
        Data::Seq(_) if last == "env" => "write each variable as `NAME: value`, without a dash".into(),
        Data::Seq(_) if is_item => "put its items into the list that it is in".into(),
        Data::Seq(_) if wanted == "a string" && jobs::spot(&mismatch.place) == Some(Spot::Field) => {
            format!("`{last}` takes one value; `matrix: {{{last}: […]}}` makes a job of each")
        }
        Data::Seq(_) if wanted == "a string" => {
            format!("`{last}` takes one value; make a profile for each and share the rest with `extends`")
        }
        Data::Map(_) if context.tree.source().slice(context.value_span(mismatch.value)).starts_with("{{") => {
            "a template has to be filled in before, or put into quotes".into()
        }
        _ => format!("write {wanted}"),
    }
}

/// A GPU and its count as a mapping, which a space behind the colon makes of `h100: 8`.
fn gpu_and_count(context: &Context<'_>, value: NodeId) -> Option<String> {
    let tree = context.tree;
    let [entry] = tree.entries(value) else { return None };
    let gpu = tree.key(entry.key);
    let is_count = matches!(tree.data(entry.value), Data::Int(1..)) || tree.str(entry.value) == Some("all");
    let count = tree.source().slice(tree.span(tree.target(entry.value)));
    (is_count && Gpu::from_name(gpu).is_some()).then(|| format!("{gpu}:{count}"))
}

/// Whether what is wanted is a number or a boolean.
fn expected_number_or_word(wanted: &str) -> bool {
    matches!(wanted, "a whole number" | "a number" | "`true` or `false`")
}

/// A number or a boolean with a comma or a semicolon behind it, as other languages end a line.
fn trailing<'t>(context: &Context<'t>, value: NodeId) -> Option<(&'t str, char)> {
    let text = context.tree.str(value)?;
    let end = text.chars().last().filter(|end| matches!(end, ',' | ';'))?;
    let rest = text.strip_suffix(end)?.trim_end();
    let is_number = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    (is_number || matches!(rest, "true" | "false")).then_some((rest, end))
}

/// The field that a text begins with, where its colon or the space behind the colon is missing.
fn first_field(context: &Context<'_>, value: NodeId) -> Option<&'static str> {
    let text = context.tree.str(value)?;
    let word = text.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let field = Field::from_name(word).map(Field::name);
    field.or((word == "extends").then_some("extends")).filter(|_| word.len() < text.len())
}
