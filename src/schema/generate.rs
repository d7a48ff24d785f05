//! The JSON Schema of `anycloud.yaml`, generated from the model.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::editor;
use super::model::AnycloudFile;
use super::patterns;

/// Where the published schema lives.
pub const SCHEMA_ID: &str =
    "https://raw.githubusercontent.com/anycloud-lint/anycloud-lint/main/schemas/anycloud.schema.json";

/// The schema as published: draft 2020-12, with everything that an editor shows.
pub fn schema() -> Value {
    let mut schema = published::<AnycloudFile>(SCHEMA_ID);
    editor::enrich(&mut schema);
    schema
}

/// The schema of a type of ours, as published under an address.
pub(crate) fn published<T: JsonSchema>(id: &str) -> Value {
    let mut schema: Value =
        SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().into();
    visit(&mut schema, &mut tidy);
    if let Value::Object(root) = &mut schema {
        root.shift_insert(1, "$id".into(), id.into());
    }
    schema
}

/// The schema as the validator needs it: without the words, without what is said by a rule of its own, and
/// with code for patterns.
pub fn bare_schema() -> Value {
    let mut schema = published::<AnycloudFile>(SCHEMA_ID);
    visit(&mut schema, &mut |map| {
        for word in
            ["$id", "$schema", "title", "description", "examples", "default", "writeOnly", "enumDescriptions"]
        {
            map.shift_remove(word);
        }
        let format = map.get("pattern").and_then(Value::as_str).and_then(patterns::format_of);
        if let Some(format) = format {
            map.shift_remove("pattern");
            map.insert("format".into(), format.into());
        }
    });
    schema
}

/// Visits every schema object below and including this one, children first.
///
/// A name under `properties` or `$defs` is no keyword, even where it reads like one.
pub(super) fn visit(schema: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(|schema| visit(schema, change)),
        Value::Object(map) => {
            for (keyword, value) in map.iter_mut() {
                match (keyword.as_str(), value) {
                    ("properties" | "patternProperties" | "$defs", Value::Object(named)) => {
                        named.values_mut().for_each(|schema| visit(schema, change));
                    }
                    (
                        "allOf"
                        | "anyOf"
                        | "oneOf"
                        | "not"
                        | "items"
                        | "additionalProperties"
                        | "propertyNames",
                        value,
                    ) => {
                        visit(value, change);
                    }
                    _ => {}
                }
            }
            change(map);
        }
        _ => {}
    }
}

fn tidy(map: &mut Map<String, Value>) {
    // `uint64` and the like are no formats of JSON Schema, and strict validators refuse them.
    map.shift_remove("format");
    // An optional text has no default; the empty string only stands for its type.
    if map.get("default").is_some_and(|default| default == "") {
        map.shift_remove("default");
    }
    if let Some(Value::String(text)) = map.get_mut("description") {
        *text = unwrap_lines(text);
    }
    constants_to_enum(map);
    flatten_union(map);
    for keyword in ["description", "title", "$schema"] {
        if let Some(value) = map.shift_remove(keyword) {
            map.shift_insert(0, keyword.into(), value);
        }
    }
}

/// The comment's line breaks are ours, its paragraphs are the reader's.
fn unwrap_lines(text: &str) -> String {
    let paragraphs: Vec<String> =
        text.split("\n\n").map(|paragraph| paragraph.lines().collect::<Vec<_>>().join(" ")).collect();
    paragraphs.join("\n\n")
}

/// `oneOf` string constants becomes an `enum`, which every editor completes.
fn constants_to_enum(map: &mut Map<String, Value>) {
    let Some(Value::Array(branches)) = map.get("oneOf") else { return };
    let constants: Option<Vec<Value>> = branches.iter().map(|branch| branch.get("const").cloned()).collect();
    if let Some(constants) = constants {
        let meaning = |branch: &Value| branch.get("description").cloned().unwrap_or_else(|| "".into());
        let meanings: Vec<Value> = branches.iter().map(meaning).collect();
        map.shift_remove("oneOf");
        map.insert("type".into(), "string".into());
        map.insert("enum".into(), constants.into());
        map.insert("enumDescriptions".into(), meanings.into());
    }
}

/// A union inside a union is one union, `$ref` and `null` branches included; a nullable enum is one enum.
fn flatten_union(map: &mut Map<String, Value>) {
    let Some(Value::Array(branches)) = map.get_mut("anyOf") else { return };
    let mut flat = Vec::new();
    for mut branch in std::mem::take(branches) {
        match branch.get_mut("anyOf") {
            Some(Value::Array(inner)) => flat.append(inner),
            _ => flat.push(branch),
        }
    }
    for branch in &mut flat {
        if let Value::Object(branch) = branch
            && branch.contains_key("$ref")
        {
            branch.shift_remove("description");
        }
    }
    let nullable_enum = match flat.as_mut_slice() {
        [Value::Object(options), null] if options.contains_key("enum") && is_null(null) => {
            Some(std::mem::take(options))
        }
        _ => None,
    };
    match nullable_enum {
        Some(options) => {
            map.shift_remove("anyOf");
            for (keyword, value) in options {
                let value = match (keyword.as_str(), value) {
                    ("type", kind) => Value::Array(vec![kind, "null".into()]),
                    ("enum", Value::Array(mut values)) => {
                        values.push(Value::Null);
                        values.into()
                    }
                    ("enumDescriptions", Value::Array(mut meanings)) => {
                        meanings.push("Nothing: clears what is inherited.".into());
                        meanings.into()
                    }
                    (_, value) => value,
                };
                map.entry(keyword).or_insert(value);
            }
        }
        None => *branches = flat,
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}
