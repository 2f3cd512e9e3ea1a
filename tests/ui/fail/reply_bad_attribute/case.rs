#![allow(unused)]

use actionline::{Reply};

#[derive(Reply)]
struct Added {
    #[reply(rname = "total")]
    sum: i64,
}

fn main() {}
