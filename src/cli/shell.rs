//! What a shell and `man` need: `completions` and `man`, on standard output.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{CLEAN, Cli, Failure, output};

/// The arguments of `completions`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn completions(args: &CompletionsArgs) -> Result<u8, Failure> {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    output::print(&script)?;
    Ok(CLEAN)
}

/// The page of the program, and behind it the options of each command.
pub(super) fn man() -> Result<u8, Failure> {
    let failed = |error| Failure::stream(std::path::Path::new("the man page"), &error);
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(failed)?;
    let mut page = String::from_utf8_lossy(&page).replacen(".SH EXTRA", ".SH \"EXIT STATUS\"", 1);
    // The options of `check` are those of the program.
    let others = command.get_subcommands().filter(|command| !["help", "check"].contains(&command.get_name()));
    for command in others {
        let mut options = Vec::new();
        clap_mangen::Man::new(command.clone()).render_options_section(&mut options).map_err(failed)?;
        let options = String::from_utf8_lossy(&options);
        let title = format!("OPTIONS OF {}", command.get_name().to_uppercase());
        page += &options.replacen(".SH OPTIONS", &format!(".SH \"{title}\""), 1);
    }
    output::print(page.as_bytes())?;
    Ok(CLEAN)
}
