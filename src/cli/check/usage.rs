//! Arguments that mean nothing, or something else.

use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::{Args, Failure, Format};
use crate::cli::Cli;
use crate::suggest;

/// What other linters call what `check` does.
const CHECK: [&str; 4] = ["lint", "validate", "verify", "test"];

/// Whether the arguments go together.
pub(super) fn check(args: &Args) -> Result<(), Failure> {
    let wrong =
        |message: &str, help: &str| Err(Failure::Usage { message: message.into(), help: Some(help.into()) });
    if args.stdin_filename.is_some() && !args.reads_stdin() {
        return wrong(
            "`--stdin-filename` names standard input, and that is not read",
            "add `-` to read it: `anycloud-lint --stdin-filename anycloud.yaml -`",
        );
    }
    if args.diff && args.format != Format::Human {
        return wrong(
            "`--diff` shows a diff, so `--format` has no findings to print",
            "leave one of the two out",
        );
    }
    Ok(())
}

/// The command that was probably meant by a first path that leads nowhere.
pub(in crate::cli) fn misspelt_command(paths: &[PathBuf]) -> Option<Failure> {
    let word = paths.first()?.to_str()?;
    let is_word = word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-' || byte == b'_');
    if !is_word || word == "-" || Path::new(word).symlink_metadata().is_ok() {
        return None;
    }
    let commands = Cli::command();
    let names: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
    if names.contains(&word) {
        return None; // It is what follows that is wrong.
    }
    let closest = if CHECK.contains(&word) { Some("check") } else { suggest::closest(word, names) }?;
    Some(Failure::Usage {
        message: format!("there is no command `{word}`, and no file or folder of that name"),
        help: Some(format!("did you mean `{closest}`?")),
    })
}
