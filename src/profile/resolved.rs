//! What subjects come to, packed: of the many fields there are, most set or inherit a few.

use super::field::{FIELD_COUNT, Field};
use super::subject::{Setting, Settings, SubjectId};
use crate::source::to_u32;

/// The settings of subjects, by their ids.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    rows: Vec<Row>,
    settings: Vec<Setting>,
}

/// Which fields of a subject are set, and where the settings begin, which follow each other in the fields' order.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    fields: u32,
    start: u32,
}

// A bit a field.
const _: () = assert!(FIELD_COUNT <= 32);

impl Resolved {
    /// Room for that many subjects, which come to nothing yet.
    pub(super) fn new(count: usize) -> Self {
        Self { rows: vec![Row::default(); count], settings: Vec::new() }
    }

    /// Says what the next subject comes to.
    pub(super) fn push(&mut self, settings: &Settings) {
        let row = self.pack(settings);
        self.rows.push(row);
    }

    /// Says that the next subject comes to the same as another.
    pub(super) fn push_like(&mut self, id: SubjectId) {
        self.rows.push(self.rows.get(id.index()).copied().unwrap_or_default());
    }

    /// Says what a subject comes to.
    pub(super) fn set(&mut self, id: SubjectId, settings: &Settings) {
        let row = self.pack(settings);
        if let Some(slot) = self.rows.get_mut(id.index()) {
            *slot = row;
        }
    }

    fn pack(&mut self, settings: &Settings) -> Row {
        let start = to_u32(self.settings.len());
        let mut fields = 0;
        for (bit, setting) in settings.iter().enumerate() {
            fields |= u32::from(setting.is_some()) << bit;
            self.settings.extend(*setting);
        }
        Row { fields, start }
    }

    /// What sets a field of a subject.
    pub(super) fn get(&self, id: SubjectId, field: Field) -> Option<Setting> {
        let row = self.rows.get(id.index())?;
        let bit = 1 << field as u32;
        if row.fields & bit == 0 {
            return None;
        }
        let before = (row.fields & (bit - 1)).count_ones();
        self.settings.get((row.start + before) as usize).copied()
    }

    /// The fields of a subject that are set, in their order.
    pub(super) fn set_fields(&self, id: SubjectId) -> impl Iterator<Item = (Field, Setting)> {
        let row = self.rows.get(id.index()).copied().unwrap_or_default();
        let packed = self.settings.get(row.start as usize..).unwrap_or_default();
        let fields = Field::ALL.into_iter().filter(move |field| row.fields & (1 << *field as u32) != 0);
        fields.zip(packed.iter().copied())
    }

    /// Everything that a subject comes to.
    pub(super) fn all(&self, id: SubjectId) -> Settings {
        let row = self.rows.get(id.index()).copied().unwrap_or_default();
        let mut packed = self.settings.get(row.start as usize..).unwrap_or_default().iter();
        let mut settings = [None; FIELD_COUNT];
        for (bit, slot) in settings.iter_mut().enumerate() {
            if row.fields & (1 << bit) != 0 {
                *slot = packed.next().copied();
            }
        }
        settings
    }
}
