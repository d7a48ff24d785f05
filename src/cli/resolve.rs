//! `anycloud-lint resolve`: prints what the profiles of a file come to.

use std::path::{Path, PathBuf};

use super::config::{ConfigArgs, FileSettings};
use super::output::{self, Colors};
use super::{CLEAN, FOUND, Failure, discover, yaml};
use crate::report::{self, Checked, Format, Run};
use crate::resolve::{Emit, Options, resolve};
use crate::{Analysis, shown, suggest};

/// The arguments of `resolve`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    /// The file; `-` is standard input [default: anycloud.yaml or anycloud.yml]
    file: Option<PathBuf>,
    /// Print only this profile; can be given several times
    #[arg(long, value_name = "NAME")]
    profile: Vec<String>,
    /// What to print of each profile
    #[arg(long, value_enum, default_value_t)]
    emit: Emit,
    /// Say where each value comes from
    #[arg(long)]
    provenance: bool,
    /// Print secrets as they are
    #[arg(long)]
    show_secrets: bool,
    /// The language to print in
    #[arg(long, value_enum, default_value_t)]
    format: Language,
    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Language {
    #[default]
    Json,
    Yaml,
}

pub(super) fn run(args: &Args, color: Colors) -> Result<u8, Failure> {
    let path = discover::given_or_usual(args.file.as_deref())?;
    let is_stdin = path == Path::new("-");
    let source = if is_stdin { discover::read_stdin("<stdin>")? } else { discover::read(&path)? };
    let settings = FileSettings::for_use(&args.config, &path)?;
    let options = Options {
        emit: args.emit,
        profiles: args.profile.clone(),
        provenance: args.provenance,
        show_secrets: args.show_secrets,
    };
    let analysis = Analysis::new(source, &settings);
    let Some(subjects) = analysis.subjects().filter(|_| !analysis.has_errors()) else {
        let checked = [Checked::from(analysis)];
        let text = output::render(color.err, |out| report::write(Format::Human, &Run::new(&checked), out));
        output::print_error(&text.unwrap_or_default());
        return Ok(FOUND);
    };
    if let Some(name) = args.profile.iter().find(|name| subjects.named(name).is_none()) {
        let names = subjects.profiles().iter().map(|profile| subjects.name(profile.id));
        return Err(unknown_profile(analysis.source().name(), name, suggest::closest(name, names)));
    }
    let value = resolve(subjects, &settings.catalog, &options);
    let text = match args.format {
        Language::Json => serde_json::to_string_pretty(&value)
            .map(|text| shown::json(&text).into_owned() + "\n")
            .map_err(|error| error.to_string()),
        Language::Yaml => yaml::to_string(&value),
    };
    let text = text.map_err(|reason| Failure::Write { path: "the profiles".into(), reason, help: None })?;
    output::print(text.as_bytes())?;
    Ok(CLEAN)
}

pub(super) fn unknown_profile(file: &str, name: &str, closest: Option<&str>) -> Failure {
    Failure::Usage {
        message: format!("{file} has no profile `{name}`"),
        help: closest.map(|closest| format!("did you mean `{closest}`?")),
    }
}
