//! One line a finding: `FILE:LINE:COLUMN: severity[CODE]: message`.

use std::io;

use termcolor::{Color, ColorSpec, WriteColor};

use super::Checked;
use crate::finding::Severity;

pub(super) fn write(files: &[Checked], out: &mut dyn WriteColor) -> io::Result<()> {
    for checked in files {
        for finding in &checked.findings {
            let at = checked.source.position(finding.span.start);
            let message = finding.message.replace(['\n', '\r'], " ");
            write!(out, "{}:{}:{}: ", checked.source.name(), at.line, at.column)?;
            out.set_color(&color(finding.severity))?;
            write!(out, "{}[{}]", finding.severity, finding.rule.code)?;
            out.reset()?;
            writeln!(out, ": {message}")?;
        }
    }
    Ok(())
}

fn color(severity: Severity) -> ColorSpec {
    let mut spec = ColorSpec::new();
    spec.set_bold(true).set_fg(Some(match severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Note => Color::Green,
    }));
    spec
}
