//! A file of settings: refused with clear lines, or taken and printed so that it means the same.

pub(super) fn run(text: &str) {
    actionline::fuzz::settings(text);
}
