//! Runs the rules over texts, and the fixes if they are asked for. Writes nothing.

use super::collect::{Input, Task};
use super::{Args, Failure, discover, parallel, unified};
use crate::cli::progress::Progress;
use crate::report::Checked;
use crate::{Analysis, fix, shown, silence};

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
    /// What has changed, if that is asked for.
    pub(super) diff: Option<String>,
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

fn one<'t>(args: &Args, task: &'t Task) -> Result<Outcome<'t>, Failure> {
    let Task { input, settings, is_excluded } = task;
    let source = match input {
        Input::Stdin => discover::read_stdin(args.stdin_name())?,
        Input::File(file) => discover::read(&file.path)?,
    };
    if *is_excluded {
        return Ok(Outcome { input, before: Checked::skipped(source), after: None });
    }
    let before = Analysis::new(source, settings);
    let is_changing = args.is_editing() || args.diff;
    if !is_changing || before.source().flaw().is_some() {
        let before = Checked::from(before);
        let before = if matches!(input, Input::File(_)) { before.without_silent_text() } else { before };
        return Ok(Outcome { input, before, after: None });
    }
    let (mut after, mut fixed, mut silenced) = (None, 0, 0);
    if args.is_fixing()
        && let Some(done) = fix::apply(&before, args.unsafe_fixes)
    {
        (after, fixed) = (Some(done.analysis), done.count);
    }
    if args.add_ignore
        && let Some(done) = silence::apply(after.as_ref().unwrap_or(&before))
    {
        (after, silenced) = (Some(done.analysis), done.count);
    }
    let diff = after.as_ref().filter(|_| args.diff).map(|after| diff(&before, after));
    let before = Checked::from(before);
    let checked = after.map_or_else(|| before.clone(), Checked::from);
    Ok(Outcome { input, before, after: Some(Edited { checked, fixed, silenced, diff }) })
}

/// A unified diff with everything secret masked on both sides; empty where nothing else has changed.
fn diff(before: &Analysis, after: &Analysis) -> String {
    let name = before.source().name().trim_start_matches('/');
    shown::defused(&unified::diff(name, before.masked(), after.masked())).into_owned()
}
