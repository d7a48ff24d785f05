//! The name that somebody probably meant.

use strsim::damerau_levenshtein;

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
pub fn distance(name: &str, candidate: &str) -> Option<usize> {
    if normal_chars(name).eq(normal_chars(candidate)) {
        return Some(0);
    }
    let (length, other) = (name.chars().count(), candidate.chars().count());
    let limit = (length.min(other) / 3).max(1);
    // Each edit changes the length by one at most.
    if length.abs_diff(other) > limit {
        return None;
    }
    let distance = damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase());
    (distance <= limit).then_some(distance)
}

/// The candidate nearest to a name, the first of several.
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest(name, candidates).first().map(|(_, candidate)| *candidate)
}

/// The only candidate that is one edit away, or differs in case and separators only: what is certain
/// enough to be put right without asking.
pub fn certain<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    match nearest(name, candidates).as_slice() {
        [(0, one), (0, _), ..] if *one != name => None,
        [(1, _), (1, _), ..] => None,
        [(0 | 1, one), ..] => Some(one),
        _ => None,
    }
}

fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<(usize, &'c str)> {
    let rated = candidates.into_iter().filter_map(|candidate| Some((distance(name, candidate)?, candidate)));
    let mut rated: Vec<_> = rated.collect();
    rated.sort_by_key(|(distance, _)| *distance);
    rated
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
