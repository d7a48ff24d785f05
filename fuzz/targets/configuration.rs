//! Any configuration is read or refused, and the linter runs with it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| anycloud_lint_fuzz::configuration(data));
