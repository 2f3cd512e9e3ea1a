#![allow(unused)]

use actionline::{actions};

mod handlers {
    #[actionline::action]
    fn ping() {}
}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate::handlers, crate]);

fn main() {}
