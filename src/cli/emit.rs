//! What `resolve` prints of the profiles, in the language that was asked for.

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::resolve::{Args, Emit, Language};
use super::{Failure, output, yaml};
use crate::emit::args::{self, Command, Dialect};
use crate::emit::python::{self, Generation};
use crate::emit::{Refusal, Wanted};
use crate::facts::Facts;
use crate::resolve::{self, Options, Resolved};
use crate::shown;
use crate::submission::Job;

/// Which command line to write for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Cli {
    /// `anycloud job IMAGE …`, as today.
    Job,
    /// `anycloud submit IMAGE …`, as it was.
    Submit,
}

/// Which SDK to write for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum SdkVersion {
    /// `CloudConfig(…)` and `replace()`.
    #[value(name = "0.1.60")]
    V0_1_60,
    /// Dictionaries.
    #[value(name = "0.1.70")]
    V0_1_70,
}

/// The most refusals that are told one by one.
const MOST_REFUSALS: usize = 20;

/// Refuses options that mean nothing to what is asked for.
pub(super) fn check(args: &Args) -> Result<(), Failure> {
    let is_code = matches!(args.emit, Emit::Args | Emit::Python);
    let misplaced = [
        (args.image.is_some() && args.emit != Emit::Args, "--image", "--emit args"),
        (args.cli.is_some() && args.emit != Emit::Args, "--cli", "--emit args"),
        (args.sdk.is_some() && args.emit != Emit::Python, "--sdk", "--emit python"),
        (
            args.format.is_some() && args.emit == Emit::Python,
            "--format",
            "another `--emit`: Python is a language",
        ),
        (args.provenance && is_code, "--provenance", "`--emit profiles` and `--emit submission`"),
    ];
    match misplaced.into_iter().find(|(is_misplaced, ..)| *is_misplaced) {
        Some((_, option, place)) => {
            Err(Failure::Usage { message: format!("`{option}` goes with {place}"), help: None })
        }
        None => Ok(()),
    }
}

/// Prints the profiles and the jobs.
pub(super) fn print(args: &Args, facts: &Facts) -> Result<(), Failure> {
    let options = Options {
        emit: if args.emit == Emit::Profiles { resolve::Emit::Profiles } else { resolve::Emit::Submission },
        profiles: args.profile.clone(),
        jobs: args.job.clone(),
        provenance: args.provenance,
        show_secrets: args.show_secrets,
    };
    let text = match args.emit {
        Emit::Profiles | Emit::Submission => match args.format.unwrap_or_default() {
            Language::Json => return output::stream_json(&Resolved::new(facts, &options)),
            Language::Yaml => data(&resolve::resolve(facts, &options), Language::Yaml)?,
        },
        Emit::Args => commands(args, &options, facts)?,
        Emit::Python => module(args, &options, facts)?,
    };
    output::print(text.as_bytes())
}

fn module(args: &Args, options: &Options, facts: &Facts) -> Result<String, Failure> {
    let generation = match args.sdk {
        Some(SdkVersion::V0_1_60) => Generation::Classes,
        Some(SdkVersion::V0_1_70) | None => Generation::Dictionaries,
    };
    let (profiles, jobs) = (options.profiles(facts.subjects()), jobs(options, facts));
    let secrets = resolve::secrets([facts.subjects()]);
    let names = resolve::names(facts, Some(&secrets));
    let wanted = Wanted {
        facts,
        secrets: &secrets,
        names: &names,
        profiles: options.has_profiles().then_some(&*profiles),
        jobs: options.has_jobs(facts.tree()).then_some(&*jobs),
    };
    python::module(&wanted, generation)
        .map_err(|refusals| refused(&format!("SDK {}", generation.sdk()), &refusals))
}

fn jobs<'f>(options: &Options, facts: &'f Facts) -> Vec<&'f Job> {
    facts.submissions().jobs().iter().filter(|job| options.wants(facts, job)).collect()
}

fn data(value: &Value, language: Language) -> Result<String, Failure> {
    let text = match language {
        Language::Json => serde_json::to_string_pretty(value)
            .map(|text| shown::json(&text).into_owned() + "\n")
            .map_err(|error| error.to_string()),
        Language::Yaml => yaml::to_string(value),
    };
    text.map_err(|reason| Failure::Write { path: "the profiles".into(), reason, help: None })
}

/// The profiles as commands if there is an image for them, else the jobs.
fn commands(args: &Args, options: &Options, facts: &Facts) -> Result<String, Failure> {
    let dialect = match args.cli {
        Some(Cli::Submit) => Dialect::Submit,
        Some(Cli::Job) | None => Dialect::Job,
    };
    let submissions = facts.submissions();
    let (ids, jobs) = (options.profiles(facts.subjects()), jobs(options, facts));
    let secrets = resolve::secrets([facts.subjects()]);
    let names = resolve::names(facts, Some(&secrets));
    let wanted = Wanted { facts, secrets: &secrets, names: &names, profiles: Some(&ids), jobs: Some(&jobs) };
    let refused = |refusals: Vec<Refusal>| refused("the command line", &refusals);
    let (profiles, jobs) = match &args.image {
        Some(image) if image.is_empty() || image.starts_with('-') || image.contains(char::is_whitespace) => {
            return Err(Failure::Usage {
                message: "what `--image` gives is no image".into(),
                help: Some("an image is named like `ghcr.io/acme/train:1.4`".into()),
            });
        }
        Some(image) => (args::profiles(&wanted, dialect, image).map_err(refused)?, Vec::new()),
        None if jobs.is_empty() || !args.profile.is_empty() => {
            return Err(Failure::Usage {
                message: "a profile has no image, and a command needs one".into(),
                help: Some("add `--image IMAGE`".into()),
            });
        }
        None => {
            let commands = args::jobs(&wanted, dialect).map_err(refused)?;
            (Vec::new(), jobs.iter().zip(commands).collect::<Vec<_>>())
        }
    };
    let all = || profiles.iter().chain(jobs.iter().map(|(_, command)| command));
    let text = if let Some(language) = args.format {
        let mut root: Map<String, Value> = Map::new();
        root.insert("version".into(), 1.into());
        if args.image.is_some() {
            root.insert("profiles".into(), arrays(&profiles));
        } else {
            let mut lists: Map<String, Value> = Map::new();
            for (job, command) in &jobs {
                let name = names.shown(submissions.name(facts.tree(), job.submission)).to_owned();
                let list = lists.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(list) = list {
                    list.push(words(command));
                }
            }
            root.insert("submissions".into(), lists.into());
        }
        data(&root.into(), language)?
    } else {
        let mut lines = String::new();
        for command in all() {
            lines = lines + &command.shell().map_err(|refusal| refused(vec![refusal]))? + "\n";
        }
        lines
    };
    for note in all().flat_map(|command| &command.notes) {
        output::note(&format!("note: {note}"));
    }
    Ok(text)
}

fn words(command: &Command) -> Value {
    command.words.iter().map(|word| word.text.clone().into()).collect::<Vec<Value>>().into()
}

fn arrays(commands: &[Command]) -> Value {
    commands.iter().map(|command| (command.name.clone(), words(command))).collect::<Map<_, _>>().into()
}

fn refused(language: &str, refusals: &[Refusal]) -> Failure {
    let usage = |message: String| Failure::Usage { message, help: None };
    // The values of an axis are refused each, in the same words.
    let refusals: IndexSet<String> = refusals.iter().map(Refusal::to_string).collect();
    let count = refusals.len();
    let mut told: Vec<Failure> = refusals.into_iter().take(MOST_REFUSALS).map(usage).collect();
    if let Some(more) = count.checked_sub(MOST_REFUSALS).filter(|more| *more > 0) {
        told.push(usage(format!("{more} more like these")));
    }
    Failure::Language { language: language.to_owned(), refusals: told }
}
