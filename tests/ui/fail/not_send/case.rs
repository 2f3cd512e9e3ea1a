#![allow(unused)]

use actionline::{action, FileReply};

#[action]
async fn board_file() -> FileReply {
    let here = std::rc::Rc::new(1);
    std::future::ready(()).await;
    drop(here);
    todo!()
}

fn main() {}
