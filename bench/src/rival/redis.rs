//! A `redis-server` of the bench's own, without persistence.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where one may listen.
pub(crate) fn free() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Starts it there with more options, and waits until it answers.
pub(crate) fn start(address: SocketAddr, more: &[&str]) -> io::Result<Child> {
    let mut child = Command::new("redis-server")
        .args(["--port", &address.port().to_string()])
        .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .args(["--dir", &std::env::temp_dir().display().to_string()])
        .args(more)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()?;
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        if start.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::other("redis-server does not answer"));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(child)
}
