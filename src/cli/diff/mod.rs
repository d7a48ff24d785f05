//! `anycloud-lint diff`: how resolved profiles differ, two of a file or those of two versions of it.

mod git;
mod human;
mod markdown;

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::config::{ConfigArgs, FileSettings};
use super::output::{self, Colors};
use super::resolve::unknown_profile;
use super::{CLEAN, FOUND, Failure, discover};
use crate::diff::{Difference, Pair, ProfileChange, Version, changes, diff};
use crate::profile::{SubjectId, Subjects};
use crate::report::{self, Checked, Format, Run};
use crate::source::Source;
use crate::{Analysis, Settings, resolve, shown, suggest};

const USAGE: &str = "anycloud-lint diff [OPTIONS] FILE A B\n       \
    anycloud-lint diff [OPTIONS] OLD NEW\n       \
    anycloud-lint diff [OPTIONS] --git REV [FILE]";

/// The arguments of `diff`.
#[derive(Clone, Debug, clap::Args)]
#[command(override_usage = USAGE)]
#[command(
    after_help = "Exit code: 0 whether they differ or not, 1 if a file has errors, 2 if the job could not be done."
)]
pub(super) struct Args {
    /// A file and two of its profiles, two files, or with `--git` the file [default: anycloud.yaml or
    /// anycloud.yml]; `-` is standard input
    #[arg(value_name = "WHAT", num_args = 0..=3)]
    what: Vec<String>,
    /// Compare the file with itself in this revision, such as `main` or `HEAD~1`
    #[arg(long, value_name = "REV")]
    git: Option<String>,
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
    /// For a comment on a pull request.
    Markdown,
}

pub(super) fn run(args: &Args, color: Colors) -> Result<u8, Failure> {
    let what: Vec<&str> = args.what.iter().map(String::as_str).collect();
    match (&args.git, what.as_slice()) {
        (None, [file, a, b]) => profiles(args, Path::new(file), [a, b], color),
        (None, ["-", "-"]) => usage("standard input can be read once only", "name a file for one of the two"),
        (None, [old, new]) => {
            let read = |path: &str| match path {
                // What git names where there is no file.
                "/dev/null" => Ok(None),
                path => Ok(Some(read(args, Path::new(path), discover::read_given(Path::new(path))?)?)),
            };
            let read_new = |path| read(path).map_err(two_profiles);
            versions(args, &[(old, read(old)?), (new, read_new(new)?)], color)
        }
        (Some(revision), [] | [_]) => {
            let file = discover::given_or_usual(what.first().map(Path::new))?;
            let old = git::read(revision, &file)?;
            let is_there = std::fs::symlink_metadata(&file).is_ok();
            let new = if is_there || old.is_none() { Some(discover::read(&file)?) } else { None };
            let name = discover::shown_name(&file);
            let old_name = format!("{revision}:{name}");
            let old = old.map(|bytes| Source::from_bytes(shown::file_name(&old_name), bytes));
            let analysed =
                |source: Option<Source>| source.map(|source| read(args, &file, source)).transpose();
            versions(args, &[(&old_name, analysed(old)?), (&name, analysed(new)?)], color)
        }
        (Some(_), _) => usage("with `--git` there is one file to compare", "leave the others out"),
        (None, _) => usage(
            "there is nothing to compare",
            "name a file and two of its profiles, two files, or a revision: `--git REV [FILE]`",
        ),
    }
}

fn usage(message: &str, help: &str) -> Result<u8, Failure> {
    Err(Failure::Usage { message: message.into(), help: Some(help.into()) })
}

/// Of two words the second may be meant as a profile.
fn two_profiles(failure: Failure) -> Failure {
    match failure {
        Failure::Read { path, reason, .. } => {
            let help = "to compare two profiles of a file name both: `anycloud-lint diff FILE A B`";
            Failure::Read { path, reason, help: Some(help.into()) }
        }
        failure => failure,
    }
}

/// A file with what its configuration adds.
type Read = (Analysis, Arc<Settings>);

fn read(args: &Args, path: &Path, source: Source) -> Result<Read, Failure> {
    let settings = FileSettings::for_use(&args.config, path)?;
    Ok((Analysis::new(source, &settings), settings))
}

/// A file without errors. Else its findings are shown.
fn sound(read: &Read, color: Colors) -> Option<Version<'_>> {
    let (analysis, settings) = read;
    if let Some(subjects) = analysis.subjects().filter(|_| !analysis.has_errors()) {
        return Some(Version { subjects, catalog: &settings.catalog });
    }
    let checked = [Checked::of(analysis)];
    let text = output::render(color.err, |out| report::write(Format::Human, &Run::new(&checked), out));
    output::print_error(&text.unwrap_or_default());
    None
}

fn profiles(args: &Args, file: &Path, names: [&str; 2], color: Colors) -> Result<u8, Failure> {
    let read = read(args, file, discover::read_given(file)?)?;
    let Some(version) = sound(&read, color) else { return Ok(FOUND) };
    let source = read.0.source().name();
    let a = named(version.subjects, source, names[0])?;
    let b = named(version.subjects, source, names[1])?;
    let Pair { names, differences } = diff(version, a, b);
    let names = names.each_ref().map(String::as_str);
    print(match args.format {
        Language::Human => output::render(color.out, |out| human::profiles(names, &differences, out)),
        Language::Markdown => Ok(markdown::profiles(names, &differences).into_bytes()),
        Language::Json => json_text(&json!({
            "version": 1,
            "file": source,
            "a": names[0],
            "b": names[1],
            "differences": differences.iter().map(|found| difference(found, ["a", "b"])).collect::<Vec<_>>(),
        })),
    })
}

fn versions(args: &Args, files: &[(&str, Option<Read>); 2], color: Colors) -> Result<u8, Failure> {
    let [(old_name, old), (new_name, new)] = files;
    let versions = [old, new].map(|read| read.as_ref().map(|read| sound(read, color)));
    if versions.iter().any(|version| matches!(version, Some(None))) {
        return Ok(FOUND);
    }
    let [before, after] = versions.map(Option::flatten);
    let changes = changes(before, after);
    let names = [*old_name, *new_name];
    print(match args.format {
        Language::Human => output::render(color.out, |out| human::versions(names, &changes, out)),
        Language::Markdown => Ok(markdown::versions(new_name, &changes).into_bytes()),
        Language::Json => json_text(&json!({
            "version": 1,
            "old": old.as_ref().map(|(analysis, _)| analysis.source().name()),
            "new": new.as_ref().map(|(analysis, _)| analysis.source().name()),
            "profiles": changes.iter().map(profile).collect::<Vec<_>>(),
        })),
    })
}

fn named(subjects: &Subjects, file: &str, name: &str) -> Result<SubjectId, Failure> {
    subjects.named(name).map(|profile| profile.id).ok_or_else(|| {
        let names = subjects.profiles().iter().map(|profile| subjects.name(profile.id));
        unknown_profile(file, name, suggest::closest(name, names), &resolve::secrets(subjects))
    })
}

fn print(text: io::Result<Vec<u8>>) -> Result<u8, Failure> {
    output::print(&text.map_err(|error| Failure::stream(Path::new("the differences"), &error))?)?;
    Ok(CLEAN)
}

fn json_text(value: &Value) -> io::Result<Vec<u8>> {
    let text = serde_json::to_string_pretty(value)? + "\n";
    Ok(shown::json(&text).into_owned().into_bytes())
}

fn profile(change: &ProfileChange) -> Value {
    let differences = change.differences.iter().map(|found| difference(found, ["old", "new"]));
    json!({
        "profile": change.name,
        "change": change.change.name(),
        "differences": differences.collect::<Vec<_>>(),
    })
}

fn difference(found: &Difference, sides: [&str; 2]) -> Value {
    let mut value = json!({"field": found.field, "change": found.change.name(), "secret": found.secret});
    for (name, side) in sides.into_iter().zip(&found.sides) {
        if let (Some(side), Value::Object(map)) = (side, &mut value) {
            map.insert(name.to_owned(), json!({"value": side.value, "origin": side.origin}));
        }
    }
    value
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
