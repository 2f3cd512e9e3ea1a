#![allow(unused)]

use actionline::{action};

#[action]
fn completely_else() {}

fn main() {}
