//! The format: its model, the schema that is generated from it, and what in a file breaks it.

mod check;
mod editor;
mod errors;
mod fits;
mod generate;
pub mod jobs;
mod mismatch;
pub mod model;
mod patterns;
#[rustfmt::skip]
#[allow(clippy::unreadable_literal, reason = "nobody reads what is generated")]
mod tables;
mod validator;

pub use check::check;
pub(crate) use generate::published;
pub use generate::{SCHEMA_ID, bare_schema, schema};
pub use mismatch::{Mismatch, MismatchKind, Type};
