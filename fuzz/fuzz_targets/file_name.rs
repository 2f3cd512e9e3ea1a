#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| actionline_tests::fuzz::file_name(data));
