//! Maintainer tasks: `cargo xtask TASK`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "tasks talk to the terminal")]

mod catalog;
mod generate;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask generate | catalog";

fn main() -> ExitCode {
    let task = std::env::args().nth(1);
    let outcome = match task.as_deref() {
        Some("generate") => generate::run(),
        Some("catalog") => catalog::run().map_err(Into::into),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
