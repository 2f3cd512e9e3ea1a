#![allow(unused)]

use actionline::{action, actions};

#[action]
fn ping() {}

#[action]
fn pong() {}

#[action("pong")]
fn answer() {}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate]);

fn main() {}
