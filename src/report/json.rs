//! Findings as JSON, and the JSON Schema of that JSON.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use termcolor::WriteColor;

use super::{Run, Stream, Summary, write_json};
use crate::finding::{Applicability, Finding, Fix, Label, Severity};
use crate::source::{Position, Source, Span};

/// The findings of a run of anycloud-lint.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "anycloud-lint findings")]
struct Report<R> {
    /// The version of this shape. It rises when a key goes or changes its meaning; new keys may come
    /// without that.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// The program that wrote this.
    tool: Tool,
    /// The numbers of the run.
    summary: Numbers,
    /// Every finding, sorted by file, then offset, then code.
    #[schemars(with = "Vec<JsonFinding<'static>>")]
    findings: R,
}

/// The program.
#[derive(Serialize, JsonSchema)]
struct Tool {
    /// Its name.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

/// How much was found.
#[derive(Serialize, JsonSchema)]
struct Numbers {
    /// Files that were checked.
    files: usize,
    /// Findings at error level.
    errors: usize,
    /// Findings at warning level.
    warnings: usize,
    /// Findings at note level.
    notes: usize,
    /// Findings that the baseline holds and that are not reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    baselined: Option<usize>,
}

/// Something that a rule found.
#[derive(Serialize, JsonSchema)]
struct JsonFinding<'a> {
    /// The rule's stable code.
    code: &'a str,
    /// The rule's stable name.
    rule: &'a str,
    /// How bad it is.
    #[schemars(extend("enum" = Severity::ALL.map(Severity::name)))]
    severity: &'a str,
    /// What is wrong.
    message: &'a str,
    /// The file.
    file: &'a str,
    /// The profile that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a str>,
    /// The JSON pointer of the value that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// Where it is.
    span: JsonSpan,
    /// The places that tell the story.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    labels: Vec<JsonLabel<'a>>,
    /// The next step.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    /// The rule's documentation.
    url: String,
    /// The edit that repairs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<JsonFix<'a>>,
}

/// A half-open range of the file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Span")]
struct JsonSpan {
    /// The first character.
    start: JsonPosition,
    /// The character after the last.
    end: JsonPosition,
}

/// A place in the file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Position")]
struct JsonPosition {
    /// Bytes from the start of the file.
    offset: u32,
    /// The line, from 1.
    line: u32,
    /// The column in Unicode scalar values, from 1.
    column: u32,
}

/// A place with what it has to do with the finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Label")]
struct JsonLabel<'a> {
    /// What is there.
    message: &'a str,
    /// The file.
    file: &'a str,
    /// Where.
    span: JsonSpan,
}

/// An edit that repairs a finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
struct JsonFix<'a> {
    /// `safe` if it keeps what the author meant, `unsafe` if somebody should look at it.
    #[schemars(extend("enum" = Applicability::ALL.map(Applicability::name)))]
    applicability: &'a str,
    /// What it does.
    message: &'a str,
    /// The edits, in the order of the file and apart from each other.
    edits: Vec<JsonEdit<'a>>,
}

/// A piece of text to put in place of another.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
struct JsonEdit<'a> {
    /// What goes.
    span: JsonSpan,
    /// What comes.
    replacement: &'a str,
}

/// The JSON Schema of the output.
pub fn schema() -> Value {
    let id =
        "https://raw.githubusercontent.com/anycloud-lint/anycloud-lint/main/schemas/findings.schema.json";
    crate::schema::published::<Report<()>>(id)
}

pub(super) fn write(run: &Run<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
    let summary = Summary::of(run);
    let report = Report {
        version: 1,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        summary: Numbers {
            files: summary.files,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            baselined: run.baselined,
        },
        findings: Stream(|| {
            run.files
                .iter()
                .flat_map(|checked| checked.findings.iter().map(|found| finding(&checked.source, found)))
        }),
    };
    write_json(&report, out)
}

fn finding<'a>(source: &'a Source, finding: &'a Finding) -> JsonFinding<'a> {
    JsonFinding {
        code: finding.rule.code,
        rule: finding.rule.name,
        severity: finding.severity.name(),
        message: &finding.message,
        file: source.name(),
        profile: finding.profile(),
        path: finding.path(),
        span: span(source, finding.span),
        labels: finding.labels.iter().map(|found| label(source, found)).collect(),
        help: finding.help.as_deref(),
        url: finding.rule.url(),
        fix: finding.fix.as_ref().map(|found| fix(source, found)),
    }
}

fn label<'a>(source: &'a Source, label: &'a Label) -> JsonLabel<'a> {
    JsonLabel { message: &label.message, file: source.name(), span: span(source, label.span) }
}

fn fix<'a>(source: &Source, fix: &'a Fix) -> JsonFix<'a> {
    let edits = fix.edits.iter();
    let edits = edits.map(|edit| JsonEdit { span: span(source, edit.span), replacement: &edit.replacement });
    JsonFix { applicability: fix.applicability.name(), message: &fix.message, edits: edits.collect() }
}

fn span(source: &Source, span: Span) -> JsonSpan {
    let position = |at: Position| JsonPosition { offset: at.offset, line: at.line, column: at.column };
    JsonSpan { start: position(source.position(span.start)), end: position(source.position(span.end)) }
}
