//! SARIF 2.1.0, the format of code scanning services.
//!
//! The values are put together by hand: of the standard's 70 kinds of objects this needs ten. A test holds the
//! output against the official schema.

use std::io;
use std::rc::Rc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode};
use serde::Serialize;
use serde_json::{Map, Value, json};
use termcolor::WriteColor;

use super::{Run, Stream, message_with_help, write_json};
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::fingerprint::Fingerprints;
use crate::profile::{Part, Place};
use crate::rule::Rule;
use crate::rules;
use crate::shown;
use crate::source::{Source, Span};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<R: Serialize> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [LogRun<R>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogRun<R: Serialize> {
    tool: Value,
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    results: R,
}

pub(super) fn write(run: &Run<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let tool = json!({"driver": {
        "name": env!("CARGO_PKG_NAME"),
        "version": version,
        "semanticVersion": version,
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules::all().map(descriptor).collect::<Vec<_>>(),
    }});
    let run = LogRun {
        tool,
        column_kind: "unicodeCodePoints",
        newline_sequences: ["\r\n", "\n", "\r"],
        results: Stream(|| results(run)),
    };
    write_json(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

fn results(run: &Run<'_>) -> impl Iterator<Item = Value> {
    let mut fingerprints = Fingerprints::default();
    let files = run.files.iter().map(|checked| {
        let file = run.file_name(checked);
        let artifact = Artifact { source: &checked.source, location: location(&file) };
        (Rc::new((file, artifact)), checked)
    });
    files
        .flat_map(|(file, checked)| checked.findings.iter().map(move |finding| (Rc::clone(&file), finding)))
        .map(move |(file, finding)| {
            let (name, artifact) = &*file;
            result(artifact, finding, &fingerprints.next(name, finding))
        })
}

/// A file as both halves of a location need it.
struct Artifact<'a> {
    source: &'a Source,
    location: Value,
}

fn descriptor(rule: &Rule) -> Value {
    let docs = rule.docs();
    let (explanation, bad, good) = (docs.explanation, visible(docs.bad), visible(docs.good));
    let mut properties = Map::from_iter([("tags".to_owned(), json!(rule.group().map(|group| [group.tag])))]);
    if let Some(fix) = rule.fix {
        properties.insert("fix".into(), fix.name().into());
    }
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": explanation},
        "help": {
            "text": format!("{explanation}\n\nBad:\n\n{bad}\nGood:\n\n{good}"),
            "markdown": format!(
                "{explanation}\n\n**Bad**\n\n```yaml\n{bad}```\n\n**Good**\n\n```yaml\n{good}```\n\n[{}]({})\n",
                rule.name,
                rule.url(),
            ),
        },
        "helpUri": rule.url(),
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": properties,
    })
}

/// An example with a line break at its end and its control characters written as escapes.
fn visible(example: &str) -> String {
    format!("{}\n", shown::lines(example.trim_end_matches('\n')))
}

fn result(artifact: &Artifact<'_>, finding: &Finding, fingerprint: &str) -> Value {
    let mut location = Map::new();
    location.insert("physicalLocation".into(), physical(artifact, finding.span));
    let logical = logical(finding);
    if !logical.is_empty() {
        location.insert("logicalLocations".into(), logical.into());
    }
    let related = finding.labels.iter().enumerate().map(|(index, label)| {
        json!({
            "id": index + 1,
            "message": {"text": label.message},
            "physicalLocation": physical(artifact, label.span),
        })
    });
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules::all().position(|rule| rule == finding.rule),
        "level": level(finding.severity),
        "message": {"text": message_with_help(finding)},
        "locations": [location],
        "partialFingerprints": {"anycloudLint/v1": fingerprint},
    });
    if let Value::Object(result) = &mut result {
        if !finding.labels.is_empty() {
            result.insert("relatedLocations".into(), related.collect());
        }
        if let Some(found) = &finding.fix {
            result.insert("fixes".into(), json!([fix(artifact, found)]));
        }
    }
    result
}

fn fix(artifact: &Artifact<'_>, fix: &Fix) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(artifact.source, edit.span),
            "insertedContent": {"text": edit.replacement},
        })
    });
    let caution = match fix.applicability {
        Applicability::Safe => "",
        Applicability::Unsafe => " (look at the result)",
    };
    json!({
        "description": {"text": format!("{}{caution}", fix.message)},
        "artifactChanges": [{
            "artifactLocation": artifact.location,
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

fn physical(artifact: &Artifact<'_>, span: Span) -> Value {
    json!({"artifactLocation": artifact.location, "region": region(artifact.source, span)})
}

fn region(source: &Source, span: Span) -> Value {
    let (start, end) = (source.position(span.start), source.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": start.offset,
        "byteLength": end.offset.saturating_sub(start.offset),
    })
}

/// The profile and the value in the document.
fn logical(finding: &Finding) -> Vec<Value> {
    let Some(place) = &finding.place else { return Vec::new() };
    let object = place.subject().map(|(section, name)| {
        let pointer = Place::of(section, name).pointer();
        json!({"name": name, "fullyQualifiedName": pointer, "kind": "object"})
    });
    let is_part = !matches!(place, Place::Root | Place::Subject(_, _, Part::Whole));
    let property = is_part.then(|| {
        let name = place.index().map_or_else(|| place.last_key().to_owned(), |index| index.to_string());
        json!({"name": name, "fullyQualifiedName": place.pointer(), "kind": "property"})
    });
    object.into_iter().chain(property).collect()
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

/// Where a file is: relative to the root of the sources, or absolute.
fn location(file: &str) -> Value {
    let has_drive = file.as_bytes().get(1) == Some(&b':');
    if file.starts_with('/') {
        json!({"uri": format!("file://{}", encoded(file))})
    } else if has_drive {
        json!({"uri": format!("file:///{}", encoded(file))})
    } else {
        json!({"uri": encoded(file).to_string(), "uriBaseId": "%SRCROOT%"})
    }
}

/// A path with everything percent-encoded that has a meaning of its own in a URI, or none.
fn encoded(path: &str) -> PercentEncode<'_> {
    const ENCODED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    percent_encoding::utf8_percent_encode(path, ENCODED)
}
