//! Where values meet: the one subject at which a conflict between them is reported.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::subject::SubjectId;
use super::subjects::Subjects;

/// Some values that meet in one subject or more.
#[derive(Debug)]
pub struct Meeting<K> {
    /// The values.
    pub key: K,
    /// The subject to report: the one that all the others inherit from, else the first of them.
    pub subject: SubjectId,
    /// The other subjects where the same values meet.
    pub others: Vec<SubjectId>,
}

impl<K> Meeting<K> {
    /// The reported subject, then the others.
    pub fn members(&self) -> impl Iterator<Item = SubjectId> {
        std::iter::once(self.subject).chain(self.others.iter().copied())
    }
}

/// Groups the subjects for which `key` gives something by what it gives, in their order.
pub fn meetings<K: Eq + std::hash::Hash>(
    subjects: &Subjects,
    mut key: impl FnMut(SubjectId) -> Option<K>,
) -> Vec<Meeting<K>> {
    meetings_of(subjects, |id, keys| keys.extend(key(id)))
}

/// As [`meetings`], for subjects where several such values can meet: `keys` pushes each of them.
pub fn meetings_of<K: Eq + std::hash::Hash>(
    subjects: &Subjects,
    mut keys: impl FnMut(SubjectId, &mut Vec<K>),
) -> Vec<Meeting<K>> {
    let mut groups: IndexMap<K, Vec<SubjectId>, FxBuildHasher> = IndexMap::default();
    let mut found = Vec::new();
    for subject in subjects.all() {
        keys(subject.id, &mut found);
        for key in found.drain(..) {
            groups.entry(key).or_default().push(subject.id);
        }
    }
    let meeting = |(key, members): (K, Vec<SubjectId>)| {
        let subject = ancestor(subjects, &members).or_else(|| members.first().copied())?;
        let others = members.into_iter().filter(|member| *member != subject).collect();
        Some(Meeting { key, subject, others })
    };
    groups.into_iter().filter_map(meeting).collect()
}

/// The member that all the other members inherit from.
fn ancestor(subjects: &Subjects, members: &[SubjectId]) -> Option<SubjectId> {
    // Bases rank before their heirs, so only the first by rank can be it.
    let top = *members.iter().min_by_key(|member| subjects.get(**member).rank)?;
    let mut arrives: FxHashMap<SubjectId, bool> = std::iter::once((top, true)).collect();
    members.iter().all(|member| reaches(subjects, *member, &mut arrives)).then_some(top)
}

/// Whether a subject inherits from one for which `arrives` says yes; every answer is kept.
fn reaches(subjects: &Subjects, start: SubjectId, arrives: &mut FxHashMap<SubjectId, bool>) -> bool {
    let mut path = vec![start];
    while let Some(&subject) = path.last() {
        if arrives.get(&subject) == Some(&true) {
            for heir in path {
                arrives.insert(heir, true);
            }
            return true;
        }
        arrives.entry(subject).or_insert(false);
        match subjects.bases(subject).find(|base| arrives.get(base) != Some(&false)) {
            Some(base) => path.push(base),
            None => {
                path.pop();
            }
        }
    }
    false
}
