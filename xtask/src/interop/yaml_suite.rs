//! The official YAML test suite: valid cases are read, and to the same values; invalid ones are refused.

use anycloud_lint::source::Source;
use anycloud_lint::yaml::{self, Data, NodeId, ProblemKind, Tree, ways};
use serde_json::{Map, Value};

use super::script::Check;

/// Invalid cases that are read. In each a quoted scalar or a flow collection goes on in a line that is not indented.
/// What else reads YAML takes that too (libyaml, PyYAML, the SDK), so a file that has it works, and saying no would be a
/// false alarm. docs/upstream.md has what there is to say to the parser's authors.
const LENIENT: [&str; 3] = ["9C9N", "DK95/01", "QB6E"];

/// Checks every case, given as JSON: its name, and what is wrong with how it is read.
pub(super) fn check(cases: &[u8]) -> serde_json::Result<Vec<Check>> {
    let cases: Vec<Value> = serde_json::from_slice(cases)?;
    let check = |case: &Value| {
        let text = |key: &str| case[key].as_str().unwrap_or_default();
        let name = text("name").to_owned();
        let outcome = check_case(&name, text("yaml"), case["json"].as_str(), case["fail"] == true);
        (name, outcome)
    };
    Ok(cases.iter().map(check).collect())
}

fn check_case(name: &str, text: &str, json: Option<&str>, is_invalid: bool) -> Result<(), String> {
    let source = Source::new("case.yaml", text);
    let (tree, problems) = yaml::parse(&source);
    if let Some(fast) = ways::fast(&source)
        && format!("{fast:?}") != format!("{:?}", ways::general(&source))
    {
        return Err("the two readers differ".into());
    }
    // The suite asks for less than we do: a document that is a mapping, one of them, and each key once.
    let is_no = |kind: &ProblemKind| {
        use ProblemKind::{DuplicateKey, Empty, RootNotMapping, SecondDocument};
        !matches!(kind, Empty | RootNotMapping | SecondDocument | DuplicateKey { .. })
    };
    let has_more = problems.iter().any(|problem| matches!(problem.kind, ProblemKind::SecondDocument));
    let refusal = problems.iter().find(|problem| is_no(&problem.kind));
    if is_invalid {
        let is_refused = refusal.is_some() || has_more;
        return match (is_refused, LENIENT.contains(&name)) {
            (true, false) | (false, true) => Ok(()),
            (true, true) => Err("is refused by now: take it out of the list".into()),
            (false, false) => Err("is invalid, and read".into()),
        };
    }
    if let Some(problem) = refusal {
        return Err(format!("is valid, and refused: {problem:?}"));
    }
    let (Some(tree), Some(json)) = (tree, json) else { return Ok(()) };
    let first = serde_json::Deserializer::from_str(json).into_iter::<Value>().next();
    match first.transpose().map_err(|error| error.to_string())? {
        Some(expected) if one_kind(expected.clone()) != one_kind(value(&tree, tree.root())) => {
            Err(format!("reads as {}, not as {expected}", value(&tree, tree.root())))
        }
        _ => Ok(()),
    }
}

fn value(tree: &Tree, node: NodeId) -> Value {
    match tree.data(node) {
        Data::Null | Data::Unknown | Data::Alias(_) => Value::Null,
        Data::Bool(value) => (*value).into(),
        Data::Int(value) => (*value).into(),
        Data::Float(value) => (*value).into(),
        Data::Str(..) => tree.str(node).unwrap_or_default().into(),
        Data::Seq(_) => tree.items(node).iter().map(|item| value(tree, *item)).collect(),
        Data::Map(_) => {
            let pairs = tree.entries(node).iter();
            pairs
                .map(|entry| (tree.key(entry.key).to_owned(), value(tree, entry.value)))
                .collect::<Map<_, _>>()
                .into()
        }
    }
}

/// Numbers as floats: JSON has but one kind.
fn one_kind(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.into_iter().map(one_kind).collect(),
        Value::Object(map) => {
            map.into_iter().map(|(key, value)| (key, one_kind(value))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}
