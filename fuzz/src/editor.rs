//! An editor that talks to the server in memory.

use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::random::Random;

const URI: &str = "file:///nowhere/anycloud.yaml";

const PIECES: [&str; 28] = [
    "\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "    ",
    "x",
    "é",
    "😀",
    "\u{feff}",
    "\t",
    "# c",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "&a ",
    "*a",
    "<<: ",
    "profiles:\n",
    "a:\n",
    "region: us-east-1\n",
    "spot: yes\n",
    "",
];

/// Edits a text as the bytes say: the text at its end, and the codes of what the server finds in it.
pub fn session(data: &[u8]) -> (String, Vec<String>) {
    let mut random = Random::new(data);
    let unit = *random.pick(&[&"utf-8", &"utf-16", &"utf-32"]);
    let mut text = String::from("profiles:\n  base: {region: us-east-1}\n  a: {extends: base}\n");
    let mut messages = vec![
        request(
            1,
            "initialize",
            json!({
                "processId": null,
                "rootUri": null,
                "capabilities": {
                    "general": {"positionEncodings": [unit]},
                    "textDocument": {"diagnostic": {}},
                },
            }),
        ),
        notification("initialized", json!({})),
        notification(
            "textDocument/didOpen",
            json!({
                "textDocument": {"uri": URI, "languageId": "yaml", "version": 1, "text": text},
            }),
        ),
    ];
    let mut version = 1;
    while random.is_decided() && version < 100 {
        let (one, other) = (place(&mut random, &text), place(&mut random, &text));
        let (start, end) = (one.min(other), one.max(other));
        let piece = *random.pick(&PIECES.each_ref());
        let range = json!({"start": position(&text, start, unit), "end": position(&text, end, unit)});
        version += 1;
        messages.push(notification(
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": URI, "version": version},
                "contentChanges": [{"range": range, "text": piece}],
            }),
        ));
        text.replace_range(start..end, piece);
        // What is known between edits is asked for, too.
        if random.below(4) == 0 {
            let at = position(&text, place(&mut random, &text), unit);
            let at = json!({"textDocument": {"uri": URI}, "position": at});
            let method =
                *random.pick(&[&"completion", &"hover", &"definition", &"references", &"prepareRename"]);
            messages.push(request(100 + version, &format!("textDocument/{method}"), at));
        }
    }
    messages.push(request(2, "textDocument/diagnostic", json!({"textDocument": {"uri": URI}})));
    messages.push(request(3, "shutdown", Value::Null));
    messages.push(notification("exit", Value::Null));

    let said = Said::default();
    let code = anycloud_lint::lsp::serve(Cursor::new(messages.concat()), said.clone());
    assert_eq!(code, 0);
    let answer = said.answer(2).expect("an answer");
    let items = answer["result"]["items"].as_array().expect("diagnostics");
    let codes = items.iter().filter_map(|found| Some(found["code"].as_str()?.to_owned())).collect();
    (text, codes)
}

fn message(body: &Value) -> Vec<u8> {
    let body = body.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn request(id: i32, method: &str, params: Value) -> Vec<u8> {
    message(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
}

fn notification(method: &str, params: Value) -> Vec<u8> {
    message(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
}

/// An offset where an editor can be: never inside a character, nor between CR and LF.
fn place(random: &mut Random, text: &str) -> usize {
    let is_position = |at: usize| {
        text.is_char_boundary(at) && !(text[..at].ends_with('\r') && text[at..].starts_with('\n'))
    };
    let at = random.below(text.len() + 1);
    (0..=at).rev().find(|at| is_position(*at)).unwrap_or_default()
}

fn position(text: &str, at: usize, unit: &str) -> Value {
    let before = text[..at].replace("\r\n", " \n").replace('\r', "\n");
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let column = match unit {
        "utf-8" => at - start,
        "utf-16" => text[start..at].encode_utf16().count(),
        _ => text[start..at].chars().count(),
    };
    json!({"line": before.matches('\n').count(), "character": column})
}

/// What the server says.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Said {
    /// The answer to a request.
    fn answer(&self, id: i32) -> Option<Value> {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&bytes);
        let mut bodies = text.split("Content-Length: ").filter_map(|part| part.split_once("\r\n\r\n"));
        bodies.find_map(|(_, body)| {
            let message: Value = serde_json::from_str(body).ok()?;
            (message["id"] == id && message.get("method").is_none()).then_some(message)
        })
    }
}
