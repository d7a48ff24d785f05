//! Maintainer tasks.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "tasks talk to the terminal")]

mod catalog;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let task = env::args().nth(1);
    let result = match task.as_deref() {
        Some("catalog") => catalog::run(),
        _ => Err("usage: cargo xtask catalog".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
