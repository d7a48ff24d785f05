//! `anycloud-lint diff`: how resolved profiles or jobs differ, two of a file or those of two versions of it.

mod git;
mod human;
mod markdown;

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::config::{ConfigArgs, FileSettings};
use super::output::{self, Colors};
use super::resolve::unknown;
use super::{CLEAN, FOUND, Failure, discover};
use crate::diff::{Difference, Pair, Thing, ThingChange, changes, diff};
use crate::facts::Facts;
use crate::profile::Section;
use crate::report::{self, Checked, Format, Run};
use crate::source::Source;
use crate::submission::Job;
use crate::{Analysis, resolve, shown, suggest};

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
    /// A file and two of its profiles or jobs, two files, or with `--git` the file [default: anycloud.yaml or
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
        (None, [file, a, b]) => things(args, Path::new(file), [a, b], color),
        (None, ["-", "-"]) => usage("standard input can be read once only", "name a file for one of the two"),
        (None, [old, new]) => {
            let read = |path: &str| match path {
                // What git names where there is no file.
                "/dev/null" => Ok(None),
                path => Ok(Some(read(args, Path::new(path), discover::read_given(Path::new(path))?)?)),
            };
            let read_new = |path| read(path).map_err(two_things);
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
            "name a file and two of its profiles or jobs, two files, or a revision: `--git REV [FILE]`",
        ),
    }
}

fn usage(message: &str, help: &str) -> Result<u8, Failure> {
    Err(Failure::Usage { message: message.into(), help: Some(help.into()) })
}

/// Of two words the second may be meant as a profile or a job.
fn two_things(failure: Failure) -> Failure {
    match failure {
        Failure::Read { path, reason, .. } => {
            let help = "to compare two profiles or jobs of a file name both: `anycloud-lint diff FILE A B`";
            Failure::Read { path, reason, help: Some(help.into()) }
        }
        failure => failure,
    }
}

fn read(args: &Args, path: &Path, source: Source) -> Result<Analysis, Failure> {
    let settings = FileSettings::for_use(&args.config, path)?;
    Ok(Analysis::new(source, &settings))
}

/// A file without errors. Else its findings are shown.
fn sound(analysis: &Analysis, color: Colors) -> Option<&Facts> {
    if let Some(facts) = analysis.facts().filter(|_| !analysis.has_errors()) {
        return Some(facts);
    }
    let checked = [Checked::of(analysis)];
    let text = output::render(color.err, |out| report::write(Format::Human, &Run::new(&checked), out));
    output::print_error(&text.unwrap_or_default());
    None
}

fn things(args: &Args, file: &Path, names: [&str; 2], color: Colors) -> Result<u8, Failure> {
    let analysis = read(args, file, discover::read_given(file)?)?;
    let Some(facts) = sound(&analysis, color) else { return Ok(FOUND) };
    let source = analysis.source().name();
    let [a, b] = named(facts, source, names)?;
    let Pair { names, differences } = diff(facts, a, b);
    let names = names.each_ref().map(String::as_str);
    print(match args.format {
        Language::Human => output::render(color.out, |out| human::things(names, &differences, out)),
        Language::Markdown => Ok(markdown::things(names, &differences).into_bytes()),
        Language::Json => json_text(&json!({
            "version": 1,
            "file": source,
            "a": names[0],
            "b": names[1],
            "differences": differences.iter().map(|found| difference(found, ["a", "b"])).collect::<Vec<_>>(),
        })),
    })
}

fn versions(args: &Args, files: &[(&str, Option<Analysis>); 2], color: Colors) -> Result<u8, Failure> {
    let [(old_name, old), (new_name, new)] = files;
    let versions = [old, new].map(|read| read.as_ref().map(|read| sound(read, color)));
    if versions.iter().any(|version| matches!(version, Some(None))) {
        return Ok(FOUND);
    }
    let [before, after] = versions.map(Option::flatten);
    let changes = changes(before, after);
    let names = [*old_name, *new_name];
    let has_jobs = |facts: &Facts| Section::Submissions.entry(facts.tree()).is_some();
    let has_jobs = [before, after].into_iter().flatten().any(has_jobs);
    let things = if has_jobs { "profile or job" } else { "profile" };
    print(match args.format {
        Language::Human => output::render(color.out, |out| human::versions(names, things, &changes, out)),
        Language::Markdown => Ok(markdown::versions(new_name, things, &changes).into_bytes()),
        Language::Json => {
            let of = |section| changes.iter().filter(move |change| change.section == section).map(thing);
            let mut report = json!({
                "version": 1,
                "old": old.as_ref().map(|analysis| analysis.source().name()),
                "new": new.as_ref().map(|analysis| analysis.source().name()),
                "profiles": of(Section::Profiles).collect::<Vec<_>>(),
            });
            if let Value::Object(report) = &mut report
                && has_jobs
            {
                report.insert("jobs".into(), of(Section::Submissions).collect::<Vec<_>>().into());
            }
            json_text(&report)
        }
    })
}

/// Two profiles of these names, else two jobs.
fn named<'f>(facts: &'f Facts, file: &str, names: [&str; 2]) -> Result<[Thing<'f>; 2], Failure> {
    if let [Some(a), Some(b)] = names.map(|name| facts.subjects().named(name)) {
        return Ok([Thing::Profile(a.id), Thing::Profile(b.id)]);
    }
    let found = names.map(|name| jobs_called(facts, name));
    if let [[a], [b]] = found.each_ref().map(Vec::as_slice) {
        return Ok([Thing::Job(a), Thing::Job(b)]);
    }
    let secrets = resolve::secrets([facts.subjects()]);
    let wrong = |message: String, help: Option<String>| Err(Failure::Usage { message, help });
    for (name, jobs) in names.into_iter().zip(&found) {
        let is_profile = facts.subjects().named(name).is_some();
        if let [first, _, ..] = jobs.as_slice()
            && !is_profile
        {
            let (name, first) = (secrets.redact(name), secrets.redact(&first.name));
            let help = format!("name one of them: `{first}`");
            return wrong(format!("`{name}` comes to {} jobs", jobs.len()), Some(help));
        }
        if jobs.is_empty() && !is_profile {
            let has_jobs = !facts.submissions().jobs().is_empty();
            let profiles =
                facts.subjects().profiles().iter().map(|profile| facts.subjects().name(profile.id));
            let all = profiles.chain(facts.submissions().jobs().iter().map(|job| &*job.name));
            let kind = if has_jobs { "profile or job" } else { "profile" };
            return Err(unknown(file, kind, name, suggest::closest(name, all), &secrets));
        }
    }
    let help = Some("name two profiles, or two jobs".into());
    wrong("a profile and a job can't be compared".into(), help)
}

/// The jobs that a name means: one, or those of a submission.
fn jobs_called<'f>(facts: &'f Facts, name: &str) -> Vec<&'f Job> {
    let submissions = facts.submissions();
    let names = [name.to_owned()];
    let is_called = |job: &&Job| submissions.is_called(facts.tree(), job, &names);
    submissions.jobs().iter().filter(is_called).collect()
}

fn print(text: io::Result<Vec<u8>>) -> Result<u8, Failure> {
    output::print(&text.map_err(|error| Failure::stream(Path::new("the differences"), &error))?)?;
    Ok(CLEAN)
}

fn json_text(value: &Value) -> io::Result<Vec<u8>> {
    let text = serde_json::to_string_pretty(value)? + "\n";
    Ok(shown::json(&text).into_owned().into_bytes())
}

fn thing(change: &ThingChange) -> Value {
    let differences = change.differences.iter().map(|found| difference(found, ["old", "new"]));
    let noun = change.section.noun();
    json!({
        noun: change.name,
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
