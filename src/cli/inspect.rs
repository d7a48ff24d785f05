//! The commands that show what the linter knows: `schema`, `rules`, `explain` and `catalog`.

use std::fmt::Write as _;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{CLEAN, Failure, output};
use crate::catalog::{Catalog, report};
use crate::rule::Rule;
use crate::rules;

/// How to print a list.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A table for people.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// The arguments of `schema`.
#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// The format to describe
    #[arg(long = "for", value_enum, default_value_t)]
    of: SchemaOf,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum SchemaOf {
    /// `anycloud.yaml`.
    #[default]
    Profiles,
    /// `anycloud-lint.toml`.
    Config,
}

pub(super) fn schema(args: &SchemaArgs) -> Result<u8, Failure> {
    let schema = match args.of {
        SchemaOf::Profiles => crate::schema::schema(),
        SchemaOf::Config => crate::config::schema(),
    };
    print_json(&schema)
}

/// The arguments of `rules`.
#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn rules(args: &RulesArgs) -> Result<u8, Failure> {
    if matches!(args.format, Format::Json) {
        return print_json(&rules::all().map(describe).collect());
    }
    let mut text = String::new();
    for rule in rules::all() {
        let fix = rule.fix.map_or("", |fix| match fix {
            crate::finding::Applicability::Safe => "fix",
            crate::finding::Applicability::Unsafe => "unsafe fix",
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
        return print_json(&describe(rule));
    }
    let docs = rule.docs();
    let fix = match rule.fix {
        Some(crate::finding::Applicability::Safe) => "\n`--fix` can often repair it.\n",
        Some(crate::finding::Applicability::Unsafe) => {
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
        textwrap(&docs.explanation),
        indent(docs.bad),
        indent(docs.good),
        rule.url(),
    );
    output::print(text.as_bytes())?;
    Ok(CLEAN)
}

fn indent(text: &str) -> String {
    text.lines().flat_map(|line| ["    ".to_owned(), visible(line), "\n".to_owned()]).collect()
}

/// Shows control characters by their names, so that an example with one can be printed.
fn visible(line: &str) -> String {
    line.chars()
        .map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() })
        .collect()
}

/// Breaks a paragraph into lines of at most 80 columns.
fn textwrap(text: &str) -> String {
    let mut lines = String::new();
    for paragraph in text.split("\n\n") {
        let mut width = 0;
        for word in paragraph.split_whitespace() {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > 80 {
                lines.push('\n');
                width = 0;
            } else if width > 0 {
                lines.push(' ');
                width += 1;
            }
            lines.push_str(word);
            width += length;
        }
        lines.push_str("\n\n");
    }
    lines.trim_end().to_owned()
}

/// The arguments of `catalog`.
#[derive(Debug, clap::Args)]
pub(super) struct CatalogArgs {
    /// What to list
    #[arg(value_enum)]
    kind: Kind,
    /// Only of this provider
    #[arg(long)]
    provider: Option<String>,
    /// Only what is offered in this region
    #[arg(long)]
    region: Option<String>,
    /// Only what has this GPU, such as `h100` or `h100:8`
    #[arg(long)]
    gpu: Option<String>,
    /// Only what offers this VM type
    #[arg(long)]
    vm_type: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Regions,
    VmTypes,
    Gpus,
    Zones,
}

pub(super) fn catalog(args: &CatalogArgs) -> Result<u8, Failure> {
    let query = report::Query {
        kind: match args.kind {
            Kind::Regions => report::Kind::Regions,
            Kind::VmTypes => report::Kind::VmTypes,
            Kind::Gpus => report::Kind::Gpus,
            Kind::Zones => report::Kind::Zones,
        },
        provider: args.provider.as_deref(),
        region: args.region.as_deref(),
        gpu: args.gpu.as_deref(),
        vm_type: args.vm_type.as_deref(),
        format: match args.format {
            Format::Human => report::Format::Human,
            Format::Json => report::Format::Json,
        },
    };
    let text = Catalog::builtin().report(&query).map_err(|error| Failure::Other(Box::new(error)))?;
    output::print(text.as_bytes())?;
    Ok(CLEAN)
}

fn print_json(value: &Value) -> Result<u8, Failure> {
    let text = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    output::print(text.as_bytes())?;
    Ok(CLEAN)
}
