#![allow(unused)]

use actionline::{actions};

mod one {
    #[actionline::action]
    fn ping() {}

    #[actionline::action]
    fn pong() {}
}

mod two {
    #[actionline::action("pong")]
    fn answer() {}
}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate::one, crate::two]);

fn main() {}
