//! Connections that do nothing: what each of them keeps.

use super::Pool;
use crate::rival::{Process, Rival};
use std::io;

/// Resident bytes a connection, each after one request.
pub(crate) fn run(rival: Rival, server: &Process, connections: usize) -> io::Result<f64> {
    // What the first ones of a server cost is not theirs.
    drop(ready(rival, server, 64)?);
    let before = server.memory()?.now;
    let pool = ready(rival, server, connections)?;
    let after = server.memory()?.now;
    drop(pool);
    Ok(after.saturating_sub(before) as f64 / connections as f64)
}

fn ready(rival: Rival, server: &Process, connections: usize) -> io::Result<Pool> {
    let mut pool = Pool::connect(server.address, connections, rival.welcomes())?;
    pool.ask(rival.request(), 1)?;
    Ok(pool)
}
