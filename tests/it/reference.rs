//! `resolve` equals what format.md says, written down as simply as it can be over an independent reading.

use std::cell::Cell;
use std::collections::HashMap;

use anycloud_lint::finding::Severity;
use anycloud_lint::resolve::{Options, resolve};
use anycloud_lint::source::{Source, Span};
use anycloud_lint::{Analysis, Settings, analyse};
use serde_json::{Map, Value, json};

use crate::harness::reading::{independent, is_read_in_two_ways};
use crate::harness::tables::Tables;
use crate::harness::{cases, document, facts, holds};

/// The fields, in the order of the output.
const FIELDS: [&str; 20] = [
    "cloudProvider",
    "region",
    "availabilityZone",
    "vmType",
    "gpuType",
    "credentials",
    "inputBucket",
    "outputBucket",
    "checkpointBucket",
    "inputStorageCredentials",
    "outputStorageCredentials",
    "checkpointStorageCredentials",
    "inputStorageRegion",
    "outputStorageRegion",
    "checkpointStorageRegion",
    "minVmCount",
    "maxVmCount",
    "spot",
    "diskSizeGb",
    "diskTier",
];

/// The keys of credential objects that the generator writes, in the order of the output.
const CREDENTIAL: [&str; 4] = ["cloudProvider", "accessKeyId", "secretAccessKey", "apiKey"];

/// What a field is set to, and by whom: the profile that says so, then those that it came through.
type Set = HashMap<&'static str, (Value, Vec<String>)>;

/// `extends: [a, b]` with fields is `replace()` with what `a` is, what `b` is, and the fields.
fn set(profiles: &Map<String, Value>, name: &str) -> Set {
    let mut set = Set::new();
    let own = &profiles[name];
    let bases = match &own["extends"] {
        Value::Array(bases) => bases.clone(),
        Value::Null => Vec::new(),
        base => vec![base.clone()],
    };
    for base in bases {
        for (field, (value, mut chain)) in self::set(profiles, base.as_str().unwrap()) {
            chain.push(name.to_owned());
            set.insert(field, (value, chain));
        }
    }
    for field in FIELDS {
        if let Some(value) = own.get(field) {
            set.insert(field, (value.clone(), vec![name.to_owned()]));
        }
    }
    set
}

/// A value as it is printed.
fn printed(tables: &Tables, field: &str, value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut kept: Vec<Value> = Vec::new();
            for item in items {
                if !kept.iter().any(|earlier| covers(tables, field, earlier, item)) {
                    kept.push(item.clone());
                }
            }
            let mut kept: Vec<Value> = kept.iter().map(|item| printed(tables, field, item)).collect();
            if kept.len() == 1 { kept.remove(0) } else { kept.into() }
        }
        Value::String(text) if field == "gpuType" => text.to_lowercase().into(),
        Value::String(text) if field == "vmType" => {
            let mut azure = tables.vm_types.iter().filter(|row| row.provider == "Azure");
            azure
                .find(|row| row.vm_type.eq_ignore_ascii_case(text))
                .map_or(text, |row| &row.vm_type)
                .as_str()
                .into()
        }
        Value::Object(object) => {
            let set =
                CREDENTIAL.iter().filter_map(|key| Some(((*key).to_owned(), object.get(*key)?.clone())));
            Value::Object(set.collect())
        }
        #[expect(clippy::cast_possible_truncation, reason = "sizes and counts")]
        Value::Number(number) if number.is_f64() => json!(number.as_f64().unwrap() as i64),
        other => other.clone(),
    }
}

/// Whether one entry of a pool asks for what an earlier one asked for already.
fn covers(tables: &Tables, field: &str, earlier: &Value, later: &Value) -> bool {
    let (earlier, later) = (printed(tables, field, earlier), printed(tables, field, later));
    if field != "gpuType" || earlier == later {
        return earlier == later;
    }
    let parts = |text: &Value| {
        let text = text.as_str().unwrap();
        let (name, count) = text.split_once(':').unwrap_or((text, ""));
        let is_called = |known: &String| known.eq_ignore_ascii_case(name);
        let row = tables.gpus.iter().find(|row| is_called(&row.gpu) || row.aliases.iter().any(is_called));
        (row.map(|row| row.gpu.to_lowercase()), name.to_owned(), count.to_owned())
    };
    let ((gpu, name, count), (later_gpu, _, later_count)) = (parts(&earlier), parts(&later));
    // `a100` is any of its family, so `a100-40gb` before it asks for less.
    let is_family = |gpu: &str| {
        let mut others = tables.gpus.iter().filter(|row| !row.gpu.eq_ignore_ascii_case(gpu));
        others.any(|row| row.family.eq_ignore_ascii_case(gpu))
    };
    let Some(gpu) = gpu else { return false };
    let is_same = Some(&gpu) == later_gpu.as_ref() && count == later_count;
    is_same
        && (!is_family(&gpu)
            || name == gpu
            || later != json!(gpu) && !later.as_str().unwrap().starts_with(&format!("{gpu}:")))
}

/// The profiles and where their values come from.
fn reference(tables: &Tables, text: &str) -> Option<(Value, Value)> {
    let document: Value = serde_json::to_value(independent(text)?).ok()?;
    let profiles = document["profiles"].as_object()?;
    let (mut bodies, mut origins) = (Map::new(), Map::new());
    for name in profiles.keys().filter(|name| !name.starts_with('.')) {
        let set = set(profiles, name);
        let (mut body, mut origin) = (Map::new(), Map::new());
        for field in FIELDS {
            let Some((value, chain)) = set.get(field).filter(|(value, _)| !value.is_null()) else { continue };
            body.insert(field.into(), printed(tables, field, value));
            let through: Vec<&String> = chain.iter().skip(1).rev().skip(1).collect();
            origin.insert(field.into(), json!({"profile": chain[0], "through": through}));
        }
        bodies.insert(name.clone(), body.into());
        origins.insert(name.clone(), origin.into());
    }
    Some((bodies.into(), origins.into()))
}

/// A document without the lines that errors begin on.
fn sound(mut text: String) -> Option<Analysis> {
    for _ in 0..10 {
        let analysis = analyse(&Source::new("anycloud.yaml", text), &Settings::default());
        if !analysis.has_errors() {
            return Some(analysis);
        }
        let errors = analysis.findings().iter().filter(|finding| finding.severity == Severity::Error);
        let wrong: Vec<Span> =
            errors.map(|finding| analysis.source().line_span(finding.span.start)).collect();
        let starts = analysis.source().line_starts();
        let lines = starts.iter().map(|start| analysis.source().line_span(*start));
        let kept = lines
            .filter(|line| !wrong.contains(line))
            .map(|line| analysis.source().slice(line).to_owned() + "\n");
        text = kept.collect();
    }
    None
}

#[test]
fn profiles_resolve_as_replace_does() {
    let (cases, compared) = (cases(120), Cell::new(0));
    let tables = facts();
    holds(cases, |random| {
        let Some(analysis) = sound(document(random)) else { return };
        let (text, facts) = (analysis.source().text(), analysis.facts().unwrap());
        if is_read_in_two_ways(text) {
            return;
        }
        let Some((profiles, origins)) = reference(&tables, text) else { return };
        let options = Options { provenance: true, show_secrets: true, ..Options::default() };
        let mut resolved = resolve(facts, &options);
        assert_eq!(resolved["profiles"].to_string(), profiles.to_string(), "of\n{text}");
        for origin in resolved["provenance"].as_object_mut().unwrap().values_mut() {
            for place in origin.as_object_mut().unwrap().values_mut() {
                place
                    .as_object_mut()
                    .unwrap()
                    .retain(|key, _| ["profile", "through"].contains(&key.as_str()));
            }
        }
        assert_eq!(resolved["provenance"].to_string(), origins.to_string(), "of\n{text}");
        compared.set(compared.get() + 1);
    });
    assert!(compared.get() > cases / 3, "only {} of {cases} compared", compared.get());
}
