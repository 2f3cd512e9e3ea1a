//! Many files at once: what the server holds of them.

use super::{Pool, wrong};
use crate::rival::Process;
use std::io;

/// The most memory above idle while so many clients fetch a file of `size` bytes each.
pub(crate) fn run(server: &Process, clients: usize, name: &str, size: usize) -> io::Result<f64> {
    let mut pool = Pool::connect(server.address, clients, true)?;
    pool.ask(b"randomNumber\n", 1)?;
    server.forget_peak()?;
    let before = server.memory()?.now;
    let request = format!("file fileName={name}\n");
    for client in &mut pool.clients {
        client.send(request.as_bytes())?;
    }
    let mut left = vec![size; clients];
    let mut waiting = clients;
    pool.until(|index, _, bytes| {
        left[index] = left[index]
            .checked_sub(bytes.len())
            .ok_or_else(|| wrong("more bytes came than the file has"))?;
        waiting -= usize::from(left[index] == 0);
        Ok(waiting > 0)
    })?;
    Ok(server.memory()?.peak.saturating_sub(before) as f64)
}
