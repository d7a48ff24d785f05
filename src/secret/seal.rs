//! The gate for findings: out of everything that one says, secrets are taken, and what could act is escaped.

use rustc_hash::FxHashSet;

use super::{SHORTEST, Secrets, name};
use crate::finding::Finding;
use crate::profile::Place;
use crate::shown;
use crate::source::{Source, Span};
use crate::work;

/// As long a piece of a secret gives it away, in any case and with any separators.
const PIECE: usize = 8;

/// A value is at most this long; a longer span is a whole block, of which no finding quotes a part.
const LONGEST_VALUE: u32 = 4096;

impl Secrets {
    /// Makes a finding one that may be shown.
    ///
    /// Names, messages and paths are redacted and escaped. What is made from a secret that the finding is
    /// about, such as a name that comes close, is left out as a whole. A fix never carries a secret's text.
    pub fn seal(&self, source: &Source, finding: &mut Finding) {
        let pieces = self.pieces(source, finding);
        let seal = |text: &mut String| {
            let redacted = self.redact(text);
            // A text of its own may be printed at the start of a line.
            *text = shown::defused(&shown::line(&redacted)).into_owned();
        };
        let say = |text: &mut String| {
            seal(text);
            *text = shown::shortened(text).into_owned();
        };
        let tells = |text: &str| !pieces.is_empty() && quoted(text).any(|quoted| holds(quoted, &pieces));
        if tells(&finding.message) {
            let mut letters = finding.rule.summary.chars();
            let first = letters.next().map(|first| first.to_ascii_lowercase());
            finding.message = first.into_iter().chain(letters).collect();
        }
        say(&mut finding.message);
        finding.help = finding.help.take().filter(|help| !tells(help));
        finding.help.iter_mut().for_each(say);
        for label in &mut finding.labels {
            if tells(&label.message) {
                label.message.clear();
            }
            say(&mut label.message);
        }
        finding.place.iter_mut().flat_map(Place::names_mut).for_each(seal);
        finding.fix = finding.fix.take().filter(|fix| {
            let carries = |text: &str| self.is_in(text) || (!pieces.is_empty() && holds(text, &pieces));
            !fix.edits.iter().any(|edit| carries(&edit.replacement)) && !tells(&fix.message)
        });
        finding.fix.iter_mut().for_each(|fix| say(&mut fix.message));
    }

    /// The pieces of the secrets in the values that a finding is about.
    fn pieces(&self, source: &Source, finding: &Finding) -> FxHashSet<Vec<u8>> {
        const AT_MOST: usize = 16;
        let mut pieces = FxHashSet::default();
        let labels = finding.labels.iter().map(|label| label.span).take(AT_MOST);
        for span in std::iter::once(finding.span).chain(labels).filter(|span| span.len() <= LONGEST_VALUE) {
            work::count(span.len() as usize);
            for secret in self.touched(span).iter().take(AT_MOST) {
                let end = secret.end.min(secret.start + LONGEST_VALUE);
                pieces.extend(pieces_of(source.slice(Span::new(secret.start, end))));
            }
        }
        pieces
    }
}

/// The letters and digits of a text, in lower case, eight by eight; all of a shorter secret.
fn pieces_of(text: &str) -> Vec<Vec<u8>> {
    let letters = letters(text);
    if letters.len() < PIECE {
        return if letters.len() < SHORTEST { Vec::new() } else { vec![letters] };
    }
    letters.windows(PIECE).map(<[u8]>::to_vec).collect()
}

fn letters(text: &str) -> Vec<u8> {
    text.bytes()
        .filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
        .map(|byte| byte.to_ascii_lowercase())
        .collect()
}

fn holds(text: &str, pieces: &FxHashSet<Vec<u8>>) -> bool {
    if name::is_known_word(text) {
        return false;
    }
    let letters = letters(text);
    pieces.contains(&letters)
        || letters.windows(PIECE).any(|window| pieces.contains(window))
        || letters.windows(SHORTEST).any(|window| pieces.contains(window))
        || letters.windows(SHORTEST + 1).any(|window| pieces.contains(window))
}

/// What stands in backquotes in a sentence: a name from the file, or something made from one.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}
