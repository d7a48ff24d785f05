//! Maintainer tasks: `cargo xtask TASK`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "tasks talk to the terminal")]

mod catalog;
mod compare;
mod generate;
mod interop;
mod licences;
mod pages;
mod picture;
mod tables;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask TASK
  generate            write the schemas, the rules' pages and the README's picture
  generate --check    fail if one of them has drifted
  catalog             check the catalog's tables against their source
  licences            check the dependencies' licences against deny.toml
  interop [CHECK]...  check against the SDK and other tools
  compare [--rounds N]
                      measure against other tools, and write docs/speed.md";

/// The project's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["generate"] => generate::run(),
        ["generate", "--check"] => generate::check(),
        ["catalog"] => catalog::run().map_err(Into::into),
        ["licences"] => licences::run(),
        ["compare", options @ ..] => compare::run(options),
        ["interop", only @ ..] => interop::run(only),
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
