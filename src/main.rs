//! The `anycloud-lint` binary: arguments in, exit code out.

fn main() -> std::process::ExitCode {
    anycloud_lint::cli::run()
}
