//! How close two names are.
//!
//! Names are compared in a normal form without case and separators, so that `US-East1` is `us-east-1`, and then by the
//! number of typing mistakes: a letter too many, missing or wrong, or two swapped. The costs only have to be in order.

/// The same words in another order, or a real name with something added to it.
pub(super) const REARRANGED: usize = 1;

/// A name that stops after a whole word.
pub(super) const UNFINISHED: usize = 2;

/// What one typing mistake costs.
pub(super) const MISTAKE: usize = 3;

/// The name that candidates are compared with.
pub(super) struct Wanted<'a> {
    /// Without case, separators and optional words.
    normal: String,
    /// Words that names are compared without, where they begin with them.
    optional: &'a [&'a str],
    letters: [i8; 36],
    most_mistakes: usize,
    /// The normal forms of what comes before each separator.
    heads: Vec<String>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(name: &str, optional: &'a [&'a str]) -> Self {
        let mut normal = String::new();
        normalise(name, optional, &mut normal);
        let most_mistakes = match normal.len() {
            0 | 1 => 0,
            2..=5 => 1,
            6..=11 => 2,
            _ => 3,
        };
        Self { letters: letters(&normal), heads: heads(name, optional), normal, optional, most_mistakes }
    }

    /// As [`Wanted::cost`]; a real name that something follows is close, too: `h100` for `h100-80gb`, `eastus` for
    /// `eastus-1`.
    pub(super) fn cost_or_head(&self, candidate: &str) -> Option<usize> {
        let mut buffer = String::new();
        let cost = self.cost(candidate, &mut buffer);
        cost.into_iter().chain(self.heads.contains(&buffer).then_some(REARRANGED)).min()
    }

    /// How far `candidate` is from the wanted name; None where it is not close. `buffer` is left with its normal form.
    pub(super) fn cost(&self, candidate: &str, buffer: &mut String) -> Option<usize> {
        normalise(candidate, self.optional, buffer);
        if *buffer == self.normal {
            return Some(0);
        }
        let mistakes = self.mistakes(buffer).map(|mistakes| mistakes * MISTAKE);
        let unfinished =
            buffer.strip_prefix(&self.normal).and_then(|_| self.cost_of_unfinished(candidate, buffer));
        mistakes.into_iter().chain(unfinished).min()
    }

    /// What it costs to stop before the end of a name: little after a whole word (`Standard_ND96isr`, `us-east`).
    fn cost_of_unfinished(&self, candidate: &str, normal: &str) -> Option<usize> {
        let left_out = candidate.bytes().filter(u8::is_ascii_alphanumeric).count() - normal.len();
        let mut seen = 0;
        let mut rest = candidate.chars().skip_while(|c| {
            seen += usize::from(c.is_ascii_alphanumeric());
            seen < left_out + self.normal.len()
        });
        let whole_word = match (rest.next(), rest.next()) {
            (Some(last), Some(next)) => {
                !next.is_ascii_alphanumeric() || last.is_ascii_digit() != next.is_ascii_digit()
            }
            _ => false,
        };
        match self.normal.len() {
            2.. if whole_word => Some(UNFINISHED),
            4.. => Some(self.most_mistakes * MISTAKE),
            _ => None,
        }
    }

    /// The number of typing mistakes between two normal forms, where there are few enough.
    fn mistakes(&self, candidate: &str) -> Option<usize> {
        if candidate.len().abs_diff(self.normal.len()) > self.most_mistakes {
            return None;
        }
        // One mistake brings in at most one letter that the other name lacks: a quick look that spares the slow one.
        let lacking = self.letters.iter().zip(letters(candidate));
        let lacking: i32 = lacking.map(|(wanted, has)| (i32::from(*wanted) - i32::from(has)).max(0)).sum();
        if lacking.unsigned_abs() as usize > self.most_mistakes {
            return None;
        }
        let mistakes = strsim::osa_distance(&self.normal, candidate);
        // Of a name of two letters, half is wrong already.
        let same_start = self.normal.as_bytes().first() == candidate.as_bytes().first();
        (mistakes <= self.most_mistakes && (self.normal.len() > 2 || same_start)).then_some(mistakes)
    }
}

/// Writes `name` without case, separators and the `optional` words at its start.
fn normalise(name: &str, optional: &[&str], out: &mut String) {
    out.clear();
    out.extend(
        name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())),
    );
    for word in optional {
        if out.starts_with(word) {
            out.replace_range(..word.len(), "");
        }
    }
}

/// The normal forms of what comes before each separator of a name: `h100` of `h100-80gb`.
fn heads(name: &str, optional: &[&str]) -> Vec<String> {
    let separators = name.char_indices().filter(|(_, c)| !c.is_ascii_alphanumeric());
    let heads = separators.filter_map(|(place, _)| name.get(..place)).map(|head| {
        let mut normal = String::new();
        normalise(head, optional, &mut normal);
        normal
    });
    heads.filter(|head| !head.is_empty()).collect()
}

/// How often each letter and digit occurs in a normal form.
fn letters(normal: &str) -> [i8; 36] {
    let mut counts = [0_i8; 36];
    for byte in normal.bytes() {
        let place =
            if byte.is_ascii_digit() { byte - b'0' } else { byte.wrapping_sub(b'a').saturating_add(10) };
        if let Some(count) = counts.get_mut(usize::from(place)) {
            *count = count.saturating_add(1);
        }
    }
    counts
}
