//! The API's admission body, as SDK 0.1.70 takes it.

use serde_json::{Map, Value};

use crate::profile::Field;

/// The fields that the API takes beside `cloudConfig` when they name saved credentials.
pub(crate) const NAMED_CREDENTIALS: [(Field, &str); 4] = [
    (Field::Credentials, "credentialName"),
    (Field::InputStorageCredentials, "inputStorageCredentialName"),
    (Field::OutputStorageCredentials, "outputStorageCredentialName"),
    (Field::CheckpointStorageCredentials, "checkpointStorageCredentialName"),
];

/// What the API takes to start a job.
pub fn job(mut job: Map<String, Value>) -> Map<String, Value> {
    if let Some(Value::Object(config)) = job.shift_remove("cloudConfig") {
        job.extend(body(config));
    }
    job
}

/// What the API takes to start a job with the resolved fields of a profile, but for the image.
pub fn body(mut config: Map<String, Value>) -> Map<String, Value> {
    let mut body = Map::new();
    let gpu = config.shift_remove(Field::GpuType.name());
    let mut beside: Vec<(&str, Value)> = gpu.map(|gpu| ("gpuType", gpu)).into_iter().collect();
    for (field, key) in NAMED_CREDENTIALS {
        if config.get(field.name()).is_some_and(Value::is_string) {
            beside.extend(config.shift_remove(field.name()).map(|name| (key, name)));
        }
    }
    body.insert("cloudConfig".into(), config.into());
    body.extend(beside.into_iter().map(|(key, value)| (key.to_owned(), value)));
    body
}
