//! What depends on what: every room of `src/` uses only rooms of the rows before its own, so that nothing points up.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::root;

/// The rooms, from the ground up; those of a row do not use each other.
const ROWS: [&[&str]; 16] = [
    &["work"],
    &["source", "suggest", "catalog", "rule", "shown"],
    &["yaml", "credential"],
    &["profile"],
    &["schema", "finding", "submission"],
    &["sdk"],
    &["settings", "edit"],
    &["secret", "normal", "suppress", "facts"],
    &["rules"],
    &["analysis"],
    &["silence", "resolve", "fingerprint"],
    &["fix", "report", "diff", "emit"],
    &["baseline", "config"],
    &["configs"],
    &["lsp"],
    &["cli"],
];

/// Test code in a file of its own.
const TESTS: [&str; 3] = ["growth.rs", "rules/guide.rs", "secret/tests.rs"];

/// The row of a room.
fn row(room: &str) -> usize {
    ROWS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| {
        panic!("src/{room} has no place yet: put it into a row of tests/it/layers.rs, above all that it uses")
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The code of a file without its comments and its tests, which stand at the end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let line = |line: &str| line.split("//").next().unwrap().to_owned() + "\n";
    code.lines().map(line).collect()
}

/// The first names behind `crate::`, one or a list in braces.
fn first_names(rest: &str) -> Vec<String> {
    let name =
        |text: &str| text.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned();
    let Some(list) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name(&list[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The room that a name at the root of the crate stands for.
fn room(name: &str) -> &str {
    match name {
        "Analysis" | "analyse" | "lint" | "has_errors" => "analysis",
        "Settings" => "settings",
        _ if root().join("src").join(name).is_dir() || root().join(format!("src/{name}.rs")).is_file() => {
            name
        }
        _ => panic!("what is `crate::{name}`?"),
    }
}

#[test]
fn nothing_points_up() {
    let folder = root().join("src");
    let mut wrong = BTreeSet::new();
    let mut count = 0;
    for path in files(&folder) {
        let file = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        let is_top = ["lib.rs", "main.rs"].contains(&file.as_str());
        if is_top || path.extension() != Some("rs".as_ref()) || TESTS.contains(&file.as_str()) {
            continue;
        }
        let own = file.split('/').next().unwrap().trim_end_matches(".rs");
        let code = code(&path);
        // At the root, `super` is the crate.
        let prefixes: &[&str] = if file.contains('/') { &["crate::"] } else { &["crate::", "super::"] };
        let rests = prefixes.iter().flat_map(|prefix| code.split(prefix).skip(1));
        for name in rests.flat_map(first_names) {
            let used = room(&name);
            count += 1;
            if used != own && row(used) >= row(own) {
                wrong.insert(format!("src/{file} uses {used} (`{name}`), which does not stand below {own}"));
            }
        }
    }
    assert!(count > 300, "only {count} uses were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_are_read_out_of_uses() {
    assert_eq!(first_names("yaml::{Data, Tree};"), ["yaml"]);
    assert_eq!(
        first_names("{Analysis, fix, yaml::{Data, Tree}, silence::apply}; {x}"),
        ["Analysis", "fix", "yaml", "silence"]
    );
}
