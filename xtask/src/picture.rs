//! The picture of the editor at work in the README: drawn from what the language server really answers.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, BufReader, Cursor, Write};
use std::sync::mpsc::{Sender, channel};

use serde_json::{Value, json};

/// What is typed; the cursor is at `¦`.
const FILE: &str = "\
profiles:
  .base:
    credentials: azure2
    diskTier: high
  west:
    extends: .base
    vmType: Standard_NC16as_T4_v3
    region: westus22
  large:
    extends: west
    vmType: null
    gpuType: h100:8
    reg¦
";

/// The profile under the pointer.
const HOVERED: (usize, usize) = (8, 4);

/// How wide a letter is, and how high a line.
const LETTER: f64 = 8.4;
const LINE: usize = 22;

/// The picture as SVG.
pub(crate) fn svg() -> Result<String, Box<dyn Error>> {
    let at = FILE.find('¦').ok_or("no cursor")?;
    let before = FILE.get(..at).unwrap_or_default();
    let cursor = (before.matches('\n').count(), before.rsplit('\n').next().unwrap_or_default().len());
    let text = FILE.replace('¦', "");
    // The half-typed line would hide what is wrong with the rest.
    let whole = text.lines().take(cursor.0).fold(String::new(), |all, line| all + line + "\n");
    let uri = "file:///project/anycloud.yaml";
    let place = |(line, column): (usize, usize)| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}});
    let document = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": whole});
    let typed = json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]});
    let answers = converse(&[
        ("initialize", json!({"capabilities": {}})),
        ("-textDocument/didOpen", json!({"textDocument": document})),
        ("textDocument/diagnostic", json!({"textDocument": {"uri": uri}})),
        ("textDocument/codeLens", json!({"textDocument": {"uri": uri}})),
        ("textDocument/hover", place(HOVERED)),
        ("-textDocument/didChange", typed),
        ("textDocument/completion", place(cursor)),
        ("shutdown", Value::Null),
        ("-exit", Value::Null),
    ])?;
    let [_, diagnostics, lenses, hover, completion, _] = answers.as_slice() else {
        return Err("the server did not answer everything".into());
    };
    Ok(draw(&text, cursor, diagnostics, lenses, hover, completion))
}

/// Says some things to the server, those with a `-` without waiting for an answer; the answers in their order.
fn converse(messages: &[(&str, Value)]) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut input = Vec::new();
    for (number, (method, params)) in messages.iter().enumerate() {
        let message = match method.strip_prefix('-') {
            Some(method) => json!({"jsonrpc": "2.0", "method": method, "params": params}),
            None => json!({"jsonrpc": "2.0", "id": number, "method": method, "params": params}),
        };
        let body = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    }
    let (sender, output) = channel();
    anycloud_lint::lsp::serve(BufReader::new(Cursor::new(input)), Output(sender));
    let said: Vec<u8> = output.iter().flatten().collect();
    let said = String::from_utf8(said)?;
    let bodies = said.split("Content-Length: ").filter_map(|part| part.split_once("\r\n\r\n"));
    let messages: Result<Vec<Value>, _> = bodies.map(|(_, body)| serde_json::from_str(body)).collect();
    Ok(messages?
        .into_iter()
        .filter(|message| message.get("id").is_some())
        .map(|mut message| message["result"].take())
        .collect())
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

const STYLE: &str = "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#d4d4d4}\
    .key{fill:#9cdcfe}.value{fill:#ce9178}.quiet{fill:#8a8a8a}.small{font-size:12px}.name{fill:#dcdcaa}";

fn draw(
    text: &str,
    cursor: (usize, usize),
    diagnostics: &Value,
    lenses: &Value,
    hover: &Value,
    completion: &Value,
) -> String {
    const TOP: usize = 34;
    const LEFT: f64 = 56.0;
    // A lens takes a line above the one that it is about.
    let lens = |line: usize| {
        let mut all = lenses.as_array().into_iter().flatten();
        all.find(|lens| lens["range"]["start"]["line"] == line)
            .and_then(|lens| lens["command"]["title"].as_str())
    };
    let mut rows = Vec::new();
    let mut row = 0;
    let mut body = String::new();
    for (number, line) in text.lines().enumerate() {
        if let Some(title) = lens(number) {
            let indent = line.len() - line.trim_start().len();
            let x = LEFT + as_width(indent);
            let _ = writeln!(
                body,
                "<text class=\"quiet small\" x=\"{x}\" y=\"{}\">{}</text>",
                TOP + row * LINE,
                escape(title)
            );
            row += 1;
        }
        rows.push(row);
        let y = TOP + row * LINE;
        let _ = writeln!(body, "<text class=\"quiet\" x=\"16\" y=\"{y}\">{:>2}</text>", number + 1);
        let _ = writeln!(body, "<text x=\"{LEFT}\" y=\"{y}\">{}</text>", colored(line));
        row += 1;
    }
    let y_of = |line: usize| TOP + rows.get(line).copied().unwrap_or_default() * LINE;

    for found in diagnostics["items"].as_array().into_iter().flatten() {
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap_or_default()).unwrap_or_default();
        let (start, end) = (&found["range"]["start"], &found["range"]["end"]);
        let (line, from, to) =
            (number(&start["line"]), number(&start["character"]), number(&end["character"]));
        let y = y_of(line);
        let mut wave = format!("M{} {}", LEFT + as_width(from), y + 4);
        for _ in 0..(to - from) * 2 {
            wave.push_str("q1.05 -2.6 2.1 0t2.1 0");
        }
        let _ = writeln!(body, "<path d=\"{wave}\" fill=\"none\" stroke=\"#f14c4c\"/>");
        let message = found["message"].as_str().unwrap_or_default().lines().next().unwrap_or_default();
        let code = found["code"].as_str().unwrap_or_default();
        let x = LEFT + as_width(to + 3);
        let _ = writeln!(
            body,
            "<text class=\"small\" style=\"fill:#f14c4c\" x=\"{x}\" y=\"{y}\">{} {}</text>",
            escape(code),
            escape(message)
        );
    }

    let x = LEFT + as_width(cursor.1);
    let y = y_of(cursor.0);
    let _ = writeln!(body, "<rect x=\"{x}\" y=\"{}\" width=\"2\" height=\"18\" fill=\"#aeafad\"/>", y - 14);
    let items: Vec<&Value> = completion["items"].as_array().into_iter().flatten().take(4).collect();
    let lines: Vec<String> = items
        .iter()
        .map(|item| {
            let label = item["label"].as_str().unwrap_or_default();
            format!("<tspan class=\"key\">{}</tspan>", escape(label))
        })
        .collect();
    panel(&mut body, LEFT + as_width(4), y + 12, 230.0, &lines);
    let documentation = items.first().map(|item| item["documentation"]["value"].as_str().unwrap_or_default());
    let words = wrapped(documentation.unwrap_or_default(), 58);
    panel(&mut body, LEFT + as_width(4) + 238.0, y + 12, 490.0, &words);

    let value = hover["contents"]["value"].as_str().unwrap_or_default();
    let yaml = value.split("```").nth(1).unwrap_or_default();
    let lines: Vec<String> = yaml.lines().skip(1).map(colored).collect();
    let title = format!(
        "<tspan class=\"name\">{}</tspan>",
        escape(&value.lines().next().unwrap_or_default().replace(['*', '`'], ""))
    );
    let lines: Vec<String> = std::iter::once(title).chain(lines).collect();
    panel(&mut body, 430.0, TOP, 500.0, &lines);

    let height = y + 36 + items.len().max(words.len()) * LINE;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" viewBox=\"0 0 960 {height}\" role=\"img\" aria-label=\"An editor with \
         anycloud.yaml: a mistake underlined, a profile as it resolves, and completion\">\n<style>{STYLE}</style>\n\
         <rect width=\"960\" height=\"{height}\" rx=\"8\" fill=\"#1e1e1e\"/>\n{body}</svg>\n"
    )
}

/// A box with some lines in it.
fn panel(body: &mut String, x: f64, y: usize, width: f64, lines: &[String]) {
    let height = lines.len() * LINE + 12;
    let _ = writeln!(
        body,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\" fill=\"#252526\" stroke=\"#454545\"/>"
    );
    for (number, line) in lines.iter().enumerate() {
        let _ = writeln!(
            body,
            "<text class=\"small\" x=\"{}\" y=\"{}\">{line}</text>",
            x + 10.0,
            y + 21 + number * LINE
        );
    }
}

#[allow(clippy::cast_precision_loss, reason = "a column")]
fn as_width(columns: usize) -> f64 {
    columns as f64 * LETTER
}

/// A line of YAML with its key, value and comment told apart.
fn colored(line: &str) -> String {
    let (code, comment) = match line.find("  # ") {
        Some(at) => line.split_at(at),
        None => (line, ""),
    };
    let shown = match code.split_once(':') {
        Some((key, value)) => format!(
            "<tspan class=\"key\">{}</tspan>:<tspan class=\"value\">{}</tspan>",
            escape(key),
            escape(value)
        ),
        None => format!("<tspan class=\"key\">{}</tspan>", escape(code)),
    };
    format!("{shown}<tspan class=\"quiet\">{}</tspan>", escape(comment))
}

/// Lines of at most so many letters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last().map_or(0, String::len);
        if last > 0 && last + 1 + word.len() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.iter().take(4).map(|line| escape(&line.replace('`', ""))).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
