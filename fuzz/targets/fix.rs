//! A fixed text can be read and has nothing left to fix.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| anycloud_lint_fuzz::fix(data));
