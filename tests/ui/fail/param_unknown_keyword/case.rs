#![allow(unused)]

use actionline::action;

#[action]
fn ping(type_: bool) {}

fn main() {}
