//! How two resolved profiles differ.

use serde::Serialize;
use serde_json::Value;

use crate::catalog::Catalog;
use crate::profile::{Field, SubjectId, Subjects};
use crate::resolve::{fields, origin, secrets};

/// A field that is not the same in both profiles.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The field's name.
    pub field: &'static str,
    /// `added` where only the second profile has it, `removed` where only the first has it, else `changed`.
    pub change: &'static str,
    /// Whether the two differ in what must not be shown, such as the key of a credential object.
    pub secret: bool,
    /// What it is in the first profile, if it says anything about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<Side>,
    /// What it is in the second profile, if it says anything about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<Side>,
}

/// A field's value in one of the profiles.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// The value as `resolve` prints it, without secrets; `null` where the profile clears what it inherits.
    pub value: Value,
    /// Where it comes from, as `resolve --provenance` says it.
    pub origin: Value,
}

/// The fields in which two profiles differ once they are resolved, in the order of the format.
pub fn diff(subjects: &Subjects, catalog: &Catalog, a: SubjectId, b: SubjectId) -> Vec<Difference> {
    let hidden = secrets(subjects);
    let raw = (fields(subjects, catalog, a, None), fields(subjects, catalog, b, None));
    let shown = (fields(subjects, catalog, a, Some(&hidden)), fields(subjects, catalog, b, Some(&hidden)));
    let difference = |field: Field| {
        let name = field.name();
        let (raw_a, raw_b) = (raw.0.get(name), raw.1.get(name));
        if raw_a == raw_b {
            return None;
        }
        let side = |value: Option<&Value>, id| {
            let value = value.cloned().unwrap_or_default();
            Some(Side { value, origin: origin(subjects, id, field)? })
        };
        let secret = match (raw_a, raw_b) {
            (Some(raw_a), Some(raw_b)) => {
                differs_in_secret((raw_a, raw_b), (shown.0.get(name), shown.1.get(name)))
            }
            _ => false,
        };
        let change = match (raw_a, raw_b) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        let (a, b) = (side(shown.0.get(name), a), side(shown.1.get(name), b));
        Some(Difference { field: name, change, secret, a, b })
    };
    Field::ALL.into_iter().filter_map(difference).collect()
}

/// Whether a value, or one with the same key in both objects, is another that looks the same.
fn differs_in_secret(raw: (&Value, &Value), shown: (Option<&Value>, Option<&Value>)) -> bool {
    match raw {
        (Value::Object(a), Value::Object(b)) => a.iter().any(|(key, value)| {
            let inner = |shown: Option<&Value>| shown.and_then(|shown| shown.get(key).cloned());
            b.get(key).is_some_and(|other| other != value) && inner(shown.0) == inner(shown.1)
        }),
        (a, b) => a != b && shown.0 == shown.1,
    }
}
