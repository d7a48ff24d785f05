//! What a user sees, by surface: one module each, with one harness for all.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "a test may fail"
)]

mod harness;

mod agreement;
mod attack;
mod baseline;
mod catalog;
mod check;
mod config;
mod diff;
mod emit;
mod fix;
mod formats;
mod hostile;
mod human;
mod init;
mod jobs;
mod layers;
mod lsp;
mod one_cause;
mod planted;
mod readme;
mod reference;
mod resolve;
mod robust;
mod rules;
mod safe_fixes;
mod schema;
mod secrets;
mod smuggled;
mod suppress;
mod truth;
mod usage;
mod versions;
mod ways;
mod workflows;
mod write;
