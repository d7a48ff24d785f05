//! `anycloud-lint rules` and `explain`: what the rules are, and what each of them says.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::output::{self, Format};
use super::{CLEAN, Failure};
use crate::rule::{Applicability, Rule};
use crate::{rules, shown};

/// The arguments of `rules`.
#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn rules(args: &RulesArgs) -> Result<u8, Failure> {
    if matches!(args.format, Format::Json) {
        return output::print_json(&rules::all().map(describe).collect()).map(|()| CLEAN);
    }
    let mut text = String::new();
    for rule in rules::all() {
        let fix = rule.fix.map_or("", |fix| match fix {
            Applicability::Safe => "fix",
            Applicability::Unsafe => "unsafe fix",
        });
        let _ = writeln!(
            text,
            "{}  {:24}{:9}{fix:12}{}",
            rule.code,
            rule.name,
            rule.severity.name(),
            rule.summary
        );
    }
    output::print(text.as_bytes())?;
    Ok(CLEAN)
}

fn describe(rule: &Rule) -> Value {
    let docs = rule.docs();
    let mut value = json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.name(),
        "summary": rule.summary,
        "explanation": docs.explanation,
        "bad": docs.bad,
        "good": docs.good,
        "url": rule.url(),
    });
    if let (Some(fix), Value::Object(map)) = (rule.fix, &mut value) {
        map.insert("fix".into(), fix.name().into());
    }
    value
}

/// The arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The rule's code or name
    rule: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn explain(args: &ExplainArgs) -> Result<u8, Failure> {
    let rule = rules::find(&args.rule).ok_or_else(|| Failure::unknown_rule(&args.rule))?;
    if matches!(args.format, Format::Json) {
        return output::print_json(&describe(rule)).map(|()| CLEAN);
    }
    let docs = rule.docs();
    let fix = match rule.fix {
        Some(Applicability::Safe) => "\n`--fix` can often repair it.\n",
        Some(Applicability::Unsafe) => {
            "\n`--unsafe-fixes` can sometimes repair it; look at what it changed.\n"
        }
        None => "",
    };
    let text = format!(
        "{}: {} ({})\n\n{}.\n\n{}\n{fix}\nBad:\n\n{}\nGood:\n\n{}\n{}\n",
        rule.code,
        rule.name,
        rule.severity,
        rule.summary,
        output::wrapped(&docs.explanation, 0),
        indent(docs.bad),
        indent(docs.good),
        rule.url(),
    );
    output::print(text.as_bytes())?;
    Ok(CLEAN)
}

fn indent(text: &str) -> String {
    text.lines()
        .flat_map(|line| ["    ".to_owned(), shown::line(line).into_owned(), "\n".to_owned()])
        .collect()
}
