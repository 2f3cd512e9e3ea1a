#![allow(unused)]

use actionline::{action, actions};

#[action]
fn ping() {}

#[action]
fn pong(color: &str) {}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate]);

fn main() {}
