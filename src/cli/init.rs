//! `anycloud-lint init`: a starter file.

use std::path::{Path, PathBuf};

use super::{CLEAN, Failure, discover, files, output};
use crate::shown;

/// What the file says at first.
const STARTER: &str = include_str!("starter.anycloud.yaml");

/// The arguments of `init`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The file to write, or the folder to write anycloud.yaml to; `-` is standard output
    #[arg(value_name = "PATH", default_value = "anycloud.yaml")]
    path: PathBuf,
}

pub(super) fn run(args: &InitArgs) -> Result<u8, Failure> {
    if files::is_stdout(&args.path) {
        output::print(STARTER.as_bytes())?;
        return Ok(CLEAN);
    }
    let path = if args.path.is_dir() { args.path.join("anycloud.yaml") } else { args.path.clone() };
    if let Some(other) = twin(&path) {
        let help = "it is as it was, and what reads the one would not see the other; change it, or give another path";
        return Err(Failure::Usage {
            message: format!("{} is there already", shown::path(&other)),
            help: Some(help.into()),
        });
    }
    files::create(&path, STARTER.as_bytes())?;
    let name = shown::path(&path);
    output::note(&format!("wrote {name}; change it to what you need, then run `anycloud-lint {name}`"));
    if !discover::is_profile_file(&path) {
        output::note(
            "searching a folder does not find a file of this name, unless the configuration includes it",
        );
    }
    Ok(CLEAN)
}

/// The file that is there already and stands for the same: `anycloud.yml` for `anycloud.yaml`.
fn twin(path: &Path) -> Option<PathBuf> {
    let other = match path.extension()?.to_str()? {
        "yaml" => "yml",
        "yml" => "yaml",
        _ => return None,
    };
    let twin = path.with_extension(other);
    (discover::is_profile_file(path) && std::fs::symlink_metadata(&twin).is_ok()).then_some(twin)
}
