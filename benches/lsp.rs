//! From a keystroke to the diagnostics, in a file of a thousand profiles, next to one analysis of the same text.
//!
//! The first should take at most twice as long as the second.
#![allow(clippy::expect_used, clippy::format_push_string, reason = "benches")]

use std::io::{self, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};

use anycloud_lint::source::Source;
use anycloud_lint::{Settings, analyse, lsp};
use divan::{Bencher, black_box};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

const PROFILES: usize = 1_000;

/// Profiles that extend one another, and a mistake in every tenth.
fn text() -> String {
    let mut text = String::from("profiles:\n  .base:\n    credentials: my-aws\n    spot: true\n");
    for index in 0..PROFILES {
        let field = if index % 10 == 0 { "regoin" } else { "region" };
        text.push_str(&format!(
            "  job-{index}:\n    extends: .base\n    vmType: g6e.xlarge\n    {field}: us-east-2\n"
        ));
    }
    text
}

#[divan::bench]
fn one_analysis(bencher: Bencher<'_, '_>) {
    let source = Source::new("anycloud.yaml", text());
    let settings = Settings::default();
    bencher.bench(|| analyse(black_box(&source), &settings).findings().len());
}

#[divan::bench]
fn a_keystroke(bencher: Bencher<'_, '_>) {
    let editor = Editor::new(&text());
    let mut version = 1;
    bencher.bench_local(|| {
        version += 1;
        // A letter more in a name, and one less: both texts take as long as the one that is analysed alone.
        let at = json!({"line": 2, "character": 23});
        let end = json!({"line": 2, "character": if version % 2 == 0 { 23 } else { 24 }});
        let text = if version % 2 == 0 { "x" } else { "" };
        let changes = json!([{"range": {"start": at, "end": end}, "text": text}]);
        let document = json!({"uri": URI, "version": version});
        editor.say("textDocument/didChange", &json!({"textDocument": document, "contentChanges": changes}));
        editor.diagnostics(version)
    });
}

const URI: &str = "file:///project/anycloud.yaml";

struct Editor {
    input: Sender<Vec<u8>>,
    output: Receiver<Vec<u8>>,
}

impl Editor {
    fn new(text: &str) -> Self {
        let (input, from_client) = channel();
        let (to_client, output) = channel();
        let pipe = Pipe { from: from_client, left: Vec::new() };
        std::thread::spawn(move || lsp::serve(BufReader::new(pipe), Output(to_client)));
        let editor = Self { input, output };
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
            .to_string();
        editor.send(&body);
        let document = json!({"uri": URI, "languageId": "yaml", "version": 1, "text": text});
        editor.say("textDocument/didOpen", &json!({"textDocument": document}));
        editor.diagnostics(1);
        editor
    }

    fn send(&self, body: &str) {
        self.input
            .send(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes())
            .expect("a server");
    }

    fn say(&self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string());
    }

    /// Waits for the diagnostics of a version; how long they are.
    fn diagnostics(&self, version: i32) -> usize {
        let mark = format!("\"version\":{version}}}");
        let mut length = 0;
        loop {
            let bytes = self.output.recv().expect("an answer");
            length += bytes.len();
            if String::from_utf8_lossy(&bytes).contains(&mark)
                || String::from_utf8_lossy(&bytes).contains(&format!("\"version\":{version},"))
            {
                return length;
            }
        }
    }
}

struct Pipe {
    from: Receiver<Vec<u8>>,
    left: Vec<u8>,
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() {
            self.left = self.from.recv().unwrap_or_default();
        }
        let count = self.left.len().min(buffer.len());
        for (slot, byte) in buffer.iter_mut().zip(self.left.drain(..count)) {
            *slot = byte;
        }
        Ok(count)
    }
}

struct Output(Sender<Vec<u8>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
