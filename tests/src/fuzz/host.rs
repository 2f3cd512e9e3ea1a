//! A whole server within the process, for the targets that talk to one: no sockets, and a clock that stands still.

use crate::ManualClock;
use crate::pipes::{Entrance, pipes};
use crate::shipped::SHIPPED;
use actionline::{Cache, Config, Files, Limits, Server};
use serde_json::Value;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt, split};
use tokio::runtime::{Builder, Runtime};

/// A server of the shipped actions that has no files.
pub(super) struct Host {
    runtime: Runtime,
    entrance: Entrance,
}

impl Host {
    /// Starts one with these limits.
    pub(super) fn new(change: impl FnOnce(&mut Limits)) -> Self {
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let (entrance, pipes) = pipes();
        let mut config = Config::default();
        change(&mut config.limits);
        let server = Server::new(&SHIPPED)
            .state(Cache::default())
            .state(Files::none())
            .clock(Arc::new(ManualClock::default()))
            .config(config);
        let bound = server.on(pipes).expect("a server");
        runtime.spawn(bound.serve_until(std::future::pending()));
        Self { runtime, entrance }
    }

    /// Sends all of it over a pipe that holds `room` bytes, closes the sending half, and answers the lines that came,
    /// each checked: whole, one JSON object, and with its number.
    pub(super) fn talk(&self, sent: &[u8], room: usize) -> Vec<Value> {
        let (mut read, mut write) = split(self.entrance.enter(room));
        let mut got = Vec::new();
        self.runtime.block_on(async {
            let (_, end) = tokio::join!(
                async {
                    // The server may have closed first.
                    let _ = write.write_all(sent).await;
                    let _ = write.shutdown().await;
                },
                read.read_to_end(&mut got)
            );
            end.expect("an end");
        });
        let text = String::from_utf8(got).expect("UTF-8");
        let text = text.strip_suffix("\r\n").expect("a last line");
        let lines = text.split("\r\n").enumerate();
        lines
            .map(|(number, line)| {
                let end = format!(",\"messageCount\":{number}}}");
                assert!(line.ends_with(&end), "not line {number}: {line}");
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect()
    }
}
