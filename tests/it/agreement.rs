//! The tree reads a document as an independent parser does.

use anycloud_lint::source::Source;
use anycloud_lint::yaml::{self, Data, NodeId, ProblemKind, Tree};
use serde_yaml::Value;

use crate::harness::{FOLDERS, Random, fixtures, read};

fn to_value(tree: &Tree, id: NodeId) -> Value {
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

fn independent(text: &str) -> Option<Value> {
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

#[test]
fn fixtures_are_read_alike() {
    let mut compared = 0;
    for file in fixtures(&FOLDERS) {
        let source = read(&file);
        if source.flaw().is_some() {
            continue;
        }
        let (tree, problems) = yaml::parse(&source);
        let odd = problems.iter().any(|problem| !matches!(problem.kind, ProblemKind::BadMerge));
        let (Some(tree), Some(expected)) = (tree.filter(|_| !odd), independent(source.text())) else {
            continue;
        };
        // In the core schema `017` is 17, and serde_yaml takes it for text; here a key counts by its
        // text, and serde_yaml has forgotten how a number was written.
        let is_open =
            [": 017", ": 0042", "1e3:", "0o17:", "{{", "~:"].iter().any(|form| source.text().contains(form));
        if problems.is_empty() && !is_open {
            assert_eq!(to_value(&tree, tree.root()), expected, "{}", file.display());
            compared += 1;
        }
    }
    assert!(compared > 200, "only {compared} compared");
}

const SCALARS: [&str; 33] = [
    "us-east-1",
    "true",
    "True",
    "yes",
    "no",
    "~",
    "null",
    "",
    "12",
    "-3",
    "+7",
    "0x1F",
    "1e3",
    "1.5",
    ".5",
    "\"400\"",
    "'it''s'",
    "\"a\\nb\\u00e9\"",
    "h100:8",
    "a b c",
    "größer",
    "🚀",
    "- x",
    "2.0",
    "0o17",
    "1_000",
    "12:30:45",
    "\"\"",
    "''",
    "NULL",
    "99999999999",
    "FALSE",
    "on",
];

/// A block mapping of a few levels, with anchors that later aliases and merges use.
fn document(random: &mut Random, depth: usize, indent: usize, anchors: &mut Vec<String>, out: &mut String) {
    for key in 0..=random.below(4) {
        let pad = " ".repeat(indent);
        let name = format!("k{key}");
        match random.below(8) {
            0 | 1 if depth < 4 => {
                let anchor = format!("a{}", out.len());
                out.push_str(&format!("{pad}{name}: &{anchor}\n"));
                document(random, depth + 1, indent + 2, anchors, out);
                anchors.push(anchor);
            }
            2 if !anchors.is_empty() && key == 0 => {
                let anchor = anchors[random.below(anchors.len())].clone();
                out.push_str(&format!("{pad}<<: *{anchor}\n"));
            }
            3 if !anchors.is_empty() => {
                let anchor = anchors[random.below(anchors.len())].clone();
                out.push_str(&format!("{pad}{name}: *{anchor} # again\n"));
            }
            4 => {
                let items: Vec<&str> =
                    (0..random.below(3)).map(|_| random.pick(&["1", "x", "'y'", "null", "{a: b}"])).collect();
                out.push_str(&format!("{pad}{name}: [{}]\n", items.join(", ")));
            }
            5 => out.push_str(&format!("{pad}{name}: |\n{pad}  one\n{pad}    two\n\n")),
            6 => out.push_str(&format!(
                "{pad}{name}:\n{pad}- {}\n{pad}- q: {}\n",
                random.pick(&["a", "1"]),
                random.pick(&["b", "~"])
            )),
            _ => {
                let value = random.pick(&SCALARS);
                let value = if value == "- x" { "-x" } else { value };
                out.push_str(&format!("{pad}{name}: {value}\n"));
            }
        }
    }
}

#[test]
fn random_documents_are_read_alike() {
    let mut compared = 0;
    for seed in 0..2000 {
        let mut random = Random::new(seed);
        let mut text = String::new();
        document(&mut random, 0, 0, &mut Vec::new(), &mut text);
        let Some(expected) = independent(&text) else { continue };
        let source = Source::new("a", text.as_str());
        let (tree, problems) = yaml::parse(&source);
        assert!(problems.is_empty(), "{problems:?}\n{text}");
        let tree = tree.unwrap();
        assert_eq!(to_value(&tree, tree.root()), expected, "{text}");
        compared += 1;
    }
    assert!(compared > 1000, "only {compared} compared");
}
