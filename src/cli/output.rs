//! Standard output and error, and colours.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use serde::Serialize;
use serde_json::Value;
use termcolor::{Ansi, NoColor, WriteColor};

use super::failure::Shown;
use super::mistake::ShownMistake;
use super::{Color, Failure};
use crate::shown;

/// No line of a text for people is longer, where it can be broken.
const WIDTH: usize = 80;

/// How to print a list.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Format {
    /// A table for people.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// Whether standard output and standard error get colours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colors {
    /// Standard output.
    pub(super) out: bool,
    /// Standard error.
    pub(super) err: bool,
}

impl Colors {
    /// Looks at the environment and the streams.
    pub(super) fn new(asked: Option<Color>) -> Self {
        let of = |is_terminal: bool| is_colored(asked, |name| std::env::var_os(name), is_terminal);
        Self { out: of(io::stdout().is_terminal()), err: of(io::stderr().is_terminal()) }
    }
}

/// An option beats the environment; `CLICOLOR_FORCE` beats `NO_COLOR` and a dumb terminal.
fn is_colored(asked: Option<Color>, variable: impl Fn(&str) -> Option<OsString>, is_terminal: bool) -> bool {
    match asked {
        Some(Color::Always) => true,
        Some(Color::Never) => false,
        Some(Color::Auto) | None => {
            let is_forced = variable("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
            let is_unwanted = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
            is_forced || (is_terminal && !is_unwanted && !is_dumb(variable("TERM")))
        }
    }
}

/// Whether a terminal shows plain text only, going by the variable `TERM`.
pub(super) fn is_dumb(term: Option<OsString>) -> bool {
    term.is_some_and(|term| term == "dumb")
}

/// Makes a text, with colours if wanted.
pub(super) fn render(
    color: bool,
    write: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    write_to(&mut text, color, write)?;
    Ok(text)
}

/// Writes a text as it is made, with colours if wanted.
pub(super) fn write_to(
    out: &mut dyn Write,
    color: bool,
    write: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    if color { write(&mut Ansi::new(&mut out)) } else { write(&mut NoColor::new(&mut out)) }?;
    out.flush()
}

/// Writes to standard output.
pub(super) fn print(text: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    is_printed(out.write_all(text).and_then(|()| out.flush()))
}

/// Writes to standard output what is made only as it is written.
pub(super) fn stream(
    color: bool,
    write: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>,
) -> Result<(), Failure> {
    is_printed(write_to(&mut io::stdout().lock(), color, write))
}

/// Writes a value to standard output as it is made, for programs.
pub(super) fn stream_json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = shown::JsonGate(BufWriter::new(io::stdout().lock()));
    let written = serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from);
    is_printed(written.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()))
}

/// A reader that has gone away has seen enough: that is no failure.
fn is_printed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::stream(Path::new("standard output"), &error))
        }
        _ => Ok(()),
    }
}

/// Writes a value to standard output, for programs.
pub(super) fn print_json(value: &Value) -> Result<(), Failure> {
    print(format!("{value:#}\n").as_bytes())
}

/// Breaks a text into lines that fit beside an indentation, which all but the first get.
pub(super) fn wrapped(text: &str, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(&indent)
        .subsequent_indent(&indent)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .break_words(false);
    textwrap::fill(text, options).trim_start().to_owned()
}

/// Writes to standard error; where that is not possible there is nobody to tell.
pub(super) fn print_error(text: &[u8]) {
    let _ = io::stderr().lock().write_all(text);
}

/// Writes to standard error what is made only as it is written.
pub(super) fn stream_error(color: bool, write: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>) {
    let _ = write_to(&mut io::stderr().lock(), color, write);
}

/// Writes a line to standard error, whatever the names in it bring along.
pub(super) fn note(line: &str) {
    print_error(format!("{}\n", shown::defused(&shown::line(line))).as_bytes());
}

/// Shows a failure.
pub(super) fn failure(failure: &Failure, color: Colors) {
    if let Failure::Language { refusals, .. } = failure {
        for refusal in refusals {
            show(refusal, color);
        }
    }
    show(failure, color);
    if let Failure::Config(error) = failure {
        for mistake in &error.mistakes {
            print_error(b"\n");
            show(&ShownMistake::of(mistake), color);
        }
    }
}

fn show(failure: &dyn Diagnostic, color: Colors) {
    let mut theme = if color.err { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    theme.characters.error = "error:".into();
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    match handler.render_report(&mut text, &Shown::new(failure)) {
        // What breaks a long line in two may put a name in front.
        Ok(()) => print_error(shown::defused(text.trim_start()).as_bytes()),
        Err(_) => note(&format!("error: {failure}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_that_can_show_them() {
        let is_colored = |asked, set: &[(&str, &str)], is_terminal| {
            let variable = |name: &str| {
                let found = set.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| OsString::from(value))
            };
            is_colored(asked, variable, is_terminal)
        };
        assert!(is_colored(None, &[("TERM", "xterm"), ("NO_COLOR", "")], true));
        assert!(!is_colored(None, &[("TERM", "xterm")], false));
        assert!(!is_colored(None, &[("TERM", "dumb")], true));
        assert!(!is_colored(None, &[("NO_COLOR", "1")], true));
        assert!(!is_colored(None, &[("CLICOLOR_FORCE", "0")], false));
        let forced = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1"), ("TERM", "dumb")];
        assert!(is_colored(None, &forced, false));
        assert!(!is_colored(Some(Color::Never), &forced, true));
        assert!(is_colored(Some(Color::Always), &[("TERM", "dumb")], false));
    }
}
