//! The shipped actions, one file each.

mod actions_view;
mod cache_test;
mod file;
mod random_number;
mod status;

pub use actions_view::*;
pub use cache_test::*;
pub use file::*;
pub use random_number::*;
pub use status::*;
