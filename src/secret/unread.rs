//! Secrets in text without a tree: what could not be read, comments, and what follows the document.

use rustc_hash::FxHashMap;

use super::escapes::Unescaped;
use super::{Found, is_harmless_key, is_secret_key, name, names_credentials, shape};
use crate::credential::PROVIDER_KEY;
use crate::profile::Field;
use crate::source::{Source, Span, to_u32};

/// Hides the secrets that comments speak of: `# password: hunter2`.
pub(super) fn in_comments(source: &Source, comments: &[Span], found: &mut Found) {
    for comment in comments {
        if let Some(assigned) = assigned_secret(source, *comment) {
            hide(source, assigned, found);
        }
    }
}

/// Hides the secrets of a text from an offset on, line by line.
pub(super) fn by_lines(source: &Source, from: u32, found: &mut Found) {
    // A longer way of aliases to aliases nobody wrote.
    const ROUNDS: usize = 4;
    let starts = source.line_starts();
    let first = starts.partition_point(|start| *start < from);
    let mut aliased = Aliased::default();
    for _ in 0..ROUNDS {
        let known = aliased.0.len();
        let mut reader = Reader { aliased, ..Reader::new(source, found) };
        // The rest of the line that the document ends on is no line of its own.
        for start in starts.get(first..).unwrap_or_default() {
            reader.read(source.line_span(*start));
        }
        aliased = reader.aliased;
        if aliased.0.len() == known {
            break;
        }
    }
}

/// Hides the secrets of a text that can't be read: all that may be one.
pub(super) fn whole(source: &Source, found: &mut Found) {
    by_lines(source, source.start(), found);
    found.spans.extend(shape::cut_addresses(source.text()));
    behind_flags(source, found);
}

/// Hides the argument behind a flag that says that it is a secret, `--password, hunter2`, and the value behind a name
/// that does, `name: PASSWORD, value: hunter2`.
fn behind_flags(source: &Source, found: &mut Found) {
    let text = source.text();
    for (at, _) in text.match_indices("--") {
        let flag = word(text, at);
        if name::is_secret_flag(flag) {
            let gap = |c: char| is_end_of_word(c) || c == '-';
            hide_next(text, at + flag.len(), gap, found);
        }
    }
    for (at, key) in text.match_indices("name:") {
        let start = skip(text, at + key.len(), is_end_of_word);
        let name = word(text, start);
        let next = skip(text, start + name.len(), is_end_of_word);
        if name::is_secret_name(name) && word(text, next) == "value:" {
            hide_next(text, next + "value:".len(), is_end_of_word, found);
        }
    }
}

fn is_end_of_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '"' | '\'' | '[' | ']' | '{' | '}')
}

/// The word at an offset.
fn word(text: &str, at: usize) -> &str {
    text.get(at..).and_then(|rest| rest.split(is_end_of_word).next()).unwrap_or_default()
}

/// The offset behind a gap.
fn skip(text: &str, at: usize, is_gap: impl Fn(char) -> bool) -> usize {
    text.len() - text.get(at..).unwrap_or_default().trim_start_matches(is_gap).len()
}

fn hide_next(text: &str, at: usize, is_gap: impl Fn(char) -> bool, found: &mut Found) {
    let start = skip(text, at, is_gap);
    let secret = word(text, start);
    if !secret.is_empty() && !name::is_looked_up(secret) {
        found.hide(Span::new(to_u32(start), to_u32(start + secret.len())), secret);
    }
}

/// Hides what the text says without its escapes, where that is written.
pub(super) fn without_escapes(source: &Source, escapes: &Unescaped, found: &mut Found) {
    let said = Source::new(source.name(), escapes.text.as_str());
    let mut more = Found::default();
    more.hide_shapes(&escapes.text, |span| span);
    whole(&said, &mut more);
    found.spans.extend(more.spans.into_iter().map(|span| escapes.written(span)));
    found.texts.extend(more.texts);
}

/// Hides the secrets that a text in a document speaks of.
pub(super) fn in_text(source: &Source, text: Span, found: &mut Found) {
    let mut reader = Reader::new(source, found);
    let mut start = text.start;
    for line in source.slice(text).split_inclusive('\n') {
        let end = start + to_u32(line.len());
        reader.read(Span::new(start, end - to_u32(line.len() - line.trim_end_matches(['\n', '\r']).len())));
        start = end;
    }
}

/// What a line is part of.
#[derive(Clone, Copy)]
enum Below {
    /// The value of a key that is secret.
    Secret,
    /// A credential object.
    Object,
}

struct Reader<'s, 'f> {
    source: &'s Source,
    found: &'f mut Found,
    /// What lines are part of that are indented deeper than so much.
    below: Option<(Below, usize)>,
    /// A quote that a secret opened and that is not closed yet.
    quote: Option<char>,
    /// How many braces of a credential object are open.
    braces: usize,
    /// What stands behind an anchor is secret where one of these names refers to it.
    aliased: Aliased,
}

/// The names of aliases, each with what it stands for.
#[derive(Default)]
struct Aliased(FxHashMap<String, Below>);

impl Aliased {
    /// Keeps the aliases in a text.
    fn keep(&mut self, text: &str, below: Below) {
        for name in names(text, '*').map(|(name, _)| name) {
            match self.0.get_mut(name) {
                Some(known) if matches!(below, Below::Secret) => *known = below,
                Some(_) => {}
                None => drop(self.0.insert(name.to_owned(), below)),
            }
        }
    }
}

/// The words behind a mark, `&name` or `*name`, each with where it ends.
fn names(text: &str, mark: char) -> impl Iterator<Item = (&str, usize)> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    let mut end = 0;
    text.split_inclusive(is_end).filter_map(move |word| {
        let start = end;
        end += word.len();
        let word = word.trim_end_matches(is_end);
        let (_, name) = word.split_once(mark)?;
        let name = name.trim_start_matches(mark);
        (!name.is_empty()).then_some((name, start + word.len()))
    })
}

impl<'s, 'f> Reader<'s, 'f> {
    fn new(source: &'s Source, found: &'f mut Found) -> Self {
        Self { source, found, below: None, quote: None, braces: 0, aliased: Aliased::default() }
    }

    fn read(&mut self, line: Span) {
        let text = self.source.slice(line);
        // What a merge left behind is no part of anything.
        if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|marker| text.starts_with(marker)) {
            return;
        }
        if matches!(self.below, Some((Below::Object, _))) {
            self.count_braces(text);
        }
        // A stray quote or bracket in front is no reason to take a line for another's neighbour.
        let content = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '_'));
        if content.is_empty() {
            return;
        }
        let indent = text.len() - content.len();
        let at = Span::new(line.start + to_u32(indent), line.end);
        if let Some(quote) = self.quote {
            let close = content.find(quote);
            let end = close.map_or(at.end, |close| at.start + to_u32(close));
            self.hide(Span::new(at.start, end));
            if close.is_none() {
                return;
            }
            self.quote = None;
        }
        let has_tab = text.get(..indent).is_some_and(|indent| indent.contains('\t'));
        let is_below = self.below.filter(|(below, outer)| {
            // At the same depth too, if the indentation is what is wrong.
            let is_beside = indent == *outer && matches!(below, Below::Object) && !is_field(self.source, at);
            indent > *outer || is_beside || has_tab || self.braces > 0
        });
        if is_below.is_none() {
            self.below = None;
        }
        match is_below {
            Some((Below::Secret, _)) => self.hide(at),
            Some((Below::Object, _)) => self.read_in_object(at, indent),
            None => self.read_elsewhere(at, indent),
        }
        self.read_anchors(line);
    }

    /// Hides what stands behind an anchor that a secret refers to.
    fn read_anchors(&mut self, line: Span) {
        if self.aliased.0.is_empty() {
            return;
        }
        let text = self.source.slice(line);
        let indent = text.len() - text.trim_start().len();
        let anchor = names(text, '&').find_map(|(name, end)| Some((*self.aliased.0.get(name)?, end)));
        let Some((below, end)) = anchor else { return };
        let value = Span::new(line.start + to_u32(end), line.end);
        match below {
            Below::Secret => self.hide_assigned(value, indent),
            Below::Object if self.below.is_none() => {
                self.aliased.keep(self.source.slice(value), Below::Object);
                self.read_object(value, indent);
            }
            Below::Object => {}
        }
    }

    /// A line of a credential object: what follows the first key that is not known to be harmless is hidden.
    fn read_in_object(&mut self, line: Span, indent: usize) {
        // Merged, or an object of its own.
        self.aliased.keep(self.source.slice(line), Below::Object);
        let Some((key, value)) = keys(self.source, line).find(|(key, _)| !is_harmless_key(key)) else {
            return self.hide_bare_words(line);
        };
        // A credential object in a credential object, as below the name of its provider.
        if self.source.slice(value).trim().is_empty() && !is_secret_key(key) {
            return;
        }
        self.hide_assigned(value, indent);
    }

    /// What has no key at all in a credential object: a secret alone, or the rest of one.
    fn hide_bare_words(&mut self, line: Span) {
        let text = self.source.slice(line);
        if text.starts_with('#') {
            return;
        }
        let mut start = line.start;
        for part in text.split([',', '{', '[', '}', ']']) {
            let span = Span::new(start, start + to_u32(part.len()));
            if !part.contains([':', '=']) && part.contains(char::is_alphanumeric) {
                self.hide(span);
            }
            start = span.end + 1;
        }
    }

    fn read_elsewhere(&mut self, line: Span, indent: usize) {
        let object = keys(self.source, line).find(|(key, _)| names_credentials(key)).map(|(_, value)| value);
        if let Some(object) = object {
            self.aliased.keep(self.source.slice(object), Below::Object);
        }
        if let Some(value) = assigned_secret(self.source, line) {
            return self.hide_assigned(value, indent);
        }
        if let Some(object) = object {
            self.read_object(object, indent);
        }
    }

    /// The first line of a credential object, behind its key or anchor.
    fn read_object(&mut self, value: Span, indent: usize) {
        let below = self.source.slice(value);
        self.braces = 0;
        self.below = Some((Below::Object, indent));
        if let Some(brace) = below.find(['{', '[']) {
            self.count_braces(below);
            let inner = Span::new(value.start + to_u32(brace), value.end);
            self.read_in_object(inner, indent);
        }
    }

    /// Hides the value of a secret key with all the lines that belong to it.
    fn hide_assigned(&mut self, value: Span, indent: usize) {
        let text = self.source.slice(value).trim_start_matches([' ', '\t', ':', '=']);
        if let Some(quote) = text.chars().next().filter(|first| matches!(first, '"' | '\'')) {
            let inner = text.get(1..).unwrap_or_default();
            self.quote = if inner.contains(quote) { None } else { Some(quote) };
        }
        if self.below.is_none() {
            self.below = Some((Below::Secret, indent));
        }
        self.hide(value);
    }

    fn hide(&mut self, span: Span) {
        self.aliased.keep(self.source.slice(span), Below::Secret);
        hide(self.source, span, self.found);
    }

    fn count_braces(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '{' | '[' => self.braces += 1,
                '}' | ']' => self.braces = self.braces.saturating_sub(1),
                _ => {}
            }
        }
    }
}

/// Whether a line begins with a field of profiles that no credential object has.
fn is_field(source: &Source, line: Span) -> bool {
    let first = keys(source, line).next();
    first.is_some_and(|(key, _)| key != PROVIDER_KEY && (key == "extends" || Field::from_name(key).is_some()))
}

/// Hides a span but for the white space around it. The first word is kept as a secret, for other places, and so
/// is that behind each further key.
fn hide(source: &Source, span: Span, found: &mut Found) {
    // A line of thousands of keys is nothing that somebody wrote; all of it is hidden anyway.
    const AT_MOST: usize = 64;
    let text = source.slice(span);
    let start = span.start + to_u32(text.len() - text.trim_start().len());
    let span = Span::new(start, start + to_u32(text.trim().len()));
    if name::is_known_word(source.slice(span).trim_matches(['"', '\''])) {
        return;
    }
    found.spans.push(span);
    keep_first_word(source.slice(span), found);
    for (_, value) in keys(source, span).filter(|(key, _)| !is_harmless_key(key)).take(AT_MOST) {
        keep_first_word(source.slice(value), found);
    }
}

fn keep_first_word(text: &str, found: &mut Found) {
    let text = text.trim_start_matches(['*', '&', '!', '|', '>', '{', '[', ' ']);
    let word = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(text.get(1..).unwrap_or_default(), quote),
        _ => text.split([',', '}', ']', ' ', '\t', '"', '\'']).next().unwrap_or_default(),
    };
    // In prose that only speaks of a secret the next word is an ordinary one.
    let is_all = text.trim_matches(['"', '\'', '}', ']', ',', ' ']).len() <= word.len();
    if is_all || word.len() >= 2 * super::SHORTEST {
        found.keep(word);
        if let Some(unescaped) = Unescaped::of(word) {
            found.keep(&unescaped.text);
        }
        if word.contains("''") {
            found.keep(&word.replace("''", "'"));
        }
    }
}

/// What stands before the quote that ends it: not one behind a backslash, or one of two.
fn quoted(text: &str, quote: char) -> &str {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if quote == '"' && letter == '\\' {
            letters.next();
        } else if letter == quote && (quote == '"' || letters.next_if(|(_, next)| *next == quote).is_none()) {
            return text.get(..at).unwrap_or(text);
        }
    }
    text
}

/// The keys of a line, each with all that stands behind its `:` or `=`.
fn keys(source: &Source, line: Span) -> impl Iterator<Item = (&str, Span)> {
    let text = source.slice(line);
    let marks = text.match_indices([':', '=']);
    marks.filter_map(move |(index, _)| {
        let key = text.get(..index)?.trim_end().trim_end_matches(['"', '\'']);
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let start =
            key.len() - key.chars().rev().take_while(|c| is_part(*c)).map(char::len_utf8).sum::<usize>();
        let key = key.get(start..)?;
        // A colon inside a word is part of a value: `h100:8`, `12:30`, `https://…`.
        let is_colon = text.get(index..)?.starts_with(':');
        let next = text.get(index + 1..)?.chars().next();
        let is_glued =
            is_colon && next.is_some_and(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | '{' | '['));
        let is_key = !key.is_empty() && (!is_glued || is_secret_key(key) || names_credentials(key));
        is_key.then(|| (key, Span::new(line.start + to_u32(index) + 1, line.end)))
    })
}

/// The rest of a line behind `secretKey:` or `secretKey =`, or behind such a name and a space.
fn assigned_secret(source: &Source, line: Span) -> Option<Span> {
    if let Some((_, value)) = keys(source, line).find(|(key, _)| is_secret_key(key)) {
        return Some(value);
    }
    let text = source.slice(line);
    // Without the colon only a name that is a word of the format can be told from prose.
    let words =
        text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | '[' | '"' | '\''));
    let mut end = 0;
    for word in words {
        end += word.len();
        let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_field =
            crate::credential::field(name).is_some_and(|field| field.is_secret && name != "secret");
        if is_field && !text.get(end..)?.trim().is_empty() {
            return Some(Span::new(line.start + to_u32(end), line.end));
        }
    }
    None
}
