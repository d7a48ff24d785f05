//! Findings for people and for programs: one file an output format.

mod human;
mod json;
mod short;
mod summary;

use std::io;

use termcolor::WriteColor;

pub use json::schema as findings_schema;
pub use summary::Summary;

use crate::finding::Finding;
use crate::secret;
use crate::source::Source;

/// A file with what was found in it.
#[derive(Debug)]
pub struct Checked {
    /// The file.
    pub source: Source,
    /// Its findings, in the order of the text.
    pub findings: Vec<Finding>,
}

/// The output formats of `check`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The source with what is wrong in it, for people.
    #[default]
    Human,
    /// One line a finding.
    Short,
    /// Everything, for programs.
    Json,
}

/// Writes the findings of some files, which are in the order of their names.
///
/// # Errors
///
/// When `out` can't be written to.
pub fn write(format: Format, files: &[Checked], out: &mut dyn WriteColor) -> io::Result<()> {
    match format {
        Format::Human => human::write(files, out),
        Format::Short => short::write(files, out),
        Format::Json => json::write(files, out),
    }
}

impl Checked {
    /// The text with everything secret in it masked, to show lines of.
    pub fn shown(&self) -> String {
        let source = &self.source;
        let tree = if source.flaw().is_some() { None } else { crate::yaml::parse(source).0 };
        secret::masked(source, &secret::find(source, tree.as_ref()))
    }
}
