#![allow(unused)]

use actionline::{action};

#[action]
struct Ping;

fn main() {}
