//! The outbox under every order in which its threads may come. Empty unless it is built with `--cfg loom`.

#![cfg(loom)]

// The server's own file. What it names of the server is a type.
#[allow(dead_code)]
#[path = "../../../server/src/hub/outbox.rs"]
mod outbox;

mod protocol {
    pub(crate) mod push {
        pub(crate) type Head = std::sync::Arc<[u8]>;
    }
}

#[cfg(test)]
mod models;
