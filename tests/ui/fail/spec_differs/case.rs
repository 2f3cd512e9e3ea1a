#![allow(unused)]

use actionline::{action, actions};

#[action]
fn ping() {}

actions!(pub ACTIONS = "other.yaml", handlers = [crate]);

fn main() {}
