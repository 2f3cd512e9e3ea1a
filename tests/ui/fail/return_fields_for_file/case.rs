#![allow(unused)]

use actionline::{action, Reply};

#[derive(Reply)]
struct Board {
    name: String,
}

#[action]
fn board_file() -> Board {
    todo!()
}

fn main() {}
