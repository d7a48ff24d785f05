//! The pages of the rules in `docs/rules/`, in Markdown: one a rule, and an index.
//!
//! Everything in them comes from the rules, and what they claim about an example is what linting it gave.

use std::fmt::Write as _;

use termcolor::NoColor;

use super::{ALL, Rule};
use crate::catalog::Provider;
use crate::finding::{Applicability, Finding, Severity};
use crate::report::{self, Checked, Format, Run};
use crate::source::Source;
use crate::{Settings, lint};

/// What the groups of rules are about, by the beginning of their codes.
const GROUPS: [(&str, &str); 8] = [
    ("AC0", "The text"),
    ("AC1", "Shape and types"),
    ("AC2", "Inheritance"),
    ("AC3", "Hardware"),
    ("AC4", "Place"),
    ("AC5", "Credentials"),
    ("AC6", "Storage"),
    ("AC9", "The linter itself"),
];

/// The file that the examples are taken to be.
const EXAMPLE_FILE: &str = "anycloud.yaml";

const GENERATED: &str = "<!-- Written by `cargo xtask generate`: change the rule, not this page. -->\n\n";

/// Every page: its file name and its text.
pub fn pages() -> Vec<(String, String)> {
    let pages = ALL.iter().map(|rule| (format!("{}.md", rule.name), page(rule)));
    std::iter::once(("README.md".to_owned(), index())).chain(pages).collect()
}

/// The list of the rules.
pub fn index() -> String {
    let mut text = format!(
        "{GENERATED}# Rules\n\n\
        Every rule has a code and a name; both work in suppressions, options and the configuration, and neither ever \
        changes. `anycloud-lint explain NAME` prints a rule's page in the terminal.\n"
    );
    let others = ("", "Others");
    for (prefix, title) in GROUPS.iter().copied().chain([others]) {
        let is_known = |rule: &Rule| GROUPS.iter().any(|(known, _)| rule.code.starts_with(known));
        let is_here =
            |rule: &&&Rule| if prefix.is_empty() { !is_known(rule) } else { rule.code.starts_with(prefix) };
        let mut rules = ALL.iter().filter(is_here).peekable();
        if rules.peek().is_none() {
            continue;
        }
        let heading = if prefix.is_empty() { title.to_owned() } else { format!("{prefix}: {title}") };
        let _ = write!(
            text,
            "\n## {heading}\n\n| code | name | severity | fix | reports |\n|---|---|---|---|---|\n"
        );
        for rule in rules {
            let fix = rule.fix.map_or("", |fix| fix.name());
            let _ = writeln!(
                text,
                "| {} | [{}]({}.md) | {} | {fix} | {} |",
                rule.code,
                rule.name,
                rule.name,
                rule.severity,
                rule.summary.replace('|', "\\|")
            );
        }
    }
    text
}

/// The page of a rule.
pub fn page(rule: &Rule) -> String {
    let name = rule.name;
    let mut text = format!(
        "{GENERATED}# {}: {name}\n\n{}.\n\n- Severity: {}\n- Fix: {}\n\n## Why\n\n{}\n\n## Bad\n\n",
        rule.code,
        rule.summary,
        rule.severity,
        fix(rule.fix),
        rule.explanation,
    );
    let configuration = configuration(rule);
    let kind = if configuration.is_some() { "yaml configured" } else { "yaml" };
    if let Some(configuration) = configuration {
        let _ = write!(
            text,
            "With this in [`anycloud-lint.toml`](../configuration.md):\n\n{}\n",
            block("toml", &configuration)
        );
    }
    let (source, findings) = check(rule, rule.bad);
    text.push_str(&block(&format!("{kind} bad={}", codes(&findings)), rule.bad));
    let silenced = findings.first().and_then(|finding| with_comment(rule, &source, finding));
    let _ = write!(text, "\nIt prints:\n\n{}", block("text", &printed(source, findings)));
    let _ = write!(text, "\n## Good\n\n{}", block(kind, rule.good));
    text.push_str("\n## How to silence it\n\n");
    if let Some(silenced) = silenced {
        let _ = write!(
            text,
            "One finding, by a comment at the end of its line or alone on the line before:\n\n{}\n",
            block(kind, &silenced)
        );
    }
    let for_file = format!("# anycloud-lint: ignore-file[{name}]");
    if check(rule, &format!("{for_file}\n{}", rule.bad)).1.is_empty() {
        let _ = write!(text, "A whole file, by a comment anywhere in it: `{for_file}`\n\n");
    } else {
        text.push_str("A comment in the file can't silence it.\n\n");
    }
    let _ = write!(
        text,
        "Everywhere, by `--ignore {name}` or in [`anycloud-lint.toml`](../configuration.md):\n\n{}",
        block("toml", &format!("[lint]\nignore = [\"{name}\"]\n"))
    );
    let (other, word) = match rule.severity {
        Severity::Error => ("warning", "a warning"),
        Severity::Warning | Severity::Note => ("error", "an error"),
    };
    let _ = write!(
        text,
        "\nOr make it {word} instead:\n\n{}",
        block("toml", &format!("[lint.severity]\n{name} = \"{other}\"\n"))
    );
    text
}

const fn fix(fix: Option<Applicability>) -> &'static str {
    match fix {
        Some(Applicability::Safe) => "`--fix` repairs it where the right edit is certain",
        Some(Applicability::Unsafe) => "`--unsafe-fixes` repairs it where it can; look at what it changed",
        None => "none",
    }
}

/// The configuration that the examples need, if they need one.
fn configuration(rule: &Rule) -> Option<String> {
    let saved = rule.example_credentials;
    let line = |(name, provider): &(&str, Provider)| format!("{name} = \"{}\"\n", provider.name());
    (!saved.is_empty()).then(|| format!("[credentials]\n{}", saved.iter().map(line).collect::<String>()))
}

/// What the rule's examples are linted with.
fn settings(rule: &Rule) -> Settings {
    let saved = rule.example_credentials.iter().map(|(name, provider)| ((*name).to_owned(), *provider));
    let credentials = (!rule.example_credentials.is_empty()).then(|| saved.collect());
    Settings { credentials, ..Settings::default() }
}

fn check(rule: &Rule, text: &str) -> (Source, Vec<Finding>) {
    let source = Source::new(EXAMPLE_FILE, text);
    let findings = lint(&source, &settings(rule));
    (source, findings)
}

/// The codes of some findings, each once.
fn codes(findings: &[Finding]) -> String {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
    codes.dedup();
    codes.join(",")
}

/// The findings as they are printed.
fn printed(source: Source, findings: Vec<Finding>) -> String {
    let mut out = NoColor::new(Vec::new());
    // Writing to memory does not fail.
    let _ = report::write(Format::Human, &Run::new(&[Checked { source, findings }]), &mut out);
    let text = String::from_utf8_lossy(&out.into_inner()).into_owned();
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// The bad example with a comment that silences the finding, if a comment can.
fn with_comment(rule: &Rule, source: &Source, finding: &Finding) -> Option<String> {
    let number = source.position(finding.span.start).line as usize;
    let mut lines: Vec<String> = rule.bad.lines().map(str::to_owned).collect();
    let line = lines.get(number.checked_sub(1)?)?;
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    lines.insert(number - 1, format!("{indent}# anycloud-lint: ignore[{}]", rule.name));
    let text = lines.join("\n") + "\n";
    check(rule, &text).1.is_empty().then_some(text)
}

/// A fenced block. One with control characters in it is shown with their escapes, and is plain text then.
fn block(info: &str, text: &str) -> String {
    let is_plain = |c: char| c == '\n' || !(c.is_control() || c == '\u{feff}');
    let info = if text.chars().all(is_plain) { info } else { "text" };
    let shown: String = text
        .chars()
        .map(|c| if is_plain(c) { c.to_string() } else { c.escape_default().to_string() })
        .collect();
    let fence = if shown.contains("```") { "````" } else { "```" };
    format!("{fence}{info}\n{}\n{fence}\n", shown.trim_end_matches('\n'))
}
