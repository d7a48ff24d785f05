//! Hides what may be a secret in a configuration before any of it is shown.

use crate::secret::{self, Secrets};
use crate::source::{Source, Span, to_u32};

/// Longer than any provider's name: more than this behind a credential's name may be a secret.
const LONGEST_WORD: usize = 16;
/// A word of this length with digits in it is no provider's name either.
const LONG_WORD: usize = 8;

/// Whether a word given as a provider may be shown.
pub(super) fn is_showable(word: &str) -> bool {
    let is_word = word.len() < LONG_WORD || !word.contains(|c: char| c.is_ascii_digit());
    word.len() <= LONGEST_WORD && is_word && !secret::has_secret_shape(word)
}

/// What has the shape of a secret, what is assigned to a secret's name, and every long value of
/// `[credentials]`.
pub(super) fn secrets(source: &Source) -> Secrets {
    let mut long = Vec::new();
    let mut in_credentials = false;
    for start in source.line_starts() {
        let line = source.line_span(*start);
        let text = source.slice(line);
        let content = text.trim_start();
        if content.starts_with('[') {
            in_credentials = content.trim_start_matches(['[', ' ', '"', '\'']).starts_with("credentials");
        } else if in_credentials || content.trim_start_matches(['"', '\'']).starts_with("credentials") {
            long_words(text, line.start, &mut long);
        }
    }
    Secrets::find(source, None).and_at(long)
}

/// The long words behind the first `=` of a line; all of them where there is none, as inside a multi-line text.
fn long_words(line: &str, offset: u32, spans: &mut Vec<Span>) {
    let mut start = line.find('=').map_or(0, |at| at + 1);
    let is_break = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '{' | '}' | '[' | ']' | ',' | '=');
    for word in line.get(start..).unwrap_or_default().split(is_break) {
        if !is_showable(word) {
            spans.push(Span::new(offset + to_u32(start), offset + to_u32(start + word.len())));
        }
        // The word, and the separator behind it.
        start += word.len();
        start += line.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
}
