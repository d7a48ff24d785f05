//! What no safe fix may do: change what a profile or a job resolves to, other than by what its finding says is wrong.

mod bases;
mod jobs;
mod mended;

use rustc_hash::FxHashMap;

use self::mended::{Side, mended};
use crate::Analysis;
use crate::catalog::Catalog;
use crate::finding::Edit;
use crate::profile::{Field, Setting, SubjectId};
use crate::resolve;
use crate::yaml::{Entry, NodeId};

/// An edit, and whether the finding behind it is about a mistake: then the value that it edits may change. What a
/// warning is about works as it is, and still must.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change<'a> {
    pub(super) edit: &'a Edit,
    pub(super) mends: bool,
}

/// Whether the profiles and jobs of a text come to the same after some changes, in the order of the text, but for the
/// values that the changes mend, wherever they are inherited.
pub(super) fn keeps(before: &Analysis, after: &Analysis, changes: &[Change<'_>]) -> bool {
    let (Some(old), Some(new)) = (before.facts(), after.facts()) else { return false };
    let mended = mended(changes);
    let old = Side { facts: old, mended: &mended.0 };
    let new = Side { facts: new, mended: &mended.1 };
    let catalog = &before.settings().catalog;
    let mut comparison = Comparison { catalog, old, new, same: FxHashMap::default() };
    let Some(other_profiles) = comparison.profiles() else { return false };
    jobs::keeps(&mut comparison, &other_profiles)
}

struct Comparison<'a> {
    catalog: &'a Catalog,
    old: Side<'a>,
    new: Side<'a>,
    /// Whether two values say the same: many profiles inherit the same two.
    same: FxHashMap<(Field, NodeId, NodeId), bool>,
}

impl Comparison<'_> {
    /// For each profile, whether it is another one now since it has other bases; nothing if one changed that must not.
    fn profiles(&mut self) -> Option<Vec<bool>> {
        let (old, new) = (self.old.facts.subjects(), self.new.facts.subjects());
        // Where the profiles could not be found, there is nothing to keep.
        if old.profiles().is_empty() {
            return Some(vec![true; new.profiles().len()]);
        }
        let family = (old.profiles(), old.cycles());
        let others = bases::others((self.old, family), (self.new, (new.profiles(), new.cycles())))?;
        let mut ids = old.profiles().iter().map(|profile| profile.id);
        let is_kept = ids.all(|id| {
            others.get(id.index()) == Some(&true)
                || Field::ALL.into_iter().all(|field| self.is_kept(id, field))
        });
        is_kept.then_some(others)
    }

    fn is_kept(&mut self, id: SubjectId, field: Field) -> bool {
        let (old, new) = (self.old.facts.subjects(), self.new.facts.subjects());
        let value = |setting: Option<Setting>| setting.map(|setting| setting.entry);
        if self.is_same(field, value(old.value(id, field)), value(new.value(id, field))) {
            return true;
        }
        let (old, new) = (old.setting(id, field), new.setting(id, field));
        if old.is_some_and(|old| self.old.is_mended(old.entry)) {
            return true;
        }
        // A key that was misspelt sets the field now; it did not where the profile set it otherwise already.
        let is_new = old.map(|old| old.origin) != new.map(|new| new.origin);
        is_new && new.is_some_and(|new| self.new.is_mended(new.entry))
    }

    fn is_same(&mut self, field: Field, old: Option<Entry>, new: Option<Entry>) -> bool {
        let (Some(old), Some(new)) = (old, new) else { return old.is_none() && new.is_none() };
        let (old, new) = (old.value, new.value);
        let (old_tree, new_tree) = (self.old.facts.tree(), self.new.facts.tree());
        *self.same.entry((field, old, new)).or_insert_with(|| {
            resolve::whole_value(old_tree, self.catalog, field, old)
                == resolve::whole_value(new_tree, self.catalog, field, new)
        })
    }
}
