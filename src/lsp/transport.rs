//! Messages in and out: the base protocol, read so that nothing that is sent can end the session.
//!
//! `lsp_server` has the messages; its own reader gives up at the first one that it can't read.

use std::io::{self, BufRead, Read, Write};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{ErrorCode, Message};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// No message is larger than this: a text of the largest size that is checked, escaped.
const MAX_BODY: u64 = 512 * 1024 * 1024;

/// No line of a header is longer than this.
const MAX_HEADER: u64 = 8 * 1024;

/// What a client sent.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none, with the answer to it.
    Malformed(Value),
}

/// What goes to the client.
#[derive(Debug)]
pub enum Outgoing {
    /// A message.
    Message(Message),
    /// The answer to something that was no message.
    Raw(Value),
}

/// The two ends of a conversation.
#[derive(Debug)]
pub struct Connection {
    /// What the client says; closed when it is gone.
    pub incoming: Receiver<Incoming>,
    /// What we say; closed when nobody reads it.
    pub outgoing: Sender<Outgoing>,
}

/// Talks over a pair of streams. The thread that writes ends when everything is written.
pub fn connect(
    mut input: impl BufRead + Send + 'static,
    mut output: impl Write + Send + 'static,
) -> (Connection, thread::JoinHandle<io::Result<()>>) {
    // Without bounds: a client that writes much before it reads must not wait for us, nor we for it.
    let (to_server, incoming) = unbounded();
    let (outgoing, to_client) = unbounded::<Outgoing>();
    thread::spawn(move || {
        while let Ok(Some(message)) = read(&mut input) {
            if to_server.send(message).is_err() {
                break;
            }
        }
    });
    let writer = thread::spawn(move || {
        for message in to_client {
            match message {
                Outgoing::Message(message) => message.write(&mut output)?,
                Outgoing::Raw(value) => {
                    let body = value.to_string();
                    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
                    output.flush()?;
                }
            }
        }
        Ok(())
    });
    (Connection { incoming, outgoing }, writer)
}

/// The next message; nothing at the end of the stream.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(header) = read_header(input)? else { return Ok(None) };
    let Some(length) = header.length else {
        return Ok(Some(malformed(ErrorCode::InvalidRequest, "a message begins with its Content-Length")));
    };
    if length > MAX_BODY {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return Ok(Some(malformed(ErrorCode::InvalidRequest, "the message is larger than 512 MiB")));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    if !header.is_utf8 {
        return Ok(Some(malformed(ErrorCode::InvalidRequest, "only messages in UTF-8 are read")));
    }
    Ok(Some(parse(&body)))
}

fn parse(body: &[u8]) -> Incoming {
    let Ok(text) = std::str::from_utf8(body) else {
        return malformed(ErrorCode::ParseError, "the message is not UTF-8");
    };
    match serde_json::from_str(text) {
        // A request whose id is none that we could repeat looks like a notification.
        Ok(Message::Notification(_)) if has_id(text) => {}
        Ok(message) => return Incoming::Message(message),
        Err(_) => {}
    }
    // What is wrong is not repeated: there may be secrets in it.
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return malformed(ErrorCode::ParseError, "the message is not JSON");
    };
    let mut answer = error(ErrorCode::InvalidRequest, "this is no message of JSON-RPC 2.0");
    let id = value.get("id").filter(|id| id.is_number() || id.is_string());
    if let (Some(id), Some(slot)) = (id, answer.get_mut("id")) {
        *slot = id.clone();
    }
    Incoming::Malformed(answer)
}

fn has_id(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Envelope {
        #[serde(default)]
        id: Option<IgnoredAny>,
    }
    serde_json::from_str::<Envelope>(text).is_ok_and(|envelope| envelope.id.is_some())
}

fn malformed(code: ErrorCode, message: &str) -> Incoming {
    Incoming::Malformed(error(code, message))
}

fn error(code: ErrorCode, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": null, "error": {"code": code as i32, "message": message}})
}

#[derive(Default)]
struct Header {
    length: Option<u64>,
    is_utf8: bool,
}

/// The lines up to an empty one; nothing at the end of the stream.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<Header>> {
    let mut header = Header { length: None, is_utf8: true };
    let mut is_empty = true;
    loop {
        let mut line = Vec::new();
        if input.take(MAX_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            if is_empty {
                continue;
            }
            return Ok(Some(header));
        }
        is_empty = false;
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-length" => header.length = value.parse().ok(),
            "content-type" => {
                let charset = value.split_once("charset=").map(|(_, charset)| charset.trim_matches('"'));
                header.is_utf8 = charset.is_none_or(|charset| matches!(charset.trim(), "utf-8" | "utf8"));
            }
            _ => {}
        }
    }
}
