//! The language server, as an editor talks to it.
#![allow(
    clippy::needless_pass_by_value,
    clippy::expect_used,
    reason = "a test may fail, and messages are made for it"
)]

mod actions;
mod completion;
mod diagnostics;
mod editor;
mod hover;
mod jobs;
mod navigation;
mod offers;
mod outline;
mod secrets;
mod session;
mod typing;
