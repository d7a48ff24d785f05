//! The two readers of YAML can't be told apart.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| anycloud_lint_fuzz::readers(data));
