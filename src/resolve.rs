//! Resolved profiles as data: inheritance applied, values normalised, secrets redacted.

use serde_json::{Map, Value};

use crate::catalog::Catalog;
use crate::normal;
use crate::profile::{Field, Subject, SubjectId, Subjects};
use crate::secret::{self, REDACTED};
use crate::yaml::{Data, Entry, NodeId, Tree};

/// What `resolve` prints.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The shape of a profile.
    pub emit: Emit,
    /// Only these profiles, if there are any; a template may be among them.
    pub profiles: Vec<String>,
    /// Whether to say where each value comes from.
    pub provenance: bool,
    /// Whether secrets are shown.
    pub show_secrets: bool,
}

/// The shape in which profiles are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Emit {
    /// The profiles with all that they inherit.
    #[default]
    Profiles,
    /// What the API takes to start a job, but for the image.
    Submission,
}

/// The fields that the API takes beside `cloudConfig` when they name saved credentials.
const NAMED_CREDENTIALS: [(Field, &str); 4] = [
    (Field::Credentials, "credentialName"),
    (Field::InputStorageCredentials, "inputStorageCredentialName"),
    (Field::OutputStorageCredentials, "outputStorageCredentialName"),
    (Field::CheckpointStorageCredentials, "checkpointStorageCredentialName"),
];

/// The keys of credential objects, in the order in which they are printed.
const CREDENTIAL_KEYS: [&str; 16] = [
    "cloudProvider",
    "accessKeyId",
    "secretAccessKey",
    "sessionToken",
    "projectId",
    "privateKey",
    "clientEmail",
    "billingExportDataset",
    "applicationId",
    "secret",
    "directoryId",
    "subscriptionId",
    "apiKey",
    "accountId",
    "apiToken",
    "jurisdiction",
];

/// The profiles of a file, resolved, with the names that the catalog knows in its spelling.
pub fn resolve(subjects: &Subjects, catalog: &Catalog, options: &Options) -> Value {
    let is_wanted = |profile: &&Subject| {
        let name = subjects.name(profile.id);
        let is_named = options.profiles.iter().any(|wanted| wanted == name);
        if options.profiles.is_empty() { !subjects.is_template(profile.id) } else { is_named }
    };
    let wanted: Vec<&Subject> = subjects.profiles().iter().filter(is_wanted).collect();
    let mut root = Map::new();
    root.insert("version".into(), 1.into());
    let body = |id| match options.emit {
        Emit::Profiles => fields(subjects, catalog, id, options).into(),
        Emit::Submission => submission(subjects, catalog, id, options),
    };
    let bodies = wanted.iter().map(|profile| (subjects.name(profile.id).to_owned(), body(profile.id)));
    root.insert("profiles".into(), bodies.collect::<Map<_, _>>().into());
    if options.provenance {
        let origins = wanted
            .iter()
            .map(|profile| (subjects.name(profile.id).to_owned(), provenance(subjects, profile.id)));
        root.insert("provenance".into(), origins.collect::<Map<_, _>>().into());
    }
    root.into()
}

/// A profile's fields, in the order of the format.
pub fn fields(
    subjects: &Subjects,
    catalog: &Catalog,
    id: SubjectId,
    options: &Options,
) -> Map<String, Value> {
    let printer = Printer { tree: subjects.tree(), catalog, show_secrets: options.show_secrets };
    let set = Field::ALL.into_iter().filter_map(|field| Some((field, subjects.value(id, field)?)));
    set.map(|(field, setting)| (field.name().to_owned(), printer.value(field, setting.entry.value))).collect()
}

fn submission(subjects: &Subjects, catalog: &Catalog, id: SubjectId, options: &Options) -> Value {
    let mut config = fields(subjects, catalog, id, options);
    let mut body = Map::new();
    let gpu = config.shift_remove(Field::GpuType.name());
    let mut beside: Vec<(&str, Value)> = gpu.map(|gpu| ("gpuType", gpu)).into_iter().collect();
    for (field, key) in NAMED_CREDENTIALS {
        if config.get(field.name()).is_some_and(Value::is_string) {
            beside.extend(config.shift_remove(field.name()).map(|name| (key, name)));
        }
    }
    body.insert("cloudConfig".into(), config.into());
    body.extend(beside.into_iter().map(|(key, value)| (key.to_owned(), value)));
    body.into()
}

fn provenance(subjects: &Subjects, id: SubjectId) -> Value {
    let origins = Field::ALL.into_iter().filter_map(|field| {
        subjects.value(id, field)?;
        Some((field.name().to_owned(), origin(subjects, id, field)?))
    });
    origins.collect::<Map<_, _>>().into()
}

/// Where a profile's setting of a field comes from, be it to `null`.
pub fn origin(subjects: &Subjects, id: SubjectId, field: Field) -> Option<Value> {
    let setting = subjects.setting(id, field)?;
    let source = subjects.tree().source();
    let at = source.position(subjects.tree().span(setting.entry.key).start);
    let through: Vec<Value> =
        subjects.through(id, field).into_iter().map(|id| subjects.name(id).into()).collect();
    Some(serde_json::json!({
        "profile": subjects.name(setting.origin),
        "file": source.name(),
        "line": at.line,
        "column": at.column,
        "through": through,
    }))
}

/// Turns the values of a document into JSON.
struct Printer<'p> {
    tree: &'p Tree,
    catalog: &'p Catalog,
    show_secrets: bool,
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
        let mut seen = rustc_hash::FxHashSet::default();
        let items = self.tree.items(list).iter().copied();
        let first_mentions = items.filter(|item| {
            self.tree.str(*item).is_none_or(|text| seen.insert(normal::canonical(self.catalog, field, text)))
        });
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
                Some(text) if !self.show_secrets && secret::has_secret_shape(text) => REDACTED.into(),
                Some(text) => normal::spelling(self.catalog, field, text).into(),
                None => Value::Null,
            },
        }
    }

    fn credential(&self, object: NodeId) -> Value {
        let rank = |entry: &Entry| CREDENTIAL_KEYS.iter().position(|key| *key == self.tree.key(entry.key));
        let mut entries = self.tree.entries(object).to_vec();
        entries.sort_by_key(|entry| rank(entry).unwrap_or(CREDENTIAL_KEYS.len()));
        let shown = |entry: Entry| {
            let key = self.tree.key(entry.key);
            let text = self.tree.str(entry.value).unwrap_or_default();
            let is_secret =
                secret::is_secret_key(key) || (key != "accessKeyId" && secret::has_secret_shape(text));
            let value = if is_secret && !self.show_secrets { REDACTED } else { text };
            (key.to_owned(), Value::from(value))
        };
        entries.into_iter().map(shown).collect::<Map<_, _>>().into()
    }
}
