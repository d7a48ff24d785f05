//! What a run comes to: a line for people, and the exit code.

use super::write::Changed;
use super::{Args, Failure, output};
use crate::cli::{CLEAN, FAILED, FOUND};
use crate::report::Summary;

/// Says what was found and changed, where a line for people can follow the findings.
pub(super) fn explain(args: &Args, is_nothing_there: bool, changed: &Changed, summary: &Summary) {
    if !args.format.is_text() {
        return;
    }
    if is_nothing_there {
        if !args.require_files {
            output::note(if args.force_exclude && !args.paths.is_empty() {
                "nothing to check: the configuration excludes all that was named, or nothing was found in it"
            } else {
                "no anycloud.yaml found here; name a file to check it whatever it is called"
            });
        }
    } else if summary.files > 0 {
        let done = |count: usize, what: &str| {
            if count > 0 { format!("{count} {what}; ") } else { String::new() }
        };
        let (fixed, silenced) = (done(changed.fixed, "fixed"), done(changed.silenced, "silenced"));
        output::note(&format!("{fixed}{silenced}{summary}"));
    }
}

/// The exit code.
pub(super) fn verdict(args: &Args, failures: &[Failure], summary: &Summary) -> u8 {
    let limit = if args.deny_warnings { Some(0) } else { args.max_warnings };
    let too_many = limit.is_some_and(|limit| summary.warnings > limit);
    match () {
        () if !failures.is_empty() => FAILED,
        () if summary.errors > 0 || too_many => FOUND,
        () => CLEAN,
    }
}
