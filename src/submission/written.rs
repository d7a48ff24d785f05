//! What the text of the submissions sets, read once and kept by submission and by field.

use super::expand::{axes, variant_fields};
use super::{JOB_FIELD_COUNT, JobField, SubmissionId};
use crate::profile::Subject;
use crate::source::to_u32;
use crate::yaml::{Entry, Tree};

/// Places by the field that they speak of.
type ByField = [Vec<Entry>; JOB_FIELD_COUNT];

/// What stands in the submissions of a file.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// The fields of all submissions, one behind the other.
    fields: Vec<(JobField, Entry)>,
    /// Where those of each submission end.
    ends: Vec<u32>,
    /// The places that give a field a value: in submissions, in entries of `fanOut` and in axes.
    values: ByField,
    /// The places in `exclude` that name a value of it.
    excluded: ByField,
}

impl Written {
    pub(super) fn new(tree: &Tree, all: &[Subject]) -> Self {
        let mut written = Self { ends: Vec::with_capacity(all.len()), ..Self::default() };
        for submission in all {
            let own = written.fields.len();
            written.fields.extend(own_fields(tree, submission.entry));
            written.ends.push(to_u32(written.fields.len()));
            let own = written.fields.get(own..).unwrap_or_default();
            for (field, entry) in own {
                take(tree, &mut written.values, *field, *entry);
            }
            for (field, entry) in own {
                match field {
                    JobField::FanOut => all_of(tree, &mut written.values, *entry),
                    JobField::Exclude => all_of(tree, &mut written.excluded, *entry),
                    JobField::Matrix => {
                        for axis in axes(tree, entry.value) {
                            for value in tree.items(axis.entry.value) {
                                let entry = Entry { key: axis.entry.key, value: *value };
                                take(tree, &mut written.values, axis.field, entry);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        written
    }

    /// The fields that a submission sets itself. Of a key that stands there twice the first comes last, and so counts.
    pub(super) fn own(&self, id: SubmissionId) -> &[(JobField, Entry)] {
        let end = |index: usize| self.ends.get(index).map_or(0, |end| *end as usize);
        let start = id.index().checked_sub(1).map_or(0, end);
        self.fields.get(start..end(id.index())).unwrap_or_default()
    }

    /// The places that give a field a value.
    pub(super) fn values(&self, field: JobField) -> &[Entry] {
        self.values.get(field as usize).map_or(&[], Vec::as_slice)
    }

    /// The places in `exclude` that name a value of a field.
    pub(super) fn excluded(&self, field: JobField) -> &[Entry] {
        self.excluded.get(field as usize).map_or(&[], Vec::as_slice)
    }
}

fn own_fields(tree: &Tree, submission: Entry) -> impl Iterator<Item = (JobField, Entry)> {
    let entries = tree.entries(submission.value).iter().rev();
    entries.filter_map(|entry| Some((JobField::from_name(tree.key(entry.key))?, *entry)))
}

/// Takes over what the mappings in a list set.
fn all_of(tree: &Tree, places: &mut ByField, list: Entry) {
    for item in tree.items(list.value) {
        for (field, entry) in variant_fields(tree, *item) {
            take(tree, places, field, entry);
        }
    }
}

fn take(tree: &Tree, places: &mut ByField, field: JobField, entry: Entry) {
    if let Some(places) = places.get_mut(field as usize).filter(|_| !tree.is_null(entry.value)) {
        places.push(entry);
    }
}
