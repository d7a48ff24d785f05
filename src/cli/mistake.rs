//! A mistake in a configuration, as it is shown.

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use crate::config::Mistake;

/// A mistake with its line.
#[derive(Debug, Diagnostic, Error)]
#[error("{message}")]
pub(super) struct ShownMistake {
    message: String,
    #[source_code]
    source_code: NamedSource<String>,
    #[label("{label}")]
    span: SourceSpan,
    label: String,
    #[help]
    help: Option<String>,
}

impl ShownMistake {
    pub(super) fn of(mistake: &Mistake) -> Self {
        let source = &mistake.source_code;
        Self {
            message: mistake.message.clone(),
            source_code: NamedSource::new(source.name(), source.text().to_owned()),
            span: mistake.span.range().into(),
            label: mistake.label.clone(),
            help: mistake.help.clone(),
        }
    }
}
