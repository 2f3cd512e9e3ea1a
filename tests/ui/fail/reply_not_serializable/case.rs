#![allow(unused)]

use actionline::{Reply};

struct Opaque;

#[derive(Reply)]
struct Added {
    total: Opaque,
}

fn main() {}
