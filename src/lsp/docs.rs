//! What the format says about its keys and values, from the one model that the schema is made of.

use std::sync::OnceLock;

use serde_json::Value;

/// The schema, with its words.
fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(crate::schema::schema)
}

/// The documentation of a key of the document itself.
pub fn root_key(key: &str) -> Option<&'static str> {
    description(schema().get("properties")?.get(key)?)
}

/// The documentation of a profile's field, `extends` among them.
pub fn field(name: &str) -> Option<&'static str> {
    description(field_schema(name)?)
}

/// The fields of a profile, in the order of the format.
pub fn fields() -> impl Iterator<Item = &'static str> {
    let fields = schema().pointer("/$defs/Profile/properties").and_then(Value::as_object);
    fields.into_iter().flat_map(|fields| fields.keys().map(String::as_str))
}

/// The keys of the document itself.
pub fn root_keys() -> impl Iterator<Item = &'static str> {
    let keys = schema().get("properties").and_then(Value::as_object);
    keys.into_iter().flat_map(|keys| keys.keys().map(String::as_str))
}

/// The values that a field is limited to, each with what it means.
pub fn choices(field: &str) -> Vec<(&'static str, Option<&'static str>)> {
    field_schema(field).map(enumerated).unwrap_or_default()
}

/// A kind of credential object: its provider, and its keys with whether each must be there.
#[derive(Clone, Copy, Debug)]
pub struct CredentialKind {
    schema: &'static Value,
}

impl CredentialKind {
    /// The kinds, in the order of the format.
    pub fn all() -> impl Iterator<Item = Self> {
        let definitions = schema().get("$defs").and_then(Value::as_object);
        let kinds = definitions.into_iter().flatten().filter(|(name, _)| name.ends_with("Credential"));
        kinds.map(|(_, schema)| Self { schema })
    }

    /// What `cloudProvider` says in it.
    pub fn provider(self) -> Option<&'static str> {
        self.schema.pointer("/properties/cloudProvider/const")?.as_str()
    }

    /// Its keys.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        let keys = self.schema.get("properties").and_then(Value::as_object);
        keys.into_iter().flat_map(|keys| keys.keys().map(String::as_str))
    }

    /// The documentation of a key.
    pub fn key(self, name: &str) -> Option<&'static str> {
        description(self.schema.get("properties")?.get(name)?)
    }

    /// The values that a key is limited to.
    pub fn choices(self, key: &str) -> Vec<(&'static str, Option<&'static str>)> {
        self.schema.get("properties").and_then(|keys| keys.get(key)).map(enumerated).unwrap_or_default()
    }
}

/// The keys that the format has at the end of a way through keys, each with its documentation; lists are passed through.
pub fn keys_at(path: &[&str]) -> Vec<(&'static str, Option<&'static str>)> {
    let mut keys = Vec::new();
    for properties in at(path).into_iter().filter_map(|schema| schema.get("properties")?.as_object()) {
        for (key, schema) in properties {
            if !keys.iter().any(|(known, _)| known == key) {
                keys.push((key.as_str(), description(schema)));
            }
        }
    }
    keys
}

/// The values that the format has at the end of a way through keys.
pub fn choices_at(path: &[&str]) -> Vec<(&'static str, Option<&'static str>)> {
    at(path).into_iter().flat_map(enumerated).collect()
}

/// The documentation of the key at the end of a way.
pub fn key_at(path: &[&str]) -> Option<&'static str> {
    let (key, way) = path.split_last()?;
    let properties = at(way).into_iter().filter_map(|schema| schema.get("properties"));
    properties.filter_map(|properties| properties.get(*key)).find_map(description)
}

/// The schemas that may hold at the end of a way through keys.
fn at(path: &[&str]) -> Vec<&'static Value> {
    let mut here = alternatives(vec![schema()]);
    for key in path {
        let next = here.into_iter().filter_map(|schema| {
            let named = schema.get("properties").and_then(|properties| properties.get(*key));
            named.or_else(|| schema.get("additionalProperties").filter(|other| other.is_object()))
        });
        here = alternatives(next.collect());
    }
    here
}

/// Schemas with all that they refer to, choose from, or have as items.
fn alternatives(mut open: Vec<&'static Value>) -> Vec<&'static Value> {
    const MOST: usize = 1000;
    let mut found = Vec::new();
    while let Some(schema) = open.pop().filter(|_| found.len() < MOST) {
        found.push(schema);
        let reference = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
        open.extend(reference.and_then(|path| self::schema().pointer(path)));
        open.extend(schema.get("items"));
        for keyword in ["anyOf", "oneOf"] {
            open.extend(schema.get(keyword).and_then(Value::as_array).into_iter().flatten());
        }
    }
    found
}

fn field_schema(name: &str) -> Option<&'static Value> {
    schema().pointer("/$defs/Profile/properties")?.get(name)
}

fn description(schema: &'static Value) -> Option<&'static str> {
    schema.get("markdownDescription").or_else(|| schema.get("description"))?.as_str()
}

fn enumerated(schema: &'static Value) -> Vec<(&'static str, Option<&'static str>)> {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let schema = reference.and_then(|path| self::schema().pointer(path.strip_prefix('#')?)).unwrap_or(schema);
    let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let words = schema.get("markdownEnumDescriptions").and_then(Value::as_array);
    let word = |index: usize| words.and_then(|words| words.get(index)).and_then(Value::as_str);
    values.enumerate().filter_map(|(index, value)| Some((value.as_str()?, word(index)))).collect()
}
