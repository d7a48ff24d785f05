//! Which jobs a submission comes to: one for each entry of `fanOut`, or each combination of `matrix`.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::JobSettings;
use super::exclude::Exclusions;
use super::field::JobField;
use crate::yaml::{Data, Entry, NodeId, Tree};

/// The most jobs that one submission may come to.
pub const MAX_JOBS: usize = 256;

/// The most combinations that are looked at for what `exclude` leaves of them.
pub const MAX_COMBINATIONS: usize = 4096;

/// What one job sets on top of its submission.
#[derive(Clone, Debug, Default)]
pub(super) struct Variant {
    /// The fields.
    pub(super) fields: Vec<(JobField, Entry)>,
    /// The entry of `fanOut` that sets them.
    pub(super) entry: Option<NodeId>,
}

/// The jobs of a submission.
#[derive(Clone, Debug)]
pub(super) enum Expansion {
    /// What each of them sets on top of the submission.
    Jobs(Rc<[Variant]>),
    /// Something is wrong with the lists: which jobs are meant is not known.
    Unknown,
    /// More jobs than are made. The number is a lower bound if the numbers multiply past all reason.
    TooMany(usize),
}

/// An axis of a matrix.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    /// Its key and its list.
    pub entry: Entry,
    /// The field that it sets.
    pub field: JobField,
}

/// The axes of a matrix that are lists of values for a field.
pub fn axes(tree: &Tree, matrix: NodeId) -> Vec<Axis> {
    let axis = |entry: &Entry| {
        let field = JobField::from_name(tree.key(entry.key)).filter(|field| !field.makes_jobs())?;
        let is_list = matches!(tree.data(entry.value), Data::Seq(_)) && !tree.items(entry.value).is_empty();
        is_list.then_some(Axis { entry: *entry, field })
    };
    tree.entries(matrix).iter().filter_map(axis).collect()
}

/// How many combinations the axes make; nothing if that is more than a number can say.
pub fn combinations(tree: &Tree, axes: &[Axis]) -> Option<usize> {
    axes.iter().try_fold(1_usize, |product, axis| product.checked_mul(tree.items(axis.entry.value).len()))
}

/// The fields that an entry of `fanOut` sets, the first of a key that stands there twice.
pub(super) fn variant_fields(tree: &Tree, entry: NodeId) -> impl Iterator<Item = (JobField, Entry)> {
    let fields = tree.entries(entry).iter().rev();
    let known = |entry: &Entry| {
        let field = JobField::from_name(tree.key(entry.key)).filter(|field| !field.makes_jobs())?;
        Some((field, *entry))
    };
    fields.filter_map(known)
}

/// What lists come to: many submissions may inherit the same.
pub(super) struct Expansions {
    /// What no list comes to.
    one: Rc<[Variant]>,
    /// By `fanOut`, or by `matrix` and `exclude`.
    of_lists: FxHashMap<(NodeId, Option<NodeId>), Expansion>,
}

impl Default for Expansions {
    fn default() -> Self {
        Self { one: Rc::new([Variant::default()]), of_lists: FxHashMap::default() }
    }
}

/// The jobs of a submission with these settings.
pub(super) fn expand(tree: &Tree, settings: &JobSettings, known: &mut Expansions) -> Expansion {
    let of_lists = &mut known.of_lists;
    let list = |field: JobField| settings.get(field).filter(|set| !tree.is_null(set.entry.value));
    match (list(JobField::FanOut), list(JobField::Matrix)) {
        (None, None) => Expansion::Jobs(Rc::clone(&known.one)),
        (Some(_), Some(_)) => Expansion::Unknown,
        (Some(fan_out), None) => {
            let list = fan_out.entry.value;
            of_lists.entry((list, None)).or_insert_with(|| entries(tree, list)).clone()
        }
        (None, Some(matrix)) => {
            let (matrix, exclude) =
                (matrix.entry.value, list(JobField::Exclude).map(|exclude| exclude.entry.value));
            of_lists.entry((matrix, exclude)).or_insert_with(|| product(tree, matrix, exclude)).clone()
        }
    }
}

fn entries(tree: &Tree, list: NodeId) -> Expansion {
    let items = tree.items(list);
    if items.len() > MAX_JOBS {
        return Expansion::TooMany(items.len());
    }
    let is_sound = |item: &NodeId| matches!(tree.data(*item), Data::Map(_));
    if items.is_empty() || !items.iter().all(is_sound) {
        return Expansion::Unknown;
    }
    let variant =
        |item: &NodeId| Variant { fields: variant_fields(tree, *item).collect(), entry: Some(*item) };
    Expansion::Jobs(items.iter().map(variant).collect())
}

fn product(tree: &Tree, matrix: NodeId, exclude: Option<NodeId>) -> Expansion {
    let axes = axes(tree, matrix);
    if axes.is_empty() || axes.len() < tree.entries(matrix).len() {
        return Expansion::Unknown;
    }
    let count = combinations(tree, &axes);
    let most = if exclude.is_some() { MAX_COMBINATIONS } else { MAX_JOBS };
    let Some(count) = count.filter(|count| *count <= most) else {
        return Expansion::TooMany(count.unwrap_or(usize::MAX));
    };
    let excluded = exclude.map(|exclude| Exclusions::new(tree, &axes, count, exclude));
    let is_left = |number: &usize| {
        excluded.as_ref().is_none_or(|excluded| excluded.is_excluded.get(*number) != Some(&true))
    };
    let left: Vec<usize> = (0..count).filter(is_left).collect();
    if left.len() > MAX_JOBS {
        return Expansion::TooMany(left.len());
    }
    let job = |number: usize| Variant { fields: combination(tree, &axes, number), entry: None };
    Expansion::Jobs(left.into_iter().map(job).collect())
}

/// A combination by its number: the last axis runs fastest.
pub fn combination(tree: &Tree, axes: &[Axis], number: usize) -> Vec<(JobField, Entry)> {
    let mut rest = number;
    let mut values = Vec::with_capacity(axes.len());
    values.extend(axes.iter().rev().filter_map(|axis| {
        let items = tree.items(axis.entry.value);
        let value = *items.get(rest.checked_rem(items.len())?)?;
        rest /= items.len();
        Some((axis.field, Entry { key: axis.entry.key, value }))
    }));
    values.reverse();
    values
}
