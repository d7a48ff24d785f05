//! Who extends whom: an order in which every base comes before its heirs, and the cycles.

use super::subject::{Cycle, Subject, SubjectId};

/// The links that all reported cycles together may have: circles can overlap without end.
const MAX_LINKS: usize = 100_000;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// The profiles in an order in which bases come first, and the cycles among them. Every profile is in
/// the order; those of a cycle come somewhere. Takes time linear in the number of `extends`.
pub(super) fn order(profiles: &[Subject]) -> (Vec<SubjectId>, Vec<Cycle>) {
    let mut marks = vec![Mark::New; profiles.len()];
    let mut order = Vec::with_capacity(profiles.len());
    let mut cycles = Vec::new();
    let mut links = 0;
    // The way from a start down to the profile at hand, each with the base to look at next.
    let mut path: Vec<(SubjectId, usize)> = Vec::new();
    for start in (0..profiles.len()).map(SubjectId::new) {
        if marks.get(start.index()) != Some(&Mark::New) {
            continue;
        }
        path.push((start, 0));
        set(&mut marks, start, Mark::Open);
        while let Some((profile, next)) = path.last_mut() {
            let profile = *profile;
            let bases = profiles.get(profile.index()).map_or(&[][..], |profile| &profile.bases);
            let Some(base) = bases.get(*next) else {
                set(&mut marks, profile, Mark::Done);
                order.push(profile);
                path.pop();
                continue;
            };
            *next += 1;
            let Some(base) = base.subject else { continue };
            match marks.get(base.index()) {
                Some(Mark::New) => {
                    set(&mut marks, base, Mark::Open);
                    path.push((base, 0));
                }
                Some(Mark::Open) => {
                    let from = path.iter().rposition(|(profile, _)| *profile == base).unwrap_or(0);
                    let members: Vec<SubjectId> =
                        path.iter().skip(from).map(|(profile, _)| *profile).collect();
                    links += members.len();
                    if cycles.is_empty() || links <= MAX_LINKS {
                        cycles.push(Cycle { members });
                    }
                }
                _ => {}
            }
        }
    }
    (order, cycles)
}

fn set(marks: &mut [Mark], profile: SubjectId, mark: Mark) {
    if let Some(slot) = marks.get_mut(profile.index()) {
        *slot = mark;
    }
}
