//! No secret leaves the server, whatever is asked about the files that hold them.

use serde_json::json;

use super::editor::Editor;
use crate::harness::{FOLDERS, Sandbox, each, fixtures, read};
use crate::{hostile, planted};

/// The secrets in the fixtures, all of them made up or a vendor's documented example.
const SECRETS: [&str; 6] = [
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "EXAMPLE/session/token",
    "RkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtF",
    "not-a-real-secret",
    "not-a-real-token",
    "AKIAIOSFODNN7EXAMPLE",
];

fn editor() -> Editor {
    Editor::within(Sandbox::new(&[]), json!({}), json!({"inlayHints": true}))
}

/// Asks everything everywhere about a text, and about its beginning up to an offset; all that the server says.
fn everything(editor: &mut Editor, text: &str, broken_at: usize) -> String {
    let uri = editor.open(text);
    let document = json!({"textDocument": {"uri": uri}});
    for method in ["documentSymbol", "foldingRange", "diagnostic"] {
        editor.request(&format!("textDocument/{method}"), document.clone());
    }
    let lenses = editor.request("textDocument/codeLens", document.clone());
    for lens in lenses.as_array().into_iter().flatten() {
        for command in ["anycloud-lint.resolveProfile", "anycloud-lint.showResolvedProfile"] {
            let params = json!({"command": command, "arguments": lens["command"]["arguments"]});
            let id = editor.ask("workspace/executeCommand", params);
            editor.answer(id);
        }
    }
    let lines: Vec<&str> = text.lines().collect();
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": lines.len(), "character": 0}});
    editor.request("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": whole}));
    editor.actions(&uri, &whole["start"], &whole["end"], json!(null));
    for (number, line) in lines.iter().enumerate() {
        let length = line.encode_utf16().count();
        for column in (0..=length).step_by(9).chain([length]) {
            let position = json!({"line": number, "character": column});
            for method in ["hover", "completion", "definition", "documentHighlight", "prepareRename"] {
                let params = json!({"textDocument": {"uri": uri}, "position": position});
                let id = editor.ask(&format!("textDocument/{method}"), params);
                editor.answer(id);
            }
        }
    }
    // Broken in the middle of the secret, too.
    editor.change_all(&uri, &text[..broken_at]);
    editor.request("textDocument/diagnostic", document.clone());
    let line = text[..broken_at].matches('\n').count();
    editor.at("textDocument/completion", &uri, &json!({"line": line, "character": 999}));
    editor.notify("textDocument/didClose", document);
    std::mem::take(&mut editor.log)
}

#[test]
fn nothing_that_the_server_says_holds_a_secret() {
    let mut asked = 0;
    for file in fixtures(&FOLDERS) {
        let source = read(&file);
        let text = source.text();
        let inside: Vec<&str> = SECRETS.into_iter().filter(|secret| text.contains(secret)).collect();
        if inside.is_empty() {
            continue;
        }
        asked += 1;
        let log = everything(&mut editor(), text, text.find(inside[0]).unwrap() + inside[0].len());
        for secret in inside {
            assert!(!log.contains(secret), "{}: {secret}", file.display());
        }
    }
    assert!(asked > 5, "{asked}");
}

#[test]
fn nor_where_one_is_planted() {
    let texts = planted::texts();
    let parts: Vec<&[String]> = texts.chunks(10).collect();
    each(&parts, |texts| {
        let mut editor = editor();
        for text in *texts {
            let middle = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let log = everything(&mut editor, text, middle);
            let line = log.split('{').find(|part| planted::tells(part));
            assert!(line.is_none(), "{line:?}\n{text}");
        }
    });
}

#[test]
fn no_name_is_passed_on_as_it_is() {
    let texts = hostile::texts();
    let parts: Vec<&[String]> = texts.chunks(40).collect();
    each(&parts, |texts| {
        let mut editor = editor();
        for text in *texts {
            let log = everything(&mut editor, text, text.find('\n').unwrap_or_default());
            for message in log.lines() {
                hostile::assert_strings(text, &serde_json::from_str(message).unwrap());
            }
        }
    });
}
