//! The `anycloud-lint` binary.
fn main() {}
