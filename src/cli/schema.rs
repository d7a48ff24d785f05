//! `anycloud-lint schema`: the JSON Schemas of the formats.

use clap::ValueEnum;

use super::{CLEAN, Failure, output};

/// The arguments of `schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format to describe
    #[arg(long = "for", value_enum, default_value_t)]
    of: Of,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Of {
    /// `anycloud.yaml`.
    #[default]
    Profiles,
    /// `anycloud-lint.toml`.
    Config,
    /// What `check --format json` prints.
    Findings,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let schema = match args.of {
        Of::Profiles => crate::schema::schema(),
        Of::Config => crate::config::schema(),
        Of::Findings => crate::report::findings_schema(),
    };
    output::print_json(&schema).map(|()| CLEAN)
}
