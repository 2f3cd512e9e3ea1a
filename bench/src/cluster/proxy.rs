//! What a node's link goes through, so that it can be slow, or cut without anybody being told.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

/// How bytes pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Through,
    /// So much later, each way.
    Late(Duration),
    /// Not at all; nothing is closed. Later they do.
    Held,
}

/// One link.
#[derive(Debug)]
pub(super) struct Proxy {
    pub(super) address: SocketAddr,
    mode: watch::Sender<Mode>,
    /// Those that are open now end when this changes.
    turn: watch::Sender<u64>,
}

impl Proxy {
    pub(super) async fn to(redis: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (mode, seen) = watch::channel(Mode::Through);
        let (turn, turns) = watch::channel(0);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let Ok(far) = TcpStream::connect(redis).await else {
                    continue;
                };
                // Small packets are what it is about.
                let _ = near.set_nodelay(true);
                let _ = far.set_nodelay(true);
                let ((near_in, near_out), (far_in, far_out)) =
                    (near.into_split(), far.into_split());
                let (there, back) = (seen.clone(), seen.clone());
                let mut turns = turns.clone();
                turns.mark_unchanged();
                tokio::spawn(async move {
                    tokio::select! {
                        () = pass(near_in, far_out, there) => {}
                        () = pass(far_in, near_out, back) => {}
                        _ = turns.changed() => {}
                    }
                });
            }
        });
        Ok(Self {
            address,
            mode,
            turn,
        })
    }

    /// Closes what is open.
    pub(super) fn close(&self) {
        self.turn.send_modify(|turn| *turn += 1);
    }

    pub(super) fn set(&self, mode: Mode) {
        self.mode.send_replace(mode);
    }
}

/// Passes bytes one way. What was read while they are held waits: when they pass again, it comes late.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut mode: watch::Receiver<Mode>) {
    let (sender, mut pieces) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let mut seen = mode.clone();
    let reading = async move {
        loop {
            let mut bytes = vec![0; 64 * 1024];
            match from.read(&mut bytes).await {
                Ok(0) | Err(_) => break,
                Ok(count) => bytes.truncate(count),
            }
            let late = match *seen.borrow_and_update() {
                Mode::Late(late) => late,
                Mode::Through | Mode::Held => Duration::ZERO,
            };
            if sender.send((Instant::now() + late, bytes)).is_err() {
                break;
            }
        }
    };
    let writing = async move {
        while let Some((at, bytes)) = pieces.recv().await {
            // A timer alone would take a millisecond.
            if at > Instant::now() {
                sleep_until(at).await;
            }
            if mode.wait_for(|mode| *mode != Mode::Held).await.is_err() {
                break;
            }
            if to.write_all(&bytes).await.is_err() {
                break;
            }
        }
    };
    tokio::join!(reading, writing);
}
