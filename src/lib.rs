//! The compiler and linter of `anycloud.yaml` deployment profiles.
//!
//! An [`Analysis`] is the whole of it: text in, findings and resolved profiles out, to be kept and asked again.
//! The command line, the benches and the tests all make one.
//!
//! ```
//! use anycloud_lint::{Settings, lint, source::Source};
//!
//! let source = Source::new("anycloud.yaml", "profiles:\n  train:\n    vm_type: g6e.xlarge\n");
//! let findings = lint(&source, &Settings::default());
//! assert_eq!(findings[0].rule.name, "unknown-field");
//! ```

mod analysis;
pub mod baseline;
pub mod catalog;
pub mod cli;
pub mod config;
mod configs;
pub mod credential;
pub mod diff;
pub mod edit;
pub mod emit;
pub mod facts;
pub mod finding;
pub mod fingerprint;
pub mod fix;
pub mod lsp;
pub mod normal;
pub mod profile;
pub mod report;
pub mod resolve;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod secret;
mod settings;
pub mod shown;
pub mod silence;
pub mod source;
pub mod suggest;
pub mod suppress;
pub mod yaml;

pub use analysis::{Analysis, analyse, has_errors, lint};
pub use settings::Settings;
