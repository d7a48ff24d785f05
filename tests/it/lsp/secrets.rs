//! No secret leaves the server, whatever is asked about the files that hold them.

use serde_json::json;

use super::editor::Editor;
use crate::harness::{FOLDERS, Sandbox, fixtures, read};
use crate::planted;

/// The secrets in the fixtures, all of them made up or a vendor's documented example.
const SECRETS: [&str; 6] = [
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "EXAMPLE/session/token",
    "RkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtF",
    "not-a-real-secret",
    "not-a-real-token",
    "AKIAIOSFODNN7EXAMPLE",
];

/// Asks everything everywhere about a text, and about its beginning up to an offset; all that the server says.
fn everything(text: &str, broken_at: usize) -> String {
    let mut editor = Editor::within(Sandbox::new(&[]), json!({}), json!({"inlayHints": true}));
    let uri = editor.open(text);
    let document = json!({"textDocument": {"uri": uri}});
    for method in ["documentSymbol", "foldingRange", "codeLens", "diagnostic"] {
        editor.request(&format!("textDocument/{method}"), document.clone());
    }
    let lines: Vec<&str> = text.lines().collect();
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": lines.len(), "character": 0}});
    editor.request("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": whole}));
    editor.actions(&uri, &whole["start"], &whole["end"], json!(null));
    for (number, line) in lines.iter().enumerate() {
        for column in (0..=line.len()).step_by(9) {
            let position = json!({"line": number, "character": column});
            for method in ["hover", "completion", "definition", "documentHighlight", "prepareRename"] {
                editor.at(&format!("textDocument/{method}"), &uri, &position);
            }
        }
    }
    // Broken in the middle of the secret, too.
    editor.change_all(&uri, &text[..broken_at]);
    editor.request("textDocument/diagnostic", document.clone());
    let line = text[..broken_at].matches('\n').count();
    editor.at("textDocument/completion", &uri, &json!({"line": line, "character": 999}));
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
        let log = everything(text, text.find(inside[0]).unwrap() + inside[0].len());
        for secret in inside {
            assert!(!log.contains(secret), "{}: {secret}", file.display());
        }
    }
    assert!(asked > 5, "{asked}");
}

#[test]
fn nor_where_one_is_planted() {
    for text in planted::texts().iter().step_by(3) {
        let middle = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let log = everything(text, middle);
        let line = log.split('{').find(|part| planted::tells(part));
        assert!(line.is_none(), "{line:?}\n{text}");
    }
}
