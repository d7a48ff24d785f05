//! What is written, where, and what is left alone.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use crate::harness::{Run, Sandbox, program};

const FILE: &str = "anycloud.yaml";
const WRONG: &str = "profiles:\n  a:\n    vm_type: g6e.xlarge\n";
const FIXED: &str = "profiles:\n  a:\n    vmType: g6e.xlarge\n";

/// Runs the program as the last command of a shell script.
fn shell(sandbox: &Sandbox, script: &str) -> Run {
    let script = script.replace("PROGRAM", &format!("exec '{}'", program()));
    Command::new("sh").args(["-c", &script]).current_dir(sandbox.path(".")).output().unwrap().into()
}

fn mode(sandbox: &Sandbox, file: &str) -> u32 {
    fs::metadata(sandbox.path(file)).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_link_that_was_found_is_not_written_through() {
    let sandbox = Sandbox::new(&[("elsewhere/profiles.yaml", WRONG), ("here/own/anycloud.yaml", WRONG)]);
    symlink("../elsewhere/profiles.yaml", sandbox.path("here/anycloud.yaml")).unwrap();
    for args in [&["--fix"][..], &["--unsafe-fixes"], &["--add-ignore"]] {
        sandbox.write("here/own/anycloud.yaml", WRONG);
        let run = sandbox.run(&[args, &["here", "--format", "short"]].concat());
        assert!(run.err.contains("here/anycloud.yaml is a link and was not named"), "{}", run.err);
        // What it says is still wrong, and is reported.
        assert_eq!(run.code, 1);
        assert!(run.out.starts_with("here/anycloud.yaml:3:5: error[AC101]"), "{}", run.out);
        assert!(!run.out.contains("own"), "{}", run.out);
        assert_eq!(sandbox.read("elsewhere/profiles.yaml"), WRONG);
        assert_ne!(sandbox.read("here/own/anycloud.yaml"), WRONG);
    }
    let shown = sandbox.run(&["--diff", "here", "-q"]);
    assert_eq!((shown.out.as_str(), shown.err.as_str()), ("", ""));
}

#[test]
fn a_link_that_was_named_is_written_through_and_stays_one() {
    let sandbox = Sandbox::new(&[("elsewhere/profiles.yaml", WRONG)]);
    symlink("elsewhere/profiles.yaml", sandbox.path(FILE)).unwrap();
    // Found and named is named.
    let run = sandbox.run(&["--fix", ".", FILE]);
    assert_eq!((run.code, run.err.as_str()), (0, "1 fixed; nothing to report in 1 file\n"));
    assert_eq!(sandbox.read("elsewhere/profiles.yaml"), FIXED);
    assert!(fs::symlink_metadata(sandbox.path(FILE)).unwrap().is_symlink());
}

#[test]
fn a_link_to_a_folder_is_searched_if_it_is_named() {
    let sandbox = Sandbox::new(&[("away/anycloud.yaml", WRONG), ("here/x", "")]);
    symlink("../away", sandbox.path("here/link")).unwrap();
    symlink("../away", sandbox.path("here/link.anycloud.yaml")).unwrap();
    let run = sandbox.run(&["--fix", "here"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(sandbox.read("away/anycloud.yaml"), WRONG);
    assert_eq!(sandbox.run(&["--fix", "here/link"]).code, 0);
    assert_eq!(sandbox.read("away/anycloud.yaml"), FIXED);
}

#[test]
fn new_files_honour_the_umask() {
    for (mask, wanted) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] {
        let sandbox = Sandbox::new(&[]);
        shell(&sandbox, &format!("umask {mask}; PROGRAM init"));
        shell(&sandbox, &format!("umask {mask}; PROGRAM --format json --output-file out.json"));
        shell(&sandbox, &format!("umask {mask}; PROGRAM --write-baseline known.json"));
        for file in [FILE, "out.json", "known.json"] {
            assert_eq!(mode(&sandbox, file), wanted, "{file} with {mask}");
        }
    }
}

#[test]
fn old_files_keep_their_permissions() {
    let sandbox = Sandbox::new(&[(FILE, WRONG)]);
    fs::set_permissions(sandbox.path(FILE), fs::Permissions::from_mode(0o640)).unwrap();
    shell(&sandbox, "umask 077; PROGRAM --fix");
    assert_eq!((sandbox.read(FILE).as_str(), mode(&sandbox, FILE)), (FIXED, 0o640));
}

/// Where a link leads the file is made, and the link stays one.
#[test]
fn a_link_to_a_file_that_is_not_there_yet_is_followed() {
    let sandbox = Sandbox::new(&[(FILE, WRONG), ("reports/.keep", "")]);
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, sandbox.path(name)).unwrap();
    link("reports/next", "out.json");
    link("deep.json", "reports/next");
    let is_link = |name: &str| fs::symlink_metadata(sandbox.path(name)).unwrap().is_symlink();
    assert_eq!(sandbox.run(&["--format", "json", "--output-file", "out.json"]).code, 1);
    assert!(is_link("out.json") && is_link("reports/next"));
    assert!(sandbox.read("reports/deep.json").starts_with('{'));
    link("nowhere/out", "lost");
    let run = sandbox.run(&["--output-file", "lost"]);
    assert!(run.code == 2 && run.err.contains("nowhere does not exist"), "{}", run.err);
    link("circle", "circle");
    let run = sandbox.run(&["--output-file", "circle"]);
    assert!(run.code == 2 && is_link("circle"), "{}", run.err);
}

#[test]
fn a_dash_is_standard_output() {
    let sandbox = Sandbox::new(&[(FILE, WRONG)]);
    let plain = sandbox.run(&["--format", "json"]);
    let dash = sandbox.run(&["--format", "json", "--output-file", "-"]);
    assert_eq!((dash.code, &dash.out, &dash.err), (1, &plain.out, &plain.err));
    let known = sandbox.run(&["--write-baseline", "-"]);
    assert!(known.out.starts_with("{\n  \"version\": 1"), "{}", known.out);
    assert!(sandbox.run(&["init", "-"]).out.contains("profiles:"));
    // The fixed text has standard output to itself.
    let run = sandbox.run_with(WRONG, &["--fix", "-", "--output-file", "-"]);
    assert_eq!(run.out, FIXED);
    assert_eq!(sandbox.names(), [FILE]);
}

/// A full disk, played by a limit on the size of files.
#[test]
fn a_full_disk_keeps_the_old_file() {
    let sandbox = Sandbox::new(&[(FILE, WRONG), ("known.json", "old")]);
    let full = "trap '' XFSZ; ulimit -f 0; PROGRAM";
    let run = shell(&sandbox, &format!("{full} --fix"));
    assert_eq!(run.code, 2);
    assert!(run.err.contains("can't write anycloud.yaml"), "{}", run.err);
    assert!(run.err.contains("the file is as it was"), "{}", run.err);
    assert_eq!(shell(&sandbox, &format!("{full} --write-baseline known.json")).code, 2);
    let run = shell(&sandbox, &format!("{full} init new.anycloud.yaml"));
    assert!(run.err.contains("nothing was written"), "{}", run.err);
    assert_eq!((sandbox.read(FILE).as_str(), sandbox.read("known.json").as_str()), (WRONG, "old"));
    assert_eq!(sandbox.names(), [FILE, "known.json"], "nothing half-written is left");
}

#[cfg(target_os = "linux")]
#[test]
fn of_standard_output_no_file_is_said_to_be_as_it_was() {
    let sandbox = Sandbox::new(&[(FILE, WRONG)]);
    for args in [
        &["check", FILE][..],
        &["--fix", FILE],
        &["check", FILE, "--output-file", "/dev/full"],
        &["check", FILE, "--write-baseline", "/dev/full"],
        &["resolve", FILE],
        &["schema"],
        &["rules"],
        &["explain", "AC301"],
        &["catalog", "gpus"],
        &["init", "-"],
        &["completions", "bash"],
        &["man"],
    ] {
        sandbox.write(FILE, if args[0] == "resolve" { FIXED } else { "profiles: {a: {vm_type: x, y: 1}}\n" });
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run: Run = sandbox.command(args).stdout(full).output().unwrap().into();
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains("the disk is full"), "{args:?}: {}", run.err);
        assert!(!run.err.contains("as it was"), "{args:?}: {}", run.err);
    }
}
