//! `cargo xtask compare`: measures the program beside others and writes what came out.

use std::error::Error;
use std::process::Command;

use crate::root;

/// Runs the script that does it, in a folder under `target`.
pub(crate) fn run(options: &[&str]) -> Result<(), Box<dyn Error>> {
    let root = root().canonicalize()?;
    let script = root.join("benches/compare/compare.py");
    let status = Command::new("python3")
        .arg(script)
        .arg(&root)
        .arg(root.join("target/compare"))
        .args(options)
        .status()?;
    if status.success() { Ok(()) } else { Err("the comparison broke off".into()) }
}
