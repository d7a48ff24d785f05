//! Findings for people and for programs: one file an output format.

mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod sarif;
mod short;
mod statistics;
mod summary;

use std::io::{self, Write as _};
use std::path::Path;

use serde::{Serialize, Serializer};
use termcolor::WriteColor;

pub use json::schema as findings_schema;
pub use statistics::statistics;
pub use summary::Summary;
pub(crate) use summary::counted;

use crate::Analysis;
use crate::finding::{Finding, Severity};
use crate::fingerprint;
use crate::shown;
use crate::source::{Position, Source, Span};

/// What a report needs of an analysis. Of thousands of files it is kept, and the rest is not.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The file.
    pub source: Source,
    /// Its findings, in the order of the text.
    pub findings: Vec<Finding>,
    /// The places of everything secret in it, if there is anything to show it for.
    secrets: Vec<Span>,
}

impl Checked {
    /// A file that no rule looks at.
    pub fn skipped(source: Source) -> Self {
        Self { source, findings: Vec::new(), secrets: Vec::new() }
    }

    /// The same without a text of which there is nothing to show: of many files only these are kept.
    pub(crate) fn without_silent_text(self) -> Self {
        if self.findings.is_empty() { Self::skipped(Source::new(self.source.name(), "")) } else { self }
    }
}

impl Checked {
    /// What a report needs of an analysis that is kept.
    pub fn of(analysis: &Analysis) -> Self {
        let secrets = analysis.secrets().spans().to_vec();
        Self { source: analysis.source().clone(), secrets, findings: analysis.findings().to_vec() }
    }
}

impl From<Analysis> for Checked {
    fn from(analysis: Analysis) -> Self {
        let secrets =
            if analysis.findings().is_empty() { Vec::new() } else { analysis.secrets().spans().to_vec() };
        Self { source: analysis.source().clone(), secrets, findings: analysis.into_findings() }
    }
}

/// All that a report tells of.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The files, in the order of their names.
    pub files: &'a [Checked],
    /// The folder that other programs take names to be relative to.
    pub root: &'a Path,
    /// How many findings a baseline has silenced, if there is one.
    pub baselined: Option<usize>,
}

/// The output formats of `check`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// The source with what is wrong in it, for people.
    #[default]
    Human,
    /// One line a finding.
    Short,
    /// Everything, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// A GitLab Code Quality report.
    Gitlab,
    /// JUnit XML: a file is a suite, a finding a failing case.
    Junit,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Human, Self::Short, Self::Json, Self::Sarif, Self::Github, Self::Gitlab, Self::Junit];

    /// Whether it is for people, so that a summary can follow.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Human | Self::Short)
    }
}

/// Writes the findings of a run.
///
/// # Errors
///
/// When `out` can't be written to.
pub fn write(format: Format, run: &Run<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
    match format {
        Format::Human => human::write(run.files, out),
        Format::Short => short::write(run.files, out),
        Format::Json => json::write(run, out),
        Format::Sarif => sarif::write(run, out),
        Format::Github => github::write(run, out),
        Format::Gitlab => gitlab::write(run, out),
        Format::Junit => junit::write(run, out),
    }
}

impl<'a> Run<'a> {
    /// A run over some files whose names are shown as they are.
    pub fn new(files: &'a [Checked]) -> Self {
        Self { files, root: Path::new(""), baselined: None }
    }

    /// How programs know a file: relative to the root where it lies below it, with forward slashes.
    fn file_name(&self, checked: &Checked) -> String {
        fingerprint::file_name(checked.source.name(), self.root)
    }
}

/// Writes JSON as it is made. What is unshowable in an edit, which has to be exact, is an escape of JSON.
fn write_json(value: &impl Serialize, out: &mut dyn WriteColor) -> io::Result<()> {
    let mut out = shown::JsonGate(out);
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")
}

/// Elements that are made one at a time as they are written: all of them together would be many times as large as
/// the findings that they are made from.
struct Stream<F>(F);

impl<F, I> Serialize for Stream<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq((self.0)())
    }
}

/// The start of a span, and the last line that it has a part of.
fn lines(source: &Source, span: Span) -> (Position, Position) {
    let (start, end) = (source.position(span.start), source.position(span.end));
    // A block that takes its line break with it ends where the next line begins.
    if end.line > start.line && end.column == 1 {
        return (start, Position { line: end.line - 1, ..end });
    }
    (start, end)
}

/// A finding's message and, on a line of its own, the next step.
fn message_with_help(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// A word a severity in a language that has three of them.
const fn by_severity(
    severity: Severity,
    error: &'static str,
    warning: &'static str,
    note: &'static str,
) -> &'static str {
    match severity {
        Severity::Error => error,
        Severity::Warning => warning,
        Severity::Note => note,
    }
}
