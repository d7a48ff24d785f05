//! Symbols, folding, selection, hints and lenses.

use serde_json::{Value, json};

use super::editor::Editor;
use crate::harness::{FOLDERS, Sandbox, fixtures, read};

const FILE: &str = "\
# one
# two
version: 1
profiles:
  .base:
    region: eu-west-1
  west:
    extends: .base
    spot: true
  east: {extends: [.base, west]}
";

fn whole(editor: &mut Editor, method: &str, uri: &str) -> Value {
    editor.request(method, json!({"textDocument": {"uri": uri}}))
}

#[test]
fn the_outline_names_profiles_and_fields() {
    let mut editor = Editor::new();
    let uri = editor.open(FILE);
    let symbols = whole(&mut editor, "textDocument/documentSymbol", &uri);
    let names = |symbols: &Value| -> Vec<String> {
        let names = symbols
            .as_array()
            .into_iter()
            .flatten()
            .map(|symbol| symbol["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names(&symbols), ["version", "profiles"]);
    let profiles = &symbols[1]["children"];
    assert_eq!(names(profiles), [".base", "west", "east"]);
    assert_eq!(names(&profiles[1]["children"]), ["extends", "spot"]);
    assert_eq!(profiles[2]["detail"], "extends .base, west");
    let range = |start: [u32; 2], end: [u32; 2]| json!({"start": {"line": start[0], "character": start[1]}, "end": {"line": end[0], "character": end[1]}});
    assert_eq!(profiles[1]["selectionRange"], range([6, 2], [6, 6]));
    assert_eq!(profiles[1]["range"], range([6, 2], [8, 14]));

    let folds = whole(&mut editor, "textDocument/foldingRange", &uri);
    let lines: Vec<(u64, u64)> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines, [(0, 1), (3, 9), (4, 5), (6, 8)]);
    assert_eq!(folds[0]["kind"], "comment");

    let params = json!({"textDocument": {"uri": uri}, "positions": [{"line": 5, "character": 14}]});
    let mut selection = editor.request("textDocument/selectionRange", params)[0].clone();
    let mut ranges = Vec::new();
    while selection.is_object() {
        ranges.push(selection["range"].clone());
        selection = selection["parent"].take();
    }
    let expected = [
        range([5, 12], [5, 21]),
        range([5, 4], [5, 21]),
        range([4, 2], [5, 21]),
        range([4, 2], [9, 32]),
        range([3, 0], [9, 32]),
        range([2, 0], [9, 32]),
        range([0, 0], [10, 0]),
    ];
    assert_eq!(ranges, expected);
}

#[test]
fn hints_are_shown_if_they_are_wanted() {
    let hints = |editor: &mut Editor, uri: &str| {
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        editor.request("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": range}))
    };
    let mut editor = Editor::new();
    let uri = editor.open(FILE);
    assert_eq!(hints(&mut editor, &uri), json!([]), "not unless asked for");
    editor.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"anycloud-lint": {"inlayHints": true}}}),
    );
    let shown = hints(&mut editor, &uri);
    let labels: Vec<&str> =
        shown.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["(AWS)", "(AWS)", "region: eu-west-1", "(AWS)", "region: eu-west-1, spot: true"]);
    assert_eq!(shown[2]["position"], json!({"line": 7, "character": 18}));
    let mut editor = Editor::within(Sandbox::new(&[]), json!({}), json!({"inlayHints": true}));
    let uri = editor.open(FILE);
    assert_eq!(hints(&mut editor, &uri).as_array().unwrap().len(), 5);
}

#[test]
fn a_lens_counts_who_extends_a_profile() {
    let mut editor = Editor::new();
    let uri = editor.open(FILE);
    let lenses = whole(&mut editor, "textDocument/codeLens", &uri);
    let titles: Vec<&str> =
        lenses.as_array().unwrap().iter().map(|lens| lens["command"]["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["2 profiles extend this", "1 profile extends this"]);
    assert_eq!(lenses[0]["command"]["arguments"], json!([uri, ".base", "profiles"]));
}

/// Every symbol's name lies in its range, and every range in that of its parent: editors insist on it.
#[test]
fn ranges_lie_within_each_other() {
    fn check(symbols: &Value, outer: Option<&Value>) -> usize {
        let place =
            |position: &Value| (position["line"].as_u64().unwrap(), position["character"].as_u64().unwrap());
        let within = |inner: &Value, outer: &Value| {
            place(&outer["start"]) <= place(&inner["start"]) && place(&inner["end"]) <= place(&outer["end"])
        };
        let mut count = 0;
        for symbol in symbols.as_array().into_iter().flatten() {
            assert!(within(&symbol["selectionRange"], &symbol["range"]), "{symbol}");
            assert!(outer.is_none_or(|outer| within(&symbol["range"], outer)), "{symbol}");
            assert!(!symbol["name"].as_str().unwrap().is_empty());
            count += 1 + check(&symbol["children"], Some(&symbol["range"]));
        }
        count
    }
    let mut editor = Editor::new();
    let mut count = 0;
    for file in fixtures(&FOLDERS) {
        let uri = editor.open(read(&file).text());
        count += check(&whole(&mut editor, "textDocument/documentSymbol", &uri), None);
        whole(&mut editor, "textDocument/foldingRange", &uri);
        whole(&mut editor, "textDocument/codeLens", &uri);
    }
    assert!(count > 1000, "{count}");
}
