//! References to images, by Docker's grammar.

use rustc_hash::FxHashMap;

/// A reference as far as rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference<'a> {
    /// The tag.
    pub tag: Option<&'a str>,
    /// Whether it names the image by its contents.
    pub has_digest: bool,
}

/// References as they were read: many submissions name the same image.
#[derive(Debug, Default)]
pub(super) struct References<'a>(FxHashMap<&'a str, Result<Reference<'a>, &'static str>>);

impl<'a> References<'a> {
    /// As [`parse`].
    pub(super) fn parse(&mut self, text: &'a str) -> Result<Reference<'a>, &'static str> {
        *self.0.entry(text).or_insert_with(|| parse(text))
    }
}

/// Reads `[HOST[:PORT]/]NAME[/NAME…][:TAG][@DIGEST]`, or says why it can't.
pub(super) fn parse(text: &str) -> Result<Reference<'_>, &'static str> {
    if text.is_empty() {
        return Err("it is empty");
    }
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_plain && text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("it has a space");
    }
    if text.as_bytes().windows(3).any(|part| part == b"://") {
        return Err("it is an address");
    }
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (text, None),
    };
    if digest.is_some_and(|digest| !is_digest(digest)) {
        return Err("what follows its `@` is no digest");
    }
    // A colon behind the last slash begins the tag; one before it the port.
    let last = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match rest.get(last..).and_then(|end| end.split_once(':')) {
        Some((end, tag)) => (rest.get(..last + end.len()).unwrap_or_default(), Some(tag)),
        None => (rest, None),
    };
    if tag.is_some_and(|tag| !is_tag(tag)) {
        return Err("what follows its colon is no tag");
    }
    let path = match name.split_once('/') {
        Some((host, path)) if is_host_like(host) => {
            if !is_host(host) {
                return Err("its registry is no host");
            }
            path
        }
        _ => name,
    };
    if path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err("it has capitals");
    }
    if !path.as_bytes().split(|byte| *byte == b'/').all(is_component) {
        return Err("it has characters that Docker does not allow there");
    }
    if name.len() > 255 {
        return Err("it is longer than 255 characters");
    }
    Ok(Reference { tag, has_digest: digest.is_some() })
}

/// The reference with its name in lower case; the tag and the host, where case may count, as they are.
pub(super) fn in_lower_case(text: &str) -> String {
    let last = text.rfind('/').map_or(0, |slash| slash + 1);
    let end = text.get(last..).and_then(|end| end.find([':', '@'])).map_or(text.len(), |at| last + at);
    let (name, rest) = (text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
    name.to_lowercase() + rest
}

/// Whether the first part of a name is a registry: it has a dot or a port, or is this machine.
fn is_host_like(host: &str) -> bool {
    host.contains(['.', ':']) || host == "localhost"
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_address = name.starts_with('[')
        && name.ends_with(']')
        && name.trim_matches(['[', ']']).bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
    port.is_none_or(is_port) && (is_address || name.split('.').all(is_label))
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
fn is_component(part: &[u8]) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_separator =
        |text: &[u8]| matches!(text, b"" | b"." | b"_" | b"__") || text.iter().all(|byte| *byte == b'-');
    part.first().is_some_and(is_word)
        && part.last().is_some_and(is_word)
        && part.split(is_word).all(is_separator)
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= 128
        && tag.bytes().next().is_some_and(is_word)
        && tag.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

fn is_digest(digest: &str) -> bool {
    let Some((algorithm, hex)) = digest.split_once(':') else { return false };
    let is_name = algorithm.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-_".contains(&byte));
    let is_named = is_name && algorithm.starts_with(|c: char| c.is_ascii_alphabetic());
    is_named && hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_docker_reads_them() {
        let digest = "@sha256:".to_owned() + &"a".repeat(64);
        for sound in [
            "ubuntu",
            "ubuntu:24.04",
            "acme/train",
            "ghcr.io/acme/train:1.4",
            "localhost/x",
            "localhost:5000/x:A_b-1.2",
            "host:5000/a/b",
            "a__b/c---d",
            "[::1]:5000/x",
            "Ghcr.IO/x",
            &format!("x{digest}"),
            &format!("x:1{digest}"),
        ] {
            assert!(parse(sound).is_ok(), "{sound}");
        }
        for wrong in [
            "",
            "Ubuntu",
            "ghcr.io/Acme/x",
            "a b",
            "x:",
            "x:-1",
            "x@sha256:12",
            "/x",
            "x/",
            "a//b",
            "a___b/c",
            "-x",
            "x..y",
            "https://ghcr.io/x",
            "${IMAGE}",
            "Acme/x",
            "host:port/x",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(in_lower_case("ghcr.io/Acme/Train:V1"), "ghcr.io/acme/train:V1");
    }
}
