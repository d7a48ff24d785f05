//! The command line: arguments in, exit code out.

mod add_ignore;
mod baseline;
mod catalog;
mod check;
mod config;
mod diff;
mod discover;
mod emit;
mod failure;
mod files;
mod init;
mod lsp;
mod mistake;
mod output;
mod parallel;
mod progress;
mod resolve;
mod rules;
mod schema;
mod shell;
mod yaml;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::shown;

pub use failure::Failure;

/// Nothing at error level, and no more warnings than allowed.
const CLEAN: u8 = 0;
/// Findings.
const FOUND: u8 = 1;
/// The job could not be done.
const FAILED: u8 = 2;

/// The compiler and linter of anycloud.yaml deployment profiles.
///
/// Checks the files and folders named, or the current folder. A folder is searched for anycloud.yaml,
/// anycloud.yml, *.anycloud.yaml and *.anycloud.yml.
#[derive(Debug, Parser)]
#[command(name = "anycloud-lint", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
#[command(after_help = "Exit code: 0 nothing wrong, 1 findings, 2 the job could not be done.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: check::Args,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", global = true)]
    color: Option<Color>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Also in files and pipes.
    Always,
    /// Not at all.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check files and folders (what happens without a command)
    Check(Box<check::Args>),
    /// Print the resolved profiles of a file
    Resolve(resolve::Args),
    /// Show how resolved profiles differ: two of a file, or those of two versions of it
    Diff(diff::Args),
    /// Print the JSON Schema of a format
    Schema(schema::Args),
    /// List the rules
    Rules(rules::RulesArgs),
    /// Explain a rule with a bad and a good example
    Explain(rules::ExplainArgs),
    /// Show what the linter knows about the clouds
    Catalog(catalog::Args),
    /// Write a starter anycloud.yaml; never overwrites
    Init(init::InitArgs),
    /// Serve an editor: the language server on standard input and output
    Lsp(lsp::Args),
    /// Print the completions for a shell
    Completions(shell::CompletionsArgs),
    /// Print the man page
    Man,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // What a misspelt command says next is no option of `check`.
            let first: Vec<_> = std::env::args_os().skip(1).take(1).map(PathBuf::from).collect();
            if let Some(failure) = check::misspelt_command(&first).filter(|_| error.use_stderr()) {
                output::failure(&failure, output::Colors::new(None));
                return ExitCode::from(FAILED);
            }
            let error = usage(error);
            // Printing fails only where nobody reads; the code is what counts then.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { CLEAN });
        }
    };
    let color = output::Colors::new(cli.color);
    let outcome = match cli.command {
        None => match check::misspelt_command(cli.check.paths()) {
            Some(failure) => Err(failure),
            None => check::run(&cli.check, color),
        },
        Some(Command::Check(args)) => check::run(&args, color),
        Some(Command::Resolve(args)) => resolve::run(&args, color),
        Some(Command::Diff(args)) => diff::run(&args, color),
        Some(Command::Schema(args)) => schema::run(&args),
        Some(Command::Rules(args)) => rules::rules(&args),
        Some(Command::Explain(args)) => rules::explain(&args),
        Some(Command::Catalog(args)) => catalog::run(&args),
        Some(Command::Init(args)) => init::run(&args),
        Some(Command::Lsp(args)) => Ok(lsp::run(&args)),
        Some(Command::Completions(args)) => shell::completions(&args),
        Some(Command::Man) => shell::man(),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            output::failure(&failure, color);
            ExitCode::from(FAILED)
        }
    }
}

/// An error about the arguments without what they bring along. The same arguments with escapes for all that is
/// unshowable are wrong in the same way.
fn usage(error: clap::Error) -> clap::Error {
    let arguments: Vec<String> =
        std::env::args_os().map(|argument| shown::line(&argument.to_string_lossy()).into_owned()).collect();
    Cli::try_parse_from(arguments).err().unwrap_or(error)
}
