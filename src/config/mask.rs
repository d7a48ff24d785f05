//! Hides what may be a secret in a configuration before any of it is shown.

use crate::secret;
use crate::source::{Source, Span, to_u32};

/// Longer than any provider's name: more than this behind a credential's name may be a secret.
const LONGEST_WORD: usize = 16;

/// Whether a word given as a provider may be shown.
pub(super) fn is_showable(word: &str) -> bool {
    word.len() <= LONGEST_WORD && !secret::has_secret_shape(word)
}

/// The text with stars for what has the shape of a secret, for what is assigned to a secret's name, and for
/// every long value of `[credentials]`. Offsets stay.
pub(super) fn masked(source: &Source) -> String {
    let mut secrets = secret::find(source, None);
    let mut in_credentials = false;
    for start in source.line_starts() {
        let line = source.line_span(*start);
        let text = source.slice(line);
        let content = text.trim_start();
        if content.starts_with('[') {
            in_credentials = content.trim_start_matches(['[', ' ', '"', '\'']).starts_with("credentials");
        } else if in_credentials || content.trim_start_matches(['"', '\'']).starts_with("credentials") {
            long_words(text, line.start, &mut secrets);
        }
    }
    secrets.sort_unstable();
    secret::masked(source, &secrets)
}

/// The long words behind the first `=` of a line; all of them where there is none, as inside a multi-line text.
fn long_words(line: &str, offset: u32, spans: &mut Vec<Span>) {
    let mut start = line.find('=').map_or(0, |at| at + 1);
    let is_break = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '{' | '}' | '[' | ']' | ',' | '=');
    for word in line.get(start..).unwrap_or_default().split(is_break) {
        if word.len() > LONGEST_WORD {
            spans.push(Span::new(offset + to_u32(start), offset + to_u32(start + word.len())));
        }
        // The word, and the separator behind it.
        start += word.len();
        start += line.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
}
