//! The profiles of a file: `extends` as the SDK's `replace()`.

use std::hash::BuildHasher;
use std::slice;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::field::FIELD_COUNT;
use super::graph;
use super::place::Section;
use super::resolved::Resolved;
use super::subject::{Base, Cycle, Subject, SubjectId, fields, inherit, set};
use crate::source::to_u32;
use crate::yaml::{Data, Entry, Tree};

/// The profiles as they are read: the first subjects of a document, so their ids are their places in the file.
pub(super) struct Profiles {
    pub(super) all: Vec<Subject>,
    pub(super) resolved: Resolved,
    pub(super) cycles: Vec<Cycle>,
    pub(super) names: Names,
}

/// Reads the profiles of a document and resolves each of them, in time linear in their number.
pub(super) fn read(tree: &Tree) -> Profiles {
    let (mut all, order, cycles, names) = section(tree, Section::Profiles);
    for member in cycles.iter().flat_map(|cycle| &cycle.members) {
        if let Some(profile) = all.get_mut(member.index()) {
            profile.is_complete = false;
        }
    }
    let resolved = resolve(tree, &mut all, &order);
    Profiles { all, resolved, cycles, names }
}

/// The things of a section, which may extend each other: as written, in an order in which bases come first, the
/// circles among them, and by their names. Their ids are their places in the section.
pub(crate) fn section(tree: &Tree, section: Section) -> (Vec<Subject>, Vec<SubjectId>, Vec<Cycle>, Names) {
    let entries = section.entries(tree);
    let names = Names::new(tree, entries);
    let subjects = entries.iter().enumerate();
    let all: Vec<Subject> = subjects
        .map(|(index, entry)| subject(tree, section, entries, &names, SubjectId::new(index), *entry))
        .collect();
    let (order, cycles) = graph::order(&all);
    (all, order, cycles, names)
}

/// Works out the settings of each profile behind those of its bases.
fn resolve(tree: &Tree, all: &mut [Subject], order: &[SubjectId]) -> Resolved {
    let mut resolved = Resolved::new(all.len());
    for (rank, id) in order.iter().enumerate() {
        let Some(profile) = all.get(id.index()) else { continue };
        let mut settings = [None; FIELD_COUNT];
        let mut is_complete = profile.is_complete;
        for base in profile.bases.iter().filter_map(|base| base.subject) {
            is_complete &= all.get(base.index()).is_some_and(|base| base.is_complete);
            inherit(&mut settings, &resolved.all(base));
        }
        set(&mut settings, *id, fields(tree, profile.entry.value));
        resolved.set(*id, &settings);
        if let Some(profile) = all.get_mut(id.index()) {
            profile.is_complete = is_complete;
            profile.rank = to_u32(rank);
        }
    }
    resolved
}

fn subject(
    tree: &Tree,
    section: Section,
    entries: &[Entry],
    names: &Names,
    id: SubjectId,
    entry: Entry,
) -> Subject {
    let name_of = |id: SubjectId| entries.get(id.index()).map_or("", |entry| tree.key(entry.key));
    let extends = tree.entry(entry.value, "extends");
    let mut is_complete = matches!(tree.data(entry.value), Data::Map(_) | Data::Null);
    let nodes = match extends.as_ref().map(|extends| (&extends.value, tree.data(extends.value))) {
        None => &[],
        Some((value, Data::Str(..))) => slice::from_ref(value),
        Some((value, Data::Seq(_))) => tree.items(*value),
        Some(_) => {
            is_complete = false;
            &[]
        }
    };
    let mut bases = Vec::with_capacity(nodes.len());
    for node in nodes.iter().copied() {
        let name = tree.str(node);
        let subject = name.and_then(|name| names.find(name, name_of));
        is_complete &= subject.is_some();
        bases.extend(name.map(|_| Base { node, subject }));
    }
    Subject { id, section, entry, extends, bases, is_complete, rank: 0, ..Subject::NONE.clone() }
}

/// The things of a section by their names, which stand in the text: of several with one name the first.
#[derive(Debug, Default)]
pub(crate) struct Names(HashTable<SubjectId>);

impl Names {
    fn new(tree: &Tree, entries: &[Entry]) -> Self {
        let name_of = |id: SubjectId| entries.get(id.index()).map_or("", |entry| tree.key(entry.key));
        let hash = |id: &SubjectId| FxBuildHasher.hash_one(name_of(*id));
        let mut table = HashTable::with_capacity(entries.len());
        for id in (0..entries.len()).map(SubjectId::new) {
            let name = name_of(id);
            table.entry(hash(&id), |known| name_of(*known) == name, hash).or_insert(id);
        }
        Self(table)
    }

    /// The thing with this name.
    pub(crate) fn find<'t>(&self, name: &str, name_of: impl Fn(SubjectId) -> &'t str) -> Option<SubjectId> {
        self.0.find(FxBuildHasher.hash_one(name), |id| name_of(*id) == name).copied()
    }
}
