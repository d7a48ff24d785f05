//! What an entry means to others: whether it can be taken out, and what is not known since it is misspelt.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Facts;
use crate::profile::{Field, FieldSet, SubjectId};
use crate::schema::MismatchKind;
use crate::suggest;
use crate::yaml::{Entry, NodeId, Tree};

impl Facts {
    /// Whether an entry is all that its mapping says about a key, and says it to nobody else: no merge brings the
    /// key as well, it does not stand there twice, and no other mapping merges it. Then it can be taken out.
    pub fn stands_alone(&self, map: NodeId, entry: Entry) -> bool {
        let tree = self.tree();
        let map = tree.target(map);
        let name = tree.key(entry.key);
        let is_elsewhere = |other: &Entry| match tree.key(other.key) {
            "<<" => {
                let sources = std::iter::once(other.value).chain(tree.items(other.value).iter().copied());
                sources.into_iter().any(|source| tree.entry(source, name).is_some())
            }
            key => other.key != entry.key && key == name,
        };
        tree.is_own(map, entry) && !tree.written_entries(map).iter().any(is_elsewhere) && !self.is_merged(map)
    }

    /// Whether a mapping is merged into another: then its keys count there too, or would if they were named otherwise.
    pub fn is_merged(&self, map: NodeId) -> bool {
        let tree = self.tree();
        self.merged.get_or_init(|| merged(tree)).contains(&tree.target(map))
    }

    /// The fields of a subject that may be set otherwise than it seems: they are misspelt, here or further up.
    pub fn misspelt(&self, subject: SubjectId) -> FieldSet {
        let all = self.misspelt.get_or_init(|| misspelt(self));
        all.get(subject.index()).copied().unwrap_or_default()
    }
}

/// The mappings that are merged into others.
fn merged(tree: &Tree) -> FxHashSet<NodeId> {
    let entries = tree.ids().flat_map(|map| tree.written_entries(map));
    let merges = entries.filter(|entry| tree.key(entry.key) == "<<");
    let sources =
        merges.flat_map(|merge| std::iter::once(merge.value).chain(tree.items(merge.value).iter().copied()));
    sources.map(|source| tree.target(source)).collect()
}

/// For each subject, the fields that a key which is none most likely means. `extends` can bring any.
fn misspelt(facts: &Facts) -> Vec<FieldSet> {
    let (tree, subjects) = (facts.tree(), facts.subjects());
    let mut all = vec![FieldSet::default(); subjects.all().len()];
    if !facts.mismatches().iter().any(|mismatch| mismatch.kind == MismatchKind::UnknownField) {
        return all;
    }
    let names = || Field::ALL.into_iter().map(Field::name).chain(["extends"]);
    // Many subjects have one key, and nearly all are spelt right.
    let mut meanings: FxHashMap<&str, FieldSet> = FxHashMap::default();
    let mut meaning = |name| {
        *meanings.entry(name).or_insert_with(|| {
            if name.starts_with("x-") || names().any(|known| known == name) {
                return FieldSet::default();
            }
            match suggest::closest(name, names()) {
                Some("extends") => FieldSet::ALL,
                Some(field) => Field::from_name(field).into_iter().collect(),
                None => FieldSet::default(),
            }
        })
    };
    for id in subjects.bases_first() {
        let mut fields = FieldSet::default();
        for base in subjects.bases(id) {
            fields = fields.with(all.get(base.index()).copied().unwrap_or_default());
        }
        for entry in tree.entries(subjects.get(id).entry.value) {
            fields = fields.with(meaning(tree.key(entry.key)));
        }
        if let Some(slot) = all.get_mut(id.index()) {
            *slot = fields;
        }
    }
    all
}
