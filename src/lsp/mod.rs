//! The language server: `anycloud-lint lsp`, on standard input and output.
//!
//! Messages are handled one after the other. Changes only mark a text as changed; it is analysed when somebody
//! asks about it, or when no more messages come for a moment. So a burst of changes is analysed once, and no
//! diagnostics are sent for a text that is no longer current.

mod actions;
mod capabilities;
mod client;
mod command;
mod completion;
mod cursor;
mod diagnostics;
mod docs;
mod document;
mod facts;
mod hints;
mod hover;
mod names;
mod navigation;
mod outline;
mod place;
mod position;
mod requests;
mod resolved;
mod server;
mod transport;
#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may fail"
)]
mod typed;
mod uri;
mod view;
mod workspace;

use std::collections::VecDeque;
use std::io::{BufRead, Write};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::RecvTimeoutError;

use server::Server;
use transport::{Connection, connect};

/// Talks to an editor over a pair of streams until it is done; what the process is to end with.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write + Send + 'static) -> u8 {
    let (connection, writer) = connect(input, output);
    let code = converse(connection);
    // What is left to say is said, unless nobody reads it.
    let start = Instant::now();
    while !writer.is_finished() && start.elapsed() < Duration::from_secs(2) {
        thread::sleep(Duration::from_millis(1));
    }
    code
}

fn converse(connection: Connection) -> u8 {
    let Connection { incoming, outgoing } = connection;
    let mut server = Server::new(outgoing);
    let mut queue = VecDeque::new();
    loop {
        if queue.is_empty() {
            server.forget_cancelled();
            let next = match server.pause() {
                Some(pause) => incoming.recv_timeout(pause),
                None => incoming.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match next {
                Ok(message) => queue.push_back(message),
                Err(RecvTimeoutError::Timeout) => {
                    server.publish();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return server.exit_code(),
            }
        }
        // Everything that is there already, so that what is cancelled is not done.
        for message in incoming.try_iter() {
            server.note(&message);
            queue.push_back(message);
        }
        if let Some(code) = queue.pop_front().and_then(|message| server.handle(message)) {
            return code;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
mod tests {
    use crossbeam_channel::{Receiver, unbounded};
    use lsp_server::Message;
    use serde_json::{Value, json};

    use super::transport::{Incoming, Outgoing};
    use super::*;

    const URI: &str = "file:///project/anycloud.yaml";

    /// A session whose messages are all there before the first is read; what comes of it when `more` follows the first
    /// diagnostics, or an answer to the request 9.
    fn session(messages: Vec<Value>, more: Vec<Value>) -> Vec<Value> {
        let (to_server, incoming) = unbounded();
        let (outgoing, from_server): (_, Receiver<Outgoing>) = unbounded();
        let send = |message: Value| {
            to_server.send(Incoming::Message(serde_json::from_value(message).unwrap())).unwrap();
        };
        send(json!({"id": 0, "method": "initialize", "params": {"capabilities": {}}}));
        let document =
            json!({"uri": URI, "languageId": "yaml", "version": 0, "text": "profiles:\n  a: {zzz: 1}\n"});
        send(json!({"method": "textDocument/didOpen", "params": {"textDocument": document}}));
        messages.into_iter().for_each(&send);
        let server = thread::spawn(move || converse(Connection { incoming, outgoing }));
        let mut said = Vec::new();
        let mut more = Some(more);
        for message in from_server {
            let Outgoing::Message(message) = message else { continue };
            let is_due = match &message {
                Message::Notification(said) => said.method == "textDocument/publishDiagnostics",
                Message::Response(answer) => answer.id == 9.into(),
                Message::Request(_) => false,
            };
            said.push(serde_json::to_value(message).unwrap());
            if is_due && let Some(more) = more.take() {
                more.into_iter().for_each(&send);
                send(json!({"id": 100, "method": "shutdown"}));
                send(json!({"method": "exit"}));
            }
        }
        assert_eq!(server.join().unwrap(), 0);
        said
    }

    fn published(said: &[Value]) -> Vec<i64> {
        let said = said.iter().filter(|said| said["method"] == "textDocument/publishDiagnostics");
        said.map(|said| said["params"]["version"].as_i64().unwrap()).collect()
    }

    #[test]
    fn a_burst_of_changes_is_analysed_once() {
        let change = |version: i32| {
            let at = json!({"line": 1, "character": 6});
            let changes = json!([{"range": {"start": at, "end": at}, "text": "x"}]);
            let document = json!({"uri": URI, "version": version});
            json!({"method": "textDocument/didChange", "params": {"textDocument": document, "contentChanges": changes}})
        };
        let said = session((1..=10_000).map(change).collect(), Vec::new());
        assert_eq!(published(&said), [10_000]);
        // What is older than the text is no news.
        let said = session(vec![change(5), change(3)], Vec::new());
        assert_eq!(published(&said), [5]);
    }

    #[test]
    fn what_is_cancelled_before_its_turn_is_not_done() {
        let ask = |id: i32| json!({"id": id, "method": "textDocument/documentSymbol", "params": {"textDocument": {"uri": URI}}});
        let cancel = |id: i32| json!({"method": "$/cancelRequest", "params": {"id": id}});
        let said = session(vec![ask(7), ask(8), cancel(7), cancel(55), ask(9)], vec![ask(10), ask(55)]);
        let answer = |id: i32| said.iter().find(|said| said["id"] == id).unwrap();
        assert_eq!(answer(7)["error"]["code"], -32800);
        // The number of one that came too late may come again.
        for id in [8, 9, 10, 55] {
            assert!(answer(id)["result"].is_array(), "{id}");
        }
    }
}
