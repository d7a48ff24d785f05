//! A text that is edited bit by bit has the findings of the whole.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| anycloud_lint_fuzz::server(data));
