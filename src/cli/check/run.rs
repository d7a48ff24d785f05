//! Runs the rules over texts, and the fixes if they are asked for. Writes nothing.

use super::collect::{Input, Task};
use super::{Args, Failure, add_ignore, discover, parallel};
use crate::cli::progress::Progress;
use crate::fix;
use crate::report::Checked;
use crate::source::Source;

/// What became of a text.
pub(super) struct Outcome<'t> {
    /// Where it comes from.
    pub(super) input: &'t Input,
    /// The text as it was read.
    pub(super) before: Checked,
    /// The text as it should be, if changes are asked for and it could be read.
    pub(super) after: Option<Edited>,
}

/// A text after its changes.
pub(super) struct Edited {
    pub(super) checked: Checked,
    /// How many fixes were applied.
    pub(super) fixed: usize,
    /// How many findings were silenced.
    pub(super) silenced: usize,
}

/// Runs the tasks, in their order.
pub(super) fn all<'t>(args: &Args, tasks: &'t [Task], failures: &mut Vec<Failure>) -> Vec<Outcome<'t>> {
    let progress = Progress::new(tasks.len(), args.quiet || args.diff);
    let outcomes = parallel::map(tasks, |task| {
        let outcome = one(args, task);
        progress.step();
        outcome
    });
    progress.clear();
    let mut done = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        match outcome {
            Ok(outcome) => done.push(outcome),
            Err(failure) => failures.push(failure),
        }
    }
    done
}

fn one<'t>(args: &Args, Task { input, settings }: &'t Task) -> Result<Outcome<'t>, Failure> {
    let source = match input {
        Input::Stdin => discover::read_stdin(&args.stdin_filename)?,
        Input::File(path) => discover::read(path)?,
    };
    let before = Checked { findings: crate::lint(&source, settings), source };
    let is_changing = args.is_editing() || args.diff;
    if !is_changing || before.source.flaw().is_some() {
        return Ok(Outcome { input, before, after: None });
    }
    let copy = Source::new(before.source.name(), before.source.text());
    let (mut checked, fixed) = if args.is_fixing() {
        let fixed = fix::apply(copy, settings, args.unsafe_fixes);
        (Checked { source: fixed.source, findings: fixed.findings }, fixed.count)
    } else {
        (Checked { source: copy, findings: before.findings.clone() }, 0)
    };
    let mut silenced = 0;
    if args.add_ignore {
        (checked, silenced) = add_ignore::add(checked, settings);
    }
    Ok(Outcome { input, before, after: Some(Edited { checked, fixed, silenced }) })
}
