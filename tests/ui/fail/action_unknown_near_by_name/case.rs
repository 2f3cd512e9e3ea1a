#![allow(unused)]

use actionline::{action, FileReply};

#[action("boardFiel")]
fn send() -> FileReply {
    todo!()
}

fn main() {}
