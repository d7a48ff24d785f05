//! How a session begins and ends, and what no message can do to it.

use serde_json::{Value, json};

use super::editor::Editor;
use crate::harness::Sandbox;

const WRONG: &str = "profiles:\n  a:\n    vm_type: g6e.xlarge\n";

#[test]
fn a_session_ends_as_it_is_told() {
    assert_eq!(Editor::new().quit(), 0);
    assert_eq!(Editor::new().die(), 1, "the client is gone");
    let mut rude = Editor::new();
    rude.notify("exit", Value::Null);
    assert_eq!(rude.wait(), 1, "exit without shutdown");
    assert_eq!(Editor::spawn(Sandbox::new(&[])).die(), 1);
    let mut early = Editor::spawn(Sandbox::new(&[]));
    early.notify("exit", Value::Null);
    assert_eq!(early.wait(), 1);
}

#[test]
fn what_is_out_of_order_is_answered() {
    let mut editor = Editor::spawn(Sandbox::new(&[]));
    let hover =
        json!({"textDocument": {"uri": "file:///x/anycloud.yaml"}, "position": {"line": 0, "character": 0}});
    assert_eq!(editor.refused("textDocument/hover", hover.clone()).0, -32002, "not initialized");
    editor.notify("textDocument/didOpen", json!({"nothing": 1}));
    editor.request("initialize", json!({"capabilities": {}}));
    assert_eq!(editor.refused("initialize", json!({"capabilities": {}})).0, -32600);
    assert!(editor.request("textDocument/hover", hover).is_null(), "a file that is not open");
    editor.change("file:///x/anycloud.yaml", json!([{"text": "a"}]));
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": "file:///x/anycloud.yaml"}}));
    editor.notify("$/whatever", json!(null));
    editor.notify("workspace/didChangeConfiguration", json!({"settings": [1]}));
    editor.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": 1, "removed": [{}]}}));
    assert_eq!(editor.refused("no/such/method", json!({})).0, -32601);
    for params in [json!(null), json!([]), json!({"textDocument": 1}), json!("x")] {
        for method in [
            "textDocument/completion",
            "textDocument/hover",
            "textDocument/codeAction",
            "textDocument/rename",
        ] {
            assert_eq!(editor.refused(method, params.clone()).0, -32602, "{method}");
        }
    }
    editor.request("shutdown", Value::Null);
    assert_eq!(editor.refused("textDocument/hover", json!({})).0, -32600, "after shutdown");
    editor.notify("exit", Value::Null);
    assert_eq!(editor.wait(), 0);
}

/// A client that dies with answers on their way is no reason to stay.
#[test]
fn a_client_may_die_at_any_time() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let framed = |message: Value| {
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let document = json!({"uri": "file:///x/anycloud.yaml", "languageId": "yaml", "version": 1, "text": many_profiles(500)});
    let mut messages =
        framed(json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {}}}));
    messages += &framed(
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}}),
    );
    for id in 1..50 {
        let params = json!({"textDocument": {"uri": "file:///x/anycloud.yaml"}});
        messages += &framed(
            json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": params}),
        );
    }
    for length in [10, 150, messages.len() / 2, messages.len()] {
        let mut server = Command::new(env!("CARGO_BIN_EXE_anycloud-lint"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(server.stdout.take());
        let mut input = server.stdin.take().unwrap();
        // It may be gone before all is written.
        let _ = input.write_all(&messages.as_bytes()[..length]);
        drop(input);
        let output = server.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{length}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{length}");
    }
}

/// Whatever is no message gets an answer that says so, and the session goes on.
#[test]
fn malformed_messages_are_answered() {
    let mut editor = Editor::new();
    let framed = |body: &[u8]| [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat();
    let cases: [(Vec<u8>, i64); 9] = [
        (framed(b"{"), -32700),
        (framed(b"\xff\xfe"), -32700),
        (framed(b"[]"), -32600),
        (framed(br#"{"jsonrpc": "2.0"}"#), -32600),
        (framed(br#"{"jsonrpc": "2.0", "id": 99999999999, "method": "shutdown"}"#), -32600),
        (b"Content-Length: x\r\n\r\n".to_vec(), -32600),
        (b"Content-Type: text\r\nnonsense\r\n\r\n".to_vec(), -32600),
        (
            b"Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-16\r\n\r\n{}"
                .to_vec(),
            -32600,
        ),
        (framed(b""), -32700),
    ];
    for (bytes, code) in cases {
        editor.send_bytes(&bytes);
        let answer = editor.heard(|message| message.get("error").is_some());
        assert_eq!(answer["error"]["code"], code, "{}", String::from_utf8_lossy(&bytes));
        let is_shutdown = bytes.ends_with(b"\"shutdown\"}");
        assert_eq!(answer["id"], if is_shutdown { json!(99_999_999_999_i64) } else { Value::Null });
    }
    let uri = editor.open(WRONG);
    assert_eq!(editor.pulled(&uri).len(), 1);
    assert_eq!(editor.quit(), 0);
}

#[test]
fn the_unit_of_columns_is_agreed_on() {
    for (offered, chosen, column) in [
        (json!(null), "utf-16", 12),
        (json!([]), "utf-16", 12),
        (json!(["utf-7"]), "utf-16", 12),
        (json!(["utf-8", "utf-16"]), "utf-8", 15),
        (json!(["utf-32", "utf-8"]), "utf-32", 11),
        (json!("utf-8"), "utf-16", 12),
    ] {
        let mut editor = Editor::spawn(Sandbox::new(&[]));
        let capabilities = json!({"general": {"positionEncodings": offered}});
        let answer = editor.request("initialize", json!({"capabilities": capabilities}));
        assert_eq!(answer["capabilities"]["positionEncoding"], chosen);
        editor.notify("initialized", json!({}));
        let uri = editor.open("profiles: {\"é😀\": {}}\n");
        // `"é😀"` begins in column 11 and is 3, 4 or 7 … wide, quotes included.
        let found = editor.pulled(&uri);
        assert_eq!(found[0]["code"], "AC105");
        assert_eq!(found[0]["range"]["start"]["character"], 11);
        let end = found[0]["range"]["end"]["character"].as_u64().unwrap();
        assert_eq!(end, 11 + 4 + (column - 11), "{chosen}");
    }
}

/// A request that is taken back before its turn is not carried out.
#[test]
fn what_is_cancelled_is_not_done() {
    let mut editor = Editor::new();
    let uri = editor.open(&many_profiles(2000));
    // While this is analysed, the rest comes in.
    let first = editor.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
    let second = editor.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    editor.notify("$/cancelRequest", json!({"id": second}));
    editor.notify("$/cancelRequest", json!({"id": "never asked"}));
    editor.notify("$/cancelRequest", json!({}));
    assert!(editor.answer(first).get("result").is_some());
    let answer = editor.answer(second);
    assert!(answer.get("result").is_some() || answer["error"]["code"] == -32800, "{answer}");
    assert_eq!(editor.quit(), 0);
}

pub fn many_profiles(count: usize) -> String {
    let mut text = String::from("profiles:\n  .base:\n    region: us-east-1\n");
    for number in 0..count {
        text +=
            &format!("  p{number}:\n    extends: .base\n    vmType: g6e.xlarge\n    minVmCount: {number}\n");
    }
    text
}

/// Ten thousand changes in a row are one text to look at, or a few.
#[test]
fn a_burst_of_changes_is_analysed_once() {
    let mut editor = Editor::new();
    let uri = editor.open(&many_profiles(1000));
    editor.published(&uri);
    let mut last = 0;
    for _ in 0..10_000 {
        let here = json!({"line": 2, "character": 14});
        last = editor.change(&uri, json!([{"range": {"start": here, "end": here}, "text": "x"}]));
    }
    let mut count = 0;
    let mut version = 0;
    while version < last {
        let published = editor.published(&uri);
        let next = i32::try_from(published["version"].as_i64().unwrap()).unwrap();
        assert!(next > version, "an older version after a newer one");
        version = next;
        count += 1;
    }
    assert!(count < 2_000, "{count} analyses for 10,000 changes");
    assert_eq!(editor.quit(), 0);
}
