#![allow(unused)]

use actionline::{action, FileReply};

#[action]
fn board_file<T>() -> FileReply {
    todo!()
}

fn main() {}
