//! What has no errors resolves, in every shape.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| anycloud_lint_fuzz::resolve(data));
