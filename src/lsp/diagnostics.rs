//! Findings as an editor shows them.

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, Message, Range, Uri,
};

use super::document::Document;
use super::view::Snapshot;
use crate::config::Mistake;
use crate::finding::{Finding, Severity};

/// What diagnostics say of where they come from.
pub const SOURCE: &str = "anycloud-lint";

/// The rules that speak of text that does nothing: editors show it faded.
const UNNECESSARY: [&str; 6] = ["AC203", "AC204", "AC205", "AC206", "AC310", "AC901"];

/// All findings of a text.
pub fn all(document: &Document, uri: &Uri, snapshot: &Snapshot) -> Vec<Diagnostic> {
    snapshot.findings().iter().map(|finding| one(document, uri, finding)).collect()
}

/// One finding: the same as the command line prints, with what to do in a line of its own.
pub fn one(document: &Document, uri: &Uri, finding: &Finding) -> Diagnostic {
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let related = finding.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: document.range(label.span) },
        message: label.message.clone(),
    });
    Diagnostic {
        range: document.range(finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(Code::String(finding.rule.code.into())),
        code_description: Some(CodeDescription { href: Uri(finding.rule.url()) }),
        source: Some(SOURCE.into()),
        message: Message::String(message),
        tags: UNNECESSARY.contains(&finding.rule.code).then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: Some(related.collect()),
        data: None,
    }
}

/// The one thing to say of a text that can't be checked because its configuration is broken.
pub fn unchecked(reason: &str) -> Diagnostic {
    let message = format!("nothing is checked here until the configuration is put right\nhelp: {reason}");
    Diagnostic {
        range: Range::default(),
        severity: Some(DiagnosticSeverity::Warning),
        source: Some(SOURCE.into()),
        message: Message::String(message),
        ..Diagnostic::default()
    }
}

/// A mistake in a configuration.
pub fn of_mistake(document: &Document, mistake: &Mistake) -> Diagnostic {
    let message = match &mistake.help {
        Some(help) => format!("{}\nhelp: {help}", mistake.message),
        None => mistake.message.clone(),
    };
    Diagnostic {
        range: document.range(mistake.span),
        severity: Some(DiagnosticSeverity::Error),
        source: Some(SOURCE.into()),
        message: Message::String(message),
        ..Diagnostic::default()
    }
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}
