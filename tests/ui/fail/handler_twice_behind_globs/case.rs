#![allow(unused)]

use actionline::{actions};

mod all {
    mod one {
        #[actionline::action]
        fn ping() {}

        #[actionline::action]
        fn pong() {}
    }

    mod two {
        #[actionline::action]
        fn pong() {}
    }

    pub use one::*;
    pub use two::*;
}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate::all]);

fn main() {}
