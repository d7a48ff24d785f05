//! The naming rules that S3, GCS, Azure and R2 publish.

use std::net::Ipv4Addr;

use crate::catalog::Provider;

/// Containers that Azure makes itself and that keep their names.
const AZURES_OWN: [&str; 4] = ["$root", "$web", "$logs", "$blobchangefeed"];

/// Beginnings that S3 keeps for itself.
const S3_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];

/// Ends that S3 keeps for other things than buckets. The aliases of access points are not among them: S3 takes
/// `NAME-s3alias` and `NAME--ol-s3` in place of a bucket's name, to read objects and to write them.
const S3_SUFFIXES: [&str; 2] = [".mrap", "--table-s3"];

/// The end of a directory bucket's name.
const DIRECTORY: &str = "--x-s3";

/// Whether a name is surely allowed everywhere, as most are: a quick look that spares the slow ones.
pub(super) fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut last = b'-';
    for &byte in bytes {
        // `goog` and `g00gle` are looked for with more care, and so is what S3 keeps for itself.
        if !(is_firm(byte) || byte == b'-' && last != b'-') || (last == b'g' && matches!(byte, b'o' | b'0')) {
            return false;
        }
        last = byte;
    }
    (3..=63).contains(&bytes.len())
        && last != b'-'
        && !S3_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        && !S3_SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

/// The first rule of the provider that a bucket's name breaks.
pub(super) fn flaw(provider: Provider, name: &str) -> Option<&'static str> {
    match provider {
        Provider::Aws => s3(name),
        Provider::Gcp => gcs(name),
        Provider::Azure => azure(name),
        Provider::Cloudflare => r2(name),
        Provider::Lambda | Provider::Local => None,
    }
}

fn s3(name: &str) -> Option<&'static str> {
    if !made_of(name, ".-") {
        return Some("only lower-case letters, digits, dots and hyphens");
    }
    if !(3..=63).contains(&name.len()) {
        return Some("3 to 63 characters");
    }
    if !has_firm_ends(name) {
        return Some("a letter or digit at both ends");
    }
    if name.contains("..") {
        return Some("no two dots in a row");
    }
    if name.parse::<Ipv4Addr>().is_ok() || looks_like_address(name) {
        return Some("not the form of an IP address");
    }
    if S3_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
        return Some("not one of the beginnings `xn--`, `sthree-` and `amzn-s3-demo-`, which are reserved");
    }
    if S3_SUFFIXES.iter().any(|suffix| name.ends_with(suffix)) {
        return Some("not one of the ends `.mrap` and `--table-s3`, which are reserved");
    }
    // A directory bucket's name holds its zone: `BASE--ZONE--x-s3`.
    let is_bad = name.strip_suffix(DIRECTORY).is_some_and(|rest| !rest.contains("--"));
    is_bad.then_some("`--x-s3` only behind the zone of a directory bucket")
}

fn gcs(name: &str) -> Option<&'static str> {
    if !made_of(name, ".-_") {
        return Some("only lower-case letters, digits, dots, hyphens and underscores");
    }
    let longest = if name.contains('.') { 222 } else { 63 };
    if !(3..=longest).contains(&name.len()) || name.split('.').any(|part| part.len() > 63) {
        return Some("3 to 63 characters, or up to 222 with no more than 63 between two dots");
    }
    if !has_firm_ends(name) {
        return Some("a letter or digit at both ends");
    }
    if looks_like_address(name) {
        return Some("not the form of an IP address");
    }
    if name.starts_with("goog") {
        return Some("no name that begins with `goog`");
    }
    ["google", "g00gle"].iter().any(|word| name.contains(word)).then_some("no name with `google` in it")
}

fn azure(name: &str) -> Option<&'static str> {
    if AZURES_OWN.contains(&name) {
        return None;
    }
    if !made_of(name, "-") {
        return Some("only lower-case letters, digits and hyphens");
    }
    if !(3..=63).contains(&name.len()) {
        return Some("3 to 63 characters");
    }
    if !has_firm_ends(name) {
        return Some("a letter or digit at both ends");
    }
    name.contains("--").then_some("no two hyphens in a row")
}

fn r2(name: &str) -> Option<&'static str> {
    if !made_of(name, "-") {
        return Some("only lower-case letters, digits and hyphens");
    }
    if !(3..=63).contains(&name.len()) {
        return Some("3 to 63 characters");
    }
    (!has_firm_ends(name)).then_some("a letter or digit at both ends")
}

fn is_firm(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn made_of(name: &str, others: &str) -> bool {
    name.bytes().all(|byte| is_firm(byte) || others.as_bytes().contains(&byte))
}

fn has_firm_ends(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(|byte| is_firm(*byte)) && bytes.last().is_some_and(|byte| is_firm(*byte))
}

/// Four numbers with dots between them, as an address is written.
fn looks_like_address(name: &str) -> bool {
    let is_number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    name.split('.').count() == 4 && name.split('.').all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(provider: Provider, names: &[&str]) {
        for name in names {
            assert_eq!(flaw(provider, name), None, "{provider} {name}");
        }
    }

    fn refused(provider: Provider, names: &[&str]) {
        for name in names {
            assert!(flaw(provider, name).is_some(), "{provider} {name}");
            assert!(!is_plain(name), "{name}");
        }
    }

    #[test]
    fn plain_names_are_allowed_everywhere() {
        for name in ["abc", "eval-data-2026", "1-2-3", "0ab"] {
            assert!(is_plain(name), "{name}");
            for provider in [Provider::Aws, Provider::Gcp, Provider::Azure, Provider::Cloudflare] {
                allowed(provider, &[name]);
            }
        }
        assert!(!is_plain("goods"));
    }

    #[test]
    fn s3_names() {
        let longest = "a".repeat(63);
        allowed(Provider::Aws, &["abc", "my.data.2026", "a--b", "1-2-3", "1.2.3", "a.-b", &longest]);
        allowed(
            Provider::Aws,
            &["base--use1-az4--x-s3", "my-s3", "sthreex", "my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias"],
        );
        refused(Provider::Aws, &["ab", "a_b", "Abc", "a..b", ".abc", "abc-", "192.168.5.4", "", "a b"]);
        refused(Provider::Aws, &["xn--abc", "sthree-abc", "abc.mrap", "abc--table-s3", "abc--x-s3"]);
        refused(Provider::Aws, &[&"a".repeat(64), "daten-ü"]);
    }

    #[test]
    fn gcs_names() {
        let dotted = format!("{0}.{0}.{0}", "a".repeat(63));
        allowed(Provider::Gcp, &["abc", "a_b", "my.data", "a__b", "1-2", &dotted]);
        refused(Provider::Gcp, &["ab", "_abc", "abc_", "goog-x", "my-google-data", "g00gle-x", "10.0.0.1"]);
        refused(Provider::Gcp, &[&"a".repeat(64), &format!("{}.b", "a".repeat(64)), &"a.".repeat(120)]);
    }

    #[test]
    fn azure_and_r2_names() {
        allowed(Provider::Azure, &["abc", "a-b-c", "123", "$root", "$web", "$logs"]);
        refused(Provider::Azure, &["ab", "a--b", "-ab", "ab-", "a.b.c", "a_b", "Abc", "$other"]);
        allowed(Provider::Cloudflare, &["abc", "a--b", "123"]);
        refused(Provider::Cloudflare, &["ab", "a.b", "a_b", "-ab", "Abc", "$root"]);
    }
}
