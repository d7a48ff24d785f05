//! Regions compared word by word: providers put the same words in different orders.

use super::closeness::{MISTAKE, REARRANGED};

/// The words that names of regions are made of.
const WORDS: [&str; 12] =
    ["north", "south", "east", "west", "central", "us", "europe", "eu", "asia", "ap", "gov", "china"];

/// The words and numbers of a region's name, sorted: `westus2`, `us-west-2` and `West US 2` have the same.
pub(super) fn sorted_words(name: &str) -> Vec<String> {
    let name = name.to_ascii_lowercase();
    let mut words = Vec::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut unknown = String::new();
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let known = WORDS.into_iter().find_map(|word| Some((word, rest.strip_prefix(word)?)));
            let boundary =
                unknown.chars().last().is_some_and(|last| last.is_ascii_digit() != first.is_ascii_digit());
            if (known.is_some() || boundary) && !unknown.is_empty() {
                words.push(std::mem::take(&mut unknown));
            }
            if let Some((word, after)) = known {
                words.push(if word == "europe" { "eu" } else { word }.to_owned());
                rest = after;
            } else {
                unknown.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
        if !unknown.is_empty() {
            words.push(unknown);
        }
    }
    words.sort_unstable();
    words
}

/// The cost of a region with the same words in another order, or but for one number.
pub(super) fn cost_of_words(wanted: &[String], region: &str) -> Option<usize> {
    let words = sorted_words(region);
    if words == wanted {
        return Some(REARRANGED);
    }
    if wanted.len() < 2 {
        return None;
    }
    let numbers = |words: &[String]| words.iter().filter(|word| is_number(word)).count();
    let others = |words: &[String]| words.iter().filter(|word| !is_number(word)).cloned().collect::<Vec<_>>();
    let same_place = others(wanted) == others(&words) && numbers(wanted).abs_diff(numbers(&words)) <= 1;
    same_place.then_some(REARRANGED + MISTAKE)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
