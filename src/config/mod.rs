//! The configuration, `anycloud-lint.toml`: read, checked, and turned into [`Settings`].

mod error;
mod mask;
mod model;
mod read;

use std::collections::BTreeMap;
use std::path::Path;

use globset::GlobSet;
use serde_json::Value;

pub use error::{ConfigError, Mistake};

use crate::Settings;
use crate::catalog::{Catalog, Provider};
use crate::finding::Severity;
use crate::sdk::Sdk;
use model::ConfigFile;

/// The name under which a configuration is found.
pub const FILE_NAME: &str = "anycloud-lint.toml";

/// Where the published schema lives.
const SCHEMA_ID: &str =
    "https://raw.githubusercontent.com/anycloud-lint/anycloud-lint/main/schemas/anycloud-lint.schema.json";

/// The JSON Schema of `anycloud-lint.toml`.
pub fn schema() -> Value {
    crate::schema::published::<ConfigFile>(SCHEMA_ID)
}

/// A configuration without mistakes.
#[derive(Clone, Debug, Default)]
pub struct Config {
    select: Vec<String>,
    ignore: Vec<String>,
    severity: Vec<(String, Severity)>,
    include: GlobSet,
    exclude: GlobSet,
    credentials: Option<BTreeMap<String, Provider>>,
    catalog: Catalog,
    sdk: Option<Sdk>,
}

impl Config {
    /// Reads a configuration; `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// When it is no TOML, or says something that means nothing: every such place, with what to do about it.
    pub fn read(name: &str, text: &str) -> Result<Self, ConfigError> {
        read::read(name, text)
    }

    /// What the rules need of it. Selectors of the command line replace those of the file, or come on top of
    /// those that it ignores.
    pub fn settings(&self, select: &[String], ignore: &[String]) -> Settings {
        Settings {
            select: if select.is_empty() { self.select.clone() } else { select.to_vec() },
            ignore: self.ignore.iter().chain(ignore).cloned().collect(),
            severity: self.severity.clone(),
            catalog: self.catalog.clone(),
            credentials: self.credentials.clone(),
            sdk: self.sdk,
            ..Settings::default()
        }
    }

    /// Whether files are to be linted whose names are none of the standard ones.
    pub fn includes_any(&self) -> bool {
        !self.include.is_empty()
    }

    /// Whether a file is to be linted, though its name is none of the standard ones. The path is relative to
    /// the configuration's folder.
    pub fn includes(&self, path: &Path) -> bool {
        self.include.is_match(path)
    }

    /// Whether a file is not to be linted, by itself or with a folder that it is in.
    pub fn excludes(&self, path: &Path) -> bool {
        !self.exclude.is_empty()
            && path
                .ancestors()
                .take_while(|part| !part.as_os_str().is_empty())
                .any(|part| self.exclude.is_match(part))
    }
}
