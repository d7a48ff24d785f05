//! `--baseline` and `--write-baseline`: the files of known findings.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::config::FileSettings;
use super::output::{self, Colors};
use super::{CLEAN, FAILED, Failure, files};
use crate::baseline::{Baseline, Entry};
use crate::report::{Checked, Run, counted};
use crate::{fingerprint, rules};

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
        let path = path.display().to_string();
        match Baseline::parse(&text) {
            Ok(baseline) => Ok(Some(Known { path, baseline })),
            Err(reason) => Err(Failure::Baseline { path, reason }),
        }
    }
}

/// A baseline with the name of its file.
pub(super) struct Known {
    path: String,
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
    pub(super) fn apply(
        &self,
        checked: &mut [Checked],
        root: &Path,
        settings: &mut FileSettings,
    ) -> Silenced {
        let (silenced, missing) = self.baseline.apply(checked, root);
        let names = checked.iter().map(|file| fingerprint::file_name(file.source.name(), root)).collect();
        let gone = missing.into_iter().filter(|entry| is_gone(entry, &names, root, settings)).count();
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
fn is_gone(entry: &Entry, checked: &FxHashSet<String>, root: &Path, settings: &mut FileSettings) -> bool {
    let mut has_run = |rule| match settings.of(Path::new(&entry.file)) {
        Ok(Some(settings)) => settings.is_enabled(rule),
        _ => false,
    };
    rules::find(&entry.code).is_none_or(&mut has_run)
        && (checked.contains(&entry.file) || !root.join(&entry.file).exists())
}

/// Writes all findings of a run to a baseline. Where a file could not be read nothing is written, so that
/// its old findings are not forgotten.
pub(super) fn write(path: &Path, run: &Run<'_>, failures: &[Failure], color: Colors) -> Result<u8, Failure> {
    if !failures.is_empty() {
        for failure in failures {
            output::failure(failure, color);
        }
        output::note(&format!("{} is not written, as not everything could be read", path.display()));
        return Ok(FAILED);
    }
    let baseline = Baseline::of(run);
    let text = baseline.to_json().map_err(|error| Failure::stream(path, &error.into()))?;
    files::write(path, text.as_bytes())?;
    let (findings, files) = (counted(baseline.len(), "finding"), counted(run.files.len(), "file"));
    output::note(&format!("{findings} of {files} written to {}", path.display()));
    Ok(CLEAN)
}
