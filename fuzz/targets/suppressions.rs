//! Comments silence what is found, and change nothing else.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| anycloud_lint_fuzz::suppressions(data));
