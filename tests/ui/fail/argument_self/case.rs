#![allow(unused)]

use actionline::{action, FileReply};

struct Board;

impl Board {
    #[action]
    fn board_file(&self) -> FileReply {
        todo!()
    }
}

fn main() {}
