//! A document against the schema: what does not fit, and at which node.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{Draft, JsonType, PatternOptions, ValidationError, Validator};
use serde_json::Value;

use super::instance::{NodeRef, TreeJson};
use super::mismatch::{Mismatch, MismatchKind, Type};
use super::patterns::PATTERNS;
use crate::profile::Place;
use crate::profile::Section;
use crate::yaml::{Data, Entry, NodeId, Tree};

/// The generated schema without its words; a test compares it with the model.
pub(super) const BARE_SCHEMA: &str = include_str!("bare.schema.json");

/// Everything in a document that does not fit the schema, in the order of the document's fields.
pub fn check(tree: &Tree) -> Vec<Mismatch> {
    if is_small_and_valid(tree) {
        return Vec::new();
    }
    let root = NodeRef::Node(tree, tree.root());
    let Some(validator) = validator(Section::Submissions.entry(tree).is_some()) else { return Vec::new() };
    if validator.is_valid(root) {
        return Vec::new();
    }
    let mut reader = Reader { tree, found: Vec::new() };
    for error in validator.iter_errors(root) {
        reader.read(&error);
    }
    reader.found
}

/// The same schema as code, made when the program is compiled: it costs nothing to build, but reads
/// only values of `serde_json`.
#[jsonschema::validator(
    path = "src/schema/bare.schema.json",
    draft = Draft202012,
    pattern_options = { engine = regex },
    validate_formats = true,
    ignore_unknown_formats = false,
    formats = {
        "name" => crate::schema::patterns::is_name,
        "template-name" => crate::schema::patterns::is_template_name,
        "gpu" => crate::schema::patterns::is_gpu,
    },
    methods = { is_valid = true, validate = false, iter_errors = false }
)]
struct CompiledSchema;

/// Documents up to this length, all of a run together, are copied to be checked by [`CompiledSchema`]. The copy takes
/// less time than building the other validator; from about a hundred profiles on, it takes more.
const SMALL: usize = 16 * 1024;

fn is_small_and_valid(tree: &Tree) -> bool {
    static CHECKED: AtomicUsize = AtomicUsize::new(0);
    let length = tree.source().text().len();
    if CHECKED.fetch_add(length, Ordering::Relaxed).saturating_add(length) > SMALL {
        return false;
    }
    let mut budget = SMALL;
    copy(tree, tree.root(), &mut budget).is_some_and(|value| CompiledSchema::is_valid(&value))
}

/// A node as a value; nothing if it is too large, or holds what is not known.
fn copy(tree: &Tree, node: NodeId, budget: &mut usize) -> Option<Value> {
    *budget = budget.checked_sub(1)?;
    Some(match tree.data(node) {
        Data::Null => Value::Null,
        Data::Bool(value) => Value::Bool(*value),
        Data::Int(value) => Value::from(*value),
        Data::Float(value) => Value::Number(serde_json::Number::from_f64(*value)?),
        Data::Str(..) => Value::String(tree.str(node)?.to_owned()),
        Data::Seq(_) => {
            let items = tree.items(node).iter();
            Value::Array(items.map(|item| copy(tree, *item, budget)).collect::<Option<_>>()?)
        }
        Data::Map(_) => {
            let entries = tree.entries(node).iter().filter(|entry| !tree.is_repeated(entry.key));
            let pairs =
                entries.map(|entry| Some((tree.key(entry.key).to_owned(), copy(tree, entry.value, budget)?)));
            Value::Object(pairs.collect::<Option<_>>()?)
        }
        Data::Alias(_) | Data::Unknown => return None,
    })
}

/// The validator, built once; without what a document that has no submissions does not need. The schema is a constant
/// that a test builds, so it is never missing.
fn validator(with_submissions: bool) -> Option<&'static Validator<TreeJson>> {
    static WHOLE: OnceLock<Option<Validator<TreeJson>>> = OnceLock::new();
    static PROFILES: OnceLock<Option<Validator<TreeJson>>> = OnceLock::new();
    let cell = if with_submissions { &WHOLE } else { &PROFILES };
    cell.get_or_init(|| build(with_submissions).ok()).as_ref()
}

fn build(with_submissions: bool) -> Result<Validator<TreeJson>, ValidationError<'static>> {
    let mut schema: Value = serde_json::from_str(BARE_SCHEMA).unwrap_or_default();
    if !with_submissions {
        let remove = |schema: Option<&mut Value>, names: &[&str]| {
            if let Some(Value::Object(map)) = schema {
                map.retain(|name, _| !names.contains(&name.as_str()));
            }
        };
        remove(schema.get_mut("properties"), &[Section::Submissions.key()]);
        remove(
            schema.get_mut("$defs"),
            &["Submission", "Variant", "Matrix", "CloudConfig", "DockerOptions", "Mount"],
        );
    }
    let options = jsonschema::options_for::<TreeJson>()
        .with_draft(Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .offline();
    PATTERNS
        .iter()
        .fold(options, |options, known| options.with_format(known.format, known.fits))
        .build(&schema)
}

struct Reader<'t> {
    tree: &'t Tree,
    found: Vec<Mismatch>,
}

/// A node by its path: its key, itself and its place.
struct Located {
    key: Option<NodeId>,
    value: NodeId,
    place: Place,
}

impl Reader<'_> {
    fn read(&mut self, error: &ValidationError<'_>) {
        let path = error.instance_path();
        let kind = match error.kind() {
            ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                return self.read_union(path, context);
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                for name in unexpected {
                    self.add_key(path, name, MismatchKind::UnknownField);
                }
                return;
            }
            ValidationErrorKind::PropertyNames { error } => {
                if let Value::String(name) = &**error.instance() {
                    self.add_key(path, name, MismatchKind::ProfileName);
                }
                return;
            }
            ValidationErrorKind::Type { kind } => MismatchKind::WrongType(types(kind)),
            ValidationErrorKind::Constant { expected_value } => {
                self.constants(path, vec![(**expected_value).clone()])
            }
            ValidationErrorKind::Enum { options } => {
                let options = options.as_array().cloned().unwrap_or_default();
                self.constants(path, options.into_iter().filter(|option| !option.is_null()).collect())
            }
            ValidationErrorKind::Minimum { limit } => MismatchKind::TooSmall(limit.clone()),
            ValidationErrorKind::Maximum { .. } => MismatchKind::TooLarge,
            ValidationErrorKind::MinLength { .. }
            | ValidationErrorKind::MinItems { .. }
            | ValidationErrorKind::MinProperties { .. } => MismatchKind::Empty,
            ValidationErrorKind::Required { property: Value::String(name) } => {
                MismatchKind::Missing(name.clone())
            }
            _ => MismatchKind::Malformed,
        };
        self.add(path, kind);
    }

    /// Speaks of the one branch of a union that the value's type, and for credential objects their
    /// `cloudProvider`, selects.
    fn read_union(&mut self, path: &Location, branches: &[Vec<ValidationError<'_>>]) {
        let mismatched = |branch: &[ValidationError<'_>]| branch.iter().any(|error| is_type_of(error, path));
        let fitting: Vec<_> = branches.iter().filter(|branch| !mismatched(branch)).collect();
        match fitting.as_slice() {
            [] => {
                let expected = branches.iter().flatten().filter(|error| is_type_of(error, path));
                let mut wanted: Vec<Type> = Vec::new();
                for error in expected {
                    if let ValidationErrorKind::Type { kind } = error.kind() {
                        wanted.extend(types(kind));
                    }
                }
                self.add(path, MismatchKind::WrongType(wanted));
            }
            [branch] => branch.iter().for_each(|error| self.read(error)),
            credentials => self.read_credentials(path, credentials),
        }
    }

    fn read_credentials(&mut self, path: &Location, branches: &[&Vec<ValidationError<'_>>]) {
        let provider = path.join("cloudProvider");
        let selected =
            branches.iter().find(|branch| !branch.iter().any(|error| *error.instance_path() == provider));
        let Some(found) = self.locate(&provider) else {
            return self.add(path, MismatchKind::Missing("cloudProvider".into()));
        };
        if let Some(branch) = selected {
            return branch.iter().for_each(|error| self.read(error));
        }
        let names = branches.iter().copied().flatten().filter_map(|error| match error.kind() {
            ValidationErrorKind::Constant { expected_value } => Some((**expected_value).clone()),
            _ => None,
        });
        let kind = self.constants_at(found.value, names.collect());
        self.add(&provider, kind);
    }

    fn constants(&self, path: &Location, options: Vec<Value>) -> MismatchKind {
        match self.locate(path) {
            Some(found) => self.constants_at(found.value, options),
            None => MismatchKind::NotOneOf(options),
        }
    }

    /// A value of another type than all the constants has the wrong type.
    fn constants_at(&self, value: NodeId, options: Vec<Value>) -> MismatchKind {
        let is_string = matches!(self.tree.data(value), Data::Str(..));
        let is_number = matches!(self.tree.data(value), Data::Int(_) | Data::Float(_));
        match options.first() {
            Some(Value::String(_)) if !is_string => MismatchKind::WrongType(vec![Type::String]),
            Some(Value::Number(_)) if !is_number => MismatchKind::WrongType(vec![Type::Integer]),
            _ => MismatchKind::NotOneOf(options),
        }
    }

    fn add_key(&mut self, map: &Location, name: &str, kind: MismatchKind) {
        let Some(found) = self.locate(map) else { return };
        let Some(entry) = self.tree.entry(found.value, name) else { return };
        // A name can break more than one keyword.
        if self.found.last().is_some_and(|known| known.key == Some(entry.key) && known.kind == kind) {
            return;
        }
        let (key, value, map) = (Some(entry.key), entry.value, Some(found.value));
        self.found.push(Mismatch { key, value, map, place: found.place.key(name), kind });
    }

    fn add(&mut self, path: &Location, kind: MismatchKind) {
        let Some(Located { key, value, place }) = self.locate(path) else { return };
        // What an undefined alias stands for is not known.
        if matches!(self.tree.data(value), Data::Unknown) {
            return;
        }
        // A value of the wrong type breaks every other keyword as well.
        let known = self.found.iter().rev().take_while(|known| known.place == place);
        let mut is_known = false;
        for known in known {
            is_known |= matches!(known.kind, MismatchKind::WrongType(_)) || known.kind == kind;
        }
        if is_known {
            return;
        }
        if matches!(kind, MismatchKind::WrongType(_)) {
            while self.found.last().is_some_and(|known| known.place == place) {
                self.found.pop();
            }
        }
        self.found.push(Mismatch { key, value, map: None, place, kind });
    }

    fn locate(&self, path: &Location) -> Option<Located> {
        let mut found = Located { key: None, value: self.tree.root(), place: Place::Root };
        for segment in path {
            // A path does not tell the key `9` from the index 9; the node does.
            let name = match segment {
                LocationSegment::Property(name) => name,
                LocationSegment::Index(index) => index.to_string().into(),
            };
            let entry = self.tree.entry(found.value, &name);
            found = if let Some(Entry { key, value }) = entry {
                Located { key: Some(key), value, place: found.place.key(name) }
            } else {
                let index: usize = name.parse().ok()?;
                let value = *self.tree.items(found.value).get(index)?;
                Located { key: None, value, place: found.place.item(index) }
            };
        }
        Some(found)
    }
}

fn is_type_of(error: &ValidationError<'_>, path: &Location) -> bool {
    matches!(error.kind(), ValidationErrorKind::Type { .. }) && error.instance_path() == path
}

/// The types that would do.
fn types(kind: &TypeKind) -> Vec<Type> {
    match kind {
        TypeKind::Single(one) => type_of(*one).into_iter().collect(),
        TypeKind::Multiple(several) => several.iter().filter_map(type_of).collect(),
    }
}

const fn type_of(kind: JsonType) -> Option<Type> {
    Some(match kind {
        JsonType::String => Type::String,
        JsonType::Integer => Type::Integer,
        JsonType::Number => Type::Number,
        JsonType::Boolean => Type::Boolean,
        JsonType::Array => Type::List,
        JsonType::Object => Type::Mapping,
        JsonType::Null => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_builds() {
        assert!(super::build(true).is_ok());
        assert!(super::build(false).is_ok());
    }

    #[test]
    fn the_bare_schema_is_the_models() {
        let bare = serde_json::to_string(&super::super::generate::bare_schema()).unwrap_or_default();
        assert!(super::BARE_SCHEMA.trim_end() == bare, "run `cargo xtask generate`");
    }
}
