//! What the validator says, as nodes of the tree.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::mismatch::{Mismatch, MismatchKind, Type};
use super::validator::validator;
use crate::profile::{Place, Section};
use crate::yaml::{Data, Entry, NodeId, Tree};

/// Collects what does not fit in a tree.
pub(super) struct Reader<'t> {
    tree: &'t Tree,
    found: Vec<Mismatch>,
}

/// A node by its path: its key, itself and its place.
struct Located {
    key: Option<NodeId>,
    value: NodeId,
    place: Place,
}

impl<'t> Reader<'t> {
    pub(super) const fn new(tree: &'t Tree) -> Self {
        Self { tree, found: Vec::new() }
    }

    pub(super) fn into_found(self) -> Vec<Mismatch> {
        self.found
    }

    /// Takes over what the validator says of a document, or of a part of it.
    pub(super) fn read_all(&mut self, document: &Value) {
        let validator = validator(document.get(Section::Submissions.key()).is_some());
        for error in validator.into_iter().flat_map(|validator| validator.iter_errors(document)) {
            self.read(&error);
        }
    }

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
