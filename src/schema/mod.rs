//! The format: its model, the schema that is generated from it, and what in a file breaks it.

mod check;
mod editor;
mod generate;
pub mod model;

pub use check::{Mismatch, MismatchKind, check};
pub(crate) use generate::published;
pub use generate::{SCHEMA_ID, bare_schema, schema};
