//! `anycloud-lint [check]`: lints files and folders, and fixes them if asked.

use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::config::{ConfigArgs, FileSettings};
use super::output::{self, Colors};
use super::progress::Progress;
use super::{CLEAN, FAILED, FOUND, Failure, add_ignore, baseline, discover, parallel};
use crate::report::{self, Checked, Format, Run, Summary};
use crate::{Settings, fix};

/// The arguments of `check`.
#[derive(Clone, Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "options without a value are just that")]
pub(super) struct Args {
    /// Files and folders to check; `-` is standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The name of what comes on standard input
    #[arg(long, value_name = "FILE", default_value = "<stdin>", hide_default_value = true)]
    stdin_filename: String,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the findings to a file
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
    /// Show what the fixes would change, and change nothing
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

pub(super) fn run(args: &Args, color: Colors) -> Result<u8, Failure> {
    let mut settings = FileSettings::new(&args.config)?.with_selectors(&args.select, &args.ignore)?;
    let known = args.baseline.read()?;
    let mut failures = Vec::new();
    let inputs = inputs(args, &mut settings, &mut failures);
    let mut checked = Vec::with_capacity(inputs.len());
    let (mut fixed, mut silenced) = (0, 0);
    let mut work = Vec::with_capacity(inputs.len());
    for input in &inputs {
        match settings.of(input.path(args)) {
            Ok(settings) => work.extend(settings.map(|settings| (input, settings))),
            Err(failure) => failures.push(failure),
        }
    }
    let progress = Progress::new(work.len(), args.quiet || args.diff);
    let outcomes = parallel::map(&work, !args.is_editing() && !args.diff, |(input, settings)| {
        let outcome = check(args, settings, input);
        progress.step();
        outcome
    });
    progress.clear();
    for outcome in outcomes {
        match outcome {
            Ok(outcome) => {
                fixed += outcome.fixed;
                silenced += outcome.silenced;
                checked.push(outcome.checked);
            }
            Err(failure) => failures.push(failure),
        }
    }
    checked.sort_by(|one, other| one.source.name().cmp(other.source.name()));
    let root = std::env::current_dir().unwrap_or_default();
    if let Some(path) = args.baseline.to_write() {
        let run = Run { files: &checked, root: &root, baselined: None };
        return baseline::write(path, &run, &failures, color);
    }
    let known = known.map(|known| known.apply(&mut checked, &root, &mut settings));
    let run = Run { files: &checked, root: &root, baselined: known.as_ref().map(|known| known.silenced) };
    let printed = if args.diff { Ok(()) } else { print(args, &run, color) };
    for failure in &failures {
        output::failure(failure, color);
    }
    printed?;
    if let Some(gone) = known.and_then(|known| known.gone).filter(|_| !args.quiet) {
        output::note(&gone);
    }
    let summary = Summary::of(&run);
    if !args.quiet && args.format.is_text() {
        if inputs.is_empty() && failures.is_empty() {
            output::note("no anycloud.yaml found here; name a file to check it whatever it is called");
        } else if !checked.is_empty() {
            let done = |count: usize, what: &str| {
                if count > 0 { format!("{count} {what}; ") } else { String::new() }
            };
            output::note(&format!("{}{}{summary}", done(fixed, "fixed"), done(silenced, "silenced")));
        }
    }
    Ok(if failures.is_empty() { verdict(args, &summary) } else { FAILED })
}

/// Where a text comes from.
enum Input {
    Stdin,
    File(PathBuf),
}

impl Input {
    /// Where the search for a configuration starts.
    fn path<'a>(&'a self, args: &'a Args) -> &'a Path {
        match self {
            Self::Stdin => Path::new(&args.stdin_filename),
            Self::File(path) => path,
        }
    }
}

fn inputs(args: &Args, settings: &mut FileSettings, failures: &mut Vec<Failure>) -> Vec<Input> {
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        args.paths.iter().cloned().partition(|path| path == Path::new("-"));
    let mut wants = |path: &Path| settings.wants(path, discover::is_profile_file(path));
    let files = if paths.is_empty() && !stdin.is_empty() {
        Vec::new()
    } else {
        discover::files(&paths, &mut wants, failures)
    };
    let stdin = stdin.first().map(|_| Input::Stdin);
    stdin.into_iter().chain(files.into_iter().map(Input::File)).collect()
}

struct Outcome {
    checked: Checked,
    fixed: usize,
    silenced: usize,
}

fn check(args: &Args, settings: &Settings, input: &Input) -> Result<Outcome, Failure> {
    let source = match input {
        Input::Stdin => discover::read_stdin(&args.stdin_filename)?,
        Input::File(path) => discover::read(path)?,
    };
    let before = Checked { findings: crate::lint(&source, settings), source };
    if !args.is_editing() && !args.diff {
        return Ok(Outcome { checked: before, fixed: 0, silenced: 0 });
    }
    if before.source.flaw().is_some() {
        add_ignore::explain(args.add_ignore && !args.quiet, &before);
        return Ok(Outcome { checked: before, fixed: 0, silenced: 0 });
    }
    let copy = crate::source::Source::new(before.source.name(), before.source.text());
    let (mut after, fixed) = if args.is_fixing() {
        let fixed = fix::apply(copy, settings, args.unsafe_fixes);
        (Checked { source: fixed.source, findings: fixed.findings }, fixed.count)
    } else {
        (Checked { source: copy, findings: before.findings.clone() }, 0)
    };
    let mut silenced = 0;
    if args.add_ignore {
        (after, silenced) = add_ignore::add(after, settings);
        add_ignore::explain(!args.quiet, &after);
    }
    if args.diff {
        print_diff(&before, &after)?;
        return Ok(Outcome { checked: before, fixed: 0, silenced: 0 });
    }
    match input {
        Input::Stdin => output::print(after.source.text().as_bytes())?,
        Input::File(path) if fixed + silenced > 0 => {
            output::replace_file(path, after.source.text().as_bytes())?;
        }
        Input::File(_) => {}
    }
    Ok(Outcome { checked: after, fixed, silenced })
}

impl Args {
    /// Whether fixes are applied, if only to show them.
    fn is_fixing(&self) -> bool {
        self.fix || self.unsafe_fixes || (self.diff && !self.add_ignore)
    }

    /// Whether files are changed.
    fn is_editing(&self) -> bool {
        self.fix || self.unsafe_fixes || self.add_ignore
    }
}

/// A unified diff with everything secret masked on both sides.
fn print_diff(before: &Checked, after: &Checked) -> Result<(), Failure> {
    let (old, new) = (before.shown(), after.shown());
    if old == new {
        return Ok(());
    }
    let name = before.source.name().trim_start_matches('/');
    let diff = TextDiff::from_lines(&old, &new);
    let text =
        diff.unified_diff().context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    output::print(text.as_bytes())
}

fn print(args: &Args, run: &Run<'_>, color: Colors) -> Result<(), Failure> {
    let is_file = args.output_file.is_some();
    let text = output::render(color.out && !is_file, |out| {
        report::write(args.format, run, out)?;
        if args.statistics && args.format.is_text() {
            out.write_all(report::statistics(run).as_bytes())?;
        }
        Ok(())
    });
    let text = text.map_err(|error| Failure::write(Path::new("the findings"), &error))?;
    if args.statistics && !args.format.is_text() {
        output::print_error(report::statistics(run).as_bytes());
    }
    match &args.output_file {
        Some(path) => output::replace_file(path, &text),
        // Fixed standard input is on standard output already.
        None if args.is_editing() && args.paths.iter().any(|path| path == Path::new("-")) => {
            output::print_error(&text);
            Ok(())
        }
        None => output::print(&text),
    }
}

fn verdict(args: &Args, summary: &Summary) -> u8 {
    let limit = if args.deny_warnings { Some(0) } else { args.max_warnings };
    let too_many = limit.is_some_and(|limit| summary.warnings > limit);
    if summary.errors > 0 || too_many { FOUND } else { CLEAN }
}
