#![allow(unused)]

use actionline::{action, actions, Push};

#[action(spec = "other.yaml")]
fn ping() {}

#[derive(Push)]
struct Ponged {
    count: u32,
}

actions!(pub ACTIONS = "other.yaml", handlers = [crate]);

fn main() {}
