//! A GitLab Code Quality report: the part of the Code Climate format that GitLab reads.

use std::io;

use serde::Serialize;
use termcolor::WriteColor;

use super::{Run, Stream, by_severity, lines, message_with_help, write_json};
use crate::fingerprint::Fingerprints;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(run: &Run<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
    write_json(&Stream(|| issues(run)), out)
}

fn issues(run: &Run<'_>) -> impl Iterator<Item = Issue> {
    let mut fingerprints = Fingerprints::default();
    run.files
        .iter()
        .map(|checked| (run.file_name(checked), checked))
        .flat_map(|(path, checked)| {
            checked.findings.iter().map(move |finding| (path.clone(), checked, finding))
        })
        .map(move |(path, checked, finding)| {
            let (start, end) = lines(&checked.source, finding.span);
            let rule = finding.rule;
            Issue {
                description: format!("{} {}: {}", rule.code, rule.name, message_with_help(finding)),
                check_name: rule.code,
                fingerprint: fingerprints.next(&path, finding),
                severity: by_severity(finding.severity, "major", "minor", "info"),
                location: Location { path, lines: Lines { begin: start.line, end: end.line } },
            }
        })
}
