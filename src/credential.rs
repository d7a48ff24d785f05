//! The fields of credential objects: which provider's, and which of them are secret.
//!
//! The only list of them beside the model, from which a test reads the same. The masker, the resolver and the
//! rules go by it.

use crate::catalog::Provider;

/// A field of credential objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialField {
    /// Whose objects have it, beside `cloudProvider`, which all have.
    pub provider: Provider,
    /// Its name.
    pub name: &'static str,
    /// Whether its value must never be shown.
    pub is_secret: bool,
}

/// The key that says whose a credential object is.
pub const PROVIDER_KEY: &str = "cloudProvider";

/// Every other field, in the order in which they are printed.
pub const FIELDS: [CredentialField; 15] = [
    open(Provider::Aws, "accessKeyId"),
    secret(Provider::Aws, "secretAccessKey"),
    secret(Provider::Aws, "sessionToken"),
    open(Provider::Gcp, "projectId"),
    secret(Provider::Gcp, "privateKey"),
    open(Provider::Gcp, "clientEmail"),
    open(Provider::Gcp, "billingExportDataset"),
    open(Provider::Azure, "applicationId"),
    secret(Provider::Azure, "secret"),
    open(Provider::Azure, "directoryId"),
    open(Provider::Azure, "subscriptionId"),
    secret(Provider::Lambda, "apiKey"),
    open(Provider::Cloudflare, "accountId"),
    secret(Provider::Cloudflare, "apiToken"),
    open(Provider::Cloudflare, "jurisdiction"),
];

const fn open(provider: Provider, name: &'static str) -> CredentialField {
    CredentialField { provider, name, is_secret: false }
}

const fn secret(provider: Provider, name: &'static str) -> CredentialField {
    CredentialField { provider, name, is_secret: true }
}

/// The field with this name.
pub fn field(name: &str) -> Option<&'static CredentialField> {
    FIELDS.iter().find(|field| field.name == name)
}

/// The keys that a credential object can have, `cloudProvider` first: those of a provider, or all of them.
pub fn keys(provider: Option<Provider>) -> impl Iterator<Item = &'static str> {
    let fields =
        FIELDS.iter().filter(move |field| provider.is_none_or(|provider| field.provider == provider));
    std::iter::once(PROVIDER_KEY).chain(fields.map(|field| field.name))
}

/// The place of a key among those that are printed; nothing where it is none.
pub fn rank(key: &str) -> Option<usize> {
    keys(None).position(|known| known == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    /// The fields of the objects that the schema describes, by the constant of their `cloudProvider`.
    fn of_the_model(schema: &Value, found: &mut BTreeSet<(String, String, bool)>) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let provider = properties.and_then(|fields| fields.get(PROVIDER_KEY)?.get("const")?.as_str());
        if let Some((provider, fields)) = provider.zip(properties) {
            for (name, field) in fields.iter().filter(|(name, _)| *name != PROVIDER_KEY) {
                let is_secret = field.get("writeOnly") == Some(&Value::Bool(true));
                found.insert((provider.to_owned(), name.clone(), is_secret));
            }
        }
        match schema {
            Value::Object(map) => map.values().for_each(|value| of_the_model(value, found)),
            Value::Array(items) => items.iter().for_each(|value| of_the_model(value, found)),
            _ => {}
        }
    }

    #[test]
    fn the_table_is_the_models() {
        let mut model = BTreeSet::new();
        of_the_model(&crate::schema::schema(), &mut model);
        let table = FIELDS
            .iter()
            .map(|field| (field.provider.name().to_owned(), field.name.to_owned(), field.is_secret))
            .collect();
        assert_eq!(model, table);
    }
}
