//! Names that are at most one edit away from another, found without comparing all of them.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::normal;

/// Names of more characters are not looked at: taking out each letter in turn costs in proportion to the square.
const LONGEST: usize = 64;

/// More names than this around one tell nobody what was meant, and to compare them all would take time.
const CROWD: usize = 256;

/// Names by what they leave behind when a letter is taken out. Two names that are one edit apart leave the same.
#[derive(Debug)]
pub struct Near(FxHashMap<u64, Vec<u32>>);

impl Near {
    /// An index of some names, which [`Near::around`] tells by their places.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut places: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (place, name) in (0..).zip(names) {
            for trace in traces(name, LONGEST).into_iter().flatten() {
                places.entry(trace).or_default().push(place);
            }
        }
        Self(places)
    }

    /// The places of all names that are at most one edit away from this one or differ in case and separators only, and
    /// perhaps of some others, in order. Nothing where that can't be told quickly.
    pub fn around(&self, name: &str) -> Option<Vec<u32>> {
        let mut places = Vec::new();
        // A name that is one letter longer has to be in the index, too.
        for trace in traces(name, LONGEST - 1)? {
            places.extend(self.0.get(&trace).into_iter().flatten());
            if places.len() > CROWD {
                return None;
            }
        }
        places.sort_unstable();
        places.dedup();
        Some(places)
    }
}

/// What a name leaves behind: itself without case, without separators too, and without each of its letters.
fn traces(name: &str, longest: usize) -> Option<Vec<u64>> {
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    if letters.len() > longest {
        return None;
    }
    let hash = |form: u8, letters: &[char], without: usize| {
        let left =
            letters.iter().enumerate().filter(|(place, _)| *place != without).map(|(_, letter)| *letter);
        FxBuildHasher.hash_one((form, left.collect::<String>()))
    };
    let separated: Vec<char> = normal(name).chars().collect();
    let mut traces = vec![hash(0, &separated, usize::MAX), hash(1, &letters, usize::MAX)];
    traces.extend((0..letters.len()).map(|without| hash(1, &letters, without)));
    traces.sort_unstable();
    traces.dedup();
    Some(traces)
}

#[cfg(test)]
mod tests {
    use super::super::nearest;
    use super::*;

    /// Names of a few letters, so that many are near to each other.
    fn names() -> Vec<String> {
        let mut seed = 7_u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % below
        };
        let letters = ['a', 'b', 'A', '-', '.', 'é', 'ß', 'İ'];
        (0..400).map(|_| (0..=next(6)).filter_map(|_| letters.get(next(8) as usize)).collect()).collect()
    }

    #[test]
    fn nobody_near_is_missed() {
        let names = names();
        let near = Near::new(names.iter().map(String::as_str));
        let mut told = 0;
        for wanted in &names {
            let Some(places) = near.around(wanted) else { continue };
            told += 1;
            for (place, name) in (0..).zip(&names) {
                if nearest(wanted, [((), name.as_str())]).is_near() {
                    assert!(places.contains(&place), "{wanted:?} {name:?}");
                }
            }
        }
        assert!(told > 200, "only {told}");
    }

    #[test]
    fn long_names_and_crowds_are_left_to_others() {
        let long = "a".repeat(LONGEST);
        assert!(Near::new([long.as_str()]).around(&long).is_none());
        let crowd: Vec<String> = ('\u{4e00}'..).take(CROWD + 1).map(|letter| format!("p{letter}")).collect();
        assert!(Near::new(crowd.iter().map(String::as_str)).around("p").is_none());
    }
}
