#![allow(unused)]

use actionline::{action, actions};

#[action]
fn ping() {}

actions!(pub ACTIONS = "nowhere.yaml", handlers = [crate]);

fn main() {}
