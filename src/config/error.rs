//! What is wrong with a configuration, at its place and with a way out.

use thiserror::Error;

use crate::source::{Source, Span};

/// One mistake in a configuration.
#[derive(Clone, Debug, Error)]
#[error("{message}")]
pub struct Mistake {
    /// What is wrong.
    pub message: String,
    /// The file, with everything in it masked that may be a secret.
    pub source_code: Source,
    /// Where.
    pub span: Span,
    /// What is there.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

/// Everything that is wrong with a configuration.
#[derive(Clone, Debug, Error)]
#[error("{name} has {} mistakes", mistakes.len())]
pub struct ConfigError {
    /// The file.
    pub name: String,
    /// The mistakes, in the order of the file.
    pub mistakes: Vec<Mistake>,
}
