//! `cargo xtask licences`: every dependency's licence is one that `deny.toml` allows.
//!
//! `cargo deny` checks this and more; this needs nothing but cargo.

use std::error::Error;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::root;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let deny: toml::Table = std::fs::read_to_string(root().join("deny.toml"))?.parse()?;
    let allowed = deny["licenses"]["allow"].as_array().into_iter().flatten().filter_map(|name| name.as_str());
    let allowed: Vec<&str> = allowed.collect();

    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version", "1", "--locked", "--all-features"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output()?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let mut problems = Vec::new();
    for package in packages {
        let (name, version) =
            (package["name"].as_str().unwrap_or_default(), package["version"].as_str().unwrap_or_default());
        match package["license"].as_str() {
            Some(licence) if is_allowed(licence, &allowed) => {}
            Some(licence) => problems.push(format!("{name} {version}: {licence}")),
            None => problems.push(format!("{name} {version}: it names no licence")),
        }
    }
    if problems.is_empty() {
        println!("the licences of {} packages are allowed", packages.len());
        return Ok(());
    }
    Err(format!("deny.toml does not allow these licences:\n  {}", problems.join("\n  ")).into())
}

/// Whether an SPDX expression can be met with the allowed licences. A `/` is an old way to write `OR`.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let Ok(expression) = Expression::parse_mode(expression, ParseMode::LAX) else { return false };
    // An exception only adds permissions.
    expression.evaluate(|wanted| wanted.license.id().is_some_and(|id| allowed.contains(&id.name)))
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn expressions_are_read() {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"];
        for expression in [
            "MIT",
            "MIT/GPL-3.0",
            "GPL-3.0 OR MIT",
            "(GPL-3.0 OR MIT) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert!(is_allowed(expression, &allowed), "{expression}");
        }
        for expression in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND GPL-2.0", "MIT MIT"] {
            assert!(!is_allowed(expression, &allowed), "{expression}");
        }
    }
}
