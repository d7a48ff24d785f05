//! The source with what is wrong in it.

use std::io;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity as Level};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::{self, Config};
use termcolor::WriteColor;

use super::{Checked, counted};
use crate::finding::{Applicability, Finding, Severity};
use crate::secret;
use crate::source::{Source, Span};

/// The longest line that is shown, in bytes. Of a file that is one line, each finding would print all.
const LONG_LINE: u32 = 1000;

/// As many findings are shown: nobody reads on from here, and what they say takes a hundred times the file.
const AT_MOST: usize = 1000;

pub(super) fn write(files: &[Checked], out: &mut dyn WriteColor) -> io::Result<()> {
    let mut left = AT_MOST;
    for checked in files.iter().filter(|checked| !checked.findings.is_empty()) {
        if left == 0 {
            break;
        }
        let shown = secret::masked(&checked.source, &checked.secrets);
        // The mark takes no column, so it is not shown either.
        let text = shown.get(checked.source.start() as usize..).unwrap_or_default();
        let file = SimpleFile::new(checked.source.name(), text);
        for finding in checked.findings.iter().take(left) {
            let diagnostic = diagnostic(&checked.source, finding);
            term::emit_to_write_style(out, &Config::default(), &file, &diagnostic)
                .map_err(io::Error::other)?;
        }
        left = left.saturating_sub(checked.findings.len());
    }
    rest(files, out)
}

/// Says what is not shown.
fn rest(files: &[Checked], out: &mut dyn WriteColor) -> io::Result<()> {
    let rest = files.iter().flat_map(|checked| &checked.findings).skip(AT_MOST);
    let (mut count, mut errors) = (0, 0);
    for finding in rest {
        count += 1;
        errors += usize::from(finding.severity == Severity::Error);
    }
    if count == 0 {
        return Ok(());
    }
    let (count, errors) = (counted(count, "more finding"), counted(errors, "error"));
    writeln!(
        out,
        "{count} not shown, {errors} among them; `anycloud-lint check --format short` prints them all"
    )
}

fn diagnostic(source: &Source, finding: &Finding) -> Diagnostic<()> {
    let level = match finding.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    };
    let own = finding.labels.iter().find(|label| label.span == finding.span);
    let others = finding.labels.iter().filter(|label| label.span != finding.span);
    let places = std::iter::once((finding.span, own.map_or("", |label| label.message.as_str())))
        .chain(others.map(|label| (label.span, label.message.as_str())));
    let (mut labels, mut notes) = (Vec::new(), Vec::new());
    if places.clone().any(|(span, _)| source.line_span(span.start).len() > LONG_LINE) {
        notes.extend(places.map(|(span, message)| place(source, span, message)));
    } else {
        let styles = std::iter::once(LabelStyle::Primary).chain(std::iter::repeat(LabelStyle::Secondary));
        labels.extend(places.zip(styles).map(|((span, message), style)| {
            Label::new(style, (), range(source, span)).with_message(message)
        }));
    }
    notes.extend(finding.help.as_ref().map(|help| format!("help: {help}")));
    if let Some(fix) = &finding.fix {
        let option = match fix.applicability {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--unsafe-fixes",
        };
        notes.push(format!("fix: `{option}` can {}", fix.message));
    }
    notes.push(format!("rule: {}, {}", finding.rule.name, finding.rule.url()));
    Diagnostic::new(level)
        .with_code(finding.rule.code)
        .with_message(&finding.message)
        .with_labels(labels)
        .with_notes(notes)
}

/// A place in a line that is too long to be shown.
fn place(source: &Source, span: Span, message: &str) -> String {
    let at = source.position(span.start);
    let message = if message.is_empty() { String::new() } else { format!(": {message}") };
    format!("at {}:{}:{}{message}", source.name(), at.line, at.column)
}

/// The span in the text without its mark. A block that goes over lines is marked on its first one: what
/// is said is said of its beginning.
fn range(source: &Source, span: Span) -> Range<usize> {
    let line = source.line_span(span.start);
    let start = span.start.max(source.start()) - source.start();
    let end = span.end.min(line.end.max(span.start)).max(span.start) - source.start().min(span.end);
    start as usize..(end.max(start)) as usize
}
