//! The pages of the rules in `docs/rules/`, in Markdown: one a rule, and an index.
//!
//! Everything in them comes from the rules, and what they claim about an example is what linting it gave.

use std::fmt::Write as _;

use anycloud_lint::config::Config;
use anycloud_lint::finding::{Applicability, Finding, Severity};
use anycloud_lint::report::{self, Checked, Format, Run};
use anycloud_lint::rule::{Docs, GROUPS, Rule};
use anycloud_lint::source::Source;
use anycloud_lint::{Analysis, analyse, rules};
use termcolor::NoColor;

/// The file that the examples are taken to be.
const EXAMPLE_FILE: &str = "anycloud.yaml";

const GENERATED: &str = "<!-- Written by `cargo xtask generate`: change the rule, not this page. -->\n\n";

/// Every page: its file name and its text.
pub(crate) fn pages() -> Vec<(String, String)> {
    let pages = rules::all().map(|rule| (format!("{}.md", rule.name), page(rule)));
    std::iter::once(("README.md".to_owned(), index())).chain(pages).collect()
}

/// The list of the rules.
fn index() -> String {
    let mut text = format!(
        "{GENERATED}# Rules\n\n\
        Every rule has a code and a name; both work in suppressions, options and the configuration, and neither ever \
        changes. `anycloud-lint explain NAME` prints a rule's page in the terminal.\n"
    );
    for group in &GROUPS {
        let mut rules = rules::all().filter(|rule| rule.code.starts_with(group.prefix)).peekable();
        if rules.peek().is_none() {
            continue;
        }
        let heading = format!("{}: {}", group.prefix, group.title);
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
fn page(rule: &Rule) -> String {
    let (name, docs) = (rule.name, rule.docs());
    let mut text = format!(
        "{GENERATED}# {}: {name}\n\n{}.\n\n- Severity: {}\n- Fix: {}\n\n## Why\n\n{}\n\n## Bad\n\n",
        rule.code,
        rule.summary,
        rule.severity,
        fix(rule.fix),
        docs.explanation,
    );
    let kind = if docs.configuration.is_some() { "yaml configured" } else { "yaml" };
    if let Some(configuration) = docs.configuration {
        let _ = write!(
            text,
            "With this in [`anycloud-lint.toml`](../configuration.md):\n\n{}\n",
            block("toml", configuration)
        );
    }
    let bad = check(&docs, docs.bad);
    text.push_str(&block(&format!("{kind} bad={}", codes(bad.findings())), docs.bad));
    let first = bad.findings().first();
    let silenced = first.and_then(|finding| with_comment(rule, &docs, bad.source(), finding));
    let _ = write!(text, "\nIt prints:\n\n{}", block("text", &printed(bad)));
    let _ = write!(text, "\n## Good\n\n{}", block(kind, docs.good));
    text.push_str("\n## How to silence it\n\n");
    if let Some(silenced) = silenced {
        let _ = write!(
            text,
            "One finding, by a comment at the end of its line or alone on the line before:\n\n{}\n",
            block(kind, &silenced)
        );
    }
    let for_file = format!("# anycloud-lint: ignore-file[{name}]");
    if check(&docs, &format!("{for_file}\n{}", docs.bad)).findings().is_empty() {
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

/// What the linter finds in a text, with the configuration of the rule's examples.
fn check(docs: &Docs<'_>, text: &str) -> Analysis {
    let config =
        Config::read("anycloud-lint.toml", docs.configuration.unwrap_or_default()).unwrap_or_default();
    analyse(&Source::new(EXAMPLE_FILE, text), &config.settings(&[], &[]))
}

/// The codes of some findings, each once.
fn codes(findings: &[Finding]) -> String {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
    codes.dedup();
    codes.join(",")
}

/// The findings as they are printed.
fn printed(analysis: Analysis) -> String {
    let mut out = NoColor::new(Vec::new());
    // Writing to memory does not fail.
    let _ = report::write(Format::Human, &Run::new(&[Checked::from(analysis)]), &mut out);
    let text = String::from_utf8_lossy(&out.into_inner()).into_owned();
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// The bad example with a comment that silences the finding, if a comment can.
fn with_comment(rule: &Rule, docs: &Docs<'_>, source: &Source, finding: &Finding) -> Option<String> {
    let number = source.position(finding.span.start).line as usize;
    let mut lines: Vec<String> = docs.bad.lines().map(str::to_owned).collect();
    let line = lines.get(number.checked_sub(1)?)?;
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    lines.insert(number - 1, format!("{indent}# anycloud-lint: ignore[{}]", rule.name));
    let text = lines.join("\n") + "\n";
    check(docs, &text).findings().is_empty().then_some(text)
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
