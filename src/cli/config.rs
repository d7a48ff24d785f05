//! Which configuration holds for a file, and what comes of it together with the command line.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::discover::{self, Candidates};
use super::mistake::ShownMistake;
use super::{Failure, failure};
use crate::configs::{Configs, Found, LoadError, Loaded};
use crate::{Settings, rules, shown};

/// The options that say which configuration to use.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct ConfigArgs {
    /// Use this configuration, not the nearest anycloud-lint.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

/// The settings for each file of a run.
#[derive(Debug)]
pub(super) struct FileSettings {
    configs: Configs,
    select: Vec<String>,
    ignore: Vec<String>,
    /// Whether profiles are resolved for use.
    resolves: bool,
    plain: Arc<Settings>,
    made: FxHashMap<PathBuf, Arc<Settings>>,
    reported: Vec<Arc<LoadError>>,
}

impl FileSettings {
    /// Settings that come from configurations alone.
    pub(super) fn new(args: &ConfigArgs) -> Result<Self, Failure> {
        let configs = match &args.config {
            _ if args.no_config => Configs::none(),
            Some(path) => Configs::fixed(path).map_err(|error| failed(&error))?,
            None => Configs::nearest(),
        };
        Ok(Self {
            configs,
            select: Vec::new(),
            ignore: Vec::new(),
            resolves: false,
            plain: Arc::default(),
            made: FxHashMap::default(),
            reported: Vec::new(),
        })
    }

    /// Adds the selectors of the command line.
    pub(super) fn with_selectors(mut self, select: &[String], ignore: &[String]) -> Result<Self, Failure> {
        for selector in select.iter().chain(ignore) {
            if !rules::selects_any(selector) {
                return Err(Failure::unknown_rule(selector));
            }
        }
        self.select = select.to_vec();
        self.ignore = ignore.to_vec();
        self.plain =
            Arc::new(Settings { select: select.to_vec(), ignore: ignore.to_vec(), ..Settings::default() });
        Ok(self)
    }

    /// The settings for one file whose profiles are going to be used.
    pub(super) fn for_use(args: &ConfigArgs, file: &Path) -> Result<Arc<Settings>, Failure> {
        let mut settings = Self::new(args)?;
        settings.resolves = true;
        settings.plain = Arc::new(Settings { resolves: true, ..Settings::default() });
        Ok(settings.of(file)?.unwrap_or_default())
    }

    /// The settings for a file; nothing where its configuration is broken, and that has been said.
    pub(super) fn of(&mut self, file: &Path) -> Result<Option<Arc<Settings>>, Failure> {
        match self.configs.of(folder(file)) {
            Found::Nothing => Ok(Some(Arc::clone(&self.plain))),
            Found::Config(loaded) => Ok(Some(self.make(&loaded))),
            Found::Broken(error) => {
                if self.reported.iter().any(|known| Arc::ptr_eq(known, &error)) {
                    return Ok(None);
                }
                self.reported.push(Arc::clone(&error));
                Err(failed(&error))
            }
        }
    }

    /// Which of the files below a folder may be wanted.
    pub(super) fn candidates(&mut self, folder: &Path) -> Candidates {
        match self.configs.of(folder) {
            Found::Config(loaded) if loaded.config.includes_any() => Candidates::All,
            _ if self.configs.depends_on_place() => Candidates::AllBelowConfigurations,
            _ => Candidates::Standard,
        }
    }

    /// Whether to lint a file that was found in a folder.
    pub(super) fn wants(&mut self, file: &Path) -> bool {
        let is_standard = discover::is_profile_file(file);
        match self.configs.of(folder(file)) {
            Found::Config(loaded) => loaded.wants(file, is_standard),
            Found::Nothing | Found::Broken(_) => is_standard,
        }
    }

    /// Whether the configuration excludes a file.
    pub(super) fn excludes(&mut self, file: &Path) -> bool {
        matches!(self.configs.of(folder(file)), Found::Config(loaded) if loaded.excludes(file))
    }

    fn make(&mut self, loaded: &Loaded) -> Arc<Settings> {
        let (select, ignore, resolves) = (&self.select, &self.ignore, self.resolves);
        let make = || Arc::new(Settings { resolves, ..loaded.config.settings(select, ignore) });
        Arc::clone(self.made.entry(loaded.folder.clone()).or_insert_with(make))
    }
}

fn folder(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

fn failed(error: &LoadError) -> Failure {
    match error {
        LoadError::Read(path, error) => Failure::Read {
            path: shown::path(path),
            reason: failure::reason(error),
            help: Some(
                "the configuration is a TOML file: `anycloud-lint.toml`, or the one that `--config` names"
                    .into(),
            ),
        },
        LoadError::Config(error) => match error.mistakes.as_slice() {
            [one] => Failure::Other(Box::new(ShownMistake::of(one))),
            _ => Failure::Config(error.clone()),
        },
    }
}
