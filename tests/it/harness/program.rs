//! A folder of its own for a test, and the program run in it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::root;

pub struct Sandbox(tempfile::TempDir);

/// What a run of the program came to.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Sandbox {
    /// A folder with some files in it.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The names in the folder, to see that nothing is left lying about.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program, to be run in the folder.
    pub fn command(&self, args: &[&str]) -> Command {
        command(self.0.path(), args)
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with("", args)
    }

    /// Runs the program with something on standard input.
    pub fn run_with(&self, stdin: &str, args: &[&str]) -> Run {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input closes it.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        child.wait_with_output().unwrap().into()
    }

    /// The findings as `FILE:LINE CODE`.
    pub fn findings(&self, args: &[&str]) -> Vec<String> {
        let args = [&["--format", "short", "-q"], args].concat();
        short(&self.run(&args).out)
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// Runs the program in the folder of the project.
pub fn run(args: &[&str]) -> Run {
    command(root(), args).output().unwrap().into()
}

/// Where the program is.
pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_anycloud-lint")
}

/// The program with an environment that no test depends on.
fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(args).current_dir(folder);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(name);
    }
    command
}

/// Short output as `FILE:LINE CODE`.
pub fn short(out: &str) -> Vec<String> {
    let line = |line: &str| {
        let mut parts = line.splitn(4, ':');
        let (file, line, rest) = (parts.next().unwrap(), parts.next().unwrap(), parts.nth(1).unwrap());
        let code = rest.split(['[', ']']).nth(1).unwrap();
        format!("{file}:{line} {code}")
    };
    out.lines().map(line).collect()
}
