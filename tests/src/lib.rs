//! Tools for tests over real sockets: a server within the test, a client that says exactly what it is told to, a clock
//! that a test moves, actions that a test holds back, and a replayer of transcripts.

mod client;
mod clock;
pub mod club;
pub mod doorman;
pub mod folder;
pub mod fuzz;
pub mod lab;
mod mesh;
mod node;
pub mod npm;
pub mod pipes;
pub mod process;
pub mod redis;
mod replay;
pub mod scrape;
mod server;
pub mod shards;
pub mod shipped;

pub use client::{TestClient, soon};
pub use clock::ManualClock;
pub use mesh::Mesh;
pub use node::Node;
pub use redis::RedisServer;
pub use replay::Replay;
pub use server::{Setup, TestServer};
pub use shards::RedisCluster;

/// How many of something a test makes: the environment variable with this name, for longer runs; else `usual`.
///
/// # Panics
/// When the variable is no number.
pub fn times(variable: &str, usual: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{variable} must be a number")),
        Err(_) => usual,
    }
}
