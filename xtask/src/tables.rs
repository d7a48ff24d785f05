//! The schema as tables, which a program reads without building a validator.

use std::error::Error;
use std::fmt::Write;

use serde_json::{Map, Value};

const HEAD: &str = "//! The schema as tables. `cargo xtask generate` writes them.\n\n\
    use super::fits::{Constant, Keyword, Schema, Types};\n\
    use super::patterns::{is_gpu, is_name, is_template_name};\n";

/// The tables of a schema.
pub(crate) fn rust(schema: &Value) -> Result<String, Box<dyn Error>> {
    let mut out = HEAD.to_owned();
    let Some(root) = schema.as_object() else { return Err("the schema is no object".into()) };
    let mut document = root.clone();
    let definitions = document.shift_remove("$defs");
    table(&mut out, "DOCUMENT", "pub(super) ", &document.into())?;
    for (name, schema) in definitions.iter().filter_map(Value::as_object).flatten() {
        table(&mut out, &constant(name), "", schema)?;
    }
    Ok(out)
}

fn table(out: &mut String, name: &str, visibility: &str, schema: &Value) -> Result<(), Box<dyn Error>> {
    Ok(write!(out, "\n{visibility}const {name}: Schema = {};\n", keywords(schema, 0)?)?)
}

/// `DockerOptions` is `DOCKER_OPTIONS`.
fn constant(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(letter.to_uppercase());
    }
    out
}

/// A schema as a slice of keywords. One that is not known here is an error: none may be passed over.
fn keywords(schema: &Value, depth: usize) -> Result<String, Box<dyn Error>> {
    if schema == &Value::Bool(true) {
        return Ok("&[]".into());
    }
    let Some(map) = schema.as_object() else { return Err(format!("no schema: {schema}").into()) };
    if let Some(name) = map.get("$ref").and_then(Value::as_str) {
        let name = name.strip_prefix("#/$defs/").filter(|_| map.len() == 1);
        return Ok(constant(name.ok_or("a reference to elsewhere, or with more beside it")?));
    }
    let mut out = Vec::new();
    for (keyword, value) in map {
        let number = || value.as_i64().ok_or_else(|| format!("no whole number: {value}"));
        out.push(match keyword.as_str() {
            "type" => format!("Keyword::Type(Types({}))", types(value)?),
            "anyOf" => format!("Keyword::AnyOf(&[{}])", schemas(value, depth)?),
            "enum" => format!("Keyword::Enum(&[{}])", constants(value.as_array().into_iter().flatten())?),
            "const" => format!("Keyword::Enum(&[{}])", constants([value])?),
            "minLength" => format!("Keyword::MinLength({})", number()?),
            "maxLength" => format!("Keyword::MaxLength({})", number()?),
            "format" => {
                format!("Keyword::Format(is_{})", value.as_str().unwrap_or_default().replace('-', "_"))
            }
            "minimum" => format!("Keyword::Minimum({})", number()?),
            "maximum" => format!("Keyword::Maximum({})", number()?),
            "items" => format!("Keyword::Items({})", keywords(value, depth)?),
            "minItems" => format!("Keyword::MinItems({})", number()?),
            "required" => format!("Keyword::Required(&{value})"),
            "propertyNames" => format!("Keyword::Names({})", keywords(value, depth)?),
            "minProperties" => format!("Keyword::MinMembers({})", number()?),
            "properties" => members(map, depth)?,
            "additionalProperties" if !map.contains_key("properties") => members(map, depth)?,
            "additionalProperties" | "patternProperties" if map.contains_key("properties") => continue,
            _ => return Err(format!("the tables have no `{keyword}`").into()),
        });
    }
    Ok(format!("&[{}]", out.join(", ")))
}

/// What is said of members stands together, one a line.
fn members(map: &Map<String, Value>, depth: usize) -> Result<String, Box<dyn Error>> {
    let indent = "    ".repeat(depth + 1);
    let mut known = String::new();
    for (name, schema) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
        writeln!(known, "{indent}({name:?}, {}),", keywords(schema, depth + 1)?)?;
    }
    let known = if known.is_empty() { known } else { format!("\n{known}{}", "    ".repeat(depth)) };
    let is_open = match map.get("patternProperties") {
        None => false,
        Some(patterns) if *patterns == serde_json::json!({"^x-": true}) => true,
        Some(patterns) => return Err(format!("the tables have no such patterns: {patterns}").into()),
    };
    let others = match map.get("additionalProperties") {
        None => "Some(&[])".into(),
        Some(Value::Bool(false)) => "None".into(),
        Some(schema) => format!("Some({})", keywords(schema, depth)?),
    };
    Ok(format!("Keyword::Members {{ known: &[{known}], is_open: {is_open}, others: {others} }}"))
}

fn schemas(value: &Value, depth: usize) -> Result<String, Box<dyn Error>> {
    let schemas = value.as_array().into_iter().flatten();
    let schemas: Result<Vec<String>, _> = schemas.map(|schema| keywords(schema, depth)).collect();
    Ok(schemas?.join(", "))
}

fn types(value: &Value) -> Result<String, Box<dyn Error>> {
    let several = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
    let one = |kind: &Value| match kind.as_str() {
        Some(kind @ ("null" | "boolean" | "integer" | "string" | "array" | "object")) => {
            Ok(format!("Types::{}", kind.to_uppercase()))
        }
        _ => Err(format!("the tables have no type {kind}")),
    };
    let types: Result<Vec<String>, _> = several.iter().map(one).collect();
    Ok(types?.join(" | "))
}

fn constants<'v>(values: impl IntoIterator<Item = &'v Value>) -> Result<String, Box<dyn Error>> {
    let one = |value: &Value| match value {
        Value::Null => Ok("Constant::Null".into()),
        Value::String(text) => Ok(format!("Constant::String({text:?})")),
        Value::Number(number) if number.is_i64() => Ok(format!("Constant::Integer({number})")),
        _ => Err(format!("the tables have no constant {value}")),
    };
    let constants: Result<Vec<String>, _> = values.into_iter().map(one).collect();
    Ok(constants?.join(", "))
}
