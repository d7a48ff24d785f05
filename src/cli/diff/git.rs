//! The text of a file in an older revision, asked of `git`. Nothing is written.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::cli::Failure;
use crate::cli::files;
use crate::shown;

/// The bytes of a file as they were in a revision; nothing where it was not there yet.
pub(super) fn read(revision: &str, file: &Path) -> Result<Option<Vec<u8>>, Failure> {
    // No revision begins with a dash; an option does.
    if revision.starts_with('-') {
        return Err(unknown(revision));
    }
    // A link is stored as the path that it leads to; what counts is the file.
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let (folder, name) = place(&file);
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(folder).args(args).stdin(std::process::Stdio::null());
        // Its messages are read below; nothing is locked, fetched with questions or paged.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        command.output().map_err(|error| missing(&error))
    };
    if !git(&["rev-parse", "--git-dir"])?.status.success() {
        return Err(Failure::Usage {
            message: format!("{} is in no git repository", shown::path(&file)),
            help: Some("compare two files instead: `anycloud-lint diff OLD NEW`".into()),
        });
    }
    let commit = format!("{revision}^{{commit}}");
    if !git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?.status.success() {
        return Err(unknown(revision));
    }
    let object = format!("{revision}:./{name}");
    let output = git(&["show", "--end-of-options", &object])?;
    if output.status.success() {
        return Ok(Some(output.stdout));
    }
    let said = said(&output);
    if said.contains("does not exist in") || said.contains("exists on disk, but not in") {
        return Ok(None);
    }
    Err(Failure::Read { path: shown::line(&object).into_owned(), reason: said, help: None })
}

/// The nearest folder that is there, and the way from it to the file with the slashes that git wants.
fn place(file: &Path) -> (&Path, String) {
    let mut folder = files::folder(file);
    while !folder.is_dir() {
        let above = files::folder(folder);
        if above == folder {
            break;
        }
        folder = above;
    }
    let way: PathBuf = file.strip_prefix(folder).unwrap_or(file).to_path_buf();
    (folder, crate::cli::discover::shown_name(&way))
}

fn unknown(revision: &str) -> Failure {
    Failure::Usage {
        message: format!("git knows no revision `{}`", shown::line(revision)),
        help: Some(
            "name a branch, tag or commit that is here; a shallow clone has few: `git fetch` brings more"
                .into(),
        ),
    }
}

fn missing(error: &io::Error) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no `git` here".into(),
        _ => crate::cli::failure::reason(error),
    };
    Failure::Usage {
        message: format!("can't run git: {reason}"),
        help: Some("install it, or compare two files: `anycloud-lint diff OLD NEW`".into()),
    }
}

/// What git says is wrong, on one line.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
    shown::line(line).into_owned()
}
