//! `--baseline` and `--write-baseline`: the files of known findings.

use std::path::{Component, Path, PathBuf};

use rustc_hash::FxHashSet;

use super::config::FileSettings;
use super::output::{self, Colors};
use super::{CLEAN, FAILED, Failure, discover, files};
use crate::baseline::{Baseline, Entry};
use crate::report::{Checked, counted};
use crate::{rules, shown};

/// The options of `check` that have to do with a baseline.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct BaselineArgs {
    /// Don't report the findings that this file holds
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write everything found now to a file for `--baseline`, and report nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "unsafe_fixes", "diff", "add_ignore", "output_file"])]
    write_baseline: Option<PathBuf>,
}

impl BaselineArgs {
    /// The file to write, if one is asked for.
    pub(super) fn to_write(&self) -> Option<&Path> {
        self.write_baseline.as_deref()
    }

    /// The baseline to compare with, if there is one.
    pub(super) fn read(&self) -> Result<Option<Known>, Failure> {
        let Some(path) = &self.baseline else { return Ok(None) };
        let text = std::fs::read(path).map_err(|error| Failure::read(path, &error))?;
        match Baseline::parse(&text) {
            Ok(baseline) => Ok(Some(Known { path: shown::path(path), folder: Folder::of(path), baseline })),
            Err(reason) => Err(Failure::Baseline { path: shown::path(path), reason }),
        }
    }
}

/// The folder that the names in a baseline start from: its own, so that it holds wherever the linter runs.
struct Folder(PathBuf);

impl Folder {
    fn of(baseline: &Path) -> Self {
        Self(real(files::folder(baseline)))
    }

    /// A file as the baseline calls it: the way from here, with forward slashes.
    fn name(&self, file: &str) -> String {
        let file = Path::new(file);
        let path = real(files::folder(file)).join(file.file_name().unwrap_or_default());
        let mut shared = self.0.components();
        let mut rest = path.components();
        while let (Some(one), Some(other)) = (shared.clone().next(), rest.clone().next()) {
            if one != other {
                break;
            }
            shared.next();
            rest.next();
        }
        // To another drive there is no way from here.
        let is_elsewhere = rest.clone().any(|part| matches!(part, Component::Prefix(_)));
        let ups = std::iter::repeat_n(Component::ParentDir, if is_elsewhere { 0 } else { shared.count() });
        let way: PathBuf = ups.chain(rest).collect();
        discover::shown_name(&way)
    }
}

/// The folder without links and dots.
fn real(folder: &Path) -> PathBuf {
    std::fs::canonicalize(folder)
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_path_buf())
}

/// A baseline with the name of its file.
pub(super) struct Known {
    path: String,
    folder: Folder,
    baseline: Baseline,
}

/// What a baseline came to.
pub(super) struct Silenced {
    /// How many findings it holds.
    pub(super) silenced: usize,
    /// A sentence about the entries that no longer occur, if there are any.
    pub(super) gone: Option<String>,
}

impl Known {
    /// Silences what the baseline holds.
    pub(super) fn apply(&self, checked: &mut [Checked], settings: &mut FileSettings) -> Silenced {
        let (silenced, missing) = self.baseline.apply(checked, |name| self.folder.name(name));
        let names = checked.iter().map(|file| self.folder.name(file.source.name())).collect();
        let gone = missing.into_iter().filter(|entry| is_gone(entry, &names, &self.folder, settings)).count();
        let gone = match gone {
            0 => None,
            1 => Some(format!("1 entry of {} no longer occurs; `--write-baseline` takes it out", self.path)),
            _ => Some(format!(
                "{gone} entries of {} no longer occur; `--write-baseline` takes them out",
                self.path
            )),
        };
        Silenced { silenced, gone }
    }
}

/// Whether an entry that was not found would have been if it still held: its rule ran, and its file was
/// checked or is no more.
fn is_gone(entry: &Entry, checked: &FxHashSet<String>, folder: &Folder, settings: &mut FileSettings) -> bool {
    let file = folder.0.join(&entry.file);
    let mut has_run = |rule| match settings.of(&file) {
        Ok(Some(settings)) => settings.is_enabled(rule),
        _ => false,
    };
    rules::find(&entry.code).is_none_or(&mut has_run) && (checked.contains(&entry.file) || !file.exists())
}

/// Writes all findings of a run to a baseline. Where a file could not be read nothing is written, so that
/// its old findings are not forgotten.
pub(super) fn write(
    path: &Path,
    checked: &[Checked],
    failures: &[Failure],
    color: Colors,
) -> Result<u8, Failure> {
    if !failures.is_empty() {
        for failure in failures {
            output::failure(failure, color);
        }
        output::note(&format!("{} is not written, as not everything could be read", shown::path(path)));
        return Ok(FAILED);
    }
    let folder = Folder::of(path);
    let baseline = Baseline::of(checked, |name| folder.name(name));
    let text = baseline.to_json().map_err(|error| Failure::stream(path, &error.into()))?;
    files::write(path, text.as_bytes())?;
    let (findings, files) = (counted(baseline.len(), "finding"), counted(checked.len(), "file"));
    output::note(&format!("{findings} of {files} written to {}", shown::path(path)));
    Ok(CLEAN)
}
