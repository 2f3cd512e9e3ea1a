#![allow(unused)]

use actionline::action;

#[action]
fn ping() {}

fn main() {}
