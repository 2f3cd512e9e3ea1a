#![allow(unused)]

use actionline::{Param, action};

#[derive(Param)]
struct Site {
    lat: f32,
}

#[action]
fn ping(site: Site) {}

fn main() {}
