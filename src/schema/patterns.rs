//! The schema's patterns as code. Compiling them takes longer than all else that a small file needs.
//!
//! The published schema has the patterns. Ours has a `format` for each instead, and a test holds both equal.

/// A pattern, the format that stands for it, and what it asks of a text.
pub(super) struct Coded {
    pub(super) pattern: &'static str,
    pub(super) format: &'static str,
    pub(super) fits: fn(&str) -> bool,
}

/// Every pattern of the schema but `^x-`, which the validator does not compile.
pub(super) const PATTERNS: [Coded; 3] = [
    Coded { pattern: r"^\.?[A-Za-z0-9][A-Za-z0-9_.-]*$", format: "name", fits: is_name },
    Coded { pattern: r"^\.", format: "template-name", fits: is_template_name },
    Coded { pattern: "^[ -9;-~]+(:([1-9][0-9]*|all))?$", format: "gpu", fits: is_gpu },
];

/// The format that stands for a pattern.
pub(super) fn format_of(pattern: &str) -> Option<&'static str> {
    PATTERNS.iter().find(|known| known.pattern == pattern).map(|known| known.format)
}

pub(super) fn is_name(text: &str) -> bool {
    let mut bytes = text.strip_prefix('.').unwrap_or(text).bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphanumeric())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

pub(super) fn is_template_name(text: &str) -> bool {
    text.starts_with('.')
}

pub(super) fn is_gpu(text: &str) -> bool {
    let (kind, count) = text.split_once(':').map_or((text, None), |(kind, count)| (kind, Some(count)));
    let is_count = |count: &str| {
        count == "all"
            || (!count.starts_with('0')
                && count.bytes().all(|byte| byte.is_ascii_digit())
                && !count.is_empty())
    };
    !kind.is_empty() && kind.bytes().all(|byte| matches!(byte, b' '..=b'~')) && count.is_none_or(is_count)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// All texts of up to four of these: of each class of the patterns the first, the last, and what
    /// comes before and after.
    fn texts() -> Vec<String> {
        let letters = [".", "a", "Z", "0", "9", "-", "_", ":", ";", " ", "~", "\u{7f}", "\n", "ü", "all"];
        let mut texts = vec![String::new()];
        let mut last = texts.clone();
        for _ in 0..4 {
            last = last.iter().flat_map(|text| letters.map(|letter| format!("{text}{letter}"))).collect();
            texts.extend_from_slice(&last);
        }
        texts
    }

    #[test]
    fn the_code_says_what_the_patterns_say() {
        let texts = texts();
        for Coded { pattern, fits, .. } in &PATTERNS {
            let validator = jsonschema::validator_for(&json!({"pattern": pattern})).ok();
            for text in &texts {
                let expected =
                    validator.as_ref().map(|pattern| pattern.is_valid(&Value::from(text.as_str())));
                assert_eq!(Some(fits(text)), expected, "{pattern} of {text:?}");
            }
        }
    }

    #[test]
    fn the_schema_that_is_checked_has_no_pattern() {
        assert!(!super::super::validator::BARE_SCHEMA.contains("\"pattern\""), "a pattern has no code");
        let published = super::super::schema().to_string();
        for Coded { pattern, .. } in &PATTERNS {
            let written = Value::from(*pattern).to_string();
            assert!(published.contains(&written), "the schema has no pattern {pattern}");
        }
    }
}
