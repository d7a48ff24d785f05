//! The validator of the schema, which says why a value does not fit.

use std::sync::OnceLock;

use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::Value;

use super::patterns::PATTERNS;
use crate::profile::Section;

/// The generated schema without its words; a test compares it with the model.
pub(super) const BARE_SCHEMA: &str = include_str!("bare.schema.json");

/// The validator, built once, by the first file that needs it; without what a document that has no submissions does not
/// need. The schema is a constant that a test builds, so it is never missing.
pub(super) fn validator(with_submissions: bool) -> Option<&'static Validator> {
    static WHOLE: OnceLock<Option<Validator>> = OnceLock::new();
    static PROFILES: OnceLock<Option<Validator>> = OnceLock::new();
    let cell = if with_submissions { &WHOLE } else { &PROFILES };
    cell.get_or_init(|| build(with_submissions).ok()).as_ref()
}

fn build(with_submissions: bool) -> Result<Validator, ValidationError<'static>> {
    let mut schema: Value = serde_json::from_str(BARE_SCHEMA).unwrap_or_default();
    if !with_submissions {
        let remove = |schema: Option<&mut Value>, names: &[&str]| {
            if let Some(Value::Object(map)) = schema {
                map.retain(|name, _| !names.contains(&name.as_str()));
            }
        };
        remove(schema.get_mut("properties"), &[Section::Submissions.key()]);
        remove(
            schema.get_mut("$defs"),
            &["Submission", "Variant", "Matrix", "CloudConfig", "DockerOptions", "Mount"],
        );
    }
    let options = jsonschema::options()
        // What the schema says means the same in every draft since this one, whose own schema is the quickest to build.
        .with_draft(Draft::Draft7)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .offline();
    PATTERNS
        .iter()
        .fold(options, |options, known| options.with_format(known.format, known.fits))
        .build(&schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_builds() {
        assert!(build(true).is_ok());
        assert!(build(false).is_ok());
    }

    #[test]
    fn the_bare_schema_is_the_models() {
        let bare = serde_json::to_string(&crate::schema::bare_schema()).unwrap_or_default();
        assert!(BARE_SCHEMA.trim_end() == bare, "run `cargo xtask generate`");
    }
}
