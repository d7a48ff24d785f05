//! Profiles in other words: the API's admission body, the command line's arguments, the SDK's Python.
//!
//! Nothing is dropped on the way. What another language has no word for is a [`Refusal`], which names the
//! field; what is secret is never printed in any of them.

pub mod args;
mod datum;
pub mod python;

use crate::catalog::Catalog;
use crate::profile::{SubjectId, Subjects};
use crate::secret::{DistinctNames, Secrets};

/// Something that can't be said in the language that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The profile that says it.
    pub subject: String,
    /// The field.
    pub field: String,
    /// Why it can't be said, as the end of a sentence that begins with the field.
    pub reason: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "`{}`: `{}` {}", self.subject, self.field, self.reason)
    }
}

/// What there is to print, and in which order.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'p> {
    /// All profiles of the file.
    pub subjects: &'p Subjects,
    /// The spelling of names.
    pub catalog: &'p Catalog,
    /// What must not be shown.
    pub secrets: &'p Secrets,
    /// What profiles are called.
    pub names: &'p DistinctNames<'p>,
    /// The profiles to print, in the order of the file.
    pub ids: &'p [SubjectId],
}

impl<'p> Wanted<'p> {
    /// What a profile is called.
    fn name(&self, id: SubjectId) -> &'p str {
        self.names.shown(self.subjects.name(id))
    }
}
