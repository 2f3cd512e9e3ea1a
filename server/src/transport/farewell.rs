//! What those are told for whom there is no place, so that they get to read it.

use crate::clock::Clock;
use crate::protocol::output::{Output, Pending};
use crate::protocol::push;
use actionline_specs::wire::Reason;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, sink};
use tokio::sync::Semaphore;

/// So many clients at once are told; others are closed without a word.
const TOLD: usize = 64;

/// So many of them are heard out, which leaves half of the file descriptors that connections spare; others are closed as
/// soon as they are told.
const HEARD_OUT: usize = 32;

/// Telling a client and hearing it out takes no longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Most bytes that are read of one: what a client may well have sent before it looks for an answer.
const MOST: u64 = 256 * 1024;

/// How many more may be told to go.
#[derive(Debug)]
pub(super) struct Farewell {
    told: Arc<Semaphore>,
    heard_out: Arc<Semaphore>,
}

impl Default for Farewell {
    fn default() -> Self {
        Self {
            told: Arc::new(Semaphore::new(TOLD)),
            heard_out: Arc::new(Semaphore::new(HEARD_OUT)),
        }
    }
}

impl Farewell {
    /// Tells a client that has no place; none: there are too many of them.
    pub(super) fn say<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut io: S,
        peer: Option<SocketAddr>,
        reason: Reason,
        clock: &Arc<dyn Clock>,
    ) -> Option<impl Future<Output = ()> + use<S>> {
        let telling = Arc::clone(&self.told).try_acquire_owned().ok()?;
        let (heard_out, clock) = (Arc::clone(&self.heard_out), Arc::clone(clock));
        Some(async move {
            within(&*clock, async {
                tell(&mut io, peer, reason).await?;
                drop(telling);
                match heard_out.try_acquire() {
                    Ok(_permit) => hear_out(&mut io).await,
                    Err(_) => Ok(()),
                }
            })
            .await;
        })
    }
}

/// Tells a client that holds a place, and is to give it back.
pub(super) async fn turn_away(
    mut io: impl AsyncRead + AsyncWrite + Unpin,
    peer: Option<SocketAddr>,
    reason: Reason,
    clock: &dyn Clock,
) {
    within(clock, async {
        tell(&mut io, peer, reason).await?;
        hear_out(&mut io).await
    })
    .await;
}

async fn within(clock: &dyn Clock, told: impl Future<Output = io::Result<()>>) {
    tokio::select! {
        // Whether it arrives is of no consequence here.
        _ = told => {}
        () = clock.sleep_until(clock.now() + PATIENCE) => {}
    }
}

async fn tell(
    io: &mut (impl AsyncWrite + Unpin),
    peer: Option<SocketAddr>,
    reason: Reason,
) -> io::Result<()> {
    let mut out = Output::default();
    // Who is denied is so later, too.
    let wait = (reason != Reason::Denied)
        .then(|| push::retry_after_ms(peer.map_or(0, |peer| peer.port().into())));
    out.push(&push::goodbye(reason, wait));
    if let Pending::Lines(line) = out.pending() {
        io.write_all(line).await?;
    }
    io.shutdown().await
}

/// Throws away what a client sends until it closes: closing on unread bytes would make the kernel reset the connection, and
/// throw away what the client has not taken yet.
async fn hear_out(io: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
    copy(&mut io.take(MOST), &mut sink()).await.map(drop)
}
