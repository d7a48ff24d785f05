//! Where values meet: the one profile at which a conflict between them is reported.

use rustc_hash::FxHashMap;

use super::resolve::{ProfileId, Profiles};

/// Some values that meet in one profile or more.
#[derive(Debug)]
pub struct Meeting<K> {
    /// The values.
    pub key: K,
    /// The profile to report: the one that all the others inherit from, else the first in the file.
    pub profile: ProfileId,
    /// The other profiles where the same values meet.
    pub others: Vec<ProfileId>,
}

impl<K> Meeting<K> {
    /// The reported profile, then the others.
    pub fn members(&self) -> impl Iterator<Item = ProfileId> {
        std::iter::once(self.profile).chain(self.others.iter().copied())
    }
}

/// Groups the profiles for which `key` gives something by what it gives, in the order of the file.
pub fn meetings<K: Clone + Eq + std::hash::Hash>(
    profiles: &Profiles,
    mut key: impl FnMut(ProfileId) -> Option<K>,
) -> Vec<Meeting<K>> {
    meetings_of(profiles, |id, keys| keys.extend(key(id)))
}

/// As [`meetings`], for profiles where several such values can meet: `keys` pushes each of them.
pub fn meetings_of<K: Clone + Eq + std::hash::Hash>(
    profiles: &Profiles,
    mut keys: impl FnMut(ProfileId, &mut Vec<K>),
) -> Vec<Meeting<K>> {
    let mut groups: Vec<(K, Vec<ProfileId>)> = Vec::new();
    let mut by_key: FxHashMap<K, usize> = FxHashMap::default();
    let mut found = Vec::new();
    for profile in profiles.all() {
        keys(profile.id, &mut found);
        for key in found.drain(..) {
            let index = *by_key.entry(key.clone()).or_insert_with(|| {
                groups.push((key, Vec::new()));
                groups.len() - 1
            });
            if let Some((_, members)) = groups.get_mut(index) {
                members.push(profile.id);
            }
        }
    }
    let meeting = |(key, members): (K, Vec<ProfileId>)| {
        let profile = ancestor(profiles, &members).or_else(|| members.first().copied())?;
        let others = members.into_iter().filter(|member| *member != profile).collect();
        Some(Meeting { key, profile, others })
    };
    groups.into_iter().filter_map(meeting).collect()
}

/// The member that all the other members inherit from.
fn ancestor(profiles: &Profiles, members: &[ProfileId]) -> Option<ProfileId> {
    // Bases rank before their heirs, so only the first by rank can be it.
    let rank = |member: &&ProfileId| profiles.all().get(member.index()).map(|profile| profile.rank);
    let top = *members.iter().min_by_key(rank)?;
    let mut arrives: FxHashMap<ProfileId, bool> = std::iter::once((top, true)).collect();
    members.iter().all(|member| reaches(profiles, *member, &mut arrives)).then_some(top)
}

fn bases(profiles: &Profiles, id: ProfileId) -> impl Iterator<Item = ProfileId> {
    let profile = profiles.all().get(id.index());
    profile.into_iter().flat_map(|profile| profile.bases.iter().filter_map(|base| base.profile))
}

/// Whether a profile inherits from one for which `arrives` says yes; every answer is kept.
fn reaches(profiles: &Profiles, start: ProfileId, arrives: &mut FxHashMap<ProfileId, bool>) -> bool {
    let mut path = vec![start];
    while let Some(&profile) = path.last() {
        if arrives.get(&profile) == Some(&true) {
            for heir in path {
                arrives.insert(heir, true);
            }
            return true;
        }
        arrives.entry(profile).or_insert(false);
        match bases(profiles, profile).find(|base| arrives.get(base) != Some(&false)) {
            Some(base) => path.push(base),
            None => {
                path.pop();
            }
        }
    }
    false
}
