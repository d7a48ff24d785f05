//! How much was found, in numbers.

use std::fmt;

use super::Run;
use crate::finding::{Applicability, Severity};

/// The numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Findings at error level.
    pub errors: usize,
    /// Findings at warning level.
    pub warnings: usize,
    /// Findings at note level.
    pub notes: usize,
    /// Findings that `--fix` repairs.
    pub fixable: usize,
    /// Findings that `--unsafe-fixes` repairs besides.
    pub unsafe_fixable: usize,
    /// Findings that a baseline has silenced.
    pub baselined: usize,
}

impl Summary {
    /// Counts the findings of a run.
    pub fn of(run: &Run<'_>) -> Self {
        let baselined = run.baselined.unwrap_or_default();
        let mut summary = Self { files: run.files.len(), baselined, ..Self::default() };
        for finding in run.files.iter().flat_map(|file| &file.findings) {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Note => summary.notes += 1,
            }
            match finding.fix.as_ref().map(|fix| fix.applicability) {
                Some(Applicability::Safe) => summary.fixable += 1,
                Some(Applicability::Unsafe) => summary.unsafe_fixable += 1,
                None => {}
            }
        }
        summary
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for (count, word) in [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")] {
            if count > 0 {
                parts.push(counted(count, word));
            }
        }
        let found = if parts.is_empty() { "nothing to report".to_owned() } else { parts.join(", ") };
        write!(out, "{found} in {}", counted(self.files, "file"))?;
        if self.baselined > 0 {
            write!(out, ", {} in the baseline", self.baselined)?;
        }
        match (self.fixable, self.unsafe_fixable) {
            (0, 0) => Ok(()),
            (0, some) => write!(out, "; {some} fixable with `--unsafe-fixes`"),
            (some, 0) => write!(out, "; {some} fixable with `--fix`"),
            (some, more) => write!(out, "; {some} fixable with `--fix`, {more} more with `--unsafe-fixes`"),
        }
    }
}

/// A number with its noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}
