//! Files that are written whole or not at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Failure;
use super::failure::reason;
use crate::shown;

/// What a path means that stands for standard output.
pub(super) fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

/// Writes a file, or standard output if it is named `-`.
pub(super) fn write(path: &Path, text: &[u8]) -> Result<(), Failure> {
    if is_stdout(path) { super::output::print(text) } else { stream(path, |file| file.write_all(text)) }
}

/// Writes a file as its text is made.
pub(super) fn stream(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    replace(path, None, write)
}

/// Writes a file from which `read` was read. If it holds anything else by now, it stays as it is.
pub(super) fn update(path: &Path, read: &[u8], text: &[u8]) -> Result<(), Failure> {
    replace(path, Some(read), |file| file.write_all(text))
}

/// Replaces a file as a whole: its permissions and owner stay, a link stays a link, and where anything goes
/// wrong the file is as it was.
fn replace(
    path: &Path,
    read: Option<&[u8]>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => end_of_links(path),
        Err(error) => return Err(Failure::write(path, &error, false)),
    };
    let metadata = fs::metadata(&target).ok();
    let failed = |error: io::Error| Failure::write(path, &error, metadata.is_some());
    match &metadata {
        Some(metadata) if metadata.is_dir() => return Err(failed(io::Error::other("it is a folder"))),
        // A pipe or a device such as `/dev/null` is written to; in its place a file would be of no use.
        Some(metadata) if !metadata.is_file() => {
            let written = OpenOptions::new().write(true).open(&target).and_then(|mut to| write(&mut to));
            return written.map_err(|error| Failure::stream(path, &error));
        }
        Some(metadata) if metadata.permissions().readonly() => {
            return Err(failed(io::ErrorKind::PermissionDenied.into()));
        }
        _ => {}
    }
    let folder = folder(&target);
    if fs::metadata(folder).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        let (path, folder) = (shown::path(path), shown::path(folder));
        return Err(Failure::NoFolder { path, folder });
    }
    let file = complete(folder, metadata.as_ref(), write).map_err(failed)?;
    // As late as can be: between this look and the next line there is only a moment.
    if read.is_some_and(|read| fs::read(&target).map_or(true, |now| now != read)) {
        return Err(Failure::Changed { path: shown::path(path) });
    }
    file.persist(&target).map(drop).map_err(|error| failed(error.error))
}

/// Where a path leads at whose end there is nothing yet.
fn end_of_links(path: &Path) -> PathBuf {
    let mut end = path.to_path_buf();
    while let Ok(next) = fs::read_link(&end) {
        end = folder(&end).join(next);
    }
    end
}

/// Writes a file that is not there yet.
pub(super) fn create(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Usage {
            message: format!("{} is there already", shown::path(path)),
            help: Some("it is as it was; give another path, or move it away first".into()),
        },
        _ => Failure::Write {
            path: shown::path(path),
            reason: reason(&error),
            help: Some("nothing was written".into()),
        },
    };
    if fs::symlink_metadata(path).is_ok() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    let file = complete(folder(path), None, |file| file.write_all(text)).map_err(failed)?;
    file.persist_noclobber(path).map(drop).map_err(|error| failed(error.error))
}

/// The folder that a file is in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file beside its place with all its content. It is gone again unless it is put there.
fn complete(
    folder: &Path,
    old: Option<&Metadata>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    if old.is_none() {
        // What other programs ask for; the umask takes from it what the user wants taken.
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    write(&mut file)?;
    file.flush()?;
    if let Some(old) = old {
        keep_owner(file.as_file(), old);
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// Gives a file the owner of the one that it replaces, where the system lets us.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    #[test]
    fn a_file_that_has_changed_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anycloud.yaml");
        fs::write(&path, "theirs").unwrap();
        let outcome = update(&path, b"read", b"ours");
        assert!(matches!(outcome, Err(Failure::Changed { .. })), "{outcome:?}");
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        update(&path, b"theirs", b"ours").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"ours");
        fs::remove_file(&path).unwrap();
        assert!(matches!(update(&path, b"ours", b"more"), Err(Failure::Changed { .. })));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing half-written is left");
    }
}
