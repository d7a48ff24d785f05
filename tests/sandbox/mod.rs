//! A folder of its own for a test, and the program run in it.
#![allow(dead_code, reason = "each test uses what it needs")]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

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

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with("", args)
    }

    /// Runs the program with something on standard input.
    pub fn run_with(&self, stdin: &str, args: &[&str]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_anycloud-lint"))
            .args(args)
            .current_dir(self.0.path())
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input closes it.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The findings as `FILE:LINE CODE`.
    pub fn findings(&self, args: &[&str]) -> Vec<String> {
        let args = [&["--format", "short", "-q"], args].concat();
        short(&self.run(&args).out)
    }
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
