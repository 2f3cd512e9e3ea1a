#![allow(unused)]

use actionline::{action, actions};

#[action]
fn ping() {}

#[action]
fn pong() {}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate, crate::gone]);

fn main() {}
