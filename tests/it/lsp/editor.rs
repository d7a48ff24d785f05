//! An editor: starts the real server and talks to it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::Sandbox;

/// Longer than anything takes; where it does not, the test fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Editor {
    pub sandbox: Sandbox,
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    next: i32,
    version: i32,
    /// Everything that the server said by itself.
    pub said: Vec<Value>,
    answers: HashMap<i32, Value>,
    /// All that came, as text, one message a line.
    pub log: String,
}

/// A file's text without the mark, and the position of the mark.
pub fn marked(text: &str) -> (String, Value) {
    let at = text.find('¦').expect("a mark");
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (text.replacen('¦', "", 1), json!({"line": line, "character": column}))
}

impl Editor {
    /// An editor that counts as all do, and is told the diagnostics.
    pub fn new() -> Self {
        Self::with(json!({}))
    }

    pub fn with(capabilities: Value) -> Self {
        Self::within(Sandbox::new(&[]), capabilities, json!({}))
    }

    /// An editor in a folder with some files.
    pub fn within(sandbox: Sandbox, capabilities: Value, options: Value) -> Self {
        let mut editor = Self::spawn(sandbox);
        let root = editor.uri("").trim_end_matches('/').to_owned();
        let params = json!({
            "processId": null,
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "work"}],
            "capabilities": capabilities,
            "initializationOptions": options,
        });
        editor.request("initialize", params);
        editor.notify("initialized", json!({}));
        editor
    }

    /// A server to which nothing has been said yet.
    pub fn spawn(sandbox: Sandbox) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_anycloud-lint"))
            .arg("lsp")
            .current_dir(sandbox.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut stream = BufReader::new(child.stdout.take().unwrap());
        let (sender, output) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stream) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let (said, answers, log) = (Vec::new(), HashMap::new(), String::new());
        Self { sandbox, child, input, output, next: 0, version: 0, said, answers, log }
    }

    /// The address of a file in the folder.
    pub fn uri(&self, name: &str) -> String {
        let path = self.sandbox.path(name).to_string_lossy().replace('\\', "/");
        format!("file://{}{}", if path.starts_with('/') { "" } else { "/" }, path.replace(' ', "%20"))
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        // A server that has ended does not read any more.
        let _ = self.input.as_mut().unwrap().write_all(bytes);
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks, and does not wait.
    pub fn ask(&mut self, method: &str, params: Value) -> i32 {
        self.next += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params}));
        self.next
    }

    /// The next message; nothing when the server is gone.
    pub fn next_message(&mut self) -> Option<Value> {
        let message = self.output.recv_timeout(PATIENCE).ok()?;
        self.log.push_str(&message.to_string());
        self.log.push('\n');
        Some(message)
    }

    /// Takes in a message: answers what the server asks, keeps the rest.
    fn take(&mut self, message: Value) {
        let id = message.get("id").and_then(Value::as_i64).and_then(|id| i32::try_from(id).ok());
        if message.get("method").is_some() {
            if let Some(id) = message.get("id").cloned() {
                let result =
                    if message["method"] == "workspace/configuration" { json!([null]) } else { json!(null) };
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
            }
            self.said.push(message);
        } else if let Some(id) = id {
            self.answers.insert(id, message);
        } else {
            self.said.push(message);
        }
    }

    /// The answer to a request, with its error if it has one.
    pub fn answer(&mut self, id: i32) -> Value {
        while !self.answers.contains_key(&id) {
            let message = self.next_message().expect("an answer");
            self.take(message);
        }
        self.answers.remove(&id).unwrap()
    }

    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let mut answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The message of the error that a request gets.
    pub fn refused(&mut self, method: &str, params: Value) -> (i64, String) {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        let error = &answer["error"];
        (error["code"].as_i64().expect("an error"), error["message"].as_str().unwrap().to_owned())
    }

    /// Waits until the server has said something by itself.
    pub fn heard(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            if let Some(at) = self.said.iter().position(&is_it) {
                return self.said.remove(at);
            }
            let message = self.next_message().expect("a message");
            self.take(message);
        }
    }

    /// Opens `anycloud.yaml`.
    pub fn open(&mut self, text: &str) -> String {
        self.open_as("anycloud.yaml", "yaml", text)
    }

    pub fn open_as(&mut self, name: &str, language: &str, text: &str) -> String {
        let uri = self.uri(name);
        self.version += 1;
        let item = json!({"uri": uri, "languageId": language, "version": self.version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
        uri
    }

    /// Sends changes; the version that they lead to.
    pub fn change(&mut self, uri: &str, changes: Value) -> i32 {
        self.version += 1;
        let document = json!({"uri": uri, "version": self.version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        self.version
    }

    pub fn change_all(&mut self, uri: &str, text: &str) -> i32 {
        self.change(uri, json!([{"text": text}]))
    }

    /// The diagnostics that the server sends next for a file.
    pub fn published(&mut self, uri: &str) -> Value {
        let message = self.heard(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
        });
        message["params"].clone()
    }

    /// The diagnostics of a file, asked for.
    pub fn pulled(&mut self, uri: &str) -> Vec<Value> {
        let report = self.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
        report["items"].as_array().unwrap().clone()
    }

    /// A request about a position.
    pub fn at(&mut self, method: &str, uri: &str, position: &Value) -> Value {
        self.request(method, json!({"textDocument": {"uri": uri}, "position": position}))
    }

    /// The actions for a range.
    pub fn actions(&mut self, uri: &str, start: &Value, end: &Value, only: Value) -> Vec<Value> {
        let context = if only.is_null() {
            json!({"diagnostics": []})
        } else {
            json!({"diagnostics": [], "only": only})
        };
        let range = json!({"start": start, "end": end});
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        self.request("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    /// Says goodbye as editors should; the exit code.
    pub fn quit(mut self) -> i32 {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }

    /// Goes away without a word; the exit code.
    pub fn die(mut self) -> i32 {
        drop(self.input.take());
        self.child.wait().unwrap().code().unwrap()
    }

    /// Waits for the server to end by itself.
    pub fn wait(mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        length =
            line.trim().strip_prefix("Content-Length: ").map(|length| length.parse().unwrap()).or(length);
    }
    let mut body = vec![0; length?];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// A text after the edits of a workspace edit to one file, or after a list of edits.
pub fn edited(text: &str, edits: &[Value]) -> String {
    let offset = |position: &Value| {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let column = usize::try_from(position["character"].as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        let rest = &text[start..];
        for (at, c) in rest.char_indices() {
            if units >= column || c == '\n' {
                return start + at;
            }
            units += c.len_utf16();
        }
        text.len()
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let (start, end) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
            (start, end, edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let mut result = String::new();
    let mut at = 0;
    for (start, end, new) in edits {
        assert!(start >= at, "edits overlap");
        result.push_str(&text[at..start]);
        result.push_str(new);
        at = end;
    }
    result + &text[at..]
}

/// The edits of an action to a file.
pub fn edits_of(action: &Value, uri: &str) -> Vec<Value> {
    action["edit"]["changes"][uri].as_array().unwrap_or_else(|| panic!("no edits: {action}")).clone()
}
