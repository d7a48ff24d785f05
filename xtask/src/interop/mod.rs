//! `cargo xtask interop`: holds the linter against the SDK that it speaks for and the tools that it meets.
//!
//! The checks are scripts in `xtask/interop/`, in the language of what they check. Each prints a line for
//! every check: `ok …` or `FAILED …`. What they need is pinned in [`tools`] and installed once.

mod script;
mod tools;
mod yaml_suite;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use script::Tally;
use tools::Tools;

use crate::root;

/// Environment variables that make a release build a quick one, for builds that only show that packaging works.
const QUICK_BUILD: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

/// Runs the checks, or only those whose names are given.
pub(crate) fn run(only: &[&str]) -> Result<(), Box<dyn Error>> {
    const NAMES: [&str; 13] = [
        "yaml-suite",
        "sdk-resolve",
        "sdk-admission",
        "sdk-target",
        "sdk-python",
        "arguments",
        "schemas",
        "formats",
        "language-server",
        "editors",
        "vscode",
        "wheel",
        "pre-commit",
    ];
    if let Some(unknown) = only.iter().find(|name| !NAMES.contains(name)) {
        return Err(format!("there is no check `{unknown}`; there are {}", NAMES.join(", ")).into());
    }
    let is_wanted = |name: &str| only.is_empty() || only.contains(&name);

    let root = root().canonicalize()?;
    let folder = root.join("target/interop");
    std::fs::create_dir_all(&folder)?;
    let tools = Tools::install(&folder)?;
    let program = build(&root)?;
    let readings = folder.join("readings.json");
    read_fixtures(&root, &tools, &readings)?;

    let mut tally = Tally::default();
    let python = |folder: &Path| folder.join("bin/python");
    let scripts = root.join("xtask/interop");
    if is_wanted("yaml-suite") {
        let mut command = Command::new("node");
        let cases = script::output(command.arg(scripts.join("yaml_suite.mjs")).arg(&tools.node))?;
        tally.add("the official YAML test suite", yaml_suite::check(&cases)?);
    }
    if is_wanted("sdk-resolve") {
        let mut command = Command::new(python(&tools.sdk_0_1_60));
        command.arg(scripts.join("sdk_resolve.py")).args([&program, &root, &readings]);
        tally.run("anycloud-sdk 0.1.60: resolved profiles", &mut command);
        let mut command = Command::new(python(&tools.sdk_0_1_60));
        command.arg(scripts.join("sdk_jobs.py")).args([&program, &root]);
        tally.run("anycloud-sdk 0.1.60: jobs by `Submission.replace()`", &mut command);
    }
    if is_wanted("sdk-admission") {
        let mut command = Command::new(python(&tools.sdk_0_1_70));
        command.arg(scripts.join("sdk_admission.py")).args([&program, &root]);
        tally.run("anycloud-sdk 0.1.70: admission bodies", &mut command);
        for (sdk, version) in [(&tools.sdk_0_1_60, "0.1.60"), (&tools.sdk_0_1_70, "0.1.70")] {
            let mut command = Command::new(python(sdk));
            command.arg(scripts.join("sdk_refusals.py")).args([&program, &root]);
            tally.run(&format!("anycloud-sdk {version}: what is refused"), command.arg(version));
        }
    }
    if is_wanted("sdk-target") {
        let mut command = Command::new(python(&tools.sdk_0_1_60));
        command.arg(scripts.join("sdk_target.py")).args([&program, &root]);
        tally.run("anycloud-sdk 0.1.60: what a target reports", &mut command);
    }
    if is_wanted("sdk-python") {
        for (sdk, version) in [(&tools.sdk_0_1_60, "0.1.60"), (&tools.sdk_0_1_70, "0.1.70")] {
            let mut command = Command::new(python(sdk));
            command.arg(scripts.join("sdk_python.py")).args([
                &program,
                &root,
                &tools.python.join("bin/ruff"),
            ]);
            tally.run(&format!("anycloud-sdk {version}: Python"), command.arg(version));
        }
    }
    if is_wanted("arguments") {
        let mut command = Command::new(python(&tools.python));
        command.arg(scripts.join("arguments.py")).args([&program, &root]);
        tally.run("commands, read back", &mut command);
    }
    if is_wanted("schemas") {
        let mut command = Command::new(python(&tools.python));
        command.arg(scripts.join("schemas.py"));
        command.args([&program, &root, &tools.python, &tools.node, &readings]);
        tally.run("JSON Schema: check-jsonschema and ajv", &mut command);
    }
    if is_wanted("formats") {
        let mut command = Command::new(python(&tools.python));
        command.arg(scripts.join("formats.py")).args([&program, &root, &tools.python, &tools.node]);
        tally.run("output formats", &mut command);
    }
    if is_wanted("language-server") {
        let mut command = Command::new("node");
        command.arg(scripts.join("language_server.mjs"));
        command.args([&tools.node, &root.join("schemas/anycloud.schema.json"), &readings, &program]);
        tally.run("yaml-language-server", &mut command);
    }
    if is_wanted("editors") {
        let mut command = Command::new(python(&tools.python));
        command.arg(scripts.join("editors.py")).args([&program, &root]);
        tally.run("Neovim and Emacs", &mut command);
    }
    if is_wanted("vscode") {
        let mut command = Command::new(python(&tools.python));
        command.arg(scripts.join("vscode.py")).args([&program, &root, &folder.join("vscode")]);
        tally.run("VS Code", &mut command);
    }
    let quick = |command: &mut Command| {
        command.envs(QUICK_BUILD).env("CARGO_TARGET_DIR", folder.join("cargo"));
    };
    let wheels = folder.join("wheels");
    if is_wanted("wheel") || is_wanted("pre-commit") {
        let mut command = Command::new(python(&tools.python));
        command.arg(scripts.join("wheel.py")).args([&root, &tools.python, &wheels]);
        quick(&mut command);
        tally.run("Python wheel", &mut command);
    }
    if is_wanted("pre-commit") {
        let mut command = Command::new(python(&tools.python));
        command.arg(scripts.join("pre_commit.py")).args([&root, &tools.python]).arg(only_wheel(&wheels)?);
        quick(&mut command);
        tally.run("pre-commit", &mut command);
    }
    tally.finish()
}

/// Builds the program and says where it is.
fn build(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let arguments = ["build", "--quiet", "--bin", "anycloud-lint", "--message-format", "json"];
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(root).output()?;
    if !output.status.success() {
        return Err(
            format!("the program does not build:\n{}", String::from_utf8_lossy(&output.stderr)).into()
        );
    }
    let messages = String::from_utf8(output.stdout)?;
    let mut executables = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    executables.next_back().ok_or_else(|| "cargo built no program".into())
}

/// Writes what another YAML reader makes of every fixture.
fn read_fixtures(root: &Path, tools: &Tools, readings: &Path) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in ["catalog", "valid", "wrong"] {
        for entry in std::fs::read_dir(root.join("fixtures").join(folder))? {
            let path = entry?.path();
            if path.extension() == Some("yaml".as_ref()) {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut command = Command::new("node");
    command.arg(root.join("xtask/interop/read.mjs")).arg(&tools.node).args(&files);
    std::fs::write(readings, script::output(&mut command)?)?;
    Ok(())
}

/// The one wheel in a folder.
fn only_wheel(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut wheels = entries.filter(|path| path.extension() == Some("whl".as_ref()));
    wheels.next().ok_or_else(|| "there is no wheel to try with pre-commit".into())
}
