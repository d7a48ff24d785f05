//! Scripts that check something: run, shown and counted.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// A check that was made here: its name, and what failed.
pub(super) type Check = (String, Result<(), String>);

/// How the checks went.
#[derive(Debug, Default)]
pub(super) struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// Runs a script and counts the checks that it reports. One that breaks off has failed once more, and so has
    /// one that checks nothing without saying why.
    pub(super) fn run(&mut self, title: &str, command: &mut Command) {
        println!("\n== {title}");
        let before = self.passed + self.failed;
        match self.follow(command) {
            Ok((true, said_why)) if self.passed + self.failed > before || said_why => {}
            Ok((true, _)) => self.fail("it checked nothing"),
            Ok((false, _)) => self.fail("the script broke off"),
            Err(error) => self.fail(&error.to_string()),
        }
    }

    /// Counts checks that were made here: each with its name, and what failed.
    pub(super) fn add(&mut self, title: &str, checks: Vec<Check>) {
        println!("\n== {title}");
        for (name, outcome) in &checks {
            match outcome {
                Ok(()) => self.passed += 1,
                Err(reason) => self.fail(&format!("{name} {reason}")),
            }
        }
        println!("{} cases", checks.len());
    }

    fn fail(&mut self, reason: &str) {
        self.failed += 1;
        println!("FAILED {reason}");
    }

    /// Whether the script ended well, and whether it said that something was not checked.
    fn follow(&mut self, command: &mut Command) -> Result<(bool, bool), Box<dyn Error>> {
        let mut said_why = false;
        let program = command.get_program().display().to_string();
        let mut child = command
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        if let Some(out) = child.stdout.take() {
            for line in BufReader::new(out).lines() {
                let line = line?;
                self.passed += usize::from(line.starts_with("ok "));
                self.failed += usize::from(line.starts_with("FAILED "));
                said_why |= line.trim_start().starts_with("not checked");
                println!("{line}");
            }
        }
        Ok((child.wait()?.success(), said_why))
    }

    /// Prints the sum; an error if a check failed.
    pub(super) fn finish(self) -> Result<(), Box<dyn Error>> {
        println!("\n{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 { Ok(()) } else { Err("some checks failed".into()) }
    }
}

/// What a command prints; an error with what it says where it fails.
pub(super) fn output(command: &mut Command) -> Result<Vec<u8>, Box<dyn Error>> {
    let program = command.get_program().display().to_string();
    let output = command.output().map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("{command:?} failed:\n{out}{err}").into())
}
