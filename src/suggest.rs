//! The name that somebody probably meant.

mod near;

pub use near::Near;

use strsim::damerau_levenshtein;

use crate::work;

/// A name as people remember it: without case, dashes, dots, spaces and underscores.
pub fn normal(name: &str) -> String {
    normal_chars(name).collect()
}

fn normal_chars(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.' | ' ')).flat_map(char::to_lowercase)
}

/// How far two names are from each other; `None` where they are too far apart to be mistaken.
///
/// Names that differ only in case and separators are nearest. Otherwise one edit in three characters
/// is too much.
fn distance(wanted: &Wanted<'_>, candidate: &str, cost: &mut usize) -> Option<usize> {
    *cost += 1;
    if normal_chars(wanted.name).eq(normal_chars(candidate)) {
        return Some(0);
    }
    let other = candidate.chars().count();
    if wanted.length.max(other) > LONGEST {
        return None;
    }
    let limit = (wanted.length.min(other) / 3).max(1);
    // Each edit changes the length by one at most, and brings in or takes out one letter at most.
    if wanted.length.abs_diff(other) > limit {
        return None;
    }
    let letters = letters(candidate);
    let strange = (wanted.letters & !letters).count_ones().max((letters & !wanted.letters).count_ones());
    if strange as usize > limit {
        return None;
    }
    *cost += COST_OF_DISTANCE.max(wanted.length * other / COST_OF_DISTANCE);
    work::count(wanted.length * other / COST_OF_DISTANCE);
    let distance = damerau_levenshtein(&wanted.lower, &candidate.to_lowercase());
    (distance <= limit).then_some(distance)
}

/// What it costs to count the edits between two names of so many characters, where a look at their letters costs 1. It
/// grows with the product of their lengths.
const COST_OF_DISTANCE: usize = 15;

/// No name of the format or the catalog is half as long. The edits between two texts that are longer are not counted.
const LONGEST: usize = 128;

/// A name to compare others with.
struct Wanted<'n> {
    name: &'n str,
    lower: String,
    length: usize,
    letters: u64,
}

/// A bit for each letter that occurs, whatever its case. Some letters share one.
fn letters(name: &str) -> u64 {
    let bit = |letter: char| 1 << (u32::from(letter) % 64);
    if name.is_ascii() {
        return name.bytes().fold(0, |letters, letter| letters | bit(letter.to_ascii_lowercase().into()));
    }
    name.chars().flat_map(char::to_lowercase).fold(0, |letters, letter| letters | bit(letter))
}

/// The candidates nearest to a name.
#[derive(Clone, Copy, Debug)]
pub struct Nearest<K> {
    /// With their distances, the nearest first, the first of several that are equally near.
    few: [Option<(usize, K)>; 3],
    /// How much work it was: 1 for a quick look at a short name.
    pub cost: usize,
}

impl<K: Copy + PartialEq> Nearest<K> {
    /// The nearest candidate, the first of several.
    pub fn closest(&self) -> Option<K> {
        self.few.first().copied().flatten().map(|(_, candidate)| candidate)
    }

    /// The only candidate that is one edit away, or differs in case and separators only: what is certain enough to be
    /// put right without asking.
    pub fn certain(&self) -> Option<K> {
        match self.few {
            [Some((0, _)), Some((0, _)), _] | [Some((1, _)), Some((1, _)), _] => None,
            [Some((0 | 1, one)), ..] => Some(one),
            _ => None,
        }
    }

    /// Whether a candidate is at most one edit away, or differs in case and separators only.
    pub fn is_near(&self) -> bool {
        matches!(self.few, [Some((0 | 1, _)), ..])
    }

    /// The same without one of the candidates.
    #[must_use]
    pub fn without(&self, candidate: K) -> Self {
        let mut others = self.few.into_iter().flatten().filter(|(_, other)| *other != candidate);
        Self { few: [others.next(), others.next(), others.next()], cost: self.cost }
    }
}

/// The candidates nearest to a name, each with what stands for it.
pub fn nearest<'c, K: Copy>(name: &str, candidates: impl IntoIterator<Item = (K, &'c str)>) -> Nearest<K> {
    let wanted =
        Wanted { name, lower: name.to_lowercase(), length: name.chars().count(), letters: letters(name) };
    let mut nearest = Nearest { few: [None; 3], cost: 0 };
    for (key, candidate) in candidates {
        work::count(1);
        let Some(distance) = distance(&wanted, candidate, &mut nearest.cost) else { continue };
        // Behind those that are as near.
        let place = nearest.few.iter().position(|slot| slot.is_none_or(|(known, _)| distance < known));
        let Some(place) = place else { continue };
        let mut next = Some((distance, key));
        for slot in nearest.few.iter_mut().skip(place) {
            std::mem::swap(slot, &mut next);
        }
    }
    nearest
}

/// The candidate nearest to a name, the first of several.
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest(name, candidates.into_iter().map(|candidate| (candidate, candidate))).closest()
}

/// As [`Nearest::certain`], where the name itself is not among the candidates.
pub fn certain<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest(name, candidates.into_iter().map(|candidate| (candidate, candidate))).certain()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let fields = ["vmType", "gpuType", "region", "spot", "diskSizeGb"];
        assert_eq!(closest("vm_type", fields), Some("vmType"));
        assert_eq!(closest("reigon", fields), Some("region"));
        assert_eq!(closest("disk_size", fields), Some("diskSizeGb"));
        assert_eq!(closest("image", fields), None);
        assert_eq!(certain("regoin", fields), Some("region"));
        assert_eq!(certain("pumType", fields), None);
        assert_eq!(certain("base3", ["base1", "base2"]), None);
    }
}
