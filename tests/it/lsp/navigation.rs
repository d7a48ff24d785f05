//! Names: where they are defined and used, and giving them another.

use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};
use serde_json::{Value, json};

use super::editor::{Editor, edited, marked};

const FILE: &str = "\
profiles:
  .base: &common
    region: us-east-1
  a: {extends: .base}
  b: {extends: ['.base', \"a\"]}
  c:
    extends:
      - .base
  d:
    <<: *common
    extends: a
submissions:
  job: {profile: a, image: x}
  grid: {extends: job, matrix: {profile: [a, b]}}
";

fn at(editor: &mut Editor, piece: &str) -> (String, Value) {
    let plain = piece.replacen('¦', "", 1);
    let (text, position) = marked(&FILE.replacen(&plain, piece, 1));
    (editor.open(&text), position)
}

fn starts(locations: &Value) -> Vec<(u64, u64)> {
    let start = |location: &Value| {
        let start = &location["range"]["start"];
        (start["line"].as_u64().unwrap(), start["character"].as_u64().unwrap())
    };
    locations.as_array().unwrap().iter().map(start).collect()
}

#[test]
fn names_lead_to_their_definition_and_uses() {
    let mut editor = Editor::new();
    for (piece, definition, uses) in [
        ("extends: .ba¦se}", (1, 2), vec![(3, 15), (4, 16), (7, 8)]),
        ("  .ba¦se:", (1, 2), vec![(3, 15), (4, 16), (7, 8)]),
        ("\"¦a\"]", (3, 2), vec![(4, 25), (10, 13), (12, 17), (13, 42)]),
        ("profile: ¦a,", (3, 2), vec![(4, 25), (10, 13), (12, 17), (13, 42)]),
        ("[a, b¦]}", (4, 2), vec![(13, 45)]),
        ("extends: jo¦b", (12, 2), vec![(13, 18)]),
        ("&com¦mon", (1, 9), vec![(9, 8)]),
        ("*com¦mon", (1, 9), vec![(9, 8)]),
    ] {
        let (uri, position) = at(&mut editor, piece);
        assert_eq!(starts(&editor.at("textDocument/definition", &uri, &position)), [definition], "{piece}");
        let params = |all: bool| json!({"textDocument": {"uri": uri}, "position": position, "context": {"includeDeclaration": all}});
        let without = editor.request("textDocument/references", params(false));
        assert_eq!(starts(&without), uses, "{piece}");
        let mut all = uses.clone();
        all.push(definition);
        all.sort_unstable();
        assert_eq!(starts(&editor.request("textDocument/references", params(true))), all, "{piece}");
        let highlights = editor.at("textDocument/documentHighlight", &uri, &position);
        assert_eq!(starts(&highlights), all, "{piece}");
        let kinds = highlights.as_array().unwrap().iter().filter(|highlight| highlight["kind"] == 3).count();
        assert_eq!(kinds, 1, "the definition is written, the others are read");
    }
    for piece in ["regi¦on", "us-ea¦st-1", "extend¦s: .base}", "ima¦ge"] {
        let (uri, position) = at(&mut editor, piece);
        assert_eq!(editor.at("textDocument/definition", &uri, &position), json!([]), "{piece}");
        assert!(editor.at("textDocument/prepareRename", &uri, &position).is_null(), "{piece}");
    }
}

#[test]
fn names_are_changed_everywhere() {
    let mut editor = Editor::new();
    for (piece, old, new, expected) in [
        ("  .ba¦se:", ".base", ".west", FILE.replace(".base", ".west")),
        ("extends: .bas¦e}", ".base", ".west", FILE.replace(".base", ".west")),
        ("\"¦a\"]", "a", "no", String::new()),
        ("*comm¦on", "common", "shared", FILE.replace("common", "shared")),
        ("&comm¦on", "common", "shared", FILE.replace("common", "shared")),
        ("extends: jo¦b", "job", "task", FILE.replace("job", "task")),
    ] {
        let (uri, position) = at(&mut editor, piece);
        let prepared = editor.at("textDocument/prepareRename", &uri, &position);
        assert_eq!(prepared["placeholder"], old, "{piece}");
        let params = json!({"textDocument": {"uri": uri}, "position": position, "newName": new});
        let edit = editor.request("textDocument/rename", params);
        let after = edited(FILE, edit["changes"][&uri].as_array().unwrap());
        if new == "no" {
            // A name that YAML 1.1 takes for a boolean stays a text.
            assert!(after.contains("\n  no: {extends") && after.contains("['.base', \"no\"]"), "{after}");
            assert!(after.contains("    extends: \"no\"\n") && after.contains("profile: \"no\","), "{after}");
            let count = |text: &str| lint(&Source::new("a", text), &Settings::default()).len();
            assert_eq!(count(&after), count(FILE));
        } else {
            assert_eq!(after, expected, "{piece}");
        }
    }
}

#[test]
fn a_name_that_can_not_be_is_refused() {
    let mut editor = Editor::new();
    for (piece, new, reason) in [
        ("  .ba¦se:", "a", "already"),
        ("  .ba¦se:", "a b", "letters, digits"),
        ("  .ba¦se:", "", "letters, digits"),
        ("*comm¦on", "a, b", "no spaces"),
        ("regi¦on", "x", "no name here"),
    ] {
        let (uri, position) = at(&mut editor, piece);
        let params = json!({"textDocument": {"uri": uri}, "position": position, "newName": new});
        let (code, message) = editor.refused("textDocument/rename", params);
        assert_eq!(code, -32803);
        assert!(message.contains(reason), "{piece} {new}: {message}");
    }
}
