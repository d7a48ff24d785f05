//! Turns the catalog's tables into static data, so that the program parses nothing when it starts, and says how to
//! link it.
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
    if stands_still() {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
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

/// Whether the program can be linked to a fixed address: then there is nothing to relocate when it starts, which
/// was a quarter of what a small file takes. SECURITY.md says what that costs.
fn stands_still() -> bool {
    let is = |name, value| env::var(name).is_ok_and(|found| found == value);
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    // A program without the loader relocates itself, and is linked in another way.
    let has_loader = !features.split(',').any(|feature| feature == "crt-static");
    is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && has_loader
        && is("PROFILE", "release")
}
