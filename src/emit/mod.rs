//! Profiles in other words: the API's admission body, the command line's arguments, the SDK's Python.
//!
//! Nothing is dropped on the way. What another language has no word for is a [`Refusal`], which names the
//! field; what is secret is never printed in any of them.

pub mod args;
mod datum;
pub mod python;

use crate::facts::Facts;
use crate::profile::SubjectId;
use crate::secret::{DistinctNames, Secrets};
use crate::submission::{Job, SubmissionId};

/// Something that can't be said in the language that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The profile or job that says it.
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
    /// What is known of the file.
    pub facts: &'p Facts,
    /// What must not be shown.
    pub secrets: &'p Secrets,
    /// What profiles and jobs are called.
    pub names: &'p DistinctNames<'p>,
    /// The profiles to print, in the order of the file; nothing if only jobs are asked for.
    pub profiles: Option<&'p [SubjectId]>,
    /// The jobs to print, in the order of the file; nothing if only profiles are asked for, or the file has no section
    /// for jobs.
    pub jobs: Option<&'p [&'p Job]>,
}

impl<'p> Wanted<'p> {
    /// The profiles to print.
    pub fn profiles(&self) -> &'p [SubjectId] {
        self.profiles.unwrap_or_default()
    }

    /// The jobs to print.
    pub fn jobs(&self) -> &'p [&'p Job] {
        self.jobs.unwrap_or_default()
    }

    /// What a profile is called, or what else there is a configuration of.
    fn name(&self, id: SubjectId) -> &'p str {
        self.names.shown(self.facts.subjects().name(id))
    }

    /// What a submission is called.
    fn submission_name(&self, id: SubmissionId) -> &'p str {
        self.names.shown(self.facts.submissions().name(self.facts.tree(), id))
    }
}
