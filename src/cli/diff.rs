//! `anycloud-lint diff`: how two resolved profiles of a file differ.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use termcolor::{Color, ColorSpec, WriteColor};

use super::config::{ConfigArgs, FileSettings};
use super::output::{self, Colors};
use super::resolve::unknown_profile;
use super::{CLEAN, FOUND, Failure, discover};
use crate::diff::{Difference, Side, diff};
use crate::profile::{SubjectId, Subjects};
use crate::report::{self, Checked, Format, Run};
use crate::shown;
use crate::{Analysis, suggest};

/// The arguments of `diff`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Exit code: 0 whether they differ or not, 1 if the file has errors, 2 if there is no such profile."
)]
pub(super) struct Args {
    /// The file; `-` is standard input
    file: PathBuf,
    /// A profile or template
    a: String,
    /// Another one
    b: String,
    #[command(flatten)]
    config: ConfigArgs,
    /// How to print the differences
    #[arg(long, value_enum, default_value_t)]
    format: Language,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Language {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}

pub(super) fn run(args: &Args, color: Colors) -> Result<u8, Failure> {
    let is_stdin = args.file == Path::new("-");
    let source = if is_stdin { discover::read_stdin("<stdin>")? } else { discover::read(&args.file)? };
    let settings = FileSettings::for_use(&args.config, &args.file)?;
    let analysis = Analysis::new(source, &settings);
    let Some(subjects) = analysis.subjects().filter(|_| !analysis.has_errors()) else {
        let checked = [Checked::from(analysis)];
        let text = output::render(color.err, |out| report::write(Format::Human, &Run::new(&checked), out));
        output::print_error(&text.unwrap_or_default());
        return Ok(FOUND);
    };
    let file = analysis.source().name();
    let a = named(subjects, file, &args.a)?;
    let b = named(subjects, file, &args.b)?;
    let differences = diff(subjects, &settings.catalog, a, b);
    let text = match args.format {
        Language::Json => json(args, file, &differences),
        Language::Human => output::render(color.out, |out| human(args, &differences, out)),
    };
    output::print(&text.map_err(|error| Failure::stream(Path::new("the differences"), &error))?)?;
    Ok(CLEAN)
}

fn named(subjects: &Subjects, file: &str, name: &str) -> Result<SubjectId, Failure> {
    subjects.named(name).map(|profile| profile.id).ok_or_else(|| {
        let names = subjects.profiles().iter().map(|profile| subjects.name(profile.id));
        unknown_profile(file, name, suggest::closest(name, names))
    })
}

fn json(args: &Args, file: &str, differences: &[Difference]) -> io::Result<Vec<u8>> {
    let report = json!({"version": 1, "file": file, "a": args.a, "b": args.b, "differences": differences});
    let text = serde_json::to_string_pretty(&report)? + "\n";
    Ok(shown::json(&text).into_owned().into_bytes())
}

fn human(args: &Args, differences: &[Difference], out: &mut dyn WriteColor) -> io::Result<()> {
    if differences.is_empty() {
        return writeln!(out, "`{}` and `{}` come to the same", shown::line(&args.a), shown::line(&args.b));
    }
    let sides = [('-', Color::Red), ('+', Color::Green)];
    for ((mark, color), name) in sides.into_iter().zip([&args.a, &args.b]) {
        colored(out, color, &format!("{mark}{mark}{mark} {}", shown::line(name)))?;
        writeln!(out)?;
    }
    for difference in differences {
        let secret = if difference.secret { "  (the secrets differ)" } else { "" };
        writeln!(out, "\n{}{secret}", difference.field)?;
        for ((mark, color), side) in sides.into_iter().zip([&difference.a, &difference.b]) {
            let Some(side) = side else { continue };
            colored(out, color, &format!("  {mark} {}", plain(&side.value)))?;
            writeln!(out, "  {}", origin(side))?;
        }
    }
    Ok(())
}

fn colored(out: &mut dyn WriteColor, color: Color, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_fg(Some(color)))?;
    write!(out, "{text}")?;
    out.reset()
}

/// A string as it is, anything else as JSON on one line.
fn plain(value: &Value) -> String {
    let text = match value {
        Value::Null => "cleared with `null`".to_owned(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    shown::line(&text).into_owned()
}

/// Where a value comes from, in words.
fn origin(side: &Side) -> String {
    let text = |key: &str| side.origin.get(key).map(plain).unwrap_or_default();
    let through = side.origin.get("through").and_then(Value::as_array);
    let through: Vec<String> =
        through.into_iter().flatten().map(|name| format!("`{}`", plain(name))).collect();
    let through =
        if through.is_empty() { String::new() } else { format!(", through {}", through.join(", ")) };
    format!("(`{}`, {}:{}:{}{through})", text("profile"), text("file"), text("line"), text("column"))
}
