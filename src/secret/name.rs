//! What the name of a value says about it: whether it is a secret, and whether it is surely none.

use crate::catalog::{Catalog, Gpu, Provider};
use crate::credential::{self, CredentialField};
use crate::profile::Field;
use crate::schema::model::DiskTier;
use crate::suggest;

/// Words that make a secret of whatever they are part of.
const STRONG: [&str; 7] = ["password", "passwd", "passphrase", "secret", "secrets", "apikey", "privatekey"];

/// Words that make a secret of a name that ends with them.
const LAST: [&str; 14] = [
    "token",
    "key",
    "pwd",
    "pass",
    "pat",
    "auth",
    "authorization",
    "bearer",
    "jwt",
    "cookie",
    "signature",
    "accesskey",
    "accesstoken",
    "authtoken",
];

/// A name that ends with one of these tells where a secret is, or something about it, and not the secret.
const ABOUT: [&str; 14] = [
    "name", "names", "id", "ids", "file", "path", "ref", "arn", "type", "version", "length", "ttl", "policy",
    "manager",
];

/// Names that only look like those of secrets: a rule's.
const EXEMPT: [&str; 1] = ["plaintext-secret"];

/// Whether a name says that what it names is a secret: that of an environment variable, of a key, or of
/// something in a comment. `AWS_SECRET_ACCESS_KEY`, `apiToken` and `db-password` do, `secretName` does not.
pub fn is_secret_name(name: &str) -> bool {
    if EXEMPT.contains(&name) {
        return false;
    }
    let words = words(name);
    let Some(last) = words.last().map(String::as_str) else { return false };
    if ABOUT.contains(&last) {
        return false;
    }
    let before = words.len().checked_sub(2).and_then(|index| words.get(index)).map(String::as_str);
    if last == "key" && before == Some("public") {
        return false;
    }
    LAST.contains(&last)
        || (before == Some("connection") && last == "string")
        || words.iter().any(|word| STRONG.iter().any(|strong| word.ends_with(strong)))
}

/// Whether an argument of a command says that the next one is a secret: `--api-key`, `--password`. Words that have other
/// meanings there, as in `--sort-key`, do not.
pub fn is_secret_flag(argument: &str) -> bool {
    let Some(name) = argument.strip_prefix("--").filter(|name| is_secret_name(name)) else { return false };
    let words = words(name);
    let is_strong = |word: &String| word == "token" || STRONG.iter().any(|strong| word.ends_with(strong));
    let is_key = matches!(
        words.as_slice(),
        [.., kind, key] if key == "key" && matches!(kind.as_str(), "api" | "access" | "private" | "auth" | "account")
    );
    is_key || words.iter().any(is_strong)
}

/// The words of a name in lower case: `apiKey`, `API_KEY` and `api-key` have the same two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for character in name.chars() {
        let starts = !previous.is_alphanumeric() || (character.is_uppercase() && previous.is_lowercase());
        if character.is_alphanumeric() {
            if starts {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
        }
        previous = character;
    }
    words
}

/// Whether a key holds a secret as its value, wherever it stands: a secret field, or a name that says so.
pub fn is_secret_key(key: &str) -> bool {
    is_secret_field(key) || (credential::field(key).is_none() && !is_other_field(key) && is_secret_name(key))
}

/// Whether a key is a secret field of credential objects, or a misspelling that is closest to one.
pub fn is_secret_field(key: &str) -> bool {
    // A field that is spelt right is no misspelling of another; most keys are that.
    !is_other_field(key) && closest_field(key).is_some_and(|field| field.is_secret)
}

/// The field of a credential object that a key is, or most likely means; of two the secret one.
pub fn closest_field(key: &str) -> Option<&'static CredentialField> {
    let names = |is_secret| {
        let fields = credential::FIELDS.iter().filter(move |field| field.is_secret == is_secret);
        fields.map(|field| field.name)
    };
    credential::field(key).or_else(|| {
        let others = [credential::PROVIDER_KEY, "extends"];
        suggest::closest(key, names(true).chain(names(false)).chain(others)).and_then(credential::field)
    })
}

/// Whether a key of a credential object is known to be harmless: only then its value may be shown. Case and
/// separators don't matter; `AccessKeyID` is known as well.
pub fn is_harmless_key(key: &str) -> bool {
    let is_open = |field: &&CredentialField| {
        !field.is_secret && (field.name == key || suggest::normal(field.name) == suggest::normal(key))
    };
    is_other_field(key) || credential::FIELDS.iter().find(is_open).is_some()
}

/// Whether a key names credentials, or is meant to: what stands below it is a credential object.
pub fn names_credentials(key: &str) -> bool {
    // Most keys are spelt right.
    if let Some(field) = Field::from_name(key) {
        return CREDENTIALS.contains(&field);
    }
    words(key).iter().any(|word| word.starts_with("credential") || matches!(word.as_str(), "cred" | "creds"))
        || suggest::closest(key, CREDENTIALS.map(Field::name)).is_some()
}

const CREDENTIALS: [Field; 4] = [
    Field::Credentials,
    Field::InputStorageCredentials,
    Field::OutputStorageCredentials,
    Field::CheckpointStorageCredentials,
];

/// Whether a key is a field of profiles that says nothing about credentials.
fn is_other_field(key: &str) -> bool {
    matches!(key, credential::PROVIDER_KEY | "extends")
        || Field::from_name(key).is_some_and(|field| !CREDENTIALS.contains(&field))
}

/// Whether a text says where a secret is, and is none: `$HF_TOKEN`, `${HF_TOKEN}`.
pub fn is_reference(text: &str) -> bool {
    let Some(name) = text.strip_prefix('$') else { return false };
    let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.starts_with(|first: char| !first.is_ascii_digit()) && name.bytes().all(is_part)
}

/// Whether a text says where a secret is in a way that a shell knows, or is the beginning of that: `$(cat token)`.
pub(super) fn is_looked_up(text: &str) -> bool {
    is_reference(text) || text == "$" || text.starts_with("$(")
}

/// Whether a text is a word of the format or of the catalog: a provider, a region, a zone, a VM type, a GPU,
/// a field. Such a word is no secret, even where somebody wrote it behind a key that nobody knows; masking it
/// would hide what a finding is about.
pub fn is_known_word(text: &str) -> bool {
    const WORDS: [&str; 5] = ["default", "eu", "fedramp", "true", "false"];
    let lower = text.to_ascii_lowercase();
    let catalog = Catalog::builtin();
    WORDS.contains(&lower.as_str())
        || DiskTier::NAMES.contains(&lower.as_str())
        || Field::from_name(text).is_some()
        || credential::keys(None).any(|key| key == text)
        || STRONG.iter().chain(&LAST).any(|word| *word == lower)
        || Provider::ALL.iter().any(|provider| provider.name().eq_ignore_ascii_case(text))
        || !catalog.region_providers(&lower).is_empty()
        || !catalog.storage_region_providers(text).is_empty()
        || !catalog.vm_type_providers(text).is_empty()
        || catalog.zone_region(&lower).is_some()
        || Gpu::from_name(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        for name in [
            "AWS_SECRET_ACCESS_KEY",
            "apiToken",
            "db-password",
            "PASSWORD",
            "HF_TOKEN",
            "clientSecret",
            "api_key",
            "dbpassword",
            "SECRET",
            "token",
            "key",
            "azure.connectionString",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "secretName",
            "AWS_ACCESS_KEY_ID",
            "publicKey",
            "max_tokens",
            "tokenizer",
            "monkey",
            "region",
            "",
            "-",
            "keyName",
            "plaintext-secret",
            "image",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn keys_tell() {
        for key in ["secretAccessKey", "secret_acess_key", "apiTokn", "token", "apiSecret"] {
            assert!(is_secret_key(key) && !is_harmless_key(key), "{key}");
        }
        for key in ["accessKeyId", "accessKeyID", "project_id", "cloudProvider", "region"] {
            assert!(!is_secret_key(key) && is_harmless_key(key), "{key}");
        }
        // What is hidden is more than what AC502 reports.
        assert!(
            is_secret_field("secret_acess_key") && !is_secret_field("token") && !is_secret_field("password")
        );
        assert!(!is_harmless_key("whatever") && !is_harmless_key("credentials"));
        for key in
            ["credentials", "credential", "creds", "inputStorageCreds", "aws_credentials", "crdentials"]
        {
            assert!(names_credentials(key), "{key}");
        }
        assert!(!names_credentials("region") && !names_credentials("profiles"));
    }

    #[test]
    fn words_of_the_catalog_are_known() {
        for word in ["AWS", "us-east-1", "g6e.xlarge", "h100", "us-central1-a", "region", "auto"] {
            assert!(is_known_word(word), "{word}");
        }
        assert!(!is_known_word("hunter2hunter2") && !is_known_word(""));
    }
}
