#![allow(unused)]

use actionline::{action, FileReply};

#[action(name = "boardFile")]
fn send() -> FileReply {
    todo!()
}

fn main() {}
