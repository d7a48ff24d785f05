//! What is known of a text: the one place where the server meets the analysis.

use std::sync::Arc;

use crate::facts::Facts;
use crate::finding::Finding;
use crate::profile::Subjects;
use crate::source::{Source, Span};
use crate::yaml::Tree;
use crate::{Analysis, Settings, shown};

/// A text with what was found in it.
#[derive(Debug)]
pub struct Snapshot {
    analysis: Analysis,
}

impl Snapshot {
    /// Checks a text.
    pub fn new(name: &str, text: &str, settings: &Arc<Settings>) -> Self {
        Self { analysis: Analysis::new(Source::new(name, text), settings) }
    }

    /// All that is known.
    pub const fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// The text.
    pub const fn source(&self) -> &Source {
        self.analysis.source()
    }

    /// What was found, in the order of the text.
    pub fn findings(&self) -> &[Finding] {
        self.analysis.findings()
    }

    /// Whether the text could be read as a document.
    pub fn is_readable(&self) -> bool {
        self.analysis.tree().is_some()
    }

    /// A text of several lines, all of them our own, as it may be shown: without secrets, and without characters that
    /// do something.
    pub fn shown(&self, text: &str) -> String {
        shown::defused(&shown::lines(&self.analysis.secrets().redact(text))).into_owned()
    }

    /// A name, or another text from the file, as it may be shown within a line of ours.
    pub fn shown_name(&self, text: &str) -> String {
        shown::defused(&shown::line(&self.analysis.secrets().redact(text))).into_owned()
    }

    /// Whether a text holds something that must not be shown.
    pub fn holds_secret(&self, text: &str) -> bool {
        self.analysis.secrets().is_in(text)
    }

    /// Whether something that must not be shown is written in a span.
    pub fn has_secret_in(&self, span: Span) -> bool {
        self.analysis.secrets().spans().iter().any(|secret| secret.overlaps(span))
    }

    /// Asks the document; nothing where it can't be read.
    pub fn ask<R>(&self, question: impl FnOnce(&View<'_>) -> R) -> Option<R> {
        let facts = self.analysis.facts()?;
        Some(question(&View { snapshot: self, tree: facts.tree(), subjects: facts.subjects(), facts }))
    }
}

/// A document that can be read, and all that is known about it.
#[derive(Clone, Copy, Debug)]
pub struct View<'v> {
    /// The text and its findings.
    pub snapshot: &'v Snapshot,
    /// The document.
    pub tree: &'v Tree,
    /// Its profiles and jobs, resolved.
    pub subjects: &'v Subjects,
    /// Whose the values are.
    pub facts: &'v Facts,
}
