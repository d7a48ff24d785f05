//! How resolved profiles or jobs differ: two of one file, or those of two versions of a file.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use serde_json::{Map, Value};

use crate::facts::Facts;
use crate::profile::{Field, Section, SubjectId};
use crate::resolve::{self, config_origin, fields, job, job_origin, origin};
use crate::secret::{DistinctNames, Secrets};
use crate::submission::{Job, JobField};

/// A field that is not the same on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The field's name; of a job's, with the mapping that it stands in: `cloudConfig.region`.
    pub field: String,
    /// What became of it.
    pub change: Change,
    /// Whether the sides differ in what must not be shown, such as the key of a credential object.
    pub secret: bool,
    /// What it is on each side that says anything about it.
    pub sides: [Option<Side>; 2],
}

/// What became of a profile or a job, or of one of its fields.
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

/// A profile or a job that does not come to the same in two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct ThingChange {
    /// Which of the two it is.
    pub section: Section,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub change: Change,
    /// The fields in which the versions differ: all that it has where there is only one.
    pub differences: Vec<Difference>,
}

/// Two things of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// What they are called.
    pub names: [String; 2],
    /// The fields in which they differ.
    pub differences: Vec<Difference>,
}

/// What can be compared with another of its kind.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'v> {
    /// A profile.
    Profile(SubjectId),
    /// A job.
    Job(&'v Job),
}

/// One of the things that are compared, in its file.
type Place<'v> = (&'v Facts, Thing<'v>);

/// The fields in which two things of a file differ once they are resolved, in the order of the format.
pub fn diff(facts: &Facts, a: Thing<'_>, b: Thing<'_>) -> Pair {
    let veil = Veil::over([Some(facts), None]);
    let names = [a, b].map(|thing| veil.names.shown(name(facts, thing)).to_owned());
    Pair { names, differences: veil.compare([Some((facts, a)), Some((facts, b))]) }
}

/// What a change from one version to another does to each profile, then to each job: those that are there now in their
/// order, then those that are gone. A version may be missing, as before a file is made. Templates show in their heirs.
pub fn changes(old: Option<&Facts>, new: Option<&Facts>) -> Vec<ThingChange> {
    let veil = Veil::over([new, old]);
    let mut changes = Vec::new();
    for (section, things) in [(Section::Profiles, profiles as Things), (Section::Submissions, jobs)] {
        let [old_things, new_things] = [old, new].map(|facts| facts.map(things).unwrap_or_default());
        let names: IndexSet<&str, FxBuildHasher> =
            new_things.keys().chain(old_things.keys()).copied().collect();
        for name in names {
            let sides = [old.zip(old_things.get(name).copied()), new.zip(new_things.get(name).copied())];
            let differences = veil.compare(sides);
            let change = Change::of(sides[0].is_some(), sides[1].is_some());
            if change != Change::Changed || !differences.is_empty() {
                let name = veil.names.shown(name).to_owned();
                changes.push(ThingChange { section, name, change, differences });
            }
        }
    }
    changes
}

/// The things of a version by their names.
type Things = for<'v> fn(&'v Facts) -> IndexMap<&'v str, Thing<'v>, FxBuildHasher>;

/// The profiles that are printed.
fn profiles(facts: &Facts) -> IndexMap<&str, Thing<'_>, FxBuildHasher> {
    let subjects = facts.subjects();
    let printed = subjects.profiles().iter().filter(|profile| !subjects.is_template(profile.id));
    printed.map(|profile| (subjects.name(profile.id), Thing::Profile(profile.id))).collect()
}

fn jobs(facts: &Facts) -> IndexMap<&str, Thing<'_>, FxBuildHasher> {
    facts.submissions().jobs().iter().map(|job| (&*job.name, Thing::Job(job))).collect()
}

fn name<'v>(facts: &'v Facts, thing: Thing<'v>) -> &'v str {
    match thing {
        Thing::Profile(id) => facts.subjects().name(id),
        Thing::Job(job) => &job.name,
    }
}

/// What must not be shown of the versions that are compared: what is secret in one is not shown of the other either.
struct Veil<'v> {
    secrets: Secrets,
    names: DistinctNames<'v>,
}

impl<'v> Veil<'v> {
    fn over(versions: [Option<&'v Facts>; 2]) -> Self {
        let versions = versions.into_iter().flatten();
        let secrets = resolve::secrets(versions.clone().map(Facts::subjects));
        let names = versions.flat_map(resolve::written_names);
        Self { names: DistinctNames::new(names, Some(&secrets)), secrets }
    }

    fn compare(&self, sides: [Option<Place<'_>>; 2]) -> Vec<Difference> {
        let values = |hidden: Option<&Secrets>| {
            sides.map(|side| side.map_or_else(Map::new, |(facts, thing)| values(facts, thing, hidden)))
        };
        let (raw, shown) = (values(None), values(Some(&self.secrets)));
        let difference = |field: &str| {
            let [raw_a, raw_b] = raw.each_ref().map(|raw| raw.get(field));
            if raw_a == raw_b {
                return None;
            }
            let [shown_a, shown_b] = shown.each_ref().map(|shown| shown.get(field));
            let side = |value: Option<&Value>, side: Option<Place<'_>>| {
                let (facts, thing) = side?;
                if value.is_none() && is_left_out(facts, thing, field) {
                    return None;
                }
                let origin = self.origin(facts, thing, field)?;
                Some(Side { value: value.cloned().unwrap_or_default(), origin })
            };
            let secret = raw_a.zip(raw_b).is_some_and(|(a, b)| differs_in_secret((a, b), (shown_a, shown_b)));
            let change = Change::of(raw_a.is_some(), raw_b.is_some());
            let [first, second] = sides;
            let sides = [side(shown_a, first), side(shown_b, second)];
            Some(Difference { field: self.secrets.redact(field), change, secret, sides })
        };
        in_order(&raw).into_iter().filter_map(difference).collect()
    }

    fn origin(&self, facts: &Facts, thing: Thing<'_>, field: &str) -> Option<Value> {
        let names = &self.names;
        match thing {
            Thing::Profile(id) => origin(facts.subjects(), id, Field::from_name(field)?, names),
            Thing::Job(job) => {
                let (head, key) = field.split_once('.').unwrap_or((field, field));
                match JobField::from_name(head)? {
                    JobField::CloudConfig | JobField::GpuType => {
                        config_origin(facts, job, Field::from_name(key)?, names)
                    }
                    field => job_origin(facts, job, field, names),
                }
            }
        }
    }
}

/// The fields of both, in the order of the format: each behind those that stand before it on either side.
fn in_order(sides: &[Map<String, Value>; 2]) -> Vec<&str> {
    let mut names: IndexSet<&str, FxBuildHasher> =
        sides.iter().flat_map(|side| side.keys().map(String::as_str)).collect();
    // Only a job has an image or a deployment, and it has one of the two.
    let is_job = names.iter().any(|name| ["image", "deployment"].contains(name));
    let rank = |name: &str| {
        let (head, rest) = name.split_once('.').unwrap_or((name, name));
        let head = JobField::from_name(head).filter(|_| is_job).map(|field| field as usize);
        (head, Field::from_name(rest).map(|field| field as usize))
    };
    names.sort_by_key(|name| rank(name));
    names.into_iter().collect()
}

/// What a thing comes to. The mappings of a job are taken apart: `env.LR`, `cloudConfig.region`.
fn values(facts: &Facts, thing: Thing<'_>, hidden: Option<&Secrets>) -> Map<String, Value> {
    let body = match thing {
        Thing::Profile(id) => return fields(facts.subjects(), facts.catalog(), id, hidden),
        Thing::Job(one) => job(facts, one, hidden),
    };
    let mut values = Map::new();
    for (name, value) in body {
        match value {
            Value::Object(entries) => {
                values.extend(entries.into_iter().map(|(key, value)| (format!("{name}.{key}"), value)));
            }
            value => {
                values.insert(name, value);
            }
        }
    }
    values
}

/// Whether a part of a mapping is not there because the mapping as a whole is another one.
fn is_left_out(facts: &Facts, thing: Thing<'_>, part: &str) -> bool {
    let Thing::Job(job) = thing else { return false };
    let field = part.split_once('.').and_then(|(head, _)| JobField::from_name(head));
    let is_whole = |field: &JobField| *field != JobField::CloudConfig;
    field.filter(is_whole).is_some_and(|field| job.value(facts.tree(), field).is_some())
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
