//! `anycloud-lint [check]`: lints files and folders, and fixes them if asked.
//!
//! Four steps: collect the texts, run the rules and fixes over them, write what came out, judge it.

mod collect;
mod judge;
mod run;
mod unified;
mod usage;
mod write;

use std::path::{Path, PathBuf};

use super::config::{ConfigArgs, FileSettings};
use super::output::{self, Colors};
use super::{Failure, add_ignore, baseline, discover, parallel};
use crate::report::{Format, Run, Summary};

/// The arguments of `check`.
#[derive(Clone, Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "options without a value are just that")]
pub(super) struct Args {
    /// Files and folders to check; `-` is standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The name of what comes on standard input
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<String>,
    /// Don't check what the configuration excludes, even where it is named
    #[arg(long)]
    force_exclude: bool,
    /// Fail if there is no file to check
    #[arg(long)]
    require_files: bool,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the findings or the diff to a file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    /// Run only these rules: codes, names or prefixes such as `AC3`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Don't run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    #[command(flatten)]
    config: ConfigArgs,
    /// Treat warnings as a reason to fail
    #[arg(long)]
    deny_warnings: bool,
    /// Fail if there are more warnings than this
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
    /// Apply the safe fixes
    #[arg(long)]
    fix: bool,
    /// Apply the safe fixes and those that somebody should look at
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what the fixes would change as a unified diff, and change nothing
    #[arg(long)]
    diff: bool,
    /// Write comments that silence everything that is found now
    #[arg(long)]
    add_ignore: bool,
    #[command(flatten)]
    baseline: baseline::BaselineArgs,
    /// Count the findings of each rule, after the findings
    #[arg(long)]
    statistics: bool,
    /// Print the findings only, without a summary
    #[arg(short, long)]
    quiet: bool,
}

pub(super) use usage::misspelt_command;

pub(super) fn run(args: &Args, color: Colors) -> Result<u8, Failure> {
    usage::check(args)?;
    let mut settings = FileSettings::new(&args.config)?.with_selectors(&args.select, &args.ignore)?;
    let known = args.baseline.read()?;
    let mut failures = Vec::new();
    let tasks = collect::tasks(args, &mut settings, &mut failures);
    let is_nothing_there = tasks.is_empty() && failures.is_empty();
    if is_nothing_there && args.require_files {
        failures.push(Failure::nothing_to_check());
    }
    let outcomes = run::all(args, &tasks, &mut failures);
    let (mut checked, changed) = write::changes(args, outcomes, &mut failures);
    if let Some(path) = args.baseline.to_write() {
        return baseline::write(path, &checked, &failures, color);
    }
    let known = known.map(|known| known.apply(&mut checked, &mut settings));
    let root = std::env::current_dir().unwrap_or_default();
    let run = Run { files: &checked, root: &root, baselined: known.as_ref().map(|known| known.silenced) };
    let printed =
        if args.diff { write::diff(args, &changed.diff) } else { write::findings(args, &run, color) };
    for failure in &failures {
        output::failure(failure, color);
    }
    printed?;
    let summary = Summary::of(&run);
    if !args.quiet {
        if let Some(gone) = known.and_then(|known| known.gone) {
            output::note(&gone);
        }
        judge::explain(args, is_nothing_there, &changed, &summary);
    }
    Ok(judge::verdict(args, &failures, &summary))
}

impl Args {
    /// The paths, as they were given.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// What standard input is called.
    fn stdin_name(&self) -> &str {
        self.stdin_filename.as_deref().unwrap_or("<stdin>")
    }

    /// Whether standard input is checked.
    fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path == Path::new("-"))
    }

    /// Whether fixes are applied, if only to show them.
    fn is_fixing(&self) -> bool {
        self.fix || self.unsafe_fixes || (self.diff && !self.add_ignore)
    }

    /// Whether files are changed.
    fn is_editing(&self) -> bool {
        self.fix || self.unsafe_fixes || self.add_ignore
    }
}
