//! Why the program could not do its job: for people, through miette.

use std::fmt;
use std::io;
use std::path::Path;

use miette::{Diagnostic, LabeledSpan, SourceCode};
use thiserror::Error;

use crate::config::ConfigError;
use crate::shown;

/// A failure of the program itself, never of the file that it checks.
#[derive(Debug, Diagnostic, Error)]
pub enum Failure {
    /// A file or folder could not be read.
    #[error("can't read {path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        reason: String,
        /// What to do.
        #[help]
        help: Option<String>,
    },
    /// A file could not be written.
    #[error("can't write {path}: {reason}")]
    Write {
        /// The file.
        path: String,
        /// Why.
        reason: String,
        /// What to do.
        #[help]
        help: Option<String>,
    },
    /// A file that is not what was read any more.
    #[error("{path} has changed since it was read")]
    #[diagnostic(help("it is left as it is now; once nothing else writes to it, run this again"))]
    Changed {
        /// The file.
        path: String,
    },
    /// A file whose folder does not exist.
    #[error("can't write {path}: the folder {folder} does not exist")]
    #[diagnostic(help("make the folder first, or choose another"))]
    NoFolder {
        /// The file.
        path: String,
        /// The folder.
        folder: String,
    },
    /// A baseline that can't be used.
    #[error("{path} is no baseline that this version can use: {reason}")]
    #[diagnostic(help("`--write-baseline {path}` writes a new one"))]
    Baseline {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// An option or argument that means nothing.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        #[help]
        help: Option<String>,
    },
    /// A language that has no word for some of what it should say.
    #[error("{language} can't say all of it")]
    #[diagnostic(help(
        "`--emit submission` can; `--profile NAME` and `--job NAME` print some of the file only"
    ))]
    Language {
        /// The language.
        language: String,
        /// What it can't say.
        refusals: Vec<Failure>,
    },
    /// A configuration with several mistakes.
    #[error(transparent)]
    Config(ConfigError),
    /// A failure that another part of the program has put into words.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Other(Box<dyn Diagnostic + Send + Sync>),
}

impl Failure {
    /// A file that could not be read.
    pub fn read(path: &Path, error: &io::Error) -> Self {
        let help = match error.kind() {
            io::ErrorKind::NotFound => Some("check the path".into()),
            io::ErrorKind::PermissionDenied => Some("ask for permission to read it".into()),
            _ => None,
        };
        Self::Read { path: shown::path(path), reason: reason(error), help }
    }

    /// A file that could not be written.
    pub fn write(path: &Path, error: &io::Error, is_there: bool) -> Self {
        let help = if is_there { "the file is as it was" } else { "nothing was written" };
        Self::Write { path: shown::path(path), reason: reason(error), help: Some(help.into()) }
    }

    /// A pipe, a device or standard output that could not be written to; some of it may have been.
    pub fn stream(path: &Path, error: &io::Error) -> Self {
        Self::Write { path: shown::path(path), reason: reason(error), help: None }
    }

    /// No file where there has to be one.
    pub fn nothing_to_check() -> Self {
        let help = "`--require-files` is given; check the paths, and `[files]` in the configuration";
        Self::Usage { message: "there is no file to check".into(), help: Some(help.into()) }
    }

    /// A word that names no rule.
    pub fn unknown_rule(word: &str) -> Self {
        let help = match crate::rules::closest(word) {
            Some(closest) => format!("did you mean `{closest}`?"),
            None => "`anycloud-lint rules` lists them; a prefix such as `AC3` means a group".into(),
        };
        Self::Usage { message: format!("there is no rule `{word}`"), help: Some(help) }
    }
}

/// A failure as it is printed: whatever it names comes from outside, and goes through the gate.
#[derive(Debug)]
pub(super) struct Shown<'f> {
    failure: &'f dyn Diagnostic,
    related: Vec<Shown<'f>>,
}

impl<'f> Shown<'f> {
    /// A failure, and the failures that belong to it.
    pub(super) fn new(failure: &'f dyn Diagnostic) -> Self {
        let related = failure.related().into_iter().flatten().map(Self::new).collect();
        Self { failure, related }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&shown::line(&self.failure.to_string()))
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.failure.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.failure.help()?.to_string();
        Some(Box::new(shown::line(&help).into_owned()))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.failure.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let shown = |label: LabeledSpan| {
            let text = label.label().map(|text| shown::line(text).into_owned());
            LabeledSpan::new_with_span(text, *label.inner())
        };
        Some(Box::new(self.failure.labels()?.map(shown)))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.related.iter().map(|related| related as &dyn Diagnostic)))
    }
}

/// The error without the number that the operating system gives it.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::FileTooLarge => "it would be larger than a file may be here".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".into(),
        _ if error.raw_os_error().is_none() => error.to_string(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
