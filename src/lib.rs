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

// What only the command line and the language server use is not dead because it has been left out.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

mod analysis;
pub mod catalog;
pub mod config;
#[cfg(feature = "cli")]
mod configs;
mod credential;
pub mod diff;
mod edit;
pub mod emit;
mod facts;
pub mod finding;
mod fingerprint;
pub mod fix;
mod normal;
pub mod report;
pub mod resolve;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod sdk;
mod secret;
mod settings;
pub mod silence;
pub mod source;
mod suppress;
mod work;

// No part of the interface, and free to change: the program, and what its tests and tasks look at from inside.
#[doc(hidden)]
pub mod baseline;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod lsp;
#[doc(hidden)]
pub mod profile;
#[doc(hidden)]
pub mod shown;
#[doc(hidden)]
pub mod submission;
#[doc(hidden)]
pub mod suggest;
#[doc(hidden)]
pub mod yaml;

#[cfg(test)]
mod growth;

pub use analysis::{Analysis, analyse, has_errors, lint};
pub use settings::Settings;
