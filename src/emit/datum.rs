//! A resolved value that knows what of it is secret.

use serde_json::{Map, Value};

use super::Wanted;
use crate::profile::SubjectId;
use crate::resolve;
use crate::secret::REDACTED;
use crate::submission::Job;
use crate::yaml::Entry;

/// A value, or that there is a secret in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Datum {
    /// What must not be shown.
    Secret,
    /// A boolean.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Datum>),
    /// A mapping, in its order.
    Map(Vec<(String, Datum)>),
}

impl Datum {
    /// From a value and what may be shown of it: where the two differ there is a secret.
    pub(super) fn new(open: &Value, shown: &Value) -> Self {
        match (open, shown) {
            (Value::Object(open), Value::Object(shown)) => Self::Map(entries(open, shown)),
            (Value::Array(open), Value::Array(shown)) => {
                Self::List(open.iter().zip(shown).map(|(open, shown)| Self::new(open, shown)).collect())
            }
            _ if open != shown => Self::Secret,
            (Value::Bool(value), _) => Self::Bool(*value),
            (Value::String(text), _) => Self::Text(text.clone()),
            (value, _) => Self::Number(value.to_string()),
        }
    }

    /// The text, if it is one that may be shown.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a list, or the value itself.
    pub(super) fn pool(&self) -> &[Datum] {
        match self {
            Self::List(list) => list,
            one => std::slice::from_ref(one),
        }
    }
}

fn entries(open: &Map<String, Value>, shown: &Map<String, Value>) -> Vec<(String, Datum)> {
    let datum = |(key, open): (&String, &Value)| match shown.get(key) {
        Some(shown) => (key.clone(), Datum::new(open, shown)),
        // The key itself must not be shown.
        None => (REDACTED.to_owned(), Datum::Secret),
    };
    open.iter().map(datum).collect()
}

/// The resolved fields of a profile, in the order of the format.
pub(super) fn fields(wanted: &Wanted<'_>, id: SubjectId) -> Vec<(String, Datum)> {
    let facts = wanted.facts;
    let read = |hidden| resolve::fields(facts.subjects(), facts.catalog(), id, hidden);
    entries(&read(None), &read(Some(wanted.secrets)))
}

/// All that a job says.
pub(super) fn job(wanted: &Wanted<'_>, job: &Job) -> Vec<(String, Datum)> {
    let read = |hidden| resolve::job(wanted.facts, job, hidden);
    entries(&read(None), &read(Some(wanted.secrets)))
}

/// What one entry of a submission sets a field to; nothing where that is `null`.
pub(super) fn job_field(wanted: &Wanted<'_>, entry: Entry) -> Option<Datum> {
    if wanted.facts.tree().is_null(entry.value) {
        return None;
    }
    let read = |hidden| resolve::job_field(wanted.facts, entry, hidden);
    Some(Datum::new(&read(None), &read(Some(wanted.secrets))))
}
