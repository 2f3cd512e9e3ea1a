#![allow(unused)]

use actionline::{Reply};

#[derive(Reply)]
enum Added {
    Total { total: i64 },
}

fn main() {}
