//! Nothing that is offered brings anything wrong with it, wherever in a valid file it is taken.

use std::collections::{BTreeMap, BTreeSet};

use anycloud_lint::finding::{Finding, Severity};
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};
use serde_json::{Value, json};

use super::editor::{Editor, edited};
use crate::harness::{Random, fixtures, read};

/// Set to try everything that is offered in every place, and not only some of it.
const EVERYTHING: &str = "ANYCLOUD_LINT_TEST_EVERY_OFFER";

/// What an offer may leave to do: an object lacks other keys, a bucket or a region is still to be written.
const STILL_TO_COME: [&str; 3] = ["AC104", "AC404", "AC601"];

/// What a key has, or the things that inherit from it, as long as it has no value: then it clears the field.
const WITHOUT_A_VALUE: [&str; 4] = ["AC102", "AC103", "AC204", "AC702"];

/// The errors and warnings of a text: what each says, and where.
fn findings(text: &str) -> Vec<Finding> {
    let mut findings = lint(&Source::new("anycloud.yaml", text), &Settings::default());
    findings.retain(|finding| finding.severity != Severity::Note);
    findings
}

fn said(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|finding| format!("{}: {}", finding.rule.code, finding.message)).collect()
}

/// Takes an item, and what is wrong then that was not wrong before, nor without the word that it replaces.
fn new_findings(text: &str, item: &Value) -> Vec<Finding> {
    let edit = &item["textEdit"];
    let without = edited(text, &[json!({"range": edit["range"], "newText": ""})]);
    let after = edited(text, std::slice::from_ref(edit));
    let known: BTreeSet<String> =
        said(&findings(text)).into_iter().chain(said(&findings(&without))).collect();
    let mut found = findings(&after);
    found.retain(|finding| !known.contains(&format!("{}: {}", finding.rule.code, finding.message)));
    found
}

/// Whether a finding is about the word that was taken.
fn is_there(finding: &Finding, text: &str, item: &Value) -> bool {
    let edit = &item["textEdit"];
    let rest = json!({"start": edit["range"]["start"], "end": {"line": 1_000_000, "character": 0}});
    let start = edited(text, &[json!({"range": rest, "newText": ""})]).len();
    let end = start + edit["newText"].as_str().unwrap().len();
    start <= finding.span.end as usize && finding.span.start as usize <= end
}

#[test]
fn no_offer_brings_anything_wrong_with_it() {
    let everything = std::env::var_os(EVERYTHING).is_some();
    let mut editor = Editor::new();
    let mut random = Random::new(10);
    let (mut places, mut tried, mut files) = (0, 0, 0);
    let mut fields: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in fixtures(&["valid"]) {
        let source = read(&file);
        if source.start() > 0 || source.text().contains('\r') {
            continue;
        }
        files += 1;
        // What is tried out must not depend on how long the file is.
        let filler = "# nothing to see here\n".repeat(if random.below(4) == 0 { 4_000 } else { 0 });
        let text = &format!("{}{filler}", source.text());
        let uri = editor.open(text);
        let mut seen = BTreeSet::new();
        for (number, line) in source.text().lines().enumerate() {
            let words = line.char_indices().filter(|(at, _)| {
                let before = line[..*at].chars().next_back().unwrap_or(' ');
                everything || " [{,\"'".contains(before)
            });
            let mut columns: Vec<usize> = words.map(|(at, _)| line[..at].encode_utf16().count()).collect();
            columns.push(line.encode_utf16().count());
            for column in columns {
                if !everything && random.below(24) > 0 {
                    continue;
                }
                let position = json!({"line": number, "character": column});
                let list = editor.at("textDocument/completion", &uri, &position);
                let items = list["items"].as_array().unwrap();
                let Some(first) = items.first() else { continue };
                let range = first["textEdit"]["range"].to_string();
                if !seen.insert((range, items.len())) {
                    continue;
                }
                places += 1;
                let few = if everything { items.len() } else { items.len().min(3) };
                let start = random.below(items.len());
                for step in 0..few {
                    let item = if few == items.len() {
                        &items[step]
                    } else if step == 0 {
                        &items[start]
                    } else {
                        &items[random.below(items.len())]
                    };
                    let is_new_key = item["textEdit"]["newText"].as_str().unwrap().ends_with(": ");
                    let mut found = new_findings(text, item);
                    found.retain(|finding| {
                        let code = finding.rule.code;
                        !(STILL_TO_COME.contains(&code)
                            || is_new_key && WITHOUT_A_VALUE.contains(&code)
                            // The word before is gone, or a comment is for what is still to come.
                            || ["AC205", "AC901"].contains(&code)
                            // Lines elsewhere that are no longer needed can go, with a fix.
                            || ["AC203", "AC204"].contains(&code) && !is_there(finding, text, item))
                    });
                    if let Some(finding) = found.first() {
                        let name = file.file_name().unwrap().to_string_lossy();
                        wrong.push(format!(
                            "{name}:{}:{column} {}: {} {}",
                            number + 1,
                            item["label"],
                            finding.rule.code,
                            finding.message
                        ));
                    }
                    *fields.entry(line.trim().split(':').next().unwrap().to_owned()).or_default() += 1;
                    tried += 1;
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0], "{} of {tried}", wrong.len());
    assert!(files > 35 && places > 50 && tried > 100, "{files} files, {places} places, {tried} offers");
}
