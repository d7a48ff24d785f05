//! `anycloud-lint init`: a starter file.

use std::path::PathBuf;

use super::{CLEAN, Failure, output};

/// What the file says at first.
const STARTER: &str = include_str!("starter.anycloud.yaml");

/// The arguments of `init`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The file to write, or the folder to write anycloud.yaml to
    #[arg(value_name = "PATH", default_value = "anycloud.yaml")]
    path: PathBuf,
}

pub(super) fn run(args: &InitArgs) -> Result<u8, Failure> {
    let path = if args.path.is_dir() { args.path.join("anycloud.yaml") } else { args.path.clone() };
    let is_profile_file = super::discover::is_profile_file(&path);
    output::create_file(&path, STARTER.as_bytes())?;
    let name = path.display();
    output::note(&format!("wrote {name}; change it to what you need, then run `anycloud-lint {name}`"));
    if !is_profile_file {
        output::note(
            "searching a folder does not find a file of this name, unless the configuration includes it",
        );
    }
    Ok(CLEAN)
}
