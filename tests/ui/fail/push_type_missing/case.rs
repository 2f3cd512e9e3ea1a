#![allow(unused)]

use actionline::{actions, Push};

mod pushes {
    #[derive(actionline::Push)]
    pub struct Ponged {
        pub count: u32,
    }
}

mod handlers {
    // The type alone, not what stands beside it.
    pub use crate::pushes::Ponged;

    #[actionline::action]
    fn ping() {}
}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate::handlers]);

fn main() {}
