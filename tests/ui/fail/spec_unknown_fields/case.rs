#![allow(unused)]

use actionline::{action, actions};

#[action]
fn ping() {}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate]);

fn main() {}
