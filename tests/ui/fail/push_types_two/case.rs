#![allow(unused)]

use actionline::{actions};

mod one {
    #[actionline::action]
    fn ping() {}

    #[derive(actionline::Push)]
    struct Ponged {
        count: u32,
    }
}

mod two {
    #[derive(actionline::Push)]
    #[push(name = "ponged")]
    struct Counted {
        count: u64,
    }
}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate::one, crate::two]);

fn main() {}
