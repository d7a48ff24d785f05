//! Every fixture, typed letter by letter into a server: half-typed YAML of every kind.

use std::path::{Path, PathBuf};
use std::thread;

use crossbeam_channel::{Receiver, unbounded};
use gen_lsp_types::Uri;
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

use super::server::Server;
use super::transport::{Incoming, Outgoing};

/// Set to type all files and ask everything of every beginning, and not only some of some.
const EVERYTHING: &str = "ANYCLOUD_LINT_TEST_EVERY_PREFIX";

const URI: &str = "file:///project/anycloud.yaml";

/// A server without a process around it, and a client that asks for what it wants to know.
struct Session {
    server: Server,
    answers: Receiver<Outgoing>,
    version: i32,
}

impl Session {
    fn new() -> Self {
        let (outgoing, answers) = unbounded();
        let mut session = Self { server: Server::new(outgoing), answers, version: 0 };
        session.ask("initialize", json!({"capabilities": {"textDocument": {"diagnostic": {}}}}));
        session
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let request = Request { id: 1.into(), method: method.into(), params };
        self.server.handle(Incoming::Message(Message::Request(request)));
        let Outgoing::Message(Message::Response(answer)) = self.answers.try_recv().unwrap() else {
            panic!("no answer to {method}")
        };
        answer.response_result.unwrap()
    }

    fn say(&mut self, method: &str, params: Value) {
        let notification = Notification { method: method.into(), params };
        self.server.handle(Incoming::Message(Message::Notification(notification)));
    }

    fn open(&mut self, text: &str) {
        let item = json!({"uri": URI, "languageId": "yaml", "version": self.version, "text": text});
        self.say("textDocument/didOpen", json!({"textDocument": item}));
    }

    fn change(&mut self, change: &Value) {
        self.version += 1;
        let document = json!({"uri": URI, "version": self.version});
        self.say("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
    }

    fn text(&mut self) -> String {
        let (document, _) = self.server.document(&Uri(URI.into())).unwrap();
        document.text().to_owned()
    }

    fn findings(&mut self) -> Value {
        let mut answer = self.ask("textDocument/diagnostic", json!({"textDocument": {"uri": URI}}));
        answer["items"].take()
    }

    /// Everything that an editor asks while one types.
    fn ask_all(&mut self, position: &Value) -> Vec<Value> {
        let document = json!({"uri": URI});
        let mut answers = Vec::new();
        for method in ["completion", "hover", "definition", "documentHighlight", "prepareRename"] {
            let params = json!({"textDocument": document, "position": position});
            answers.push(self.ask(&format!("textDocument/{method}"), params));
        }
        for method in ["documentSymbol", "foldingRange", "codeLens"] {
            answers.push(self.ask(&format!("textDocument/{method}"), json!({"textDocument": document})));
        }
        let params = json!({"textDocument": document, "positions": [position]});
        answers.push(self.ask("textDocument/selectionRange", params));
        let range = json!({"start": position, "end": position});
        let params = json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
        answers.push(self.ask("textDocument/codeAction", params));
        answers
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["valid", "wrong", "catalog"].map(|name| folder.join(name).read_dir().unwrap());
    let mut files: Vec<PathBuf> = folders.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    files
}

/// Types a file; how many beginnings it had, and of how many everything was asked.
fn type_out(text: &str, all: bool) -> (usize, usize) {
    let (mut editor, mut twin) = (Session::new(), Session::new());
    editor.open("");
    twin.open("");
    let (mut line, mut column) = (0, 0);
    let (mut typed, mut asked) = (0, 0);
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        // An editor ends a line in one stroke.
        let length = if rest.starts_with("\r\n") { 2 } else { letter.len_utf8() };
        let (stroke, behind) = rest.split_at(length);
        rest = behind;
        let here = json!({"line": line, "character": column});
        editor.change(&json!({"range": {"start": here, "end": here}, "text": stroke}));
        if stroke.ends_with(['\n', '\r']) {
            (line, column) = (line + 1, 0);
        } else {
            column += letter.len_utf16();
        }
        typed += 1;
        let findings = editor.findings();
        if !all && typed % 7 != 0 {
            continue;
        }
        let beginning = &text[..text.len() - rest.len()];
        twin.change(&json!({"text": beginning}));
        assert_eq!(editor.text(), beginning);
        assert_eq!(findings, twin.findings(), "{beginning:?}");
        if all || typed % 49 == 0 {
            let here = json!({"line": line, "character": column});
            // What is offered may come from before the text broke, which only one of them has seen.
            assert_eq!(editor.ask_all(&here)[1..], twin.ask_all(&here)[1..], "{beginning:?}");
            asked += 1;
        }
    }
    twin.change(&json!({"text": text}));
    assert_eq!(editor.findings(), twin.findings());
    (typed, asked)
}

/// After each letter the server knows what it would know of the whole text sent at once.
#[test]
fn every_beginning_is_read() {
    let all = std::env::var_os(EVERYTHING).is_some();
    let mut files = files();
    if !all {
        files = files.into_iter().skip(3).step_by(12).collect();
    }
    let threads = thread::available_parallelism().map_or(2, usize::from);
    let (typed, asked) = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|number| {
                let mine = files.iter().skip(number).step_by(threads);
                scope.spawn(move || {
                    let texts = mine.filter_map(|file| String::from_utf8(std::fs::read(file).unwrap()).ok());
                    texts
                        .map(|text| type_out(&text, all))
                        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
                })
            })
            .collect();
        let counts = workers.into_iter().map(|worker| worker.join().unwrap());
        counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    });
    assert!(
        typed > if all { 60_000 } else { 4_000 } && asked > 60,
        "{typed} beginnings, everything asked of {asked}"
    );
}
