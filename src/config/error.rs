//! What is wrong with a configuration, at its place and with a way out.

use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

/// One mistake in a configuration.
#[derive(Clone, Debug, Diagnostic, Error)]
#[error("{message}")]
pub struct Mistake {
    /// What is wrong.
    pub message: String,
    /// The file, with everything in it masked that may be a secret.
    #[source_code]
    pub source_code: Arc<NamedSource<String>>,
    /// Where.
    #[label("{label}")]
    pub span: SourceSpan,
    /// What is there.
    pub label: String,
    /// What to do.
    #[help]
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
