#![allow(unused)]

use actionline::{Param, action};

#[derive(Param)]
struct Site {
    city: String,
}

#[action]
fn ping(site: Site) {}

fn main() {}
