//! What each profile comes to: `extends` as the SDK's `replace()`.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::field::{FIELD_COUNT, Field};
use super::graph::{self, Base, Cycle};
use crate::source::to_u32;
use crate::yaml::{Data, Entry, Tree};

/// A profile of a file, by its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProfileId(u32);

impl ProfileId {
    pub(super) fn new(index: usize) -> Self {
        Self(to_u32(index))
    }

    /// The profile's place in [`Profiles::all`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A profile as written.
#[derive(Debug)]
pub struct Profile {
    /// Its own id.
    pub id: ProfileId,
    /// Its name and body.
    pub entry: Entry,
    /// The `extends` entry, if there is one.
    pub extends: Option<Entry>,
    /// The names in `extends`, in their order. Empty if it has the wrong type.
    pub bases: Vec<Base>,
    /// Whether all that it inherits is known. It is not where a base is missing, part of a cycle or not
    /// a mapping, here or further up.
    pub is_complete: bool,
    /// Its place in an order in which every base comes before its heirs.
    pub(super) rank: usize,
}

/// A field that is set: where, and by which profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// The key and value that set it. The value may be `null`: an explicit nothing.
    pub entry: Entry,
    /// The profile whose text (or merge key) sets it.
    pub origin: ProfileId,
}

/// The fields of a resolved profile.
pub type Settings = [Option<Setting>; FIELD_COUNT];

/// All profiles of a file, resolved.
#[derive(Debug)]
pub struct Profiles {
    tree: Arc<Tree>,
    all: Vec<Profile>,
    by_name: Names,
    resolved: Vec<Settings>,
    cycles: Vec<Cycle>,
}

impl Profiles {
    /// Reads the profiles of a document and resolves each of them, in time linear in their number.
    pub fn new(tree: Arc<Tree>) -> Self {
        let body = tree.entry(tree.root(), "profiles").map(|entry| entry.value);
        let entries = body.map_or(&[][..], |body| tree.entries(body));
        let by_name = Names::new(&tree, entries);
        let all: Vec<Profile> = entries
            .iter()
            .enumerate()
            .map(|(index, entry)| read(&tree, entries, &by_name, ProfileId::new(index), *entry))
            .collect();
        let (order, cycles) = graph::order(&all);
        let resolved = vec![[None; FIELD_COUNT]; all.len()];
        let mut profiles = Self { tree, all, by_name, resolved, cycles };
        profiles.resolve(&order);
        profiles
    }

    fn resolve(&mut self, order: &[ProfileId]) {
        for cycle in &self.cycles {
            for member in &cycle.members {
                if let Some(profile) = self.all.get_mut(member.index()) {
                    profile.is_complete = false;
                }
            }
        }
        for (rank, id) in order.iter().enumerate() {
            let Some(profile) = self.all.get(id.index()) else { continue };
            let mut settings = [None; FIELD_COUNT];
            let mut is_complete = profile.is_complete;
            for base in profile.bases.iter().filter_map(|base| base.profile) {
                is_complete &= self.all.get(base.index()).is_some_and(|base| base.is_complete);
                let Some(inherited) = self.resolved.get(base.index()) else { continue };
                for (slot, setting) in settings.iter_mut().zip(inherited) {
                    *slot = setting.or(*slot);
                }
            }
            for entry in self.tree.entries(profile.entry.value).iter().rev() {
                let field = Field::from_name(self.tree.key(entry.key));
                if let Some(slot) = field.and_then(|field| settings.get_mut(field as usize)) {
                    *slot = Some(Setting { entry: *entry, origin: *id });
                }
            }
            if let Some(slot) = self.resolved.get_mut(id.index()) {
                *slot = settings;
            }
            if let Some(profile) = self.all.get_mut(id.index()) {
                profile.is_complete = is_complete;
                profile.rank = rank;
            }
        }
    }

    /// The document that the profiles are part of.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The profiles in the order of the file.
    pub fn all(&self) -> &[Profile] {
        &self.all
    }

    /// The profiles in an order in which every base comes before its heirs.
    pub fn bases_first(&self) -> Vec<ProfileId> {
        let mut ids: Vec<(usize, ProfileId)> =
            self.all.iter().map(|profile| (profile.rank, profile.id)).collect();
        ids.sort_unstable();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// The profile with this name.
    pub fn named(&self, name: &str) -> Option<&Profile> {
        let id = self.by_name.find(name, |id| self.name(id))?;
        self.all.get(id.index())
    }

    /// The name of a profile.
    pub fn name(&self, id: ProfileId) -> &str {
        self.all.get(id.index()).map_or("", |profile| self.tree.key(profile.entry.key))
    }

    /// Whether a profile is a template: extended by others, not resolved itself.
    pub fn is_template(&self, id: ProfileId) -> bool {
        self.name(id).starts_with('.')
    }

    /// The circles among the profiles.
    pub fn cycles(&self) -> &[Cycle] {
        &self.cycles
    }

    /// Everything that a profile sets or inherits, nulls among it.
    pub fn settings(&self, id: ProfileId) -> &Settings {
        const NOTHING: Settings = [None; FIELD_COUNT];
        self.resolved.get(id.index()).unwrap_or(&NOTHING)
    }

    /// What sets a field of a profile, be it to `null`.
    pub fn setting(&self, id: ProfileId, field: Field) -> Option<Setting> {
        self.settings(id).get(field as usize).copied().flatten()
    }

    /// What gives a field of a profile its value: a setting to anything but `null`.
    pub fn value(&self, id: ProfileId, field: Field) -> Option<Setting> {
        self.setting(id, field).filter(|setting| !self.tree.is_null(setting.entry.value))
    }

    /// What a profile would inherit if it set nothing itself.
    pub fn inherited(&self, profile: &Profile, field: Field) -> Option<Setting> {
        let bases = profile.bases.iter().rev().filter_map(|base| base.profile);
        bases.into_iter().find_map(|base| self.setting(base, field))
    }

    /// The profiles between a profile and the one that sets this field for it, nearest first.
    pub fn through(&self, id: ProfileId, field: Field) -> Vec<ProfileId> {
        let mut through = Vec::new();
        let Some(setting) = self.setting(id, field) else { return through };
        let mut current = id;
        while let Some(profile) = self.all.get(current.index()).filter(|_| current != setting.origin) {
            let mut bases = profile.bases.iter().rev().filter_map(|base| base.profile);
            let Some(next) = bases.find(|base| self.setting(*base, field).is_some()) else { break };
            if next == setting.origin || through.len() > self.all.len() {
                break;
            }
            through.push(next);
            current = next;
        }
        through
    }
}

/// The profiles by their names, which stand in the text: of several with one name the first.
#[derive(Debug)]
struct Names(HashTable<ProfileId>);

impl Names {
    fn new(tree: &Tree, entries: &[Entry]) -> Self {
        let name_of = |id: ProfileId| entries.get(id.index()).map_or("", |entry| tree.key(entry.key));
        let hash = |id: &ProfileId| FxBuildHasher.hash_one(name_of(*id));
        let mut table = HashTable::with_capacity(entries.len());
        for id in (0..entries.len()).map(ProfileId::new) {
            let name = name_of(id);
            table.entry(hash(&id), |known| name_of(*known) == name, hash).or_insert(id);
        }
        Self(table)
    }

    fn find<'t>(&self, name: &str, name_of: impl Fn(ProfileId) -> &'t str) -> Option<ProfileId> {
        self.0.find(FxBuildHasher.hash_one(name), |id| name_of(*id) == name).copied()
    }
}

fn read(tree: &Tree, entries: &[Entry], by_name: &Names, id: ProfileId, entry: Entry) -> Profile {
    let name_of = |id: ProfileId| entries.get(id.index()).map_or("", |entry| tree.key(entry.key));
    let extends = tree.entry(entry.value, "extends");
    let mut is_complete = matches!(tree.data(entry.value), Data::Map(_) | Data::Null);
    let nodes = match extends.map(|extends| (extends.value, tree.data(extends.value))) {
        None => Vec::new(),
        Some((value, Data::Str(..))) => vec![value],
        Some((value, Data::Seq(_))) => tree.items(value).to_vec(),
        Some(_) => {
            is_complete = false;
            Vec::new()
        }
    };
    let mut bases = Vec::with_capacity(nodes.len());
    for node in nodes {
        let name = tree.str(node);
        let profile = name.and_then(|name| by_name.find(name, name_of));
        is_complete &= profile.is_some();
        bases.extend(name.map(|_| Base { node, profile }));
    }
    Profile { id, entry, extends, bases, is_complete, rank: 0 }
}
