//! What the process holds.

use actionline::Handle;
use std::fmt;
use std::fs;
use std::io;
use tokio::runtime::Runtime;

/// What it holds at one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    connections: u64,
    rooms: u64,
    tasks: usize,
    files: usize,
    memory: u64,
}

impl State {
    /// What `Display` shows.
    pub(super) const HEAD: &str = "connections  rooms  tasks  files   memory";

    /// Looks.
    pub(super) fn now(serving: &Runtime, handle: &Handle) -> io::Result<Self> {
        let stats = handle.stats();
        Ok(Self {
            connections: stats.connections,
            rooms: stats.rooms,
            tasks: serving.metrics().num_alive_tasks(),
            files: fs::read_dir("/proc/self/fd")?.count(),
            memory: crate::machine::memory(std::process::id())?.now,
        })
    }

    /// Whether nobody is there, and no more is held than before.
    pub(super) fn is_like(&self, before: &Self, leak: f64) -> bool {
        (self.connections, self.rooms) == (0, 0)
            && (self.tasks, self.files) == (before.tasks, before.files)
            && (self.memory as f64) < before.memory as f64 * leak
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = self.memory as f64 / (1 << 20) as f64;
        write!(
            f,
            "{:11} {:6} {:6} {:6} {mib:4.1} MiB",
            self.connections, self.rooms, self.tasks, self.files
        )
    }
}
