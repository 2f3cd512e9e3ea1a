#![allow(unused)]

use actionline::{action, actions, Push};

#[action]
fn ping() {}

#[derive(Push)]
struct Ponged {
    count: u32,
}

#[derive(Push)]
#[push(name = "ponged")]
struct Counted {
    count: u64,
}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate]);

fn main() {}
