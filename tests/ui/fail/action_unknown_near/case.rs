#![allow(unused)]

use actionline::{action, FileReply};

#[action]
fn board_fiel() -> FileReply {
    todo!()
}

fn main() {}
