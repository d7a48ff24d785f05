//! What must never be shown: the secrets of credential objects, what is named like one elsewhere, and what
//! looks like one.

mod distinct;
mod escapes;
mod find;
mod name;
mod seal;
mod shape;
mod unread;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

pub use distinct::DistinctNames;
pub use name::{is_harmless_key, is_secret_key, is_secret_name, names_credentials};
pub use shape::{has_secret_shape, is_key_id};

use self::escapes::Unescaped;
use crate::shown;
use crate::source::{Source, Span, to_u32};
use crate::work;
use crate::yaml::{Entry, NodeId, Tree};

/// What stands for a secret in every output.
pub const REDACTED: &str = "<redacted>";

/// A shorter text is part of ordinary words: it is hidden where it is known to be a secret, not elsewhere.
const SHORTEST: usize = 6;

/// A longer text is looked for piece by piece.
const LONGEST: usize = 256;

/// Everything secret in a text.
#[derive(Debug, Default)]
pub struct Secrets {
    /// Where it is written, in order and apart from each other.
    spans: Vec<Span>,
    /// What is written there, to find it in sentences.
    texts: Option<AhoCorasick>,
}

impl Secrets {
    /// Looks for secrets in a source.
    ///
    /// With a tree they are exact. A text that could not be read is searched line by line, and rather too
    /// much of it is hidden than too little. What is secret in one place is so wherever it stands. Time is
    /// linear in the length of the text.
    pub fn find(source: &Source, tree: Option<&Tree>) -> Self {
        let text = source.text();
        let mut found = Found::default();
        found.hide_shapes(text, |span| span);
        match tree {
            Some(tree) => {
                find::by_tree(tree, &mut found);
                found.spans.extend(shape::cut_user(text));
            }
            None => unread::whole(source, &mut found),
        }
        let escapes = if tree.is_none() { Unescaped::of(text) } else { None };
        if let Some(escapes) = &escapes {
            unread::without_escapes(source, escapes, &mut found);
        }
        let Found { mut spans, texts } = found;
        let texts = texts_finder(texts);
        if let Some(texts) = &texts {
            spans.extend(places(texts, text));
            if let Some(tree) = tree {
                find::in_other_spellings(tree, texts, &mut spans);
            }
            if let Some(escapes) = &escapes {
                spans.extend(places(texts, &escapes.text).into_iter().map(|place| escapes.written(place)));
            }
        }
        Self { spans: apart(spans), texts }
    }

    /// All that is secret in some documents: to find it in sentences.
    pub fn known<'s>(trees: impl IntoIterator<Item = &'s Tree>) -> Self {
        let mut found = Found::default();
        for tree in trees {
            found.hide_shapes(tree.source().text(), |span| span);
            find::by_tree(tree, &mut found);
        }
        Self { spans: Vec::new(), texts: texts_finder(found.texts) }
    }

    /// These secrets and those at some other places.
    #[must_use]
    pub fn and_at(self, places: Vec<Span>) -> Self {
        Self { spans: apart([self.spans, places].concat()), ..self }
    }

    /// Where everything secret is written, in order and apart from each other.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The secrets that a span has a part of.
    fn touched(&self, span: Span) -> &[Span] {
        let first = self.spans.partition_point(|secret| secret.end <= span.start);
        let rest = self.spans.get(first..).unwrap_or_default();
        let count = rest.partition_point(|secret| secret.start < span.end);
        rest.get(..count).unwrap_or_default()
    }

    /// The text as [`masked`] shows it.
    pub fn masked(&self, source: &Source) -> String {
        masked(source, &self.spans)
    }

    /// The sentence without any of the secrets, nor anything that has the shape of one.
    pub fn redact(&self, sentence: &str) -> String {
        work::count(sentence.len());
        let mut secret = shape::shapes(sentence);
        secret.extend(self.texts.iter().flat_map(|texts| places(texts, sentence)));
        let mut redacted = String::with_capacity(sentence.len());
        let mut end = 0;
        for place in apart(secret) {
            redacted.push_str(sentence.get(end..place.start as usize).unwrap_or_default());
            redacted.push_str(REDACTED);
            end = place.end as usize;
        }
        redacted.push_str(sentence.get(end..).unwrap_or_default());
        redacted
    }

    /// Whether a text holds a secret, or something with the shape of one.
    pub fn is_in(&self, text: &str) -> bool {
        self.texts.as_ref().is_some_and(|texts| texts.is_match(text)) || !shape::shapes(text).is_empty()
    }
}

/// The text as it may be shown on a terminal: every secret, given in order and apart, replaced by stars, and every
/// character that could do something to the terminal by question marks, all of the same length, so that offsets
/// stay.
pub fn masked(source: &Source, secrets: &[Span]) -> String {
    let text = source.text();
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for secret in secrets {
        shown::push_source(&mut masked, source.slice(Span::new(end, secret.start)));
        for character in source.slice(*secret).chars() {
            match character {
                '\n' | '\r' | ' ' | '\t' => masked.push(character),
                _ => masked.extend(std::iter::repeat_n('*', character.len_utf8())),
            }
        }
        end = secret.end;
    }
    shown::push_source(&mut masked, source.slice(Span::new(end, to_u32(text.len()))));
    shown::with_line_feeds(masked)
}

/// Secrets while they are looked for: their places, in any order, and their texts.
#[derive(Default)]
struct Found {
    spans: Vec<Span>,
    texts: FxHashSet<String>,
}

impl Found {
    /// Hides what has the shape of a secret in a text, where it is written, and keeps the longest word of it.
    fn hide_shapes(&mut self, text: &str, written: impl Fn(Span) -> Span) {
        for shape in shape::shapes(text) {
            self.spans.push(written(shape));
            let word = text.get(shape.range()).and_then(longest_word);
            self.texts.extend(word.into_iter().flat_map(pieces).map(str::to_owned));
        }
    }

    /// Hides a place, and keeps what is written there.
    fn hide(&mut self, span: Span, text: &str) {
        if !span.is_empty() {
            self.spans.push(span);
        }
        self.keep(text);
    }

    /// Keeps a text that is a secret wherever it stands, each of its lines by itself.
    fn keep(&mut self, text: &str) {
        for line in text.lines() {
            let line = line.trim().trim_matches(['"', '\'']);
            let says_nothing = line == REDACTED || name::is_known_word(line) || name::is_reference(line);
            if line.len() >= SHORTEST && !says_nothing {
                self.texts.extend(pieces(line).map(str::to_owned));
            }
        }
    }
}

/// A text in pieces of at most [`LONGEST`] bytes, but for a last one that is a little longer: what searches for texts
/// takes time by the square of a long one that repeats itself.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = if rest.len() < LONGEST + SHORTEST {
            rest.len()
        } else {
            (0..=LONGEST).rev().find(|at| rest.is_char_boundary(*at))?
        };
        let (piece, others) = rest.split_at_checked(end)?;
        rest = others;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Finds texts as they are and in another case.
fn texts_finder(texts: FxHashSet<String>) -> Option<AhoCorasick> {
    if texts.is_empty() {
        return None;
    }
    AhoCorasick::builder().ascii_case_insensitive(true).build(texts).ok()
}

/// Where secrets stand in a text, in order and apart: all of each, be it inside another or with the head of another as
/// its tail. At one place there end at most as many as there are lengths of [`pieces`].
fn places(texts: &AhoCorasick, text: &str) -> Vec<Span> {
    let mut places: Vec<Span> = Vec::new();
    work::count(text.len());
    for found in texts.find_overlapping_iter(text) {
        work::count(1);
        let mut place = Span::new(to_u32(found.start()), to_u32(found.end()));
        // They come in the order of their ends.
        while let Some(last) = places.pop_if(|last| place.start <= last.end) {
            place = place.to(last);
        }
        places.push(place);
    }
    places
}

/// The longest word of what has the shape of a secret: the key without the words around it.
fn longest_word(text: &str) -> Option<&str> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ':' | '@' | '&' | '='));
    words
        .filter(|word| word.len() >= 2 * SHORTEST && !name::is_known_word(word))
        .max_by_key(|word| word.len())
}

/// Spans in order, those that touch joined.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match apart.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

/// The first secret value of a credential object, if it has one: behind a key that means a secret field, or `is_secret`
/// says so of.
pub fn first_in_object(tree: &Tree, object: NodeId, is_secret: impl Fn(&str) -> bool) -> Option<Entry> {
    let entries = tree.entries(object).iter().copied();
    let written = |entry: &Entry| tree.str(entry.value).is_some_and(|text| !text.is_empty());
    let secret = |entry: &Entry| {
        let key = tree.key(entry.key);
        let shaped = tree.str(entry.value).is_some_and(has_secret_shape);
        name::is_secret_field(key)
            || is_secret(key)
            || (shaped && name::closest_field(key).is_none_or(|field| field.name != "accessKeyId"))
    };
    entries.filter(written).filter(secret).min_by_key(|entry| tree.span(entry.value))
}

#[cfg(test)]
mod tests;
