//! Turns the catalog's tables into static data, so that the program parses nothing when it starts.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a build script talks to cargo by printing")]

#[path = "build/emit.rs"]
mod emit;
#[path = "build/tables.rs"]
mod tables;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let data = Path::new("src/catalog/data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={}", data.display());
    let tables = match tables::read(data) {
        Ok(tables) => tables,
        Err(problems) => {
            for problem in problems {
                println!("cargo::error=catalog: {problem}");
            }
            return ExitCode::FAILURE;
        }
    };
    let Some(out) = env::var_os("OUT_DIR") else {
        eprintln!("run this through cargo, which sets OUT_DIR");
        return ExitCode::FAILURE;
    };
    if let Err(error) = fs::write(Path::new(&out).join("catalog.rs"), emit::rust(&tables)) {
        eprintln!("cannot write the catalog's tables: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
