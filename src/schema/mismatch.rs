//! What does not fit the schema, in our own words.

use serde_json::Value;

use crate::profile::Place;
use crate::yaml::NodeId;

/// One way in which a document does not fit the schema.
#[derive(Debug)]
pub struct Mismatch {
    /// The key of the value, where it has one.
    pub key: Option<NodeId>,
    /// The value that does not fit, or whose contents don't.
    pub value: NodeId,
    /// The mapping that holds the key, where the key is what does not fit.
    pub map: Option<NodeId>,
    /// Where in the document the value is.
    pub place: Place,
    /// What does not fit.
    pub kind: MismatchKind,
}

/// The kinds of [`Mismatch`].
#[derive(Debug, PartialEq)]
pub enum MismatchKind {
    /// The key is none that belongs here.
    UnknownField,
    /// The value is of none of these types.
    WrongType(Vec<Type>),
    /// The value is none of these.
    NotOneOf(Vec<Value>),
    /// The number is below this one.
    TooSmall(Value),
    /// The number is above what 64 bits hold.
    TooLarge,
    /// An empty text, list or mapping.
    Empty,
    /// The text does not have the form that is wanted.
    Malformed,
    /// The mapping lacks this key.
    Missing(String),
    /// The key is no profile name.
    ProfileName,
}

/// A type of value that the schema asks for. `null` is never what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// A mapping.
    Mapping,
}
