//! Resolved profiles as data: inheritance applied, values normalised, secrets redacted.

mod jobs;
mod submission;

pub(crate) use submission::NAMED_CREDENTIALS;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

pub(crate) use jobs::whole_job_value;
pub use jobs::{config_origin, job, job_field, job_origin, provenance as job_provenance};

use crate::catalog::Catalog;
use crate::credential;
use crate::facts::Facts;
use crate::normal;
use crate::profile::{Field, Section, SubjectId, Subjects};
use crate::secret::{self, DistinctNames, REDACTED, Secrets};
use crate::submission::Job;
use crate::yaml::{Data, Entry, NodeId, Tree};

/// What `resolve` prints.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The shape of a profile.
    pub emit: Emit,
    /// Only these profiles, if there are any; a template may be among them.
    pub profiles: Vec<String>,
    /// Only these jobs, if there are any: by their names, or by that of their submission.
    pub jobs: Vec<String>,
    /// Whether to say where each value comes from.
    pub provenance: bool,
    /// Whether secrets are shown.
    pub show_secrets: bool,
}

impl Options {
    /// The profiles that are asked for by name, else all that are no templates.
    pub fn profiles(&self, subjects: &Subjects) -> Vec<SubjectId> {
        let ids = subjects.profiles().iter().map(|profile| profile.id);
        let is_wanted = |id: &SubjectId| {
            if self.profiles.is_empty() {
                return !subjects.is_template(*id);
            }
            self.profiles.iter().any(|name| name == subjects.name(*id))
        };
        ids.filter(is_wanted).collect()
    }

    /// Whether a job is asked for: by name, or since none is.
    pub fn wants(&self, facts: &Facts, job: &Job) -> bool {
        self.jobs.is_empty() || facts.submissions().is_called(facts.tree(), job, &self.jobs)
    }

    /// Whether profiles are asked for: who asks for a job alone gets nothing else.
    pub fn has_profiles(&self) -> bool {
        self.jobs.is_empty() || !self.profiles.is_empty()
    }

    /// Whether jobs are asked for, in a file that has any: who asks for a profile alone gets nothing else.
    pub fn has_jobs(&self, tree: &Tree) -> bool {
        (!self.jobs.is_empty() || self.profiles.is_empty()) && Section::Submissions.entry(tree).is_some()
    }
}

/// The shape in which profiles are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emit {
    /// The profiles with all that they inherit.
    #[default]
    Profiles,
    /// What the API takes to start a job, but for the image.
    Submission,
}

/// The profiles and the jobs of a file, resolved, with the names that the catalog knows in its spelling.
pub fn resolve(facts: &Facts, options: &Options) -> Value {
    serde_json::to_value(Resolved::new(facts, options)).unwrap_or_default()
}

/// The same, one after the other as it is written: what is said of all of them may be long.
#[derive(Debug)]
pub struct Resolved<'r> {
    facts: &'r Facts,
    options: &'r Options,
    wanted: Vec<SubjectId>,
    secrets: Option<Secrets>,
    names: DistinctNames<'r>,
}

impl<'r> Resolved<'r> {
    /// The profiles and jobs that the options ask for.
    pub fn new(facts: &'r Facts, options: &'r Options) -> Self {
        let subjects = facts.subjects();
        let wanted = options.profiles(subjects);
        let secrets = if options.show_secrets { None } else { Some(secrets([subjects])) };
        let names = names(facts, secrets.as_ref());
        Self { facts, options, wanted, secrets, names }
    }

    fn body(&self, id: SubjectId) -> Map<String, Value> {
        let fields = fields(self.facts.subjects(), self.facts.catalog(), id, self.secrets.as_ref());
        match self.options.emit {
            Emit::Profiles => fields,
            Emit::Submission => submission::body(fields),
        }
    }

    fn job(&self, job: &Job) -> Map<String, Value> {
        let fields = jobs::job(self.facts, job, self.secrets.as_ref());
        match self.options.emit {
            Emit::Profiles => fields,
            Emit::Submission => submission::job(fields),
        }
    }
}

impl Serialize for Resolved<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (facts, options) = (self.facts, self.options);
        let (has_profiles, has_jobs) = (options.has_profiles(), options.has_jobs(facts.tree()));
        let mut root = serializer.serialize_map(None)?;
        root.serialize_entry("version", &1)?;
        if has_profiles {
            root.serialize_entry("profiles", &Each(self, |id| self.body(id)))?;
        }
        if has_jobs {
            root.serialize_entry(Section::Submissions.key(), &EachJob(self, |job: &Job| self.job(job)))?;
        }
        if options.provenance && has_profiles {
            root.serialize_entry(
                "provenance",
                &Each(self, |id| provenance(facts.subjects(), id, &self.names)),
            )?;
        }
        if options.provenance && has_jobs {
            root.serialize_entry(
                "submissionProvenance",
                &EachJob(self, |job: &Job| jobs::provenance(facts, job, &self.names)),
            )?;
        }
        root.end()
    }
}

/// Something of each profile, by its name.
struct Each<'r, F>(&'r Resolved<'r>, F);

impl<V: Serialize, F: Fn(SubjectId) -> V> Serialize for Each<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(resolved, say) = self;
        let subjects = resolved.facts.subjects();
        let name = |id: SubjectId| resolved.names.shown(subjects.name(id));
        serializer.collect_map(resolved.wanted.iter().map(|id| (name(*id), say(*id))))
    }
}

/// Something of each job, in lists by submission.
struct EachJob<'r, F>(&'r Resolved<'r>, F);

impl<F: Fn(&Job) -> Map<String, Value>> Serialize for EachJob<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(resolved, say) = self;
        let (facts, submissions) = (resolved.facts, resolved.facts.submissions());
        let mut lists = serializer.serialize_map(None)?;
        for (id, submission) in submissions.all() {
            let is_wanted = |job: &&Job| resolved.options.wants(facts, job);
            let jobs: Vec<_> = submissions.jobs_of(id).iter().filter(is_wanted).map(say).collect();
            if !jobs.is_empty() {
                lists.serialize_entry(resolved.names.shown(submission.name(facts.tree())), &jobs)?;
            }
        }
        lists.end()
    }
}

/// What is secret in documents that can be read: it is not printed anywhere else either, nor of another one.
pub fn secrets<'t>(documents: impl IntoIterator<Item = &'t Subjects>) -> Secrets {
    Secrets::known(documents.into_iter().map(Subjects::tree))
}

/// What profiles, submissions and jobs are called where secrets must not be shown.
pub fn names<'f>(facts: &'f Facts, secrets: Option<&Secrets>) -> DistinctNames<'f> {
    DistinctNames::new(written_names(facts), secrets)
}

/// The names of profiles, submissions and jobs.
pub(crate) fn written_names(facts: &Facts) -> impl Iterator<Item = &str> + Clone {
    let (subjects, submissions, tree) = (facts.subjects(), facts.submissions(), facts.tree());
    let profiles = subjects.profiles().iter().map(|profile| subjects.name(profile.id));
    let written = submissions.as_slice().iter().map(|submission| submission.name(tree));
    let jobs = submissions.jobs().iter().map(|job| &*job.name);
    profiles.chain(written).chain(jobs)
}

/// A profile's fields, in the order of the format; with the secrets that must not be shown, or shown as they are.
pub fn fields(
    subjects: &Subjects,
    catalog: &Catalog,
    id: SubjectId,
    hidden: Option<&Secrets>,
) -> Map<String, Value> {
    let printer = Printer { tree: subjects.tree(), catalog, hidden };
    let set = Field::ALL.into_iter().filter_map(|field| Some((field, subjects.value(id, field)?)));
    set.map(|(field, setting)| (field.name().to_owned(), printer.value(field, setting.entry.value))).collect()
}

fn provenance(subjects: &Subjects, id: SubjectId, names: &DistinctNames<'_>) -> Value {
    let origins = Field::ALL.into_iter().filter_map(|field| {
        subjects.value(id, field)?;
        Some((field.name().to_owned(), origin(subjects, id, field, names)?))
    });
    origins.collect::<Map<_, _>>().into()
}

/// Where a profile's setting of a field comes from, be it to `null`.
pub fn origin(subjects: &Subjects, id: SubjectId, field: Field, names: &DistinctNames<'_>) -> Option<Value> {
    let setting = subjects.setting(id, field)?;
    let source = subjects.tree().source();
    let at = source.position(subjects.tree().span(setting.entry.key).start);
    let name = |id: SubjectId| names.shown(subjects.name(id));
    let through: Vec<Value> = subjects.through(id, field).into_iter().map(|id| name(id).into()).collect();
    Some(serde_json::json!({
        "profile": name(setting.origin),
        "file": source.name(),
        "line": at.line,
        "column": at.column,
        "through": through,
    }))
}

/// A field's value with its secrets, to be compared with another.
pub(crate) fn whole_value(tree: &Tree, catalog: &Catalog, field: Field, node: NodeId) -> Value {
    Printer { tree, catalog, hidden: None }.value(field, node)
}

/// Turns the values of a document into JSON.
struct Printer<'p> {
    tree: &'p Tree,
    catalog: &'p Catalog,
    hidden: Option<&'p Secrets>,
}

impl Printer<'_> {
    fn value(&self, field: Field, node: NodeId) -> Value {
        match self.tree.data(node) {
            Data::Map(_) => self.credential(node),
            Data::Seq(_) => self.pool(field, node),
            _ => self.scalar(field, node),
        }
    }

    /// A list without repeated entries; one of a single entry is that entry.
    fn pool(&self, field: Field, list: NodeId) -> Value {
        let mut pool = normal::Pool::new(self.catalog, field);
        let items = self.tree.items(list).iter().copied();
        let first_mentions =
            items.filter(|item| self.tree.str(*item).is_none_or(|text| pool.add(text, ()).is_none()));
        let mut values: Vec<Value> = first_mentions.map(|item| self.scalar(field, item)).collect();
        match values.len() {
            1 => values.remove(0),
            _ => values.into(),
        }
    }

    fn scalar(&self, field: Field, node: NodeId) -> Value {
        match self.tree.data(node) {
            Data::Bool(value) => (*value).into(),
            Data::Int(value) => (*value).into(),
            #[allow(clippy::cast_possible_truncation)]
            Data::Float(value) if value.fract() == 0.0 && value.abs() < 9e15 => (*value as i64).into(),
            Data::Float(value) => (*value).into(),
            _ => match self.tree.str(node) {
                Some(text) => {
                    let text = normal::spelling(self.catalog, field, text);
                    self.hidden.map_or_else(|| text.to_string(), |hidden| hidden.redact(&text)).into()
                }
                None => Value::Null,
            },
        }
    }

    fn credential(&self, object: NodeId) -> Value {
        let mut entries = self.tree.entries(object).to_vec();
        // Keys that are none, where nobody complains about them, may hold anything.
        entries.retain(|entry| credential::rank(self.tree.key(entry.key)).is_some());
        entries.sort_by_key(|entry| credential::rank(self.tree.key(entry.key)));
        let shown = |entry: Entry| {
            let key = self.tree.key(entry.key);
            let text = self.tree.str(entry.value).unwrap_or_default();
            let value = match self.hidden {
                Some(_) if !secret::is_harmless_key(key) => REDACTED.to_owned(),
                Some(hidden) if key != "accessKeyId" || !secret::is_key_id(text) => hidden.redact(text),
                _ => text.to_owned(),
            };
            (key.to_owned(), Value::from(value))
        };
        entries.into_iter().map(shown).collect::<Map<_, _>>().into()
    }
}
