//! What must never be shown: the secrets of credential objects, and what looks like one elsewhere.

use aho_corasick::AhoCorasick;

use crate::profile::Field;
use crate::source::{Source, Span, to_u32};
use crate::suggest;
use crate::yaml::{Data, Entry, NodeId, Tree};

/// What stands for a secret in every output.
pub const REDACTED: &str = "<redacted>";

/// The fields of credential objects whose values are secret.
const SECRET_FIELDS: [&str; 6] =
    ["secretAccessKey", "sessionToken", "privateKey", "secret", "apiKey", "apiToken"];

/// The other fields of credential objects.
const OPEN_FIELDS: [&str; 11] = [
    "cloudProvider",
    "accessKeyId",
    "projectId",
    "clientEmail",
    "billingExportDataset",
    "applicationId",
    "directoryId",
    "subscriptionId",
    "accountId",
    "jurisdiction",
    "extends",
];

const PEM_BEGIN: &str = "-----BEGIN ";
const PEM_PRIVATE: &str = "PRIVATE KEY";
const PEM_END: &str = "-----END ";

/// Whether a key of a credential object holds a secret: one of the secret fields, or a misspelling that
/// is closest to one.
pub fn is_secret_key(key: &str) -> bool {
    if SECRET_FIELDS.contains(&key) {
        return true;
    }
    // A field that is spelt right is no misspelling of another; most keys are that.
    if OPEN_FIELDS.contains(&key) || Field::from_name(key).is_some() {
        return false;
    }
    closest_field(key).is_some_and(|closest| SECRET_FIELDS.contains(&closest))
}

/// The field of a credential object that a key is, or most likely means.
fn closest_field(key: &str) -> Option<&'static str> {
    suggest::closest(key, SECRET_FIELDS.iter().chain(&OPEN_FIELDS).copied())
}

/// Whether an entry may hold a secret as its value. The names of profiles and the like hold mappings.
fn holds_secret(tree: &Tree, entry: Entry) -> bool {
    let key = tree.key(entry.key);
    match tree.data(entry.value) {
        Data::Map(_) => SECRET_FIELDS.contains(&key),
        Data::Null | Data::Bool(_) => false,
        _ => is_secret_key(key),
    }
}

/// Whether a text has the shape of an AWS access key id or of a private key in PEM form.
pub fn has_secret_shape(text: &str) -> bool {
    key_ids(text).next().is_some() || pem_keys(text).next().is_some()
}

/// The spans of everything secret in a source.
///
/// With a tree they are exact. A text that could not be read is searched line by line, and rather too much
/// of it is hidden than too little.
pub fn find(source: &Source, tree: Option<&Tree>) -> Vec<Span> {
    let text = source.text();
    let mut spans: Vec<Span> = key_ids(text).chain(pem_keys(text)).collect();
    match tree {
        Some(tree) => {
            for map in tree.ids() {
                let entries = tree.written_entries(map);
                let secrets = entries.iter().filter(|entry| holds_secret(tree, **entry));
                spans.extend(
                    secrets.flat_map(|entry| [tree.span(entry.value), tree.span(tree.target(entry.value))]),
                );
            }
            let comments = tree.comments().iter();
            spans.extend(comments.filter_map(|comment| assigned_secret(source, *comment)));
        }
        None => spans.extend(
            lines(source)
                .filter_map(|line| assigned_secret(source, line))
                .map(|secret| Span::new(secret.start, indented_end(source, secret))),
        ),
    }
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    spans
}

/// The text as it may be shown on a terminal: every secret replaced by stars, and every character that
/// could do something to the terminal by question marks, all of the same length, so that offsets stay.
pub fn masked(source: &Source, secrets: &[Span]) -> String {
    let text = source.text();
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for secret in secrets {
        let from = secret.start.max(end);
        push_visible(&mut masked, source.slice(Span::new(end, from)));
        for character in source.slice(Span::new(from, secret.end.max(from))).chars() {
            match character {
                '\n' | '\r' | ' ' | '\t' => masked.push(character),
                _ => masked.extend(std::iter::repeat_n('*', character.len_utf8())),
            }
        }
        end = secret.end.max(end);
    }
    push_visible(&mut masked, source.slice(Span::new(end, to_u32(text.len()))));
    masked
}

fn push_visible(shown: &mut String, text: &str) {
    if !text.contains(is_unshowable) {
        return shown.push_str(text);
    }
    for character in text.chars() {
        if is_unshowable(character) {
            shown.extend(std::iter::repeat_n('?', character.len_utf8()));
        } else {
            shown.push(character);
        }
    }
}

/// Control characters, but for white space, and those that change the direction of writing.
fn is_unshowable(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Takes secrets out of sentences.
#[derive(Debug)]
pub struct Redactor {
    values: Option<AhoCorasick>,
}

impl Redactor {
    /// For the secrets at some places of a source.
    pub fn new(source: &Source, secrets: &[Span]) -> Self {
        // A value of a few letters is part of ordinary words; messages never quote one by themselves.
        const SHORTEST: usize = 6;
        let values = secrets.iter().map(|secret| source.slice(*secret).trim_matches(['"', '\'']));
        let values: Vec<&str> = values.filter(|value| value.len() >= SHORTEST).collect();
        Self { values: if values.is_empty() { None } else { AhoCorasick::new(values).ok() } }
    }

    /// The sentence without any of the secrets, nor anything that has the shape of one.
    pub fn redact(&self, sentence: &str) -> String {
        let replace = |values: &AhoCorasick| {
            let mut redacted = String::with_capacity(sentence.len());
            values.replace_all_with(sentence, &mut redacted, |_, _, redacted| {
                redacted.push_str(REDACTED);
                true
            });
            redacted
        };
        let sentence = redact_shapes(self.values.as_ref().map_or_else(|| sentence.to_owned(), replace));
        if !sentence.contains(is_unshowable) {
            return sentence;
        }
        let visible = |c: char| if is_unshowable(c) { c.escape_unicode().to_string() } else { c.to_string() };
        sentence.chars().map(visible).collect()
    }
}

/// The sentence without anything that has the shape of a secret.
fn redact_shapes(mut sentence: String) -> String {
    let shapes: Vec<Span> = key_ids(&sentence).chain(pem_keys(&sentence)).collect();
    for shape in shapes.into_iter().rev() {
        if sentence.get(shape.range()).is_some() {
            sentence.replace_range(shape.range(), REDACTED);
        }
    }
    sentence
}

/// The first secret value of a credential object, if it has one.
pub fn first_in_object(tree: &Tree, object: NodeId) -> Option<Entry> {
    let entries = tree.entries(object).iter().copied();
    let written = |entry: &Entry| tree.str(entry.value).is_some_and(|text| !text.is_empty());
    let secret = |entry: &Entry| {
        let key = tree.key(entry.key);
        let shaped = tree.str(entry.value).is_some_and(has_secret_shape);
        is_secret_key(key) || (shaped && closest_field(key) != Some("accessKeyId"))
    };
    entries.filter(written).filter(secret).min_by_key(|entry| tree.span(entry.value))
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

/// From `-----BEGIN … PRIVATE KEY` to the matching end, or to the end of the text.
fn pem_keys(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices(PEM_BEGIN).filter_map(|(start, _)| {
        let rest = text.get(start + PEM_BEGIN.len()..)?;
        let title = rest.get(..rest.find("-----")?)?;
        if !title.ends_with(PEM_PRIVATE) || title.len() > 40 {
            return None;
        }
        let end = rest.find(PEM_END).and_then(|end| {
            let tail = rest.get(end + PEM_END.len()..)?;
            Some(end + PEM_END.len() + tail.find("-----")? + 5)
        });
        let end = end.map_or(text.len(), |end| start + PEM_BEGIN.len() + end);
        Some(Span::new(to_u32(start), to_u32(end)))
    })
}

fn lines(source: &Source) -> impl Iterator<Item = Span> {
    source.line_starts().iter().map(|start| source.line_span(*start))
}

/// The rest of a line behind `secretKey:` or `secretKey =`.
fn assigned_secret(source: &Source, line: Span) -> Option<Span> {
    let text = source.slice(line);
    for (index, _) in text.match_indices([':', '=']) {
        let key = text.get(..index)?.trim_end().trim_end_matches(['"', '\'']);
        let start = key.rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).map_or(0, |at| {
            at + key.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        if is_secret_key(key.get(start..)?) {
            return Some(Span::new(line.start + to_u32(index) + 1, line.end));
        }
    }
    None
}

/// A block scalar goes on as long as lines are indented deeper than the one it starts on.
fn indented_end(source: &Source, secret: Span) -> u32 {
    let line = source.line_span(secret.start);
    let indent = |span: Span| {
        let text = source.slice(span);
        (!text.trim().is_empty()).then(|| text.len() - text.trim_start_matches([' ', '\t', '-']).len())
    };
    let own = indent(line).unwrap_or_default();
    let deeper = lines(source)
        .skip_while(|next| next.start <= line.start)
        .take_while(|next| indent(*next).is_none_or(|indent| indent > own));
    deeper.last().map_or(secret.end, |last| last.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(text: &str, parsed: bool) -> String {
        let source = Source::new("a", text);
        let tree = if parsed { crate::yaml::parse(&source).0 } else { None };
        masked(&source, &find(&source, tree.as_ref()))
    }

    #[test]
    fn masks_by_the_tree() {
        let text = "c: {secretAccessKey: \"abc\", accessKeyID: x}\nd: AKIAIOSFODNN7EXAMPLE # apiKey: zzz\n";
        let masked = "c: {secretAccessKey: *****, accessKeyID: x}\nd: ******************** # apiKey: ***\n";
        assert_eq!(mask(text, true), masked);
    }

    #[test]
    fn masks_what_can_not_be_read() {
        let text = "a:\n  secret_acess_key: \"abc\n  privateKey: |\n    one\n    two\n  region: x\n";
        let masked = "a:\n  secret_acess_key: ****\n  privateKey: *\n    ***\n    ***\n  region: x\n";
        assert_eq!(mask(text, false), masked);
    }
}
