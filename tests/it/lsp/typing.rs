//! A file as it is typed and edited: the server stays correct and quiet.

use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};
use serde_json::{Value, json};

use super::editor::Editor;
use crate::harness::{FOLDERS, Random, fixtures, read};

fn codes(diagnostics: &[Value]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|found| format!("{} {}", found["code"].as_str().unwrap(), found["range"]["start"]))
        .collect()
}

/// Asks about the end of the text everything that an editor asks while one types.
fn ask_all(editor: &mut Editor, uri: &str, position: &Value) {
    for method in ["completion", "hover", "definition", "documentHighlight", "prepareRename"] {
        editor.at(&format!("textDocument/{method}"), uri, position);
    }
    for method in ["documentSymbol", "foldingRange", "codeLens"] {
        editor.request(&format!("textDocument/{method}"), json!({"textDocument": {"uri": uri}}));
    }
    editor.request(
        "textDocument/selectionRange",
        json!({"textDocument": {"uri": uri}, "positions": [position]}),
    );
    editor.actions(uri, position, position, Value::Null);
}

/// Every beginning of a file, typed letter by letter: the findings are those of the text, and everything is answered.
#[test]
fn a_file_is_typed() {
    let mut editor = Editor::with(json!({"textDocument": {"diagnostic": {}}}));
    let mut random = Random::new(1);
    let mut typed = 0;
    for file in fixtures(&FOLDERS) {
        let source = read(&file);
        if source.flaw().is_some() || source.start() > 0 || random.below(9) > 0 {
            continue;
        }
        let uri = editor.open("");
        let mut text = String::new();
        let (mut line, mut column) = (0, 0);
        for letter in source.text().chars().take(400) {
            let end = json!({"line": line, "character": column});
            editor.change(&uri, json!([{"range": {"start": end, "end": end}, "text": letter.to_string()}]));
            text.push(letter);
            if letter == '\n' {
                (line, column) = (line + 1, 0);
            } else {
                column += letter.len_utf16();
            }
            typed += 1;
            if random.below(25) == 0 {
                ask_all(&mut editor, &uri, &json!({"line": line, "character": column}));
                let found = editor.pulled(&uri);
                let expected = lint(&Source::new("anycloud.yaml", text.as_str()), &Settings::default());
                let expected: Vec<&str> = expected.iter().map(|finding| finding.rule.code).collect();
                let found: Vec<&str> = found.iter().map(|found| found["code"].as_str().unwrap()).collect();
                assert_eq!(found, expected, "{text:?}");
            }
        }
    }
    assert!(typed > 1500, "{typed}");
    assert_eq!(editor.quit(), 0);
}

/// Edits at random places give the same text and findings as sending the whole text.
#[test]
fn edits_are_as_good_as_the_whole_text() {
    const PIECES: [&str; 16] = [
        "\n",
        "\r\n",
        "\r",
        "x",
        "é",
        "😀",
        "region: us-east-1\n",
        "    ",
        "{",
        "\"",
        "profiles:\n  a:\n",
        "# c",
        ": ",
        "- ",
        "spot: yes\n",
        "",
    ];
    for unit in ["utf-16", "utf-8", "utf-32"] {
        let capabilities =
            json!({"general": {"positionEncodings": [unit]}, "textDocument": {"diagnostic": {}}});
        let mut editor = Editor::with(capabilities.clone());
        let mut other = Editor::with(capabilities);
        let width = |text: &str| match unit {
            "utf-8" => text.len(),
            "utf-16" => text.encode_utf16().count(),
            _ => text.chars().count(),
        };
        let position = |text: &str, at: usize| {
            let before = text[..at].replace("\r\n", " \n").replace('\r', "\n");
            let line = before.matches('\n').count();
            let start = text[..at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            json!({"line": line, "character": width(&text[start..at])})
        };
        let mut random = Random::new(4);
        let mut text = "profiles:\n  a:\n    region: us-east-1\n  b: {extends: a}\n".to_owned();
        let uri = editor.open(&text);
        let copy = other.open(&text);
        for round in 0..150 {
            let mut changes = Vec::new();
            for _ in 0..=random.below(3) {
                let place = |random: &mut Random, text: &str| {
                    let mut at = random.below(text.len() + 1);
                    // Between CR and LF there is no position.
                    while !text.is_char_boundary(at)
                        || (text[..at].ends_with('\r') && text[at..].starts_with('\n'))
                    {
                        at -= 1;
                    }
                    at
                };
                let (one, two) = (place(&mut random, &text), place(&mut random, &text));
                let end = one.max(two).min(one.min(two) + 12);
                let end = (one.min(two)..=end).rev().find(|at| {
                    text.is_char_boundary(*at)
                        && !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'))
                });
                let (start, end) = (one.min(two), end.unwrap());
                let piece = PIECES[random.below(PIECES.len())];
                let range = json!({"start": position(&text, start), "end": position(&text, end)});
                changes.push(json!({"range": range, "text": piece}));
                text.replace_range(start..end, piece);
            }
            editor.change(&uri, json!(changes));
            other.change_all(&copy, &text);
            if round % 5 == 0 {
                assert_eq!(
                    codes(&editor.pulled(&uri)),
                    codes(&other.pulled(&copy)),
                    "{unit} {round} {text:?}"
                );
                // A line's end shows where the server believes the lines to be.
                let whole = json!({"textDocument": {"uri": uri}, "positions": [{"line": 0, "character": 0}]});
                let twin = json!({"textDocument": {"uri": copy}, "positions": [{"line": 0, "character": 0}]});
                let method = "textDocument/selectionRange";
                assert_eq!(
                    editor.request(method, whole),
                    other.request(method, twin),
                    "{unit} {round} {text:?}"
                );
            }
        }
    }
}

/// A file larger than what is read gets one finding, and does not stop anything.
#[test]
fn a_file_may_grow() {
    let mut editor = Editor::new();
    let uri = editor.open("profiles:\n  a: {spot: true}\n");
    assert_eq!(editor.pulled(&uri).len(), 0);
    let line =
        "# a comment that somebody pastes again and again and again and again and again\n".repeat(2_000);
    for _ in 0..5 {
        let end = json!({"line": 999_999_999, "character": 0});
        editor.change(&uri, json!([{"range": {"start": end, "end": end}, "text": line}]));
        assert_eq!(editor.pulled(&uri).len(), 0);
    }
    editor.change_all(&uri, "profiles:\n  a: {spto: true}\n");
    assert_eq!(editor.pulled(&uri)[0]["code"], "AC101");
    assert_eq!(editor.quit(), 0);
}

/// A file that grows to 50 MB, by pasting and then by typing: all of it is read, and it becomes small again.
#[test]
#[ignore = "takes long without optimisation, and a quarter of a minute with it"]
fn a_file_may_grow_to_50_mb() {
    let mut editor = Editor::with(json!({"textDocument": {"diagnostic": {}}}));
    let uri = editor.open("profiles:\n");
    let (mut count, mut size) = (0, 0);
    while size < 50_000_000 {
        let profiles: String = (count..count + 20_000)
            .map(|number| {
                format!(
                    "  p{number}:\n    region: us-east-1\n    vmType: g6e.xlarge\n    minVmCount: {number}\n"
                )
            })
            .collect();
        let end = json!({"line": 999_999_999, "character": 0});
        editor.change(&uri, json!([{"range": {"start": end, "end": end}, "text": profiles}]));
        (count, size) = (count + 20_000, size + profiles.len());
    }
    assert_eq!(editor.pulled(&uri), [Value::Null; 0]);
    // In the middle of it somebody types.
    let line = count / 2 * 4 + 2;
    for letter in "x-y: 1".chars().rev() {
        let here = json!({"line": line, "character": 4});
        editor.change(&uri, json!([{"range": {"start": here, "end": here}, "text": letter.to_string()}]));
    }
    let found = editor.pulled(&uri);
    assert!(found.len() == 1 && found[0]["range"]["start"]["line"] == line, "{found:?}");
    editor.change_all(&uri, "profiles:\n  a: {spto: true}\n");
    assert_eq!(editor.pulled(&uri)[0]["code"], "AC101");
    assert_eq!(editor.quit(), 0);
}
