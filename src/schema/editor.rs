//! What editors make of the schema and no validator needs: titles, Markdown, snippets, suggestions.
//!
//! The model says most of it. Here stands what it can't say: what follows from the catalog, and what is typed.

use serde_json::{Map, Value, json};

use super::generate::visit;
use crate::catalog::{Catalog, Geography, Provider};

/// The credential kinds with what is typed for each: the key, and the name of the placeholder.
const CREDENTIALS: [(&str, &[&str]); 5] = [
    ("AWS", &["accessKeyId", "secretAccessKey"]),
    ("GCP", &["projectId", "privateKey", "clientEmail"]),
    ("Azure", &["applicationId", "secret", "directoryId", "subscriptionId"]),
    ("Lambda", &["apiKey"]),
    ("Cloudflare", &["accountId", "apiToken"]),
];

/// Adds all of it to the schema of `anycloud.yaml`.
pub(super) fn enrich(schema: &mut Value) {
    snippets(schema);
    exclusion(schema);
    regions(schema);
    titles(schema);
    visit(schema, &mut |map| {
        // Where several schemas fit, the YAML language server shows the plain one, and takes it for Markdown too.
        if let Some(text) = map.get("description").cloned() {
            map.shift_insert(place_behind(map, "description"), "markdownDescription".into(), text);
        }
        if let Some(meanings) = map.get("enumDescriptions").cloned() {
            map.entry("markdownEnumDescriptions").or_insert(meanings);
        }
    });
}

fn place_behind(map: &Map<String, Value>, keyword: &str) -> usize {
    map.keys().position(|key| key == keyword).map_or(map.len(), |at| at + 1)
}

/// What is typed for a profile, for one that differs from another, and for each kind of credentials.
fn snippets(schema: &mut Value) {
    let profile = json!({"${1:name}": {
        "credentials": "${2:my-credentials}", "region": "${3:us-east-1}", "vmType": "${4:g6e.xlarge}"
    }});
    let gpu = json!({"${1:name}": {"credentials": "${2:my-credentials}", "gpuType": "${3:h100:8}"}});
    let variant = json!({"${1:name}": {"extends": "${2:base}", "region": "${3:us-west-2}"}});
    let template = json!({".${1:name}": {"credentials": "${2:my-credentials}"}});
    insert(
        schema,
        "/properties/profiles",
        "defaultSnippets",
        json!([
            snippet("profile", "A profile on a VM type", &profile),
            snippet("profile with a GPU", "A profile on whatever VM has the GPU", &gpu),
            snippet("variant", "A profile that differs from another one", &variant),
            snippet("template", "Fields for others to extend, left out of the resolved output", &template),
        ]),
    );
    let fields = [
        "credentials",
        "inputStorageCredentials",
        "outputStorageCredentials",
        "checkpointStorageCredentials",
    ];
    for field in fields {
        let is_storage = field != "credentials";
        if is_storage {
            insert(schema, &format!("/$defs/Profile/properties/{field}"), "examples", json!(["my-r2"]));
        }
        let kinds = CREDENTIALS.iter().filter(|(provider, _)| is_storage || *provider != "Cloudflare");
        let kinds: Vec<Value> = kinds.map(|(provider, keys)| credential(provider, keys)).collect();
        insert(schema, &format!("/$defs/Profile/properties/{field}"), "defaultSnippets", kinds.into());
    }
}

fn snippet(label: &str, description: &str, body: &Value) -> Value {
    json!({"label": label, "description": description, "body": body})
}

fn credential(provider: &str, keys: &[&str]) -> Value {
    let mut body = Map::from_iter([("cloudProvider".to_owned(), Value::from(provider))]);
    let placed =
        keys.iter().enumerate().map(|(index, key)| ((*key).to_owned(), format!("${{{}:{key}}}", index + 1)));
    body.extend(placed.map(|(key, value)| (key, value.into())));
    let description = format!("A credential object for {provider}; a saved credential's name is better");
    snippet(&format!("{provider} credentials"), &description, &body.into())
}

/// `gpuType` and `vmType` can't both be set. Not so for the linter, whose own rule also sees what is inherited.
fn exclusion(schema: &mut Value) {
    let both = json!({
        "type": "object",
        "required": ["gpuType", "vmType"],
        "properties": {"gpuType": {"not": {"type": "null"}}, "vmType": {"not": {"type": "null"}}},
    });
    let message = "`gpuType` and `vmType` exclude each other: remove one of them";
    // At the key, in words: of a `not` the YAML language server only says that it is not allowed.
    let then = json!({"properties": {"gpuType": false}, "errorMessage": message});
    insert(schema, "/$defs/Profile", "allOf", json!([{"if": both, "then": then}]));
}

/// The regions that there are, to choose from; any other text is as good, since new ones come.
fn regions(schema: &mut Value) {
    let catalog = Catalog::builtin();
    let mut compute: Vec<(String, String)> = Vec::new();
    for provider in Provider::COMPUTE {
        for region in catalog.regions(provider) {
            let place =
                region.geography().map_or_else(String::new, |place| format!(", {}", Geography::name(place)));
            add(&mut compute, region.name(), format!("{provider}{place}"));
        }
    }
    let mut storage: Vec<(String, String)> = Vec::new();
    for provider in Provider::ALL {
        for region in catalog.storage_regions(provider).filter(|_| provider != Provider::Lambda) {
            add(&mut storage, region, provider.name().to_owned());
        }
    }
    for (field, names) in [
        ("region", &compute),
        ("inputStorageRegion", &storage),
        ("outputStorageRegion", &storage),
        ("checkpointStorageRegion", &storage),
    ] {
        let Some(Value::Object(field)) = schema.pointer_mut(&format!("/$defs/Profile/properties/{field}"))
        else {
            continue;
        };
        let (names, meanings): (Vec<&str>, Vec<&str>) =
            names.iter().map(|(name, meaning)| (name.as_str(), meaning.as_str())).unzip();
        let known = json!({"enum": names, "enumDescriptions": meanings});
        let mut any = Map::new();
        for keyword in ["type", "minLength"] {
            any.extend(field.shift_remove(keyword).map(|value| (keyword.to_owned(), value)));
        }
        field.insert("anyOf".into(), json!([known, any]));
    }
}

/// Several providers may have a region of the same name.
fn add(names: &mut Vec<(String, String)>, name: &str, meaning: String) {
    match names.iter_mut().find(|(known, _)| known == name) {
        Some((_, meanings)) => {
            meanings.push_str("; ");
            meanings.push_str(&meaning);
        }
        None => names.push((name.to_owned(), meaning)),
    }
}

/// The name of every field in words: editors head its documentation with it.
fn titles(schema: &mut Value) {
    let Some(Value::Object(definitions)) = schema.get_mut("$defs") else { return };
    let fields = definitions.values_mut().filter_map(|definition| definition.get_mut("properties"));
    for (name, field) in fields.filter_map(Value::as_object_mut).flatten() {
        if let Value::Object(field) = field
            && !field.contains_key("title")
        {
            field.shift_insert(0, "title".into(), in_words(name).into());
        }
    }
}

/// `minVmCount` as `Min VM count`.
fn in_words(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut() {
            Some(word) if !letter.is_ascii_uppercase() => word.push(letter),
            _ => words.push(letter.to_ascii_lowercase().to_string()),
        }
    }
    let known = |word: &str| matches!(word, "vm" | "gpu" | "gb" | "id" | "api");
    let cased = words.iter().enumerate().map(|(index, word)| {
        if known(word) {
            word.to_uppercase()
        } else if index == 0 {
            word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
        } else {
            word.clone()
        }
    });
    cased.collect::<Vec<_>>().join(" ")
}

fn insert(schema: &mut Value, place: &str, keyword: &str, value: Value) {
    if let Some(Value::Object(map)) = schema.pointer_mut(place) {
        map.insert(keyword.into(), value);
    }
}
