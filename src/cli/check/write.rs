//! Writes changed files, diffs and findings.

use std::path::Path;

use super::collect::Input;
use super::run::{Edited, Outcome};
use super::{Args, Failure, add_ignore};
use crate::cli::output::{self, Colors};
use crate::report::{self, Checked, Run};

/// How much was changed.
#[derive(Clone, Copy, Default)]
pub(super) struct Changed {
    /// How many fixes were applied.
    pub(super) fixed: usize,
    /// How many findings were silenced.
    pub(super) silenced: usize,
}

/// Writes what has changed, or shows it. What is left are the texts to report, in the order of their names.
pub(super) fn changes(
    args: &Args,
    outcomes: Vec<Outcome<'_>>,
    failures: &mut Vec<Failure>,
) -> (Vec<Checked>, Changed) {
    let mut changed = Changed::default();
    let mut checked = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        match change(args, outcome, &mut changed) {
            Ok(file) => checked.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    checked.sort_by(|one, other| one.source.name().cmp(other.source.name()));
    (checked, changed)
}

fn change(args: &Args, outcome: Outcome<'_>, changed: &mut Changed) -> Result<Checked, Failure> {
    let Outcome { input, before, after } = outcome;
    let Some(Edited { checked: after, fixed, silenced, diff }) = after else {
        add_ignore::explain(args.add_ignore && !args.quiet, &before);
        return Ok(before);
    };
    add_ignore::explain(args.add_ignore && !args.quiet, &after);
    if args.diff {
        output::print(diff.unwrap_or_default().as_bytes())?;
        return Ok(before);
    }
    let text = after.source.text().as_bytes();
    match input {
        Input::Stdin => output::print(text)?,
        Input::File(path) if fixed + silenced > 0 => output::replace_file(path, text)?,
        Input::File(_) => {}
    }
    changed.fixed += fixed;
    changed.silenced += silenced;
    Ok(after)
}

/// Prints the findings, or writes them to the file that is asked for.
pub(super) fn findings(args: &Args, run: &Run<'_>, color: Colors) -> Result<(), Failure> {
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
