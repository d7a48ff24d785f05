//! What a document says, by our tree and by an independent parser.

use anycloud_lint::yaml::{Data, NodeId, Tree};
use serde_yaml::Value;

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
        Value::Tagged(tagged) => by_text(tagged.value),
        other => other,
    }
}

/// What the other parser reads; nothing where it refuses.
pub fn independent(text: &str) -> Option<Value> {
    let mut value: Value = serde_yaml::from_str(text).ok()?;
    // One call merges one level: what is merged may itself merge.
    loop {
        let before = value.clone();
        value.apply_merge().ok()?;
        if value == before {
            return Some(by_text(value));
        }
    }
}

/// Whether a text has what the two read in different ways, each with a reason: in the core schema `017` is 17, and
/// the other takes it for text; here a key counts by its text, and the other has forgotten how a number was written.
pub fn is_read_in_two_ways(text: &str) -> bool {
    const FORMS: [&str; 8] = [": 017", ": 0042", ": 010", "1e3:", "0o17:", "{{", "~:", "!!int"];
    FORMS.iter().any(|form| text.contains(form))
}
