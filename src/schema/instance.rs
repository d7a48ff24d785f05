//! The tree as the JSON that the schema validator reads, without a copy.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};
use serde_json::Value;

use crate::yaml::{Data, Entry, NodeId, Tree};

/// The representation of JSON that [`Tree`] is.
#[derive(Debug)]
pub(super) struct TreeJson;

/// A node of a tree, as the validator sees it.
#[derive(Clone, Copy, Debug)]
pub(super) enum NodeRef<'a> {
    /// A node.
    Node(&'a Tree, NodeId),
    /// A text on its own: a property name.
    Text(&'a str),
}

impl Json for TreeJson {
    type Node<'a> = NodeRef<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = String;

    // Looking a key up is a walk over the few entries that a profile has.
    const KEYS_PER_LOOKUP: usize = 1;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(buffer: &mut String, string: &str, f: impl FnOnce(NodeRef<'_>) -> T) -> T {
        buffer.clear();
        buffer.push_str(string);
        f(NodeRef::Text(buffer))
    }
}

/// A number of the tree.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    /// A whole number.
    Int(i64),
    /// Any other.
    Float(f64),
}

impl JsonNumber for Number {
    fn as_u64(&self) -> Option<u64> {
        self.as_i64().and_then(|int| int.try_into().ok())
    }

    fn as_i64(&self) -> Option<i64> {
        match *self {
            Self::Int(int) => Some(int),
            Self::Float(_) => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        match *self {
            #[allow(clippy::cast_precision_loss)]
            Self::Int(int) => Some(int as f64),
            Self::Float(float) => Some(float),
        }
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_number().to_string())
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(match *self {
            Self::Int(int) => int.into(),
            // JSON has no infinity; a number that is not whole fails the same checks.
            Self::Float(float) => serde_json::Number::from_f64(float)
                .or_else(|| serde_json::Number::from_f64(0.5))
                .unwrap_or_else(|| 0.into()),
        })
    }

    fn is_integer(&self) -> bool {
        match *self {
            Self::Int(_) => true,
            Self::Float(float) => float.is_finite() && float.fract() == 0.0,
        }
    }
}

impl<'a> Node<'a, TreeJson> for NodeRef<'a> {
    type Object = Members<'a>;
    type Array = Elements<'a>;
    type Number = Number;

    fn as_object(&self) -> Option<Members<'a>> {
        match *self {
            Self::Node(tree, id) if matches!(tree.data(id), Data::Map(_)) => {
                Some(Members { tree, entries: tree.entries(id) })
            }
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Elements<'a>> {
        match *self {
            Self::Node(tree, id) if matches!(tree.data(id), Data::Seq(_)) => {
                Some(Elements { tree, items: tree.items(id) })
            }
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match *self {
            Self::Node(tree, id) => tree.str(id).map(Cow::Borrowed),
            Self::Text(text) => Some(Cow::Borrowed(text)),
        }
    }

    fn as_number(&self) -> Option<Number> {
        match self {
            Self::Node(tree, id) => match *tree.data(*id) {
                Data::Int(int) => Some(Number::Int(int)),
                Data::Float(float) => Some(Number::Float(float)),
                _ => None,
            },
            Self::Text(_) => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Node(tree, id) => match *tree.data(*id) {
                Data::Bool(value) => Some(value),
                _ => None,
            },
            Self::Text(_) => None,
        }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match self {
            Self::Text(_) => JsonType::String,
            Self::Node(tree, id) => match tree.data(*id) {
                Data::Null | Data::Unknown | Data::Alias(_) => JsonType::Null,
                Data::Bool(_) => JsonType::Boolean,
                Data::Int(_) | Data::Float(_) => JsonType::Number,
                Data::Str(..) => JsonType::String,
                Data::Seq(_) => JsonType::Array,
                Data::Map(_) => JsonType::Object,
            },
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match expected {
            Value::Null => self.is_null(),
            Value::Bool(expected) => self.as_boolean() == Some(*expected),
            #[allow(clippy::float_cmp)]
            Value::Number(expected) => {
                self.as_number().and_then(|number| number.as_f64()) == expected.as_f64()
            }
            Value::String(expected) => match self {
                Self::Node(tree, id) => tree.str(*id) == Some(expected),
                Self::Text(text) => text == expected,
            },
            // The schema has no constant that is a collection.
            Value::Array(_) | Value::Object(_) => false,
        }
    }

    /// Scalars only: what an error reports is never printed, so a collection need not be copied.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(if let Some(text) = self.as_string() {
            Value::String(text.into_owned())
        } else if let Some(number) = self.as_number() {
            Value::Number(number.to_number().into_owned())
        } else {
            self.as_boolean().map_or(Value::Null, Value::Bool)
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Node(tree, id) => {
                let address = std::ptr::from_ref::<Tree>(tree) as usize;
                Some(NodeIdentity::tagged(address, tree.target(*id).index()))
            }
            Self::Text(_) => None,
        }
    }
}

/// The members of a mapping, merge keys applied.
#[derive(Clone, Copy, Debug)]
pub(super) struct Members<'a> {
    tree: &'a Tree,
    entries: &'a [Entry],
}

impl<'a> Object<'a, TreeJson> for Members<'a> {
    type Node = NodeRef<'a>;
    type MemberName = &'a str;
    type MembersIter = MembersIter<'a>;

    fn len(&self) -> usize {
        self.entries.len()
    }

    fn get(&self, key: &Box<str>) -> Option<NodeRef<'a>> {
        let entry = self.entries.iter().find(|entry| self.tree.is_key(entry.key, key))?;
        Some(NodeRef::Node(self.tree, entry.value))
    }

    fn members(&self) -> MembersIter<'a> {
        MembersIter { tree: self.tree, entries: self.entries.iter() }
    }
}

/// The iterator of [`Members`].
#[derive(Debug)]
pub(super) struct MembersIter<'a> {
    tree: &'a Tree,
    entries: std::slice::Iter<'a, Entry>,
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, NodeRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entries.find(|entry| !self.tree.is_repeated(entry.key))?;
        Some((self.tree.key(entry.key), NodeRef::Node(self.tree, entry.value)))
    }
}

/// The elements of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elements<'a> {
    tree: &'a Tree,
    items: &'a [NodeId],
}

impl<'a> Array<'a, TreeJson> for Elements<'a> {
    type Node = NodeRef<'a>;
    type ElementsIter = ElementsIter<'a>;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn elements(&self) -> ElementsIter<'a> {
        ElementsIter { tree: self.tree, items: self.items.iter() }
    }
}

/// The iterator of [`Elements`].
#[derive(Debug)]
pub(super) struct ElementsIter<'a> {
    tree: &'a Tree,
    items: std::slice::Iter<'a, NodeId>,
}

impl<'a> Iterator for ElementsIter<'a> {
    type Item = NodeRef<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.items.next().map(|item| NodeRef::Node(self.tree, *item))
    }
}
