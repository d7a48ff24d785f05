//! `anycloud-lint lsp`: the language server.

use std::io;

/// The arguments of `lsp`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Talk over standard input and output: the only way there is, and what many editors say
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run(_: &Args) -> u8 {
    crate::lsp::serve(io::BufReader::new(io::stdin()), io::stdout())
}
