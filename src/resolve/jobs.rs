//! Jobs as data: what each comes to, and where it says so.

use serde_json::{Map, Value, json};

use super::{Printer, fields, origin};
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::profile::{Field, Section};
use crate::secret::{self, DistinctNames, REDACTED, Secrets};
use crate::submission::{Job, JobField, SubmissionId};
use crate::yaml::{Data, Entry, NodeId, Tree};

/// All that a job says, in the order of the format, its configuration last; with the secrets that must not be shown, or
/// shown as they are.
pub fn job(facts: &Facts, job: &Job, hidden: Option<&Secrets>) -> Map<String, Value> {
    let tree = facts.tree();
    let printer = Printer { tree, catalog: facts.catalog(), hidden };
    let mut config = fields(facts.subjects(), facts.catalog(), job.subject, hidden);
    let gpu = config.shift_remove(Field::GpuType.name());
    let mut body = Map::new();
    for field in JobField::ALL.into_iter().filter(|field| field.is_wire()) {
        let value = match field {
            JobField::GpuType => gpu.clone(),
            _ => job.value(tree, field).map(|set| printer.plain(set.entry.value)),
        };
        body.extend(value.map(|value| (field.name().to_owned(), value)));
    }
    if job.value(tree, JobField::Deployment).is_none() {
        body.insert(JobField::CloudConfig.name().into(), config.into());
    }
    body
}

/// A value of a job as it is, to be compared with another.
pub(crate) fn whole_job_value(tree: &Tree, catalog: &Catalog, field: JobField, node: NodeId) -> Value {
    let printer = Printer { tree, catalog, hidden: None };
    match field {
        JobField::GpuType => printer.value(Field::GpuType, node),
        _ => printer.plain(node),
    }
}

/// Where each value of a job comes from.
pub fn provenance(facts: &Facts, job: &Job, names: &DistinctNames<'_>) -> Map<String, Value> {
    let mut origins = Map::new();
    for field in JobField::ALL.into_iter().filter(|field| field.is_wire() && *field != JobField::GpuType) {
        if job.value(facts.tree(), field).is_some() {
            let origin = job_origin(facts, job, field, names);
            origins.extend(origin.map(|origin| (field.name().into(), origin)));
        }
    }
    let mut config = Map::new();
    for field in Field::ALL {
        if facts.subjects().value(job.subject, field).is_none() {
            continue;
        }
        let map = if field == Field::GpuType { &mut origins } else { &mut config };
        let origin = config_origin(facts, job, field, names);
        map.extend(origin.map(|origin| (field.name().into(), origin)));
    }
    origins.insert(JobField::CloudConfig.name().into(), config.into());
    origins
}

/// Where a job's setting of a field of its own comes from, be it to `null`.
pub fn job_origin(facts: &Facts, job: &Job, field: JobField, names: &DistinctNames<'_>) -> Option<Value> {
    let set = job.setting(field)?;
    Some(written(facts, job, set.entry, (set.origin, field), names))
}

/// Where a setting in a job's configuration comes from, be it to `null`: from a profile or a submission.
pub fn config_origin(facts: &Facts, job: &Job, field: Field, names: &DistinctNames<'_>) -> Option<Value> {
    let setting = facts.subjects().setting(job.subject, field)?;
    if facts.subjects().get(setting.origin).section == Section::Profiles {
        return origin(facts.subjects(), job.subject, field, names);
    }
    let is_jobs = field == Field::GpuType && job.setting(JobField::GpuType).is_some();
    let by = if is_jobs { JobField::GpuType } else { JobField::CloudConfig };
    let origin = job.setting(by).map_or(job.submission, |set| set.origin);
    Some(written(facts, job, setting.entry, (origin, by), names))
}

fn written(
    facts: &Facts,
    job: &Job,
    entry: Entry,
    (origin, field): (SubmissionId, JobField),
    names: &DistinctNames<'_>,
) -> Value {
    let (tree, submissions) = (facts.tree(), facts.submissions());
    let source = tree.source();
    let at = source.position(tree.span(entry.key).start);
    let through =
        if origin == job.submission { Vec::new() } else { submissions.through(job.submission, field) };
    let name = |id| names.shown(submissions.name(tree, id));
    let through: Vec<&str> = through.into_iter().map(name).collect();
    json!({
        "submission": name(origin),
        "file": source.name(),
        "line": at.line,
        "column": at.column,
        "through": through,
    })
}

/// What an entry sets a field of a submission to that the admission body has; with the secrets that must not be shown,
/// or shown as they are.
pub fn job_field(facts: &Facts, entry: Entry, hidden: Option<&Secrets>) -> Value {
    Printer { tree: facts.tree(), catalog: facts.catalog(), hidden }.plain(entry.value)
}

impl Printer<'_> {
    /// A value as it is, but for what has the name of a secret: a variable, mostly.
    fn plain(&self, node: NodeId) -> Value {
        match self.tree.data(node) {
            Data::Map(_) => self.mapping(node).into(),
            Data::Seq(_) => {
                self.tree.items(node).iter().map(|item| self.plain(*item)).collect::<Vec<_>>().into()
            }
            _ => self.scalar(Field::InputBucket, node),
        }
    }

    fn mapping(&self, node: NodeId) -> Map<String, Value> {
        let is_said = |entry: &&Entry| !self.tree.is_repeated(entry.key) && !self.tree.is_null(entry.value);
        let shown = |entry: &Entry| {
            let name = self.tree.key(entry.key);
            let is_secret = self.hidden.is_some() && secret::is_secret_name(name);
            let value = if is_secret { REDACTED.into() } else { self.plain(entry.value) };
            (self.hidden.map_or_else(|| name.to_owned(), |hidden| hidden.redact(name)), value)
        };
        self.tree.entries(node).iter().filter(is_said).map(shown).collect()
    }
}
