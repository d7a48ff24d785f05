//! What a rule can speak about: a profile, or another thing in the document that comes to a configuration.

use std::sync::{Arc, OnceLock};

use super::field::{FIELD_COUNT, Field};
use super::place::{Place, Section};
use crate::source::to_u32;
use crate::yaml::{Entry, NodeId, Tree};

/// A subject of a document. Those of all sections share one row of ids, so that whatever asks for settings by id
/// asks for those of any subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubjectId(u32);

impl SubjectId {
    pub(super) fn new(index: usize) -> Self {
        Self(to_u32(index))
    }

    /// Its place among all subjects.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A subject as written.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its own id.
    pub id: SubjectId,
    /// The section that it stands in.
    pub section: Section,
    /// Its name, where that is not the text of its key: a section may make several subjects of one entry.
    pub title: Option<Title>,
    /// Its key and body.
    pub entry: Entry,
    /// The `extends` entry, if there is one.
    pub extends: Option<Entry>,
    /// The names in `extends`, in their order. Empty if it has the wrong type.
    pub bases: Vec<Base>,
    /// Whether all that it inherits is known. It is not where a base is missing, part of a cycle or not
    /// a mapping, here or further up.
    pub is_complete: bool,
    /// Where it is written, if that is not at its key.
    pub at: Option<NodeId>,
    /// Whether it is only a part that others share, and nothing that runs.
    pub is_part: bool,
    /// Another, before it, that comes to the very same settings, of which it sets none itself.
    pub like: Option<SubjectId>,
    /// Its place in an order in which every base comes before its heirs.
    pub(super) rank: u32,
}

impl Subject {
    /// What stands for a subject that there is not.
    pub(super) const NONE: &Self = &Self {
        id: SubjectId(u32::MAX),
        section: Section::Profiles,
        title: None,
        entry: Entry { key: NodeId::NONE, value: NodeId::NONE },
        extends: None,
        bases: Vec::new(),
        is_complete: false,
        at: None,
        is_part: false,
        like: None,
        rank: u32::MAX,
    };

    /// What is made of an entry of a section, complete and without a base.
    pub(crate) fn new(section: Section, entry: Entry) -> Self {
        Self { section, entry, is_complete: true, ..Self::NONE.clone() }
    }

    /// What messages call it.
    pub fn name<'s>(&'s self, tree: &'s Tree) -> &'s str {
        self.title.as_ref().map_or_else(|| tree.key(self.entry.key), |title| title.text(tree))
    }

    /// Whether others extend it and it is not resolved itself.
    pub fn is_template(&self, tree: &Tree) -> bool {
        self.is_part || self.name(tree).starts_with('.')
    }

    /// Where it stands, to go on from there: `place.key("region")`.
    pub fn place(&self, tree: &Tree) -> Place {
        Place::of(self.section, tree.key(self.entry.key))
    }
}

/// What messages call a job: its name, and the profile that it runs with.
#[derive(Clone, Debug)]
pub struct Title {
    name: Arc<str>,
    profile: Option<NodeId>,
    /// Both together, written when first asked for: few jobs are spoken of.
    text: OnceLock<Box<str>>,
}

impl Title {
    /// The name of a job, and where the name of its profile stands.
    pub const fn new(name: Arc<str>, profile: Option<NodeId>) -> Self {
        Self { name, profile, text: OnceLock::new() }
    }

    fn text<'s>(&'s self, tree: &'s Tree) -> &'s str {
        match self.profile.and_then(|profile| tree.str(profile)) {
            Some(profile) => self.text.get_or_init(|| [&self.name, ": profile ", profile].concat().into()),
            None => &self.name,
        }
    }
}

/// One name in an `extends`.
#[derive(Clone, Copy, Debug)]
pub struct Base {
    /// The name as written.
    pub node: NodeId,
    /// The subject of that name, if there is one.
    pub subject: Option<SubjectId>,
}

/// Subjects that extend each other in a circle, each the heir of the next, and the last of the first.
#[derive(Debug)]
pub struct Cycle {
    /// The members.
    pub members: Vec<SubjectId>,
}

/// A field that is set: where, and by which subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// The key and value that set it. The value may be `null`: an explicit nothing.
    pub entry: Entry,
    /// The subject whose text (or merge key) sets it.
    pub origin: SubjectId,
}

/// The fields of a resolved subject.
pub type Settings = [Option<Setting>; FIELD_COUNT];

/// Takes over what a base sets, nulls among it: a later base wins.
pub(super) fn inherit(settings: &mut Settings, base: &Settings) {
    for (slot, setting) in settings.iter_mut().zip(base) {
        *slot = setting.or(*slot);
    }
}

/// The fields that a mapping sets. Of a key that stands there twice the first comes last, and so counts.
pub(crate) fn fields(tree: &Tree, body: NodeId) -> impl Iterator<Item = (Field, Entry)> {
    let entries = tree.entries(body).iter().rev();
    entries.filter_map(|entry| Some((Field::from_name(tree.key(entry.key))?, *entry)))
}

/// Takes over the fields that a subject sets itself, the later one if a field comes twice.
pub(super) fn set(settings: &mut Settings, origin: SubjectId, own: impl IntoIterator<Item = (Field, Entry)>) {
    for (field, entry) in own {
        if let Some(slot) = settings.get_mut(field as usize) {
            *slot = Some(Setting { entry, origin });
        }
    }
}
