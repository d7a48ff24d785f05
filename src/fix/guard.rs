//! What no safe fix may do: change what a profile resolves to, other than by what its finding says is wrong.

use rustc_hash::FxHashMap;

use crate::Analysis;
use crate::finding::Edit;
use crate::profile::{Field, Setting, Subject, SubjectId, Subjects};
use crate::resolve;
use crate::source::{Span, to_u32};
use crate::yaml::NodeId;

/// An edit, and whether the finding behind it is about a mistake: then the value that it edits may change. What a
/// warning is about works as it is, and still must.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change<'a> {
    pub(super) edit: &'a Edit,
    pub(super) mends: bool,
}

/// Whether the profiles of a text come to the same after some changes, in the order of the text, but for the values
/// that the changes mend, wherever they are inherited.
pub(super) fn keeps(before: &Analysis, after: &Analysis, changes: &[Change<'_>]) -> bool {
    let (Some(old), Some(new)) = (before.subjects(), after.subjects()) else { return false };
    // Where the profiles could not be found, there is nothing to keep.
    if old.all().is_empty() {
        return true;
    }
    let is_named_alike = |(one, other): (&Subject, &Subject)| old.name(one.id) == new.name(other.id);
    // Which jobs there are may be just what a fix mends; what they run with are the profiles.
    let (olds, news) = (old.profiles(), new.profiles());
    if olds.len() != news.len() || !olds.iter().zip(news).all(is_named_alike) {
        return false;
    }
    let mended = mended(changes);
    let old = Side { subjects: old, mended: &mended.0 };
    let new = Side { subjects: new, mended: &mended.1 };
    let mut comparison = Comparison { before, old, new, same: FxHashMap::default() };
    let has_other_bases = comparison.with_other_bases();
    let mut ids = old.subjects.profiles().iter().map(|profile| profile.id);
    ids.all(|id| {
        has_other_bases.get(id.index()) == Some(&true)
            || Field::ALL.into_iter().all(|field| comparison.is_kept(id, field))
    })
}

/// The places that are mended, as they are before and after.
fn mended(changes: &[Change<'_>]) -> (Vec<Span>, Vec<Span>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let (mut removed, mut added) = (0, 0);
    for change in changes {
        let span = change.edit.span;
        let length = to_u32(change.edit.replacement.len());
        if change.mends {
            let start = span.start + added - removed;
            before.push(span);
            after.push(Span::new(start, start + length));
        }
        removed += span.len();
        added += length;
    }
    (before, after)
}

/// The profiles of one of the two texts, and the places in it that are mended.
#[derive(Clone, Copy)]
struct Side<'a> {
    subjects: &'a Subjects,
    mended: &'a [Span],
}

impl Side<'_> {
    /// Whether a change lies in a span or at its ends.
    fn touches(self, span: Span) -> bool {
        let first = self.mended.partition_point(|mended| mended.end < span.start);
        self.mended.get(first).is_some_and(|mended| mended.start <= span.end)
    }

    /// Whether the text of a setting is mended: its key, its value, or what its value refers to.
    fn is_mended(self, setting: Setting) -> bool {
        let tree = self.subjects.tree();
        let mut nodes = vec![setting.entry.key, setting.entry.value];
        nodes.extend(tree.items(setting.entry.value));
        nodes.extend(tree.entries(setting.entry.value).iter().flat_map(|entry| [entry.key, entry.value]));
        nodes
            .into_iter()
            .any(|node| self.touches(tree.span(node)) || self.touches(tree.span(tree.target(node))))
    }
}

struct Comparison<'a> {
    before: &'a Analysis,
    old: Side<'a>,
    new: Side<'a>,
    /// Whether two values say the same: many profiles inherit the same two.
    same: FxHashMap<(Field, NodeId, NodeId), bool>,
}

impl Comparison<'_> {
    /// For each subject, whether what it extends was mended or is a circle, here or further up.
    fn with_other_bases(&self) -> Vec<bool> {
        let profiles = self.new.subjects.all();
        let mut others = vec![false; profiles.len()];
        let mut heirs: Vec<Vec<SubjectId>> = vec![Vec::new(); profiles.len()];
        // What a circle comes to depends on where one begins, so it is nothing to keep.
        let circles = self.old.subjects.cycles().iter();
        let mut open: Vec<SubjectId> = circles.flat_map(|cycle| cycle.members.iter().copied()).collect();
        for (new, old) in profiles.iter().zip(self.old.subjects.all()) {
            let is_mended = |side: Side<'_>, profile: &Subject| {
                profile.extends.is_some_and(|entry| side.is_mended(Setting { entry, origin: profile.id }))
            };
            if is_mended(self.old, old) || is_mended(self.new, new) {
                open.push(new.id);
            }
            for base in new.bases.iter().filter_map(|base| base.subject) {
                heirs.get_mut(base.index()).into_iter().for_each(|heirs| heirs.push(new.id));
            }
        }
        // Not in the order of the bases: a mended base can close a circle.
        while let Some(id) = open.pop() {
            let Some(is_other) = others.get_mut(id.index()).filter(|is_other| !**is_other) else { continue };
            *is_other = true;
            open.extend(heirs.get(id.index()).into_iter().flatten());
        }
        others
    }

    fn is_kept(&mut self, id: SubjectId, field: Field) -> bool {
        let (old, new) = (self.old.subjects.value(id, field), self.new.subjects.value(id, field));
        if self.is_same(field, old, new) {
            return true;
        }
        let (old, new) = (self.old.subjects.setting(id, field), self.new.subjects.setting(id, field));
        if old.is_some_and(|old| self.old.is_mended(old)) {
            return true;
        }
        // A key that was misspelt sets the field now; it did not where the profile set it otherwise already.
        let is_new = old.map(|old| old.origin) != new.map(|new| new.origin);
        is_new && new.is_some_and(|new| self.new.is_mended(new))
    }

    fn is_same(&mut self, field: Field, old: Option<Setting>, new: Option<Setting>) -> bool {
        let (Some(old), Some(new)) = (old, new) else { return old.is_none() && new.is_none() };
        let (old, new) = (old.entry.value, new.entry.value);
        let catalog = &self.before.settings().catalog;
        let (old_tree, new_tree) = (self.old.subjects.tree(), self.new.subjects.tree());
        *self.same.entry((field, old, new)).or_insert_with(|| {
            resolve::whole_value(old_tree, catalog, field, old)
                == resolve::whole_value(new_tree, catalog, field, new)
        })
    }
}
