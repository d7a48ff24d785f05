//! What the configurations say about an open text: those on disk, and those that are being edited.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::document::Document;
use super::uri;
use crate::Settings;
use crate::config::{Config, FILE_NAME};
use crate::configs::{Configs, Found, LoadError, is_standard};
use crate::shown;

/// Mentioned in the first lines of a text that is ours whatever its name: as a schema's address in a modeline.
const SCHEMA: &str = "anycloud.schema.json";

/// How a text is to be checked.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// With these settings.
    Check(Arc<Settings>),
    /// Not at all: it is none of ours, or the configuration leaves it out.
    Skip,
    /// It can't be said: the configuration is broken, for this reason.
    Broken(String),
}

/// The configurations around the open texts.
#[derive(Debug)]
pub struct Workspace {
    configs: Configs,
    /// Configurations that are open in the editor, by path.
    drafts: HashMap<PathBuf, String>,
    /// For each folder the settings that were last sound.
    sound: HashMap<PathBuf, Arc<Settings>>,
    plain: Arc<Settings>,
}

impl Workspace {
    /// With nothing read yet.
    pub fn new() -> Self {
        let (drafts, sound) = (HashMap::new(), HashMap::new());
        Self { configs: Configs::nearest(), drafts, sound, plain: Arc::default() }
    }

    /// Reads everything again when it is next asked for.
    pub fn refresh(&mut self) {
        self.configs = Configs::nearest().with_drafts(self.drafts.clone());
    }

    /// Notes the text of a configuration that is being edited; nothing where it no longer is.
    pub fn draft(&mut self, path: PathBuf, text: Option<String>) {
        match text {
            Some(text) => drop(self.drafts.insert(path, text)),
            None => drop(self.drafts.remove(&path)),
        }
        self.refresh();
    }

    /// How to check a document.
    pub fn verdict(&mut self, address: &str, document: &Document) -> Verdict {
        let is_ours = is_standard(&uri::name(address))
            || document.language.eq_ignore_ascii_case("anycloud")
            || document.text().lines().take(5).any(|line| line.starts_with('#') && line.contains(SCHEMA));
        let Some(path) = uri::to_path(address) else {
            return if is_ours { Verdict::Check(Arc::clone(&self.plain)) } else { Verdict::Skip };
        };
        let folder = uri::folder(&path);
        match self.configs.of(folder) {
            Found::Nothing if is_ours => Verdict::Check(Arc::clone(&self.plain)),
            Found::Config(loaded) if loaded.wants(&path, is_ours) => {
                let settings = Arc::new(loaded.config.settings(&[], &[]));
                self.sound.insert(folder.to_path_buf(), Arc::clone(&settings));
                Verdict::Check(settings)
            }
            Found::Broken(error) if is_ours => match self.sound.get(folder) {
                Some(settings) => Verdict::Check(Arc::clone(settings)),
                None => Verdict::Broken(reason(&error)),
            },
            _ => Verdict::Skip,
        }
    }
}

/// Whether an address is that of a configuration.
pub fn config_path(address: &str) -> Option<PathBuf> {
    uri::to_path(address).filter(|path| path.file_name().is_some_and(|name| name == FILE_NAME))
}

/// The mistakes of a configuration.
pub fn mistakes(path: &Path, text: &str) -> Vec<crate::config::Mistake> {
    Config::read(&path.to_string_lossy(), text).err().map_or_else(Vec::new, |error| error.mistakes)
}

fn reason(error: &LoadError) -> String {
    match error {
        LoadError::Read(path, error) => format!("{} can't be read: {error}", shown::path(path)),
        LoadError::Config(error) => match error.mistakes.first() {
            Some(first) => format!("{}: {}", error.name, first.message),
            None => error.to_string(),
        },
    }
}
