//! Which texts to check, and with which settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Args, Failure, discover};
use crate::Settings;
use crate::cli::config::FileSettings;
use crate::cli::discover::FoundFile;

/// Where a text comes from.
pub(super) enum Input {
    Stdin,
    File(FoundFile),
}

/// A text to check.
pub(super) struct Task {
    pub(super) input: Input,
    pub(super) settings: Arc<Settings>,
    /// Whether it only passes through.
    pub(super) is_excluded: bool,
}

/// The texts that the arguments ask for, but for those whose configuration is broken.
pub(super) fn tasks(args: &Args, settings: &mut FileSettings, failures: &mut Vec<Failure>) -> Vec<Task> {
    let mut tasks = Vec::new();
    for input in inputs(args, settings, failures) {
        let is_excluded = args.force_exclude && settings.excludes(input.path(args));
        // Whoever sends a text through to have it changed wants it back in any case.
        if is_excluded && !(matches!(input, Input::Stdin) && args.is_editing()) {
            continue;
        }
        match settings.of(input.path(args)) {
            Ok(settings) => tasks.extend(settings.map(|settings| Task { input, settings, is_excluded })),
            Err(failure) => failures.push(failure),
        }
    }
    tasks
}

impl Input {
    /// Where the search for a configuration starts.
    fn path<'a>(&'a self, args: &'a Args) -> &'a Path {
        match self {
            Self::Stdin => Path::new(args.stdin_name()),
            Self::File(file) => &file.path,
        }
    }
}

fn inputs(args: &Args, settings: &mut FileSettings, failures: &mut Vec<Failure>) -> Vec<Input> {
    let is_file = |path: &&PathBuf| path.as_path() != Path::new("-");
    let paths: Vec<PathBuf> = args.paths.iter().filter(is_file).cloned().collect();
    let files = if paths.is_empty() && args.reads_stdin() {
        Vec::new()
    } else {
        discover::files(&paths, settings, failures)
    };
    let stdin = args.reads_stdin().then_some(Input::Stdin);
    stdin.into_iter().chain(files.into_iter().map(Input::File)).collect()
}
