#![allow(unused)]

use actionline::{FileReply, action};

#[action]
fn board_file() -> Option<FileReply> {
    todo!()
}

fn main() {}
