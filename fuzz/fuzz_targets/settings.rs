//! A file of settings: refused with clear lines, or taken and printed so that it means the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| actionline::fuzz::settings(text));
