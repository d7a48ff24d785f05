//! Plain scalars by the YAML 1.2 core schema.

use super::tree::Data;

/// The value of a plain scalar that is not a string; `None` for a string.
pub(super) fn resolve(text: &str) -> Option<Data> {
    match text.as_bytes().first()? {
        b'n' | b'N' | b'~' => matches!(text, "null" | "Null" | "NULL" | "~").then_some(Data::Null),
        b't' | b'T' => matches!(text, "true" | "True" | "TRUE").then_some(Data::Bool(true)),
        b'f' | b'F' => matches!(text, "false" | "False" | "FALSE").then_some(Data::Bool(false)),
        b'0'..=b'9' | b'+' | b'-' | b'.' => number(text),
        _ => None,
    }
}

/// Whether a plain scalar is something else than a string.
pub fn is_typed(text: &str) -> bool {
    resolve(text).is_some()
}

/// Whether a text is a string to every reader of YAML when it stands without quotes: to those of YAML 1.1 too, who
/// know more booleans and numbers, and whatever stands beside it.
pub fn is_text_without_quotes(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let is_inside = |byte: u8| is_word(byte) || byte == b':';
    // What begins with a letter is no number, and what has one of these is none either.
    let is_safe_letter = |byte: u8| b"ghijklmnpqrsuvwy".contains(&byte.to_ascii_lowercase());
    let is_name = match text.bytes().next() {
        Some(b'.') => is_template(text),
        Some(b'0'..=b'9') => text.bytes().any(is_safe_letter),
        first => first.is_some_and(|byte| byte.is_ascii_alphabetic()),
    };
    is_name
        && text.bytes().last().is_some_and(is_word)
        && text.bytes().all(is_inside)
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// `.base`, not `.5` or `.inf`.
fn is_template(text: &str) -> bool {
    let name = text.trim_start_matches('.');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && resolve(text).is_none()
}

/// A number: decimal, `0o` octal, `0x` hexadecimal, with exponent, `.inf` or `.nan`.
pub(super) fn number(text: &str) -> Option<Data> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return Some(Data::Float(if negative { f64::NEG_INFINITY } else { f64::INFINITY }));
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Data::Float(f64::NAN));
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() {
        return Some(match text.parse() {
            Ok(int) => Data::Int(int),
            Err(_) => Data::Float(text.parse().ok()?),
        });
    }
    is_float(digits).then(|| text.parse().ok().map(Data::Float))?
}

/// `[0-9]+` in the base, as the core schema has it: no sign, no separators.
fn radix(digits: &str, base: u32) -> Option<Data> {
    let sound = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base));
    sound.then(|| match i64::from_str_radix(digits, base) {
        Ok(int) => Data::Int(int),
        Err(_) => Data::Float(digits.chars().fold(0.0, |value, digit| {
            value * f64::from(base) + f64::from(digit.to_digit(base).unwrap_or_default())
        })),
    })
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` without the sign.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let sound_mantissa = match mantissa.split_once('.') {
        Some((whole, fraction)) => {
            all_digits(whole) && all_digits(fraction) && !(whole.is_empty() && fraction.is_empty())
        }
        None => !mantissa.is_empty() && all_digits(mantissa),
    };
    let sound_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    sound_mantissa && sound_exponent
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> String {
        match resolve(text) {
            None => "str".into(),
            Some(data) => format!("{data:?}"),
        }
    }

    #[test]
    fn knows_text_that_needs_no_quotes() {
        for text in ["base", ".base", "AWS", "us-east-1", "h100:all", "4gpu", "b_2.x", "Standard_D4s_v5"] {
            assert!(is_text_without_quotes(text), "{text}");
        }
        let others =
            ["", "10", "010", "1e3", "0x1F", "1_000", "12:30:45", ".5", ".inf", "yes", "Off", "null", "a b"];
        for text in others.into_iter().chain(["a:", "a#b", "[a", "*a", "-a", "2001-01-01", "~", "0o17", "é"])
        {
            assert!(!is_text_without_quotes(text), "{text}");
        }
    }

    #[test]
    fn reads_the_core_schema() {
        for (text, expected) in [
            ("~", "Null"),
            ("null", "Null"),
            ("nULL", "str"),
            ("yes", "str"),
            ("on", "str"),
            ("True", "Bool(true)"),
            ("tRue", "str"),
            ("0o17", "Int(15)"),
            ("017", "Int(17)"),
            ("0x1F", "Int(31)"),
            ("0b11", "str"),
            ("1_000", "str"),
            ("1e3", "Float(1000.0)"),
            ("1.", "Float(1.0)"),
            (".5", "Float(0.5)"),
            (".", "str"),
            ("-", "str"),
            ("+1", "Int(1)"),
            ("-12.5e-1", "Float(-1.25)"),
            ("1e", "str"),
            (".inf", "Float(inf)"),
            ("-.INF", "Float(-inf)"),
            (".nan", "Float(NaN)"),
            ("-.nan", "str"),
            ("1:30", "str"),
            ("2001-01-01", "str"),
            ("99999999999999999999", "Float(1e20)"),
            ("infinity", "str"),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
