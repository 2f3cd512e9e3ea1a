#![allow(unused)]

use actionline::action;

#[action]
fn ping(id: u32) {}

fn main() {}
