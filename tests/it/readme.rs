//! What the README and the documentation say is so.
//!
//! A fenced block says what it is: `yaml` is a file without findings, `yaml bad=CODE,…` one with findings
//! of just these rules, `toml` a configuration; other words after `yaml` are files of other programs.

use std::path::{Path, PathBuf};

use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};

use crate::harness::{root, run};

#[path = "../../xtask/src/pages.rs"]
mod pages;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The Markdown files of the documentation.
fn documents() -> Vec<PathBuf> {
    let files = |folder: &str| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(root().join(folder)).unwrap();
        entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension() == Some("md".as_ref()))
            .collect()
    };
    let mut files: Vec<PathBuf> = [".", "docs", "docs/rules"].into_iter().flat_map(files).collect();
    files.sort();
    files
}

struct Block {
    /// Where it begins, for messages.
    place: String,
    info: String,
    text: String,
}

/// The fenced blocks of a document.
fn blocks(path: &Path) -> Vec<Block> {
    let document = std::fs::read_to_string(path).unwrap();
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<(String, Block)> = None;
    for (number, line) in document.lines().enumerate() {
        match &mut open {
            Some((fence, _)) if line == fence => blocks.extend(open.take().map(|(_, block)| block)),
            Some((_, block)) => block.text.extend([line, "\n"]),
            None if line.starts_with("```") => {
                let info = line.trim_start_matches('`');
                let fence = line[..line.len() - info.len()].to_owned();
                let place = format!("{}:{}", path.display(), number + 1);
                open = Some((fence, Block { place, info: info.to_owned(), text: String::new() }));
            }
            None => {}
        }
    }
    assert!(open.is_none(), "{}: a block without an end", path.display());
    blocks
}

fn all_blocks() -> Vec<Block> {
    documents().iter().flat_map(|path| blocks(path)).collect()
}

#[test]
fn the_readme_shows_what_the_example_prints() {
    let run = run(&["examples/anycloud.yaml", "--color", "never"]);
    assert_eq!(run.code, 1);
    let strip = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let printed = strip(&run.out);
    let block = blocks(&root().join("README.md")).into_iter().find(|block| block.info == "text").unwrap();
    assert!(
        printed.contains(strip(&block.text).trim_end()),
        "the README shows\n{}\nbut the program prints\n{printed}",
        block.text
    );
}

#[test]
fn the_readme_opens_with_the_two_commands() {
    let commands: Vec<String> = blocks(&root().join("README.md"))
        .into_iter()
        .filter(|block| block.info == "sh")
        .map(|block| block.text)
        .take(2)
        .collect();
    assert_eq!(commands, ["cargo run --release -- examples/anycloud.yaml\n", "cargo test\n"]);
}

#[test]
fn examples_lint_as_they_claim() {
    let mut seen = 0;
    for block in all_blocks() {
        let expected: Vec<&str> = match block.info.as_str() {
            "yaml" => Vec::new(),
            info => match info.strip_prefix("yaml bad=") {
                Some(codes) => codes.split(',').collect(),
                None => continue,
            },
        };
        seen += 1;
        let findings = lint(&Source::new("anycloud.yaml", &block.text), &Settings::default());
        let mut codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
        codes.dedup();
        assert_eq!(codes, expected, "{}: {findings:#?}", block.place);
    }
    assert!(seen > 50, "only {seen} examples");
}

#[test]
fn blocks_are_of_a_kind_that_is_tested() {
    for block in all_blocks() {
        let is_known = match block.info.as_str() {
            "text" | "sh" | "rust" | "groovy" | "lua" | "elisp" | "toml helix" | "yaml" | "yaml workflow"
            | "yaml pre-commit" | "yaml modeline" | "yaml configured" => true,
            "toml" => {
                let parsed = block.text.parse::<toml::Table>();
                assert!(parsed.is_ok(), "{}: {parsed:?}", block.place);
                true
            }
            "json" => {
                let parsed = serde_json::from_str::<serde_json::Value>(&block.text);
                assert!(parsed.is_ok(), "{}: {parsed:?}", block.place);
                true
            }
            // `configured` is a rule's example that needs a configuration: the rules' own tests lint it.
            info => info.starts_with("yaml bad=") || info.starts_with("yaml configured bad="),
        };
        assert!(is_known, "{}: what is `{}`?", block.place, block.info);
        if block.info.starts_with("yaml ") && !block.info.contains('=') {
            let parsed = serde_yaml::from_str::<serde_yaml::Value>(&block.text);
            assert!(parsed.is_ok(), "{}: {parsed:?}", block.place);
        }
    }
}

#[test]
fn configurations_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let (config, file) = (folder.path().join("anycloud-lint.toml"), folder.path().join("anycloud.yaml"));
    std::fs::write(&file, "profiles:\n  train:\n    spot: true\n").unwrap();
    for block in all_blocks().into_iter().filter(|block| block.info == "toml") {
        std::fs::write(&config, &block.text).unwrap();
        let run = run(&["check", "--config", config.to_str().unwrap(), file.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{}: {}", block.place, run.err);
    }
}

#[test]
fn links_lead_somewhere() {
    for path in documents() {
        let text = std::fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let is_elsewhere = link.is_empty() || link.contains("://");
            let target = path.parent().unwrap().join(link);
            assert!(is_elsewhere || target.exists(), "{}: there is no {link}", path.display());
        }
    }
}

#[test]
fn the_pages_of_the_rules_are_up_to_date() {
    let pages = pages::pages();
    for (name, text) in &pages {
        let committed = read(&format!("docs/rules/{name}"));
        assert!(*text == committed, "docs/rules/{name} has drifted: run `cargo xtask generate`");
    }
    let known: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    for entry in std::fs::read_dir(root().join("docs/rules")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name.as_str()), "docs/rules/{name} belongs to no rule");
    }
}
