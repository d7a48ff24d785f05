//! Secrets never leave: not in a message, a line of source, a report, a diff, a baseline or resolved output.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::PathBuf;

use common::{fixtures, run, stderr, stdout};

/// The secrets in the fixtures, all of them made up or a vendor's documented example.
const SECRETS: [&str; 6] = [
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "EXAMPLE/session/token",
    "RkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtF",
    "not-a-real-secret",
    "not-a-real-token",
    "AKIAIOSFODNN7EXAMPLE",
];

fn files() -> Vec<PathBuf> {
    ["valid", "wrong", "catalog"].iter().flat_map(|folder| fixtures(folder, ".yaml")).collect()
}

fn assert_hidden(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows a secret");
    }
}

#[test]
fn the_fixtures_hold_the_secrets() {
    let all: String = files()
        .iter()
        .map(|file| String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned())
        .collect();
    for secret in SECRETS {
        assert!(all.contains(secret), "no fixture holds {secret}");
    }
}

#[test]
fn no_report_shows_a_secret() {
    let files: Vec<String> = files().iter().map(|file| file.to_string_lossy().into_owned()).collect();
    for format in ["human", "short", "json", "sarif", "github", "gitlab", "junit"] {
        let arguments = ["--format", format].into_iter().chain(files.iter().map(String::as_str));
        let output = run(arguments);
        assert_hidden(format, &(stdout(&output) + &stderr(&output)));
    }
    let output = run(["--unsafe-fixes", "--diff"].into_iter().chain(files.iter().map(String::as_str)));
    assert_hidden("--diff", &(stdout(&output) + &stderr(&output)));
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("baseline.json");
    let write = format!("--write-baseline={}", baseline.display());
    run([write.as_str()].into_iter().chain(files.iter().map(String::as_str)));
    if let Ok(text) = std::fs::read_to_string(&baseline) {
        assert_hidden("--write-baseline", &text);
    }
}

#[test]
fn resolved_output_shows_secrets_only_if_asked() {
    let mut shown = 0;
    for file in files() {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        // The id of a key is no secret in its own field.
        let secrets: Vec<&str> = SECRETS
            .into_iter()
            .filter(|secret| text.contains(secret) && !secret.starts_with("AKIA"))
            .collect();
        if secrets.is_empty() {
            continue;
        }
        let path = file.to_string_lossy().into_owned();
        for arguments in
            [vec!["resolve", &path, "--provenance"], vec!["resolve", &path, "--emit", "submission"]]
        {
            let output = run(arguments);
            let all = stdout(&output) + &stderr(&output);
            assert!(!secrets.iter().any(|secret| all.contains(secret)), "{path}");
        }
        let asked = stdout(&run(["resolve", &path, "--show-secrets"]));
        shown += usize::from(secrets.iter().any(|secret| asked.contains(secret)));
    }
    assert!(shown > 3, "only {shown} files show a secret when asked");
}
