//! The tree reads a document as an independent parser does.

use std::cell::Cell;

use anycloud_lint::source::{Source, Span};
use anycloud_lint::yaml::{self, NodeId, ProblemKind, Tree};

use crate::harness::reading::{independent, is_read_in_two_ways, to_value};
use crate::harness::{self, FOLDERS, Random, cases, fixtures, holds, read};

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
        if problems.is_empty() && !is_read_in_two_ways(source.text()) {
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
fn nested(random: &mut Random, depth: usize, indent: usize, anchors: &mut Vec<String>, out: &mut String) {
    for key in 0..=random.below(4) {
        let pad = " ".repeat(indent);
        let name = format!("k{key}");
        match random.below(8) {
            0 | 1 if depth < 4 => {
                let anchor = format!("a{}", out.len());
                out.push_str(&format!("{pad}{name}: &{anchor}\n"));
                nested(random, depth + 1, indent + 2, anchors, out);
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

/// Deep mappings, or profiles and submissions.
fn any_document(random: &mut Random) -> String {
    if random.below(2) == 1 {
        return harness::document(random);
    }
    let mut text = String::new();
    nested(random, 0, 0, &mut Vec::new(), &mut text);
    text
}

#[test]
fn random_documents_are_read_alike() {
    let (cases, compared) = (cases(2000), Cell::new(0));
    holds(cases, |random| {
        let text = any_document(random);
        let Some(expected) = independent(&text).filter(|_| !is_read_in_two_ways(&text)) else { return };
        let (tree, problems) = yaml::parse(&Source::new("a", text.as_str()));
        assert!(problems.is_empty(), "{problems:?}\n{text}");
        let tree = tree.unwrap();
        assert_eq!(to_value(&tree, tree.root()), expected, "{text}");
        compared.set(compared.get() + 1);
    });
    assert!(compared.get() > cases / 2, "only {} of {cases} compared", compared.get());
}

/// The text of a node with as many spaces as there are columns before it, so that what is below keeps its place, and
/// with the line break that a block scalar ends with.
fn written(tree: &Tree, id: NodeId) -> String {
    let (source, span) = (tree.source(), tree.span(id));
    let column = source.position(span.start).column;
    format!("{}{}\n", " ".repeat(column as usize - 1), source.slice(span))
}

/// Whether a node needs no more than its own text to be read: no anchor outside of it, and no tag before it.
fn stands_alone(tree: &Tree, id: NodeId, aliases: &[(Span, NodeId)]) -> bool {
    let span = tree.span(id);
    let before = tree.source().text()[..span.start as usize].trim_end();
    let has_tag = before.rsplit([' ', '\n', '\r']).next().is_some_and(|word| word.starts_with('!'));
    let mut inside = aliases.iter().filter(|(alias, _)| span.contains(*alias));
    !has_tag && inside.all(|(_, target)| *target != id && span.contains(tree.span(*target)))
}

#[test]
fn what_a_node_spans_reads_as_the_node() {
    let (cases, compared) = (cases(400), Cell::new(0));
    holds(cases, |random| {
        let text = any_document(random);
        let (Some(tree), problems) = yaml::parse(&Source::new("a", text.as_str())) else { return };
        if !problems.is_empty() || is_read_in_two_ways(&text) || independent(&text).is_none() {
            return;
        }
        let aliases = tree.ids().filter(|id| tree.is_alias(*id));
        let aliases: Vec<_> = aliases.map(|id| (tree.span(id), tree.target(id))).collect();
        for id in tree.ids().filter(|id| !tree.is_alias(*id) && stands_alone(&tree, *id, &aliases)) {
            let written = written(&tree, id);
            let read = independent(&written);
            assert_eq!(read, Some(to_value(&tree, id)), "{written:?} of\n{text}");
            compared.set(compared.get() + 1);
        }
    });
    assert!(compared.get() > cases * 20, "only {} compared", compared.get());
}
