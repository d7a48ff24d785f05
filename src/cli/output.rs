//! Standard output and error, colours, and files that are written whole or not at all.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;
use miette::{GraphicalReportHandler, GraphicalTheme};
use serde_json::Value;
use termcolor::{Ansi, NoColor, WriteColor};

use super::failure::reason;
use super::{Color, Failure};

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
    /// An option beats the environment; `CLICOLOR_FORCE` beats `NO_COLOR`, which beats the terminal.
    pub(super) fn new(asked: Option<Color>) -> Self {
        let is_set =
            |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let decide = |is_terminal: bool| match asked {
            Some(Color::Always) => true,
            Some(Color::Never) => false,
            Some(Color::Auto) | None => {
                is_set("CLICOLOR_FORCE")
                    || (is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()))
            }
        };
        Self { out: decide(io::stdout().is_terminal()), err: decide(io::stderr().is_terminal()) }
    }
}

/// Makes a text, with colours if wanted.
pub(super) fn render(
    color: bool,
    write: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    if color {
        let mut out = Ansi::new(Vec::new());
        write(&mut out)?;
        Ok(out.into_inner())
    } else {
        let mut out = NoColor::new(Vec::new());
        write(&mut out)?;
        Ok(out.into_inner())
    }
}

/// Writes to standard output. A reader that has gone away has seen enough: that is no failure.
pub(super) fn print(text: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::write(Path::new("standard output"), &error))
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

/// Writes a line to standard error.
pub(super) fn note(line: &str) {
    print_error(format!("{line}\n").as_bytes());
}

/// Shows a failure.
pub(super) fn failure(failure: &Failure, color: Colors) {
    let theme = if color.err { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    match handler.render_report(&mut text, failure) {
        Ok(()) => print_error(text.as_bytes()),
        Err(_) => note(&format!("error: {failure}")),
    }
}

/// Replaces a file as a whole: its permissions stay, a link stays a link, and where anything goes wrong the
/// file is as it was.
pub(super) fn replace_file(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::write(path, &error);
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let metadata = fs::metadata(&target);
    if metadata.as_ref().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        // A pipe or a device such as `/dev/null` is written to; in its place a file would be of no use.
        let written = fs::OpenOptions::new().write(true).open(&target).and_then(|mut to| to.write_all(text));
        return written.map_err(failed);
    }
    if metadata.as_ref().is_ok_and(fs::Metadata::is_dir) {
        return Err(failed(io::Error::other("it is a folder")));
    }
    if fs::metadata(folder).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        let (path, folder) = (path.display().to_string(), folder.display().to_string());
        return Err(Failure::NoFolder { path, folder });
    }
    let permissions = metadata.map(|metadata| metadata.permissions());
    if permissions.as_ref().is_ok_and(fs::Permissions::readonly) {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text)
        .and_then(|()| file.flush())
        .and_then(|()| file.as_file().sync_all())
        .map_err(failed)?;
    match permissions {
        Ok(permissions) => file.as_file().set_permissions(permissions).map_err(failed)?,
        Err(_) => share(file.as_file()).map_err(failed)?,
    }
    file.persist(&target).map(drop).map_err(|error| failed(error.error))
}

/// Writes a file that is not there yet, as a whole or not at all.
pub(super) fn create_file(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Usage {
            message: format!("{} is there already", path.display()),
            help: Some("it is as it was; give another path, or move it away first".into()),
        },
        _ => Failure::Create { path: path.display().to_string(), reason: reason(&error) },
    };
    if fs::symlink_metadata(path).is_ok() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text)
        .and_then(|()| file.flush())
        .and_then(|()| file.as_file().sync_all())
        .and_then(|()| share(file.as_file()))
        .map_err(failed)?;
    file.persist_noclobber(path).map(drop).map_err(|error| failed(error.error))
}

/// A new file is readable by everybody, as other programs make them; a temporary one is not.
#[cfg(unix)]
fn share(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_: &fs::File) -> io::Result<()> {
    Ok(())
}
