#![allow(unused)]

use actionline::Push;

#[derive(Push)]
#[push(spec = "style.yaml")]
struct FileGone {
    file_name: String,
}

fn main() {}
