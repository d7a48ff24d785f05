//! Finds and reads configurations: the one that was named, or for each file the nearest.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::{Config, ConfigError, FILE_NAME};
use crate::{shown, source};

/// No configuration is larger than this: 1 MiB.
const MAX_BYTES: u64 = 1024 * 1024;

/// The names that are looked for: these, and anything that ends with a dot and one of them.
pub const NAMES: [&str; 2] = ["anycloud.yaml", "anycloud.yml"];

/// Whether a file of this name is ours without a configuration that says so.
pub fn is_standard(name: &str) -> bool {
    let is_end =
        |wanted: &&str| name.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    NAMES.iter().any(is_end)
}

/// A configuration with the folder that its patterns are relative to.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The folder, absolute.
    pub(crate) folder: PathBuf,
    /// What it says.
    pub(crate) config: Config,
}

impl Loaded {
    /// Whether a folder's file is to be linted, if without this configuration `is_standard` would decide.
    pub(crate) fn wants(&self, path: &Path, is_standard: bool) -> bool {
        let path = absolute(path);
        let Ok(path) = path.strip_prefix(&self.folder) else { return is_standard };
        (is_standard || self.config.includes(path)) && !self.config.excludes(path)
    }

    /// Whether a file is not to be linted, or a folder that it is in.
    pub(crate) fn excludes(&self, path: &Path) -> bool {
        absolute(path).strip_prefix(&self.folder).is_ok_and(|path| self.config.excludes(path))
    }
}

/// Why there is no configuration where there should be one.
#[derive(Debug)]
pub(crate) enum LoadError {
    /// The file can't be read.
    Read(PathBuf, io::Error),
    /// Its content can't be used.
    Config(ConfigError),
}

/// What there is to say about the files of a folder.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// There is no configuration.
    Nothing,
    /// This one.
    Config(Arc<Loaded>),
    /// One that can't be used.
    Broken(Arc<LoadError>),
}

/// The configurations of a run. Each folder is looked at once.
#[derive(Debug)]
pub(crate) struct Configs {
    /// The one for all files; without it, the nearest counts.
    fixed: Option<Found>,
    folders: FxHashMap<PathBuf, Found>,
    /// Texts that stand for what is on disk, by absolute path: what an editor has not saved yet.
    drafts: HashMap<PathBuf, String>,
}

impl Configs {
    /// For each file the nearest configuration.
    pub(crate) fn nearest() -> Self {
        Self { fixed: None, folders: FxHashMap::default(), drafts: HashMap::new() }
    }

    /// No configuration, whatever lies around.
    pub(crate) fn none() -> Self {
        Self { fixed: Some(Found::Nothing), ..Self::nearest() }
    }

    /// This configuration for all files.
    pub(crate) fn fixed(path: &Path) -> Result<Self, LoadError> {
        let loaded = load(path)?;
        Ok(Self { fixed: Some(Found::Config(Arc::new(loaded))), ..Self::nearest() })
    }

    /// Whether the configuration of a file depends on where it is.
    pub(crate) fn depends_on_place(&self) -> bool {
        self.fixed.is_none()
    }

    /// With texts that stand for what is on disk, by absolute path.
    #[must_use]
    pub(crate) fn with_drafts(mut self, drafts: HashMap<PathBuf, String>) -> Self {
        self.drafts = drafts;
        self
    }

    /// The configuration of the files in a folder.
    pub(crate) fn of(&mut self, folder: &Path) -> Found {
        if let Some(fixed) = &self.fixed {
            return fixed.clone();
        }
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let start = absolute(folder);
        let mut seen = vec![folder.to_path_buf()];
        let mut found = Found::Nothing;
        for folder in start.ancestors() {
            if let Some(known) = self.folders.get(folder) {
                found = known.clone();
                break;
            }
            seen.push(folder.to_path_buf());
            let path = folder.join(FILE_NAME);
            if let Some(draft) = self.drafts.get(&path) {
                found = found_in(folder, Config::read(&shown_name(&path), draft).map_err(LoadError::Config));
                break;
            }
            // A folder of that name is none of our business; anything else is meant for us, a link to nowhere too.
            if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_dir()) {
                found = found_in(folder, load(&path).map(|loaded| loaded.config));
                break;
            }
        }
        self.folders.extend(seen.into_iter().map(|folder| (folder, found.clone())));
        found
    }
}

fn found_in(folder: &Path, config: Result<Config, LoadError>) -> Found {
    match config {
        Ok(config) => Found::Config(Arc::new(Loaded { folder: folder.to_path_buf(), config })),
        Err(error) => Found::Broken(Arc::new(error)),
    }
}

/// Reads the configuration at a path.
fn load(path: &Path) -> Result<Loaded, LoadError> {
    let failed = |error: io::Error| LoadError::Read(path.to_path_buf(), error);
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(failed(io::Error::other("it is a folder")));
    }
    let is_stream = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
    if !metadata.is_file() && !is_stream {
        return Err(failed(io::Error::other("it is not a regular file")));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(failed(io::Error::other("it is larger than 1 MiB")));
    }
    let text = String::from_utf8(bytes).map_err(|_| failed(io::Error::other("it is not UTF-8 text")))?;
    let config = Config::read(&shown_name(path), &text).map_err(LoadError::Config)?;
    let folder = absolute(path).parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(Loaded { folder, config })
}

/// The path from the root, without `.` and `..`; links stay, since the parent folders are those that people see.
fn absolute(path: &Path) -> PathBuf {
    // An empty path is the current folder, which `std::path::absolute` refuses.
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            Component::CurDir => {}
            _ => clean.push(part),
        }
    }
    clean
}

/// A path as messages show it: relative to the current folder where it is below it.
fn shown_name(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    shown::file_name(&source::name_of(path.strip_prefix(&here).unwrap_or(path)))
}
