//! Anything is checked and reported in every format.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| anycloud_lint_fuzz::check(data));
