//! What looks like a secret wherever it stands: keys of AWS, private keys, and the private parts of addresses.

use crate::source::{Span, to_u32};
use crate::work;

const PEM_BEGIN: &str = "-----BEGIN ";
const PEM_PRIVATE: &str = "PRIVATE KEY";
const PEM_END: &str = "-----END ";

/// Whether a text has the shape of an AWS access key id or of a private key in PEM form.
pub fn has_secret_shape(text: &str) -> bool {
    key_ids(text).next().is_some() || !pem_keys(text).is_empty()
}

/// Whether a text is the id of an AWS access key and nothing else.
pub fn is_key_id(text: &str) -> bool {
    key_ids(text).next().is_some_and(|id| id.len() as usize == text.len())
}

/// Everything in a text that must not be shown, whatever it stands for.
pub fn shapes(text: &str) -> Vec<Span> {
    work::count(text.len());
    let mut spans: Vec<Span> = key_ids(text).map(|id| with_secret_half(text, id)).collect();
    spans.extend(pem_keys(text));
    private_parts(text, &mut spans);
    spans
}

/// `AKIA` or `ASIA` and sixteen capitals and digits, as a word of its own.
fn key_ids(text: &str) -> impl Iterator<Item = Span> {
    const LENGTH: usize = 20;
    let bytes = text.as_bytes();
    let starts = ["AKIA", "ASIA"].into_iter().flat_map(|prefix| text.match_indices(prefix));
    starts.filter_map(move |(start, _)| {
        let id = bytes.get(start..start + LENGTH)?;
        let is_word = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphanumeric);
        let alone = !is_word(start + LENGTH) && (start == 0 || !is_word(start - 1));
        let shaped = id.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        (alone && shaped).then(|| Span::new(to_u32(start), to_u32(start + LENGTH)))
    })
}

/// An id with the secret that follows it: `AKIA…:secret`, or a second word that is as long as AWS's secrets.
fn with_secret_half(text: &str, id: Span) -> Span {
    const SECRET_LENGTH: usize = 40;
    let rest = text.get(id.end as usize..).unwrap_or_default();
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '}' | ']' | ')'));
    let glued = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
    if glued.len() > 1 {
        return Span::new(id.start, id.end + to_u32(glued.len()));
    }
    let word = rest.trim_start_matches([' ', '\t', ',', ':', ';', '|', '/', '=', '"', '\'']);
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '+' | '=');
    let length = word.find(|c| !is_key(c)).unwrap_or(word.len());
    if length == SECRET_LENGTH {
        return Span::new(id.start, id.end + to_u32(rest.len() - word.len() + length));
    }
    id
}

/// From `-----BEGIN … PRIVATE KEY` to the matching end. Where there is none, as far as lines can be part of a key.
fn pem_keys(text: &str) -> Vec<Span> {
    const LONGEST_TITLE: usize = 40;
    let mut keys: Vec<Span> = Vec::new();
    let mut begins = text.match_indices(PEM_BEGIN).map(|(at, _)| at).peekable();
    let mut ends = text.match_indices(PEM_END).map(|(at, _)| at).peekable();
    while let Some(start) = begins.next() {
        let title_start = start + PEM_BEGIN.len();
        let title = text.as_bytes().get(title_start..).unwrap_or_default();
        let title = title.get(..title.len().min(LONGEST_TITLE + 5)).unwrap_or_default();
        let Some(length) = title.windows(5).position(|window| window == b"-----") else { continue };
        if !title.get(..length).is_some_and(|title| title.ends_with(PEM_PRIVATE.as_bytes())) {
            continue;
        }
        while ends.next_if(|end| *end < start).is_some() {}
        let limit = begins.peek().copied().unwrap_or(text.len());
        let end = match ends.peek().filter(|end| **end < limit) {
            Some(end) => {
                let tail = text.get(end + PEM_END.len()..).unwrap_or_default();
                let line = tail.get(..tail.find(['\n', '\r']).unwrap_or(tail.len())).unwrap_or_default();
                end + PEM_END.len() + line.find("-----").map_or(line.len(), |at| at + 5)
            }
            None => title_start + key_lines(text.get(title_start..limit).unwrap_or_default()),
        };
        keys.push(Span::new(to_u32(start), to_u32(end)));
    }
    keys
}

/// How much of a text is a key that has no end: its first line, and what is in base64 below it.
fn key_lines(text: &str) -> usize {
    let (mut length, mut end) = (0, 0);
    for line in text.split_inclusive(['\n', '\r']) {
        let content =
            line.trim_matches(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '/' | '='));
        if length > 0 && !is_key_line(content) {
            break;
        }
        length += line.len();
        if !content.is_empty() {
            end = length - (line.len() - line.trim_end().len());
        }
    }
    end
}

/// Whether a line can be one of a key: nothing but base64, or one of the two headers of old.
fn is_key_line(line: &str) -> bool {
    const LONG: usize = 16;
    let is_base64 =
        |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=\\".contains(&byte));
    let mut words = line.split_whitespace();
    let is_one_word = words.clone().count() <= 1;
    let is_long = is_one_word || words.clone().any(|word| word.len() >= LONG);
    (is_long && words.all(is_base64))
        || ["Proc-Type:", "DEK-Info:"].iter().any(|header| line.starts_with(header))
}

/// Addresses that end where their line does, before it is said whose they are: the user's part may go on in the next
/// line, or the text may have been cut there.
pub fn cut_addresses(text: &str) -> Vec<Span> {
    let mut cut = Vec::new();
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '/' | '?' | '#');
    for (scheme, _) in text.match_indices("://") {
        let start = scheme + 3;
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find(is_end).unwrap_or(rest.len());
        let after = rest.get(end..).unwrap_or_default();
        if after.is_empty() || after.starts_with(['\n', '\r']) {
            cut.push(Span::new(to_u32(start), to_u32(start + end)));
            let more = after.trim_start();
            let word = more.get(..more.find(is_end).unwrap_or(more.len())).unwrap_or_default();
            if let Some(user) = word.find('@') {
                let start = text.len() - more.len();
                cut.push(Span::new(to_u32(start), to_u32(start + user)));
            }
        }
    }
    cut
}

/// Who and with what right: the user's part of an address, `https://USER:PASSWORD@host`, and its query.
fn private_parts(text: &str, spans: &mut Vec<Span>) {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '}' | ']' | ')');
    let mut at = 0;
    // Word by word, so that each byte is looked at a few times only, however many addresses are in a row.
    while let Some(found) = text.get(at..).and_then(|rest| rest.find([':', '?'])) {
        let mark = at + found;
        let rest = text.get(mark..).unwrap_or_default();
        let end = mark + rest.find(is_end).unwrap_or(rest.len());
        let word = text.get(mark..end).unwrap_or_default();
        private_parts_of(word, mark, spans);
        at = end.max(mark + 1);
    }
}

/// As [`private_parts`], from the first `:` or `?` of a word to its end.
fn private_parts_of(word: &str, offset: usize, spans: &mut Vec<Span>) {
    let mut push = |start: usize, end: usize| {
        if start < end {
            spans.push(Span::new(to_u32(offset + start), to_u32(offset + end)));
        }
    };
    let is_address = word.contains("://");
    for (scheme, _) in word.match_indices("://") {
        let start = scheme + 3;
        let rest = word.get(start..).unwrap_or_default();
        let authority = rest.get(..rest.find(['/', '?', '#']).unwrap_or(rest.len())).unwrap_or_default();
        let port = authority.split_once(':').map_or("", |(_, port)| port);
        if let Some(user) = authority.rfind('@') {
            push(start, start + user);
        } else if !port.bytes().all(|byte| byte.is_ascii_digit()) {
            // A password with a slash in it, or one whose address goes on elsewhere.
            push(start, start + rest.rfind('@').unwrap_or(authority.len()));
            break;
        }
    }
    let query = word.find('?').map(|at| at + 1);
    let query =
        query.filter(|start| is_address || word.get(*start..).is_some_and(|query| query.contains('=')));
    if let Some(start) = query {
        push(start, word.trim_end_matches([',', ';', '.']).len());
    }
}

/// The user's part of an address with which a text ends, while somebody types it: no host of the web is one word.
pub fn cut_user(text: &str) -> Option<Span> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>');
    let start = text.rfind(is_end).map_or(0, |at| at + 1);
    let (before, word) = text.split_at_checked(start)?;
    let is_web = ["http://", "https://"].iter().any(|scheme| before.ends_with(scheme));
    let is_host = word.contains(['.', '@', '?']) || word.starts_with("localhost");
    (is_web && !is_host).then(|| Span::new(to_u32(start), to_u32(text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<&str> {
        shapes(text).iter().map(|span| text.get(span.range()).unwrap_or_default()).collect()
    }

    #[test]
    fn finds_keys_with_both_halves() {
        assert_eq!(hidden("a: AKIAIOSFODNN7EXAMPLE"), ["AKIAIOSFODNN7EXAMPLE"]);
        assert_eq!(hidden("{a: AKIAIOSFODNN7EXAMPLE, b: c}"), ["AKIAIOSFODNN7EXAMPLE"]);
        assert_eq!(hidden("AKIAIOSFODNN7EXAMPLE:hunter2 x"), ["AKIAIOSFODNN7EXAMPLE:hunter2"]);
        let both = "AKIAIOSFODNN7EXAMPLE, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        assert_eq!(hidden(both), [both]);
        assert!(hidden("AKIAIOSFODNN7EXAMPLEX").is_empty());
    }

    #[test]
    fn finds_private_keys() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----";
        assert_eq!(hidden(&format!("x {key} y")), [key]);
        let endless = "-----BEGIN PRIVATE KEY-----\n  MIIEvQ+/x\n\n  - abc=";
        assert_eq!(hidden(&format!("a: |\n  {endless}\nregion: x\nspot\n")), [endless]);
        assert_eq!(hidden(&format!("{endless}\nregion: x\n{key}\n")), [endless, key]);
        let old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB\n\nabc";
        assert_eq!(hidden(&format!("{old}\n\n# more: x\n")), [old]);
        assert_eq!(
            hidden("a: \"-----BEGIN PRIVATE KEY-----\\nabc\"\nb: c"),
            ["-----BEGIN PRIVATE KEY-----\\nabc\""]
        );
        assert!(hidden("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----").is_empty());
    }

    #[test]
    fn finds_addresses_that_are_cut() {
        let cut = |text| -> Vec<&str> {
            cut_addresses(text).iter().map(|span| text.get(span.range()).unwrap_or_default()).collect()
        };
        assert_eq!(cut("a: https://user:pa"), ["user:pa"]);
        assert_eq!(cut("a: https://user\n  more@host/x"), ["user", "more"]);
        let user = |text| cut_user(text).and_then(|span| text.get(span.range()));
        assert_eq!(user("a: https://Zq7v"), Some("Zq7v"));
        for text in
            ["a: https://host.x", "a: https://host/x", "a: https://host\n", "a: s3://bucket", "a: b", "é"]
        {
            assert_eq!(user(text), None, "{text}");
        }
        assert_eq!(cut("a: \"https://host\"\nb: s3://bucket/x\nc: {d: https://host }"), [] as [&str; 0]);
    }

    #[test]
    fn finds_the_private_parts_of_addresses() {
        assert_eq!(hidden("https://me:hunter2@host/x?sig=abc, y"), ["me:hunter2", "sig=abc"]);
        assert_eq!(hidden("s3://bucket/path h:8 a?b"), [] as [&str; 0]);
        assert_eq!(hidden("https://a.b/c/https://u:p@h/"), ["u:p"]);
        assert_eq!(hidden("https://me:a/b@host/c"), ["me:a/b"]);
        assert_eq!(hidden("https://host:80/a@b"), [] as [&str; 0]);
        assert_eq!(hidden("bucket?sv=1&sig=abc"), ["sv=1&sig=abc"]);
    }
}
