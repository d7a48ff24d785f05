//! Secrets never leave: not in a message, a line of source, a report, a diff, a baseline or resolved output.

use crate::harness::{FOLDERS, fixtures, run};

/// The secrets in the fixtures, all of them made up or a vendor's documented example.
const SECRETS: [&str; 6] = [
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "EXAMPLE/session/token",
    "RkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtF",
    "not-a-real-secret",
    "not-a-real-token",
    "AKIAIOSFODNN7EXAMPLE",
];

fn assert_hidden(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows a secret");
    }
}

#[test]
fn the_fixtures_hold_the_secrets() {
    let all: String = fixtures(&FOLDERS)
        .iter()
        .map(|file| String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned())
        .collect();
    for secret in SECRETS {
        assert!(all.contains(secret), "no fixture holds {secret}");
    }
}

#[test]
fn no_report_shows_a_secret() {
    let files: Vec<String> =
        fixtures(&FOLDERS).iter().map(|file| file.to_string_lossy().into_owned()).collect();
    let run_with = |arguments: &[&str]| {
        run(&[arguments, &files.iter().map(String::as_str).collect::<Vec<_>>()].concat())
    };
    for format in ["human", "short", "json", "sarif", "github", "gitlab", "junit"] {
        let run = run_with(&["--format", format]);
        assert_hidden(format, &(run.out + &run.err));
    }
    let run = run_with(&["--unsafe-fixes", "--diff"]);
    assert_hidden("--diff", &(run.out + &run.err));
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("baseline.json");
    let write = format!("--write-baseline={}", baseline.display());
    run_with(&[write.as_str()]);
    if let Ok(text) = std::fs::read_to_string(&baseline) {
        assert_hidden("--write-baseline", &text);
    }
}

#[test]
fn resolved_output_shows_secrets_only_if_asked() {
    let mut shown = 0;
    for file in fixtures(&FOLDERS) {
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
            let run = run(&arguments);
            let all = run.out + &run.err;
            assert!(!secrets.iter().any(|secret| all.contains(secret)), "{path}");
        }
        let asked = run(&["resolve", &path, "--show-secrets"]).out;
        shown += usize::from(secrets.iter().any(|secret| asked.contains(secret)));
    }
    assert!(shown > 3, "only {shown} files show a secret when asked");
}
