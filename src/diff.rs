//! How resolved profiles differ: two of one file, or those of two versions of a file.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde_json::Value;

use crate::catalog::Catalog;
use crate::profile::{Field, SubjectId, Subjects};
use crate::resolve::{fields, origin, secret_texts};
use crate::secret::{DistinctNames, Secrets};

/// A field that is not the same on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The field's name.
    pub field: &'static str,
    /// What became of it.
    pub change: Change,
    /// Whether the sides differ in what must not be shown, such as the key of a credential object.
    pub secret: bool,
    /// What it is on each side that says anything about it.
    pub sides: [Option<Side>; 2],
}

/// What became of a profile, or of one of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Only the second side has it.
    Added,
    /// Only the first side has it.
    Removed,
    /// Both have it.
    Changed,
}

impl Change {
    /// The word in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }

    const fn of(is_first: bool, is_second: bool) -> Self {
        match (is_first, is_second) {
            (false, _) => Self::Added,
            (_, false) => Self::Removed,
            _ => Self::Changed,
        }
    }
}

/// A field's value on one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The value as `resolve` prints it, without secrets; `null` where the profile clears what it inherits.
    pub value: Value,
    /// Where it comes from, as `resolve --provenance` says it.
    pub origin: Value,
}

/// A profile that does not come to the same in two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileChange {
    /// The profile.
    pub name: String,
    /// What became of it.
    pub change: Change,
    /// The fields in which the versions differ: all that it has where there is only one.
    pub differences: Vec<Difference>,
}

/// Two profiles of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// What they are called.
    pub names: [String; 2],
    /// The fields in which they differ.
    pub differences: Vec<Difference>,
}

/// A file whose profiles are compared, with the catalog that holds for it.
#[derive(Clone, Copy, Debug)]
pub struct Version<'v> {
    /// Its profiles.
    pub subjects: &'v Subjects,
    /// What is known beyond it.
    pub catalog: &'v Catalog,
}

/// The fields in which two profiles of a file differ once they are resolved, in the order of the format.
pub fn diff(version: Version<'_>, a: SubjectId, b: SubjectId) -> Pair {
    let veil = Veil::over([Some(version), None]);
    let names = [a, b].map(|id| veil.names.shown(version.subjects.name(id)).to_owned());
    Pair { names, differences: veil.compare([Some((version, a)), Some((version, b))]) }
}

/// What a change from one version to another does to each profile: those that are there now in their order, then
/// those that are gone. A version may be missing, as before a file is made. Templates show in their heirs.
pub fn changes(old: Option<Version<'_>>, new: Option<Version<'_>>) -> Vec<ProfileChange> {
    let veil = Veil::over([new, old]);
    let find = |version: Option<Version<'_>>, name: &str| {
        version.and_then(|version| version.subjects.named(name).map(|profile| profile.id))
    };
    let all: IndexSet<&str, FxBuildHasher> = names(new).into_iter().chain(names(old)).collect();
    let change = |name: &str| {
        let sides = [old.zip(find(old, name)), new.zip(find(new, name))];
        let differences = veil.compare(sides);
        let change = Change::of(sides[0].is_some(), sides[1].is_some());
        let is_same = change == Change::Changed && differences.is_empty();
        (!is_same).then(|| ProfileChange { name: veil.names.shown(name).to_owned(), change, differences })
    };
    all.into_iter().filter_map(change).collect()
}

/// The names of the profiles that are printed.
fn names(version: Option<Version<'_>>) -> Vec<&str> {
    let Some(Version { subjects, .. }) = version else { return Vec::new() };
    let printed = subjects.profiles().iter().filter(|profile| !subjects.is_template(profile.id));
    printed.map(|profile| subjects.name(profile.id)).collect()
}

/// What must not be shown of the versions that are compared: what is secret in one is not shown of the other either.
struct Veil<'v> {
    secrets: Secrets,
    names: DistinctNames<'v>,
}

impl<'v> Veil<'v> {
    fn over(versions: [Option<Version<'v>>; 2]) -> Self {
        let versions = versions.into_iter().flatten();
        let secrets = Secrets::of(versions.clone().flat_map(|version| secret_texts(version.subjects)));
        let names = versions.flat_map(|Version { subjects, .. }| {
            subjects.profiles().iter().map(|profile| subjects.name(profile.id))
        });
        Self { names: DistinctNames::new(names, Some(&secrets)), secrets }
    }

    fn compare(&self, sides: [Option<(Version<'_>, SubjectId)>; 2]) -> Vec<Difference> {
        let values = |hidden: Option<&Secrets>| {
            sides.map(|side| match side {
                Some((version, id)) => fields(version.subjects, version.catalog, id, hidden),
                None => serde_json::Map::new(),
            })
        };
        let (raw, shown) = (values(None), values(Some(&self.secrets)));
        let difference = |field: Field| {
            let name = field.name();
            let [raw_a, raw_b] = raw.each_ref().map(|raw| raw.get(name));
            if raw_a == raw_b {
                return None;
            }
            let [shown_a, shown_b] = shown.each_ref().map(|shown| shown.get(name));
            let side = |value: Option<&Value>, side: Option<(Version<'_>, SubjectId)>| {
                let (version, id) = side?;
                let origin = origin(version.subjects, id, field, &self.names)?;
                Some(Side { value: value.cloned().unwrap_or_default(), origin })
            };
            let secret = raw_a.zip(raw_b).is_some_and(|(a, b)| differs_in_secret((a, b), (shown_a, shown_b)));
            let change = Change::of(raw_a.is_some(), raw_b.is_some());
            let [first, second] = sides;
            Some(Difference {
                field: name,
                change,
                secret,
                sides: [side(shown_a, first), side(shown_b, second)],
            })
        };
        Field::ALL.into_iter().filter_map(difference).collect()
    }
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
