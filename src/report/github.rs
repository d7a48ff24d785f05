//! Annotations of a GitHub workflow: `::error file=…,line=…,title=…::message`.
//!
//! The runner takes `%`, CR and LF for its own in a message, and `:` and `,` besides in a property.

use std::io;

use termcolor::WriteColor;

use super::{Run, by_severity, lines, message_with_help};

pub(super) fn write(run: &Run<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
    for checked in run.files {
        let file = property(&run.file_name(checked));
        for finding in &checked.findings {
            let command = by_severity(finding.severity, "error", "warning", "notice");
            let (start, end) = lines(&checked.source, finding.span);
            write!(out, "::{command} file={file},line={},endLine={}", start.line, end.line)?;
            // GitHub takes columns only where the annotation stays on one line.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column.max(start.column))?;
            }
            let title = property(&format!("{} {}", finding.rule.code, finding.rule.name));
            writeln!(out, ",title={title}::{}", data(&message_with_help(finding)))?;
        }
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
