#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
struct ScoreChanged(String, i64);

fn main() {}
