#![allow(unused)]

use actionline::{Reply};

#[derive(Reply)]
struct Added(i64, i64);

fn main() {}
