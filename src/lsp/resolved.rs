//! What a profile comes to, for people: as YAML, each line with where it comes from.

use std::fmt::Write as _;

use serde_json::Value;

use super::view::View;
use crate::profile::{Field, Setting, SubjectId};
use crate::resolve;
use crate::submission::{JobField, SubmissionId};

/// The resolved profile as YAML, secrets redacted.
pub fn yaml(view: &View<'_>, id: SubjectId) -> String {
    let fields =
        resolve::fields(view.subjects, view.facts.catalog(), id, Some(view.snapshot.analysis().secrets()));
    let mut text = String::new();
    for field in Field::ALL {
        let (Some(value), Some(setting)) = (fields.get(field.name()), view.subjects.value(id, field)) else {
            continue;
        };
        let _ = writeln!(text, "{}: {}  # {}", field.name(), inline(value), origin(view, id, field, setting));
    }
    if text.is_empty() {
        text.push_str("{}  # nothing is set\n");
    }
    view.snapshot.shown(&text)
}

/// No more jobs than this are shown at once.
const MOST_JOBS: usize = 3;

/// The first jobs that a submission comes to, as YAML, and how many there are.
pub fn jobs(view: &View<'_>, submission: SubmissionId) -> (String, usize) {
    let jobs = view.facts.submissions().jobs_of(submission);
    let mut text = String::new();
    for job in jobs.iter().take(MOST_JOBS) {
        let _ = writeln!(text, "{}:", scalar(&job.name));
        let fields = resolve::job(view.facts, job, Some(view.snapshot.analysis().secrets()));
        for (field, value) in &fields {
            if field == JobField::CloudConfig.name() {
                let _ = writeln!(text, "  {field}:");
                text.extend(yaml(view, job.subject).lines().flat_map(|line| ["    ", line, "\n"]));
            } else {
                let _ = writeln!(text, "  {field}: {}", inline(value));
            }
        }
    }
    if jobs.len() > MOST_JOBS {
        let _ = writeln!(text, "# and {} more", jobs.len() - MOST_JOBS);
    }
    (view.snapshot.shown(&text), jobs.len())
}

/// The values of the fields of a resolved profile, each on one line.
pub fn values(view: &View<'_>, id: SubjectId) -> Vec<(Field, String)> {
    let fields =
        resolve::fields(view.subjects, view.facts.catalog(), id, Some(view.snapshot.analysis().secrets()));
    let value = |field: Field| Some((field, view.snapshot.shown_name(&inline(fields.get(field.name())?))));
    Field::ALL.into_iter().filter_map(value).collect()
}

/// The value of a field of a resolved profile.
pub fn value(view: &View<'_>, id: SubjectId, field: Field) -> Option<String> {
    values(view, id).into_iter().find(|(known, _)| *known == field).map(|(_, value)| value)
}

/// No more names of a chain than this: it can be as long as the file.
const SHOWN: usize = 5;

/// Where a field's value comes from: `line 3`, or the profile that sets it and the way from there.
pub fn origin(view: &View<'_>, id: SubjectId, field: Field, setting: Setting) -> String {
    let source = view.snapshot.source();
    let line = source.position(view.tree.span(setting.entry.key).start).line;
    if setting.origin == id {
        return format!("line {line}");
    }
    let name = |id| view.snapshot.shown_name(view.subjects.name(id));
    let mut words = format!("from {}, line {line}", name(setting.origin));
    let through = view.subjects.through(id, field);
    let names: Vec<String> = through.iter().take(SHOWN).map(|id| name(*id)).collect();
    if !names.is_empty() {
        let more = if through.len() > SHOWN {
            format!(" and {} more", through.len() - SHOWN)
        } else {
            String::new()
        };
        let _ = write!(words, ", through {}{more}", names.join(", "));
    }
    words
}

/// A value as YAML on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let pairs: Vec<String> =
                map.iter().map(|(key, value)| format!("{key}: {}", inline(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}

/// A text as YAML: plain where that reads back as the same text, else in double quotes.
pub fn scalar(text: &str) -> String {
    if crate::edit::is_plain(text) { text.to_owned() } else { Value::from(text).to_string() }
}
