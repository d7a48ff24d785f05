//! Every file in `fixtures/` gets exactly the findings that the contract asks for.
//!
//! `fixtures/README.md` describes the format of the expectations. They were read off the contract, not off
//! the program.

use std::fmt::Write as _;
use std::path::Path;

use anycloud_lint::finding::Finding;
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};

use crate::harness::{Sandbox, fixtures, read};

/// A finding in the format of the `.expected` files.
fn line(source: &Source, finding: &Finding) -> String {
    let (start, end) = (source.position(finding.span.start), source.position(finding.span.end));
    let fix = finding.fix.as_ref().map_or("none", |fix| fix.applicability.name());
    let path = finding.path().unwrap_or_else(|| "?".into()).replace(' ', "\u{2423}");
    format!(
        "{} {}:{}-{}:{} {path} {fix} {}",
        finding.rule.code, start.line, start.column, end.line, end.column, finding.severity
    )
}

/// Whether a line agrees with an expectation, in which `?` stands for anything.
fn agrees(actual: &str, expected: &str) -> bool {
    let numbers = |range: &str| -> Vec<String> { range.split(['-', ':']).map(str::to_owned).collect() };
    let fields = actual.split(' ').zip(expected.split(' ')).enumerate();
    let mut all = fields.map(|(index, (actual, expected))| match index {
        _ if expected == "?" || actual == expected => true,
        1 => numbers(actual)
            .iter()
            .zip(numbers(expected))
            .all(|(actual, expected)| expected == "?" || *actual == expected),
        2 => actual == "?",
        _ => false,
    });
    expected.split(' ').count() >= 4 && all.all(|agrees| agrees)
}

fn check(path: &Path) -> Option<String> {
    let source = read(path);
    let findings = lint(&source, &Settings::default());
    let text = std::fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
    let expected: Vec<&str> =
        text.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with('#')).collect();
    let actual: Vec<String> = findings.iter().map(|finding| line(&source, finding)).collect();
    let agree = expected.len() == actual.len()
        && actual.iter().zip(&expected).all(|(actual, expected)| agrees(actual, expected));
    if agree {
        return None;
    }
    let mut report = format!("{}\n", path.display());
    for line in &expected {
        let _ = writeln!(report, "  expected {line}");
    }
    for (line, finding) in actual.iter().zip(&findings) {
        let _ = writeln!(report, "  actual   {line}  {}", finding.message);
    }
    Some(report)
}

fn check_all(folder: &str) {
    let reports: Vec<String> = fixtures(&[folder]).iter().filter_map(|path| check(path)).collect();
    assert!(reports.is_empty(), "{} disagree:\n{}", reports.len(), reports.join("\n"));
}

/// Whichever way leads to a file, and however often it is named, it is checked once.
#[test]
fn a_file_is_checked_once() {
    let wrong = "profiles: {a: {spto: true}}\n";
    let sandbox = Sandbox::new(&[("a.anycloud.yaml", wrong), ("sub/b.anycloud.yaml", wrong)]);
    let here = sandbox.path("a.anycloud.yaml");
    let here = here.to_string_lossy();
    for (args, count) in [
        (&["a.anycloud.yaml", "a.anycloud.yaml"][..], 1),
        (&["./a.anycloud.yaml", "a.anycloud.yaml"], 1),
        (&["a.anycloud.yaml", &here], 1),
        (&["sub/../a.anycloud.yaml", "a.anycloud.yaml", "."], 2),
        (&["sub", "sub/", "./sub", "sub/b.anycloud.yaml"], 1),
        (&[".", "sub"], 2),
    ] {
        let run = sandbox.run(&[&["--format", "json"], args].concat());
        let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(report["summary"]["files"], count, "{args:?}");
        assert_eq!(report["findings"].as_array().unwrap().len(), count, "{args:?}");
    }
    std::os::unix::fs::symlink("a.anycloud.yaml", sandbox.path("link.anycloud.yaml")).unwrap();
    // Two writers of one file would stop each other.
    let run = sandbox.run(&["--fix", "link.anycloud.yaml", "a.anycloud.yaml"]);
    assert!(run.code == 0 && run.err.starts_with("1 fixed; nothing to report in 1 file\n"), "{}", run.err);
}

#[test]
fn valid_files_have_no_findings() {
    check_all("valid");
}

#[test]
fn wrong_files_have_the_expected_findings() {
    check_all("wrong");
}

#[test]
fn files_that_name_what_no_cloud_has_get_the_expected_findings() {
    check_all("catalog");
}
