//! Whose bases are others after some changes.

use super::mended::Side;
use crate::profile::{Cycle, Subject, SubjectId};

/// Profiles or submissions, with the circles among them.
pub(super) type Family<'a> = (&'a [Subject], &'a [Cycle]);

/// For each member of a family, whether what it extends was mended or is a circle, here or further up. Nothing where
/// the names are not the same on both sides.
pub(super) fn others(old: (Side<'_>, Family<'_>), new: (Side<'_>, Family<'_>)) -> Option<Vec<bool>> {
    let ((old, (olds, cycles)), (new, (news, _))) = (old, new);
    let is_named_alike =
        |(one, other): (&Subject, &Subject)| one.name(old.facts.tree()) == other.name(new.facts.tree());
    if olds.len() != news.len() || !olds.iter().zip(news).all(is_named_alike) {
        return None;
    }
    let mut others = vec![false; news.len()];
    let mut heirs: Vec<Vec<SubjectId>> = vec![Vec::new(); news.len()];
    // What a circle comes to depends on where one begins, so it is nothing to keep.
    let mut open: Vec<SubjectId> = cycles.iter().flat_map(|cycle| cycle.members.iter().copied()).collect();
    for (one, other) in olds.iter().zip(news) {
        let is_mended = |side: Side<'_>, subject: &Subject| {
            subject.extends.is_some_and(|extends| side.is_mended(extends))
        };
        if is_mended(old, one) || is_mended(new, other) {
            open.push(other.id);
        }
        for base in other.bases.iter().filter_map(|base| base.subject) {
            heirs.get_mut(base.index()).into_iter().for_each(|heirs| heirs.push(other.id));
        }
    }
    // Not in the order of the bases: a mended base can close a circle.
    while let Some(id) = open.pop() {
        let Some(is_other) = others.get_mut(id.index()).filter(|is_other| !**is_other) else { continue };
        *is_other = true;
        open.extend(heirs.get(id.index()).into_iter().flatten());
    }
    Some(others)
}
