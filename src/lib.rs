//! The compiler and linter of `anycloud.yaml` deployment profiles.
pub mod catalog;
