//! All subjects of a document, resolved.
//!
//! # A second kind of subject
//!
//! Rules AC3 to AC6 ask [`Subjects`] only: which there are, what sets a field, what it is called, where it stands.
//! So another section of the document, whose things come to a configuration as profiles do, is
//!
//! - a variant of [`Section`], with its key in the document and what one of its things is called,
//! - a module beside `profiles` that makes a [`Subject`] of each thing and hands it to [`Subjects::add`], its bases
//!   among those known before: the subject then has what its bases come to and what its own body sets,
//! - and one line in [`Subjects::new`].
//!
//! What both kinds inherit from one base is then one cause and one finding, reported at the base; a conflict that
//! only arises in the new subject is reported there.

use std::sync::Arc;

use super::field::{FIELD_COUNT, Field};
use super::place::{Place, Section};
use super::profiles::{self, Names, Profiles};
use super::resolved::Resolved;
use super::subject::{Cycle, Setting, Settings, Subject, SubjectId, inherit, set};
use crate::source::to_u32;
use crate::yaml::{Entry, Tree};

/// All subjects of a document, resolved: the profiles in the order of the file, then the other sections'.
#[derive(Debug)]
pub struct Subjects {
    tree: Arc<Tree>,
    all: Vec<Subject>,
    resolved: Resolved,
    /// How many of them are profiles.
    profiles: usize,
    names: Names,
    cycles: Vec<Cycle>,
}

impl Subjects {
    /// Reads and resolves the subjects of a document, in time linear in their number.
    pub fn new(tree: Arc<Tree>) -> Self {
        let Profiles { all, resolved, cycles, names } = profiles::read(&tree);
        let profiles = all.len();
        Self { tree, all, resolved, profiles, names, cycles }
    }

    /// Adds a subject behind all others, with the fields that it sets itself (the later one if a field comes twice) on
    /// top of what its bases come to. Its `id` is given here, and it is complete only if its bases are.
    pub(crate) fn add(
        &mut self,
        mut subject: Subject,
        own: impl IntoIterator<Item = (Field, Entry)>,
    ) -> SubjectId {
        let id = SubjectId::new(self.all.len());
        let mut settings = [None; FIELD_COUNT];
        for base in &subject.bases {
            subject.is_complete &= base.subject.is_some_and(|base| self.get(base).is_complete);
            if let Some(base) = base.subject {
                inherit(&mut settings, &self.settings(base));
            }
        }
        set(&mut settings, id, own);
        self.add_settled(subject, &settings)
    }

    /// Adds a subject behind all others, with the settings that it comes to. Its `id` is [`Self::next_id`].
    pub(crate) fn add_settled(&mut self, mut subject: Subject, settings: &Settings) -> SubjectId {
        let id = self.next_id();
        (subject.id, subject.rank) = (id, to_u32(self.all.len()));
        self.all.push(subject);
        self.resolved.push(settings);
        id
    }

    /// Adds a subject behind all others that comes to the very same settings as another, and sets none itself.
    pub(crate) fn add_like(&mut self, mut subject: Subject, like: SubjectId) -> SubjectId {
        let id = self.next_id();
        (subject.id, subject.rank, subject.like) = (id, to_u32(self.all.len()), Some(like));
        self.all.push(subject);
        self.resolved.push_like(like);
        id
    }

    /// Makes room for so many more subjects.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.all.reserve_exact(count);
    }

    /// The id of the subject that is added next.
    pub(crate) fn next_id(&self) -> SubjectId {
        SubjectId::new(self.all.len())
    }

    /// The document that they are part of.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Every subject: the profiles, then the others.
    pub fn all(&self) -> &[Subject] {
        &self.all
    }

    /// The profiles in the order of the file.
    pub fn profiles(&self) -> &[Subject] {
        self.all.get(..self.profiles).unwrap_or_default()
    }

    /// The subjects in an order in which every base comes before its heirs.
    pub fn bases_first(&self) -> Vec<SubjectId> {
        let mut ids: Vec<(u32, SubjectId)> =
            self.all.iter().map(|subject| (subject.rank, subject.id)).collect();
        ids.sort_unstable();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// The profile with this name.
    pub fn named(&self, name: &str) -> Option<&Subject> {
        self.names.find(name, |id| self.name(id)).map(|id| self.get(id))
    }

    /// A subject. Each id is one of these subjects', so it is there.
    pub fn get(&self, id: SubjectId) -> &Subject {
        self.all.get(id.index()).unwrap_or(Subject::NONE)
    }

    /// What messages call a subject.
    pub fn name(&self, id: SubjectId) -> &str {
        self.get(id).name(&self.tree)
    }

    /// Where a subject stands.
    pub fn place(&self, id: SubjectId) -> Place {
        self.get(id).place(&self.tree)
    }

    /// Where a field that a subject sets itself stands.
    pub fn field_place(&self, id: SubjectId, name: &str) -> Place {
        match self.get(id).section {
            Section::Profiles => self.place(id).key(name),
            // A job's fields stand in different places.
            Section::Submissions => match Field::from_name(name).and_then(|field| self.setting(id, field)) {
                Some(setting) => Place::around(&self.tree, self.tree.span(setting.entry.key)),
                None => self.place(id),
            },
        }
    }

    /// Whether a subject is a template: extended by others, not resolved itself.
    pub fn is_template(&self, id: SubjectId) -> bool {
        self.get(id).is_template(&self.tree)
    }

    /// The bases of a subject that there are.
    pub fn bases(&self, id: SubjectId) -> impl DoubleEndedIterator<Item = SubjectId> {
        self.get(id).bases.iter().filter_map(|base| base.subject)
    }

    /// The circles among the profiles.
    pub fn cycles(&self) -> &[Cycle] {
        &self.cycles
    }

    /// Everything that a subject sets or inherits, nulls among it.
    pub fn settings(&self, id: SubjectId) -> Settings {
        self.resolved.all(id)
    }

    /// What sets a field of a subject, be it to `null`.
    pub fn setting(&self, id: SubjectId, field: Field) -> Option<Setting> {
        self.resolved.get(id, field)
    }

    /// What gives a field of a subject its value: a setting to anything but `null`.
    pub fn value(&self, id: SubjectId, field: Field) -> Option<Setting> {
        self.setting(id, field).filter(|setting| !self.tree.is_null(setting.entry.value))
    }

    /// The fields that a subject sets itself, in the order of the format.
    pub fn own(&self, id: SubjectId) -> impl Iterator<Item = (Field, Setting)> {
        let may_set = self.get(id).like.is_none();
        let settings = may_set.then(|| self.resolved.set_fields(id)).into_iter().flatten();
        settings.filter(move |(_, setting)| setting.origin == id)
    }

    /// What a subject would inherit if it set nothing itself.
    pub fn inherited(&self, id: SubjectId, field: Field) -> Option<Setting> {
        self.bases(id).rev().find_map(|base| self.setting(base, field))
    }

    /// The subjects between a subject and the one that sets this field for it, nearest first.
    pub fn through(&self, id: SubjectId, field: Field) -> Vec<SubjectId> {
        let mut through = Vec::new();
        let Some(setting) = self.setting(id, field) else { return through };
        let mut current = id;
        while current != setting.origin {
            let mut bases = self.bases(current).rev();
            let Some(next) = bases.find(|base| self.setting(*base, field).is_some()) else { break };
            if next == setting.origin || through.len() > self.all.len() {
                break;
            }
            through.push(next);
            current = next;
        }
        through
    }

    /// How many subjects of each kind are affected besides, as the end of a message; nothing if none is.
    pub fn others(&self, others: &[SubjectId]) -> String {
        let count = |section| others.iter().filter(|id| self.get(**id).section == section).count();
        let counts = Section::ALL.map(|section| (count(section), section.noun()));
        let parts: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| format!("{count} other {noun}{}", if count == 1 { "" } else { "s" }))
            .collect();
        match others.len() {
            0 => String::new(),
            1 => format!(" (and {} is affected)", parts.concat()),
            _ => format!(" (and {} are affected)", parts.join(" and ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::meeting::meetings;
    use super::super::subject::{Base, Title, fields};
    use super::*;
    use crate::source::Source;
    use crate::yaml;

    const TEXT: &str = "profiles:\n  base: {region: r, spot: true}\njobs:\n  one: {region: q}\n  two: {}\n";

    /// As the things of another section would be added: with a profile as base, and fields of their own.
    fn subjects() -> Option<Subjects> {
        let tree = Arc::new(yaml::parse(&Source::new("a", TEXT)).0?);
        let mut subjects = Subjects::new(Arc::clone(&tree));
        let base = subjects.named("base")?.id;
        for (number, entry) in tree.entries(tree.entry(tree.root(), "jobs")?.value).iter().enumerate() {
            let subject = Subject {
                title: Some(Title::new(format!("job-{number}").into(), None)),
                entry: *entry,
                bases: vec![Base { node: entry.key, subject: Some(base) }],
                is_complete: true,
                ..Subject::NONE.clone()
            };
            subjects.add(subject, fields(&tree, entry.value));
        }
        Some(subjects)
    }

    #[test]
    fn other_subjects_inherit_from_profiles() {
        let subjects = subjects();
        let Some(subjects) = &subjects else { unreachable!("the text is sound") };
        let name = |id| subjects.name(id);
        assert_eq!(
            subjects.all().iter().map(|subject| name(subject.id)).collect::<Vec<_>>(),
            ["base", "job-0", "job-1"]
        );
        assert_eq!(subjects.profiles().len(), 1);
        let meet = |field| {
            let found = meetings(subjects, |id| subjects.value(id, field).map(|setting| setting.entry));
            found.into_iter().map(|found| (name(found.subject), found.others.len())).collect::<Vec<_>>()
        };
        assert_eq!(meet(Field::Spot), [("base", 2)]);
        assert_eq!(meet(Field::Region), [("base", 1), ("job-0", 0)]);
    }
}
