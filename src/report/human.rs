//! The source with what is wrong in it.

use std::io;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity as Level};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::{self, Config};
use termcolor::WriteColor;

use super::Checked;
use crate::finding::{Applicability, Finding, Severity};
use crate::source::{Source, Span};

pub(super) fn write(files: &[Checked], out: &mut dyn WriteColor) -> io::Result<()> {
    for checked in files.iter().filter(|checked| !checked.findings.is_empty()) {
        let shown = checked.shown();
        // The mark takes no column, so it is not shown either.
        let text = shown.get(checked.source.start() as usize..).unwrap_or_default();
        let file = SimpleFile::new(checked.source.name(), text);
        for finding in &checked.findings {
            let diagnostic = diagnostic(&checked.source, finding);
            term::emit_to_write_style(out, &Config::default(), &file, &diagnostic)
                .map_err(io::Error::other)?;
        }
    }
    Ok(())
}

fn diagnostic(source: &Source, finding: &Finding) -> Diagnostic<()> {
    let level = match finding.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    };
    let own = finding.labels.iter().find(|label| label.span == finding.span);
    let own_message = own.map_or("", |label| label.message.as_str());
    let mut labels = vec![label(source, LabelStyle::Primary, finding.span, own_message)];
    for other in finding.labels.iter().filter(|label| label.span != finding.span) {
        labels.push(label(source, LabelStyle::Secondary, other.span, &other.message));
    }
    let mut notes = Vec::new();
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

fn label(source: &Source, style: LabelStyle, span: Span, message: &str) -> Label<()> {
    Label::new(style, (), range(source, span)).with_message(message)
}

/// The span in the text without its mark. A block that goes over lines is marked on its first one: what
/// is said is said of its beginning.
fn range(source: &Source, span: Span) -> Range<usize> {
    let line = source.line_span(span.start);
    let start = span.start.max(source.start()) - source.start();
    let end = span.end.min(line.end.max(span.start)).max(span.start) - source.start().min(span.end);
    start as usize..(end.max(start)) as usize
}
