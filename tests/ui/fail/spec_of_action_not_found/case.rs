#![allow(unused)]

use actionline::{action};

#[action(spec = "nowhere.yaml")]
fn ping() {}

fn main() {}
