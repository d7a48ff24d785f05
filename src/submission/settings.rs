//! What submissions and jobs set, packed: of the many fields there are, most set a few.

use std::sync::Arc;

use super::{JOB_FIELD_COUNT, JobField, JobSetting, SubmissionId};
use crate::yaml::Entry;

/// The fields of a resolved submission. A job that sets nothing more shares those of its submission.
#[derive(Clone, Debug, Default)]
pub struct JobSettings {
    /// A bit a field that is set.
    fields: u32,
    /// What sets them, in the fields' order.
    settings: Arc<[JobSetting]>,
}

// A bit a field.
const _: () = assert!(JOB_FIELD_COUNT <= 32);

impl JobSettings {
    /// What sets a field, be it to `null`.
    pub fn get(&self, field: JobField) -> Option<JobSetting> {
        let bit = 1 << field as u32;
        if self.fields & bit == 0 {
            return None;
        }
        let before = (self.fields & (bit - 1)).count_ones();
        self.settings.get(before as usize).copied()
    }

    /// The same with fields set on top of it, in their order.
    #[must_use]
    pub(super) fn with(&self, origin: SubmissionId, own: &[(JobField, Entry)]) -> Self {
        if own.is_empty() {
            return self.clone();
        }
        let mut slots = Slots::default();
        slots.inherit(self);
        slots.set(origin, own);
        slots.pack()
    }
}

/// A place for each field, to fill.
#[derive(Debug, Default)]
pub(super) struct Slots([Option<JobSetting>; JOB_FIELD_COUNT]);

impl Slots {
    /// Takes over what a base sets, nulls among it: a later base wins.
    pub(super) fn inherit(&mut self, base: &JobSettings) {
        let mut settings = base.settings.iter();
        for (bit, slot) in self.0.iter_mut().enumerate() {
            if base.fields & (1 << bit) != 0 {
                *slot = settings.next().copied();
            }
        }
    }

    /// Takes over fields that are set, in their order.
    pub(super) fn set(&mut self, origin: SubmissionId, own: &[(JobField, Entry)]) {
        for (field, entry) in own {
            if let Some(slot) = self.0.get_mut(*field as usize) {
                *slot = Some(JobSetting { entry: *entry, origin });
            }
        }
    }

    pub(super) fn pack(&self) -> JobSettings {
        let mut fields = 0;
        let mut settings = Vec::with_capacity(JOB_FIELD_COUNT);
        for (bit, slot) in self.0.iter().enumerate() {
            fields |= u32::from(slot.is_some()) << bit;
            settings.extend(*slot);
        }
        JobSettings { fields, settings: settings.as_slice().into() }
    }
}
