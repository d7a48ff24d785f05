//! `anycloud-lint resolve`: prints what the profiles of a file come to.

use std::path::{Path, PathBuf};

use super::config::{ConfigArgs, FileSettings};
use super::emit::{self, Cli, SdkVersion};
use super::output::{self, Colors};
use super::{CLEAN, FOUND, Failure, discover};
use crate::report::{self, Checked, Format, Run};
use crate::secret::Secrets;
use crate::{Analysis, resolve, suggest};

/// The arguments of `resolve`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    /// The file; `-` is standard input [default: anycloud.yaml or anycloud.yml]
    file: Option<PathBuf>,
    /// Print only this profile; can be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Vec<String>,
    /// Print only this job, or the jobs of this submission; can be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) job: Vec<String>,
    /// What to print of each profile
    #[arg(long, value_enum, default_value_t)]
    pub(super) emit: Emit,
    /// The image to run, for `--emit args`
    #[arg(long, value_name = "IMAGE")]
    pub(super) image: Option<String>,
    /// The command line to write for, for `--emit args` [default: job]
    #[arg(long, value_enum, value_name = "COMMAND")]
    pub(super) cli: Option<Cli>,
    /// The SDK to write for, for `--emit python` [default: 0.1.70]
    #[arg(long, value_enum, value_name = "VERSION")]
    pub(super) sdk: Option<SdkVersion>,
    /// Say where each value comes from
    #[arg(long)]
    pub(super) provenance: bool,
    /// Print secrets as they are; commands and Python never hold any
    #[arg(long)]
    pub(super) show_secrets: bool,
    /// The language to print in [default: json; lines of shell for `--emit args`]
    #[arg(long, value_enum)]
    pub(super) format: Option<Language>,
    #[command(flatten)]
    config: ConfigArgs,
}

/// The shape in which profiles are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Emit {
    /// The profiles with all that they inherit.
    #[default]
    Profiles,
    /// What the API takes to start a job, but for the image.
    Submission,
    /// The commands that start a job.
    Args,
    /// A Python module that computes the same values.
    Python,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(super) enum Language {
    #[default]
    Json,
    Yaml,
}

pub(super) fn run(args: &Args, color: Colors) -> Result<u8, Failure> {
    emit::check(args)?;
    let path = discover::given_or_usual(args.file.as_deref())?;
    let is_stdin = path == Path::new("-");
    let source = if is_stdin { discover::read_stdin("<stdin>")? } else { discover::read(&path)? };
    let settings = FileSettings::for_use(&args.config, &path)?;
    let analysis = Analysis::new(source, &settings);
    let Some(facts) = analysis.facts().filter(|_| !analysis.has_errors()) else {
        let checked = [Checked::from(analysis)];
        let text = output::render(color.err, |out| report::write(Format::Human, &Run::new(&checked), out));
        output::print_error(&text.unwrap_or_default());
        return Ok(FOUND);
    };
    let (subjects, submissions) = (facts.subjects(), facts.submissions());
    let is_job = |name: &String| {
        let name = std::slice::from_ref(name);
        submissions.jobs().iter().any(|job| submissions.is_called(facts.tree(), job, name))
    };
    if let Some(name) = args.job.iter().find(|name| !is_job(name)) {
        let names = submissions.jobs().iter().map(|job| &*job.name);
        let closest = suggest::closest(name, names);
        return Err(unknown(analysis.source().name(), "job", name, closest, &resolve::secrets([subjects])));
    }
    if let Some(name) = args.profile.iter().find(|name| subjects.named(name).is_none()) {
        let names = subjects.profiles().iter().map(|profile| subjects.name(profile.id));
        let (closest, secrets) = (suggest::closest(name, names), resolve::secrets([subjects]));
        return Err(unknown(analysis.source().name(), "profile", name, closest, &secrets));
    }
    emit::print(args, facts)?;
    Ok(CLEAN)
}

pub(super) fn unknown(
    file: &str,
    kind: &str,
    name: &str,
    closest: Option<&str>,
    secrets: &Secrets,
) -> Failure {
    let closest = closest.filter(|closest| !secrets.is_in(closest));
    Failure::Usage {
        message: format!("{file} has no {kind} `{}`", secrets.redact(name)),
        help: closest.map(|closest| format!("did you mean `{closest}`?")),
    }
}
