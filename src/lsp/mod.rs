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
