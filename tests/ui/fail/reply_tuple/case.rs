#![allow(unused)]

use actionline::{Reply};

#[derive(Reply)]
struct Added(i64);

fn main() {}
