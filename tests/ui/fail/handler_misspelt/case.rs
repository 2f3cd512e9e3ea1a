#![allow(unused)]

use actionline::{action, actions};

#[action]
fn ping() {}

#[action]
fn pnog() {}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate]);

fn main() {}
