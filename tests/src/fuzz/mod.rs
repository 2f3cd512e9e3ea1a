//! What is fuzzed: functions that take any bytes and panic when something does not hold. `fuzz/` hands them to libFuzzer,
//! `tests/tests/fuzz` tries its corpora and some mutations of them.

mod file_name;
mod host;
mod line;
mod params;
mod request;
mod session;
mod settings;
mod spec;

use arbitrary::{Arbitrary, Unstructured};

/// The one list of targets: a function of each name.
macro_rules! targets {
    ($($name:ident)*) => {
        /// Every target by name.
        pub const TARGETS: &[(&str, fn(&[u8]))] = &[$((stringify!($name), $name)),*];
        $(
            #[doc = concat!("Tries `", stringify!($name), "`, which says what it is.")]
            pub fn $name(data: &[u8]) {
                if let Some(made) = made(data) {
                    $name::run(made);
                }
            }
        )*
    };
}

targets! { line request params session file_name settings spec }

/// What these bytes stand for; nothing when they are too few.
fn made<'a, T: Arbitrary<'a>>(data: &'a [u8]) -> Option<T> {
    T::arbitrary_take_rest(Unstructured::new(data)).ok()
}
