//! Diagnostics: the same findings as the command line's, wherever they are asked for.

use std::collections::BTreeSet;

use anycloud_lint::source::Span;
use anycloud_lint::{Settings, lint};
use serde_json::{Value, json};

use super::editor::Editor;
use crate::harness::{FOLDERS, Sandbox, fixtures, read};

const WRONG: &str = "profiles:\n  a:\n    vm_type: g6e.xlarge\n";

/// Every fixture that an editor can hold gets what the command line finds, to the letter.
#[test]
fn findings_are_those_of_the_command_line() {
    let mut editor = Editor::with(json!({"general": {"positionEncodings": ["utf-32"]}}));
    let mut compared = 0;
    let mut codes = BTreeSet::new();
    for file in fixtures(&FOLDERS) {
        let source = read(&file);
        if source.flaw().is_some() || source.start() > 0 {
            continue;
        }
        let uri = editor.open(source.text());
        let found = editor.pulled(&uri);
        let findings = lint(&source, &Settings::default());
        let range = |span: Span| {
            let at = |offset| {
                let position = source.position(offset);
                json!({"line": position.line - 1, "character": position.column - 1})
            };
            json!({"start": at(span.start), "end": at(span.end)})
        };
        assert_eq!(found.len(), findings.len(), "{}", file.display());
        for (diagnostic, finding) in found.iter().zip(&findings) {
            assert_eq!(diagnostic["code"], finding.rule.code, "{}", file.display());
            assert_eq!(diagnostic["range"], range(finding.span), "{}: {}", file.display(), finding.message);
            let severity = match finding.severity.name() {
                "error" => 1,
                "warning" => 2,
                _ => 3,
            };
            assert_eq!(diagnostic["severity"], severity);
            assert_eq!(diagnostic["source"], "anycloud-lint");
            assert_eq!(diagnostic["codeDescription"]["href"], finding.rule.url());
            let message = diagnostic["message"].as_str().unwrap();
            assert_eq!(message.lines().next(), finding.message.lines().next());
            if let Some(help) = &finding.help {
                assert!(message.ends_with(&format!("help: {help}")));
            }
            let related = diagnostic["relatedInformation"].as_array().unwrap();
            assert_eq!(related.len(), finding.labels.len());
            for (related, label) in related.iter().zip(&finding.labels) {
                assert_eq!(related["message"], label.message);
                assert_eq!(related["location"], json!({"uri": uri, "range": range(label.span)}));
            }
            let is_faded =
                ["AC203", "AC204", "AC205", "AC206", "AC310", "AC901"].contains(&finding.rule.code);
            assert_eq!(diagnostic.get("tags"), is_faded.then(|| json!([1])).as_ref());
            codes.insert(finding.rule.code);
        }
        compared += 1;
    }
    assert!(compared > 150 && codes.len() > 35, "{compared} files, {codes:?}");
}

#[test]
fn diagnostics_are_pushed_and_taken_back() {
    let mut editor = Editor::new();
    let uri = editor.open(WRONG);
    let published = editor.published(&uri);
    assert_eq!(published["version"], 1);
    assert_eq!(published["diagnostics"][0]["code"], "AC101");
    let version = editor.change_all(&uri, "profiles:\n  a:\n    vmType: g6e.xlarge\n");
    let published = editor.published(&uri);
    assert_eq!(
        (published["version"].as_i64(), &published["diagnostics"]),
        (Some(version.into()), &json!([]))
    );
    editor.change_all(&uri, WRONG);
    assert_eq!(editor.published(&uri)["diagnostics"].as_array().unwrap().len(), 1);
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(editor.published(&uri)["diagnostics"], json!([]), "a closed file has none");
}

#[test]
fn a_client_that_asks_is_not_told() {
    let mut editor = Editor::with(json!({"textDocument": {"diagnostic": {}}}));
    let uri = editor.open(WRONG);
    let ask = |previous: Value| json!({"textDocument": {"uri": uri}, "previousResultId": previous});
    let full = editor.request("textDocument/diagnostic", ask(Value::Null));
    assert_eq!(full["kind"], "full");
    assert_eq!(full["items"][0]["code"], "AC101");
    let same = editor.request("textDocument/diagnostic", ask(full["resultId"].clone()));
    assert_eq!(same, json!({"kind": "unchanged", "resultId": full["resultId"]}));
    editor.change_all(&uri, WRONG);
    let again = editor.request("textDocument/diagnostic", ask(full["resultId"].clone()));
    assert_eq!(again["kind"], "full");
    editor.request("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    assert!(!editor.said.iter().any(|said| said["method"] == "textDocument/publishDiagnostics"));
}

/// Only files that are ours are looked at: others have their own rules.
#[test]
fn other_files_are_left_alone() {
    let mut editor = Editor::new();
    let modeline =
        format!("# yaml-language-server: $schema=https://example.com/anycloud.schema.json\n{WRONG}");
    for (name, language, text, count) in [
        ("anycloud.yml", "yaml", WRONG, 1),
        ("west.anycloud.yaml", "yaml", WRONG, 1),
        ("deploy.yaml", "yaml", WRONG, 0),
        ("notanycloud.yaml", "yaml", WRONG, 0),
        ("deploy.yaml", "anycloud", WRONG, 1),
        ("deploy.yaml", "yaml", &modeline, 1),
    ] {
        let uri = editor.open_as(name, language, text);
        assert_eq!(editor.pulled(&uri).len(), count, "{name} {language}");
    }
    let item = json!({"uri": "untitled:anycloud.yaml", "languageId": "yaml", "version": 1, "text": WRONG});
    editor.notify("textDocument/didOpen", json!({"textDocument": item}));
    assert_eq!(editor.pulled("untitled:anycloud.yaml").len(), 1, "a file that was never saved");
}

#[test]
fn the_configuration_counts_as_it_is_edited() {
    let sandbox = Sandbox::new(&[
        (
            "anycloud-lint.toml",
            "[lint]\nignore = ['AC101']\n[files]\ninclude = ['deploy/*.yaml']\nexclude = ['old']\n",
        ),
        ("inner/anycloud-lint.toml", "[lint.severity]\nAC101 = 'note'\n"),
    ]);
    let watches = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let mut editor = Editor::within(sandbox, watches, json!({}));
    let registered = editor.heard(|said| said["method"] == "client/registerCapability");
    assert!(registered.to_string().contains("**/anycloud-lint.toml"));
    let uri = editor.open(WRONG);
    let inner = editor.open_as("inner/anycloud.yaml", "yaml", WRONG);
    let deploy =
        editor.open_as("deploy/x.yaml", "yaml", "profiles: {a: {zzz: 1}, b: {regoin: 2}, c: {spot: 3}}\n");
    let old = editor.open_as("old/anycloud.yaml", "yaml", "x");
    assert_eq!(editor.pulled(&uri).len(), 0, "ignored");
    assert_eq!(editor.pulled(&inner)[0]["severity"], 3);
    assert_eq!(editor.pulled(&deploy).len(), 1, "included, and AC101 ignored");
    assert_eq!(editor.pulled(&old).len(), 0, "excluded");

    // What is typed counts before it is saved.
    let config = editor.open_as("anycloud-lint.toml", "toml", "");
    assert_eq!(editor.pulled(&uri).len(), 1);
    editor.change_all(&config, "[lint]\nignore = ['AC101']\n");
    assert_eq!(editor.pulled(&uri).len(), 0);
    editor.change_all(&config, "[lint]\nignroe = ['AC101']\n");
    assert_eq!(editor.pulled(&uri).len(), 0, "half typed, so the last that was sound counts");
    let mistakes = editor.pulled(&config);
    assert!(mistakes[0]["message"].as_str().unwrap().contains("ignroe"), "{mistakes:?}");
    assert_eq!(mistakes[0]["range"]["start"], json!({"line": 1, "character": 0}));
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": config}}));
    assert_eq!(editor.pulled(&uri).len(), 0, "what is on disk counts again");

    // What changes on disk counts when the editor says so.
    editor.sandbox.write("anycloud-lint.toml", "");
    editor.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": config, "type": 2}]}));
    assert_eq!(editor.pulled(&uri).len(), 1);
    assert_eq!(editor.quit(), 0);
}

#[test]
fn a_broken_configuration_is_said_and_raises_no_alarm() {
    let sandbox = Sandbox::new(&[("anycloud-lint.toml", "[lint]\nselect = 'x'\n")]);
    let mut editor = Editor::within(sandbox, json!({}), json!({}));
    let uri = editor.open(WRONG);
    let found = editor.pulled(&uri);
    assert_eq!(found.len(), 1);
    assert!(found[0]["message"].as_str().unwrap().contains("the configuration"), "{found:?}");
    assert_eq!(found[0]["severity"], 2);
    // Without a word from the client, saving is when to look again.
    editor.sandbox.write("anycloud-lint.toml", "");
    editor.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
    assert_eq!(editor.pulled(&uri)[0]["code"], "AC101");
}

#[test]
fn a_folder_that_disappears_does_no_harm() {
    let sandbox = Sandbox::new(&[("gone/anycloud-lint.toml", "[lint]\nignore = ['AC101']\n")]);
    let mut editor = Editor::within(sandbox, json!({}), json!({}));
    let uri = editor.open_as("gone/anycloud.yaml", "yaml", WRONG);
    assert_eq!(editor.pulled(&uri).len(), 0);
    std::fs::remove_dir_all(editor.sandbox.path("gone")).unwrap();
    editor.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(editor.pulled(&uri).len(), 1);
    let root = editor.uri("");
    let event = json!({"added": [{"uri": "file:///no/such/folder", "name": "x"}], "removed": [{"uri": root, "name": "work"}]});
    editor.notify("workspace/didChangeWorkspaceFolders", json!({"event": event}));
    assert_eq!(editor.pulled(&uri).len(), 1);
    assert_eq!(editor.quit(), 0);
}

/// To a client a byte order mark is a character like any other.
#[test]
fn a_mark_takes_a_column() {
    for (unit, column) in [("utf-8", 18), ("utf-16", 16), ("utf-32", 16)] {
        let mut editor = Editor::with(json!({"general": {"positionEncodings": [unit]}}));
        let uri = editor.open("\u{feff}profiles: {a: {zzz: 1}}\n");
        let found = editor.pulled(&uri);
        assert_eq!(found[0]["range"]["start"], json!({"line": 0, "character": column}), "{unit}");
        let hover = editor.at("textDocument/hover", &uri, &json!({"line": 0, "character": column - 14}));
        assert!(hover["contents"]["value"].as_str().unwrap().contains("The profiles by name"));
    }
}
