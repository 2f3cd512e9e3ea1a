//! What the macros accept, and what they say when they do not. See `README.md`.

#[test]
fn handlers_that_agree_with_their_spec_compile() {
    trybuild::TestCases::new().pass("pass/*.rs");
}

#[test]
fn mistakes_are_told_once_and_where_they_are() {
    trybuild::TestCases::new().compile_fail("fail/*/case.rs");
}
