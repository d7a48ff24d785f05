//! Why the program could not do its job: for people, through miette.

use std::io;
use std::path::Path;

use miette::Diagnostic;
use thiserror::Error;

use crate::config::ConfigError;

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
        Self::Read { path: path.display().to_string(), reason: reason(error), help }
    }

    /// A file that could not be written.
    pub fn write(path: &Path, error: &io::Error, is_there: bool) -> Self {
        let help = if is_there { "the file is as it was" } else { "nothing was written" };
        Self::Write { path: path.display().to_string(), reason: reason(error), help: Some(help.into()) }
    }

    /// A pipe, a device or standard output that could not be written to; some of it may have been.
    pub fn stream(path: &Path, error: &io::Error) -> Self {
        Self::Write { path: path.display().to_string(), reason: reason(error), help: None }
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
