//! Which files to check, and their bytes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use ignore::{DirEntry, WalkBuilder, WalkState};
use rustc_hash::{FxHashMap, FxHashSet};

use super::config::FileSettings;
use super::{Failure, parallel};
use crate::config::FILE_NAME;
use crate::configs::{NAMES, is_standard};
use crate::shown;
use crate::source::{self, MAX_BYTES, Source};

/// Whether a file is one that a folder is searched for.
pub(super) fn is_profile_file(path: &Path) -> bool {
    is_standard(&path.file_name().unwrap_or_default().to_string_lossy())
}

/// A file to check.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoundFile {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Whether it is a link that nobody named: it may lead anywhere.
    pub(super) is_found_link: bool,
}

/// Which files that are found are worth a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Candidates {
    /// Those of a standard name.
    Standard,
    /// These, and all that are found after a configuration.
    AllBelowConfigurations,
    /// Any.
    All,
}

/// The files to check below some paths: named ones as they are, folders searched for what the settings want. In
/// order, each once.
pub(super) fn files(
    paths: &[PathBuf],
    settings: &mut FileSettings,
    failures: &mut Vec<Failure>,
) -> Vec<FoundFile> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut files = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => search(path, settings, &mut files, failures),
            Ok(_) => files.push(FoundFile { path: path.clone(), is_found_link: false }),
            Err(error) => failures.push(missing(path, &error)),
        }
    }
    // One that is named comes before the same one that is found.
    files.sort_by(|one, other| (one.is_found_link, &one.path).cmp(&(other.is_found_link, &other.path)));
    if paths.len() > 1 {
        let (mut folders, mut seen) = (FxHashMap::default(), FxHashSet::<PathBuf>::default());
        files.retain(|file| {
            let places = places(file, &mut folders);
            let is_new = !places.iter().any(|place| seen.contains(place));
            seen.extend(places);
            is_new
        });
    }
    files.sort();
    files
}

/// Names under which a file can be known already, whichever way leads to it: its place, and for a link that was named
/// what it leads to.
fn places(file: &FoundFile, folders: &mut FxHashMap<PathBuf, PathBuf>) -> Vec<PathBuf> {
    let path = &file.path;
    let folder = super::files::folder(path);
    let canonical = folders
        .entry(folder.to_path_buf())
        .or_insert_with(|| fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf()));
    let place = path.file_name().map_or_else(|| path.clone(), |name| canonical.join(name));
    let is_named_link = !file.is_found_link && path.is_symlink();
    let target = if is_named_link { fs::canonicalize(path).ok() } else { None };
    std::iter::once(place).chain(target).collect()
}

/// A path that leads nowhere, or nowhere that we may look.
fn missing(path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::read(path, error);
    match failure {
        Failure::Read { path, reason, .. } if error.kind() == io::ErrorKind::NotFound => {
            let help = Some("check the path; without one, the current folder is searched".into());
            Failure::Read { path, reason, help }
        }
        failure => failure,
    }
}

/// Adds what is wanted of the files below a folder. Reading folders takes longer than all else that is done for a small
/// file, so several threads walk, and leave aside what nobody can want; what they find is asked about here, in order, so
/// that it is the same each time.
fn search(
    folder: &Path,
    settings: &mut FileSettings,
    files: &mut Vec<FoundFile>,
    failures: &mut Vec<Failure>,
) {
    let candidates = settings.candidates(folder);
    // A folder is looked at before what is in it.
    let is_any_wanted = AtomicBool::new(candidates == Candidates::All);
    let walk = WalkBuilder::new(folder)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .threads(parallel::cores())
        .build_parallel();
    let (sender, found) = mpsc::channel();
    walk.run(|| {
        let (sender, is_any_wanted) = (sender.clone(), &is_any_wanted);
        Box::new(move |entry| {
            if let Ok(entry) = &entry {
                if entry.file_type().is_some_and(|kind| kind.is_dir()) {
                    // What the configuration of the first one wants is known.
                    let is_looking = candidates == Candidates::AllBelowConfigurations && entry.depth() > 0;
                    if is_looking && fs::symlink_metadata(entry.path().join(FILE_NAME)).is_ok() {
                        is_any_wanted.store(true, Ordering::Release);
                    }
                    return WalkState::Continue;
                }
                if !is_any_wanted.load(Ordering::Acquire) && !is_profile_file(entry.path()) {
                    return WalkState::Continue;
                }
            }
            match entry.map(|entry| found_file(&entry)).transpose().map(|found| sender.send(found)) {
                Some(Err(_)) => WalkState::Quit,
                _ => WalkState::Continue,
            }
        })
    });
    drop(sender);
    let (mut candidates, mut reasons) = (Vec::new(), Vec::new());
    for found in found {
        match found {
            Ok(file) => candidates.push(file),
            Err(error) => reasons.push(error.to_string()),
        }
    }
    candidates.sort_unstable();
    files.extend(candidates.into_iter().filter(|file| settings.wants(&file.path)));
    reasons.sort_unstable();
    let failed = |reason| Failure::Read { path: shown::path(folder), reason, help: None };
    failures.extend(reasons.into_iter().map(failed));
}

/// The file that an entry of a folder is; nothing for a link to a folder, which is not searched.
fn found_file(entry: &DirEntry) -> Option<FoundFile> {
    let is_found_link = entry.path_is_symlink();
    if is_found_link && entry.path().is_dir() {
        return None;
    }
    let path = entry.path().strip_prefix("./").unwrap_or(entry.path()).to_path_buf();
    Some(FoundFile { path, is_found_link })
}

/// The file that a command about one file is about: the one that was named, else the usual one of this folder.
pub(super) fn given_or_usual(file: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(file) = file {
        return Ok(file.to_path_buf());
    }
    let there = NAMES.into_iter().map(PathBuf::from).find(|path| fs::symlink_metadata(path).is_ok());
    there.ok_or_else(|| Failure::Usage {
        message: "there is no anycloud.yaml in this folder".into(),
        help: Some("name a file, or write one with `anycloud-lint init`".into()),
    })
}

/// Reads a file under the name that findings show.
pub(super) fn read(path: &Path) -> Result<Source, Failure> {
    let failed = |error: io::Error| Failure::read(path, &error);
    let metadata = fs::metadata(path).map_err(failed)?;
    let is_stream = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
    if !metadata.is_file() && !is_stream {
        let reason = if metadata.is_dir() { "it is a folder" } else { "it is not a regular file" };
        return Err(Failure::Read { path: shown::path(path), reason: reason.into(), help: None });
    }
    let length = usize::try_from(metadata.len()).unwrap_or_default();
    let bytes = read_all(File::open(path).map_err(failed)?, length).map_err(failed)?;
    Ok(Source::from_bytes(shown_name(path), bytes))
}

/// Reads the file that an argument names; `-` is standard input.
pub(super) fn read_given(path: &Path) -> Result<Source, Failure> {
    if path == Path::new("-") { read_stdin("<stdin>") } else { read(path) }
}

/// Reads standard input under the name that findings show.
pub(super) fn read_stdin(name: &str) -> Result<Source, Failure> {
    let bytes = read_all(io::stdin().lock(), 0)
        .map_err(|error| Failure::read(Path::new("standard input"), &error))?;
    Ok(Source::from_bytes(shown::file_name(name), bytes))
}

/// All bytes, or one more than is read of a file at most. There are probably as many as `length`.
fn read_all(from: impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length.min(MAX_BYTES) + 1);
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A path as findings show it.
pub(super) fn shown_name(path: &Path) -> String {
    shown::file_name(&source::name_of(path))
}
