#![allow(unused)]

use actionline::{action, FileReply};

#[action]
unsafe fn board_file() -> FileReply {
    todo!()
}

fn main() {}
