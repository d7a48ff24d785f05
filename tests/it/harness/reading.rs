//! What a document says, by our tree and by an independent parser.

use anycloud_lint::yaml::{Data, NodeId, Tree};
use serde_yaml::{Mapping, Value};

/// What a node of ours says.
pub fn to_value(tree: &Tree, id: NodeId) -> Value {
    match tree.data(id) {
        Data::Null | Data::Unknown | Data::Alias(_) => Value::Null,
        Data::Bool(value) => Value::Bool(*value),
        Data::Int(value) => Value::Number((*value).into()),
        Data::Float(value) => Value::Number((*value).into()),
        Data::Str(..) => Value::String(tree.str(id).unwrap().to_owned()),
        Data::Seq(_) => Value::Sequence(tree.items(id).iter().map(|item| to_value(tree, *item)).collect()),
        Data::Map(_) => {
            let entries = tree.entries(id).iter();
            let pairs =
                entries.map(|entry| (Value::String(tree.key(entry.key).into()), to_value(tree, entry.value)));
            Value::Mapping(pairs.collect())
        }
    }
}

/// Keys by their text, and every number that is too large for 64 bits as a float: what the format says.
fn by_text(value: Value) -> Value {
    match value {
        Value::Mapping(map) => {
            let text = |key: Value| match key {
                Value::String(text) => text,
                key => serde_yaml::to_string(&key).unwrap().trim().to_owned(),
            };
            Value::Mapping(
                map.into_iter().map(|(key, value)| (Value::String(text(key)), by_text(value))).collect(),
            )
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(by_text).collect()),
        Value::Number(number) if number.as_i64().is_none() => Value::Number(number.as_f64().unwrap().into()),
        other => other,
    }
}

/// What the other parser reads; nothing where it refuses.
pub fn independent(text: &str) -> Option<Value> {
    Some(by_text(merged(serde_yaml::from_str(text).ok()?)?))
}

/// A value with its merge keys applied, from the inside out. The parser's own way does not merge what is merged itself.
fn merged(value: Value) -> Option<Value> {
    match value {
        Value::Mapping(map) => {
            let (mut own, mut others) = (Mapping::new(), Vec::new());
            for (key, value) in map {
                match (key, merged(value)?) {
                    (Value::String(key), Value::Sequence(maps)) if key == "<<" => others.extend(maps),
                    (Value::String(key), map) if key == "<<" => others.push(map),
                    (key, value) => drop(own.insert(key, value)),
                }
            }
            for other in others {
                let Value::Mapping(other) = other else { return None };
                for (key, value) in other {
                    own.entry(key).or_insert(value);
                }
            }
            Some(Value::Mapping(own))
        }
        Value::Sequence(items) => items.into_iter().map(merged).collect::<Option<_>>().map(Value::Sequence),
        Value::Tagged(tagged) => merged(tagged.value),
        other => Some(other),
    }
}

/// Whether a text has what the two read in different ways, each with a reason: in the core schema `017` is 17, and
/// the other takes it for text; here a key counts by its text, and the other has forgotten how a number was written.
pub fn is_read_in_two_ways(text: &str) -> bool {
    const FORMS: [&str; 8] = [": 017", ": 0042", ": 010", "1e3:", "0o17:", "{{", "~:", "!!int"];
    FORMS.iter().any(|form| text.contains(form))
}
