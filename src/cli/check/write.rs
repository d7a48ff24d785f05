//! Writes changed files, diffs and findings.

use std::io;

use termcolor::WriteColor;

use super::collect::Input;
use super::run::{Edited, Outcome};
use super::{Args, Failure, add_ignore};
use crate::cli::files;
use crate::cli::output::{self, Colors};
use crate::report::{self, Checked, Run};

/// How much was changed.
#[derive(Default)]
pub(super) struct Changed {
    /// How many fixes were applied.
    pub(super) fixed: usize,
    /// How many findings were silenced.
    pub(super) silenced: usize,
    /// What would change, if that is asked for instead.
    pub(super) diff: String,
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
        if matches!(input, Input::Stdin) && args.is_editing() && !args.diff && before.source.flaw().is_none()
        {
            output::print(before.source.text().as_bytes())?;
        }
        return Ok(before);
    };
    let is_changed = fixed + silenced > 0;
    if is_changed && matches!(input, Input::File(file) if file.is_found_link) {
        if !args.quiet {
            let name = before.source.name();
            output::note(&format!(
                "{name} is a link and was not named, so nothing is written through it; name it to change what it leads to"
            ));
        }
        return Ok(before);
    }
    add_ignore::explain(args.add_ignore && !args.quiet, &after);
    if args.diff {
        changed.diff += &diff.unwrap_or_default();
        return Ok(before);
    }
    let text = after.source.text().as_bytes();
    match input {
        Input::Stdin => output::print(text)?,
        Input::File(file) if is_changed => files::update(&file.path, before.source.text().as_bytes(), text)?,
        Input::File(_) => {}
    }
    changed.fixed += fixed;
    changed.silenced += silenced;
    Ok(after)
}

/// Prints the findings, or writes them to the file that is asked for.
pub(super) fn findings(args: &Args, run: &Run<'_>, color: Colors) -> Result<(), Failure> {
    report(args, color, |out| {
        report::write(args.format, run, out)?;
        if args.statistics && args.format.is_text() {
            out.write_all(report::statistics(run).as_bytes())?;
        }
        Ok(())
    })?;
    if args.statistics && !args.format.is_text() {
        output::print_error(report::statistics(run).as_bytes());
    }
    Ok(())
}

/// Prints what would change.
pub(super) fn diff(args: &Args, diff: &str) -> Result<(), Failure> {
    report(args, Colors { out: false, err: false }, |out| out.write_all(diff.as_bytes()))
}

/// Puts what there is to say where it is wanted.
fn report(
    args: &Args,
    color: Colors,
    write: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>,
) -> Result<(), Failure> {
    match &args.output_file {
        Some(path) if !files::is_stdout(path) => {
            files::stream(path, |file| output::write_to(file, false, write))
        }
        // Fixed standard input is on standard output already.
        _ if args.is_editing() && !args.diff && args.reads_stdin() => {
            output::stream_error(color.out, write);
            Ok(())
        }
        _ => output::stream(color.out, write),
    }
}
