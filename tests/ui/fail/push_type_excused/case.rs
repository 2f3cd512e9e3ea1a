#![allow(unused)]

use actionline::{action, actions, Push};

#[derive(Push)]
struct Pongd {
    count: u32,
}

#[action]
fn ping() {}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate]);

fn main() {}
