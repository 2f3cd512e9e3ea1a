//! What can go wrong, and how soon all is well again.

use super::nodes::signal;
use super::proxy::Mode;
use super::world::World;
use rustix::process::Signal;
use std::io;
use std::time::Duration;
use tokio::time::sleep;

/// A fault. Times are seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Redis is not there when the nodes start.
    Absent(u64),
    /// Redis dies, and is started anew after so long.
    Dies(u64),
    /// Redis stands still.
    Stands(u64),
    /// One node's link takes a second there and back.
    Slow(u64),
    /// One node's link is cut, and nobody is told.
    Cut(u64),
    /// One node is killed. Others look for so long.
    Killed(u64),
    /// One node stands still.
    Paused(u64),
    /// Every connection to Redis is closed.
    Closed,
}

/// The faults of the table.
pub(super) const TABLE: [(&str, Fault); 9] = [
    ("absent", Fault::Absent(3)),
    ("dies-1s", Fault::Dies(1)),
    ("dies-12s", Fault::Dies(12)),
    ("stands-5s", Fault::Stands(5)),
    ("slow", Fault::Slow(5)),
    ("cut-15s", Fault::Cut(15)),
    ("killed", Fault::Killed(11)),
    ("paused-20s", Fault::Paused(20)),
    ("closed", Fault::Closed),
];

/// The node that it happens to, if it is one's own.
const ONE: usize = 2;

impl Fault {
    /// What it is called in a table.
    pub(super) fn told(self) -> String {
        match self {
            Fault::Absent(s) => format!("Redis absent at start, for {s} s"),
            Fault::Dies(s) => format!("Redis killed, back after {s} s"),
            Fault::Stands(s) => format!("Redis stopped {s} s"),
            Fault::Slow(s) => format!("one link slow (1 s) for {s} s"),
            Fault::Cut(s) => format!("one link cut {s} s, no RST"),
            Fault::Killed(_) => "one node killed with -9".to_owned(),
            Fault::Paused(s) => format!("one node stopped {s} s"),
            Fault::Closed => "all connections closed".to_owned(),
        }
    }

    /// The node that stood still, whose clients waited.
    pub(super) fn stood(self) -> Option<usize> {
        matches!(self, Fault::Paused(_)).then_some(ONE)
    }

    /// After it is mended, so long until nobody is answered "this node only", and every view is exact.
    pub(super) fn bound(self) -> Duration {
        Duration::from_millis(match self {
            // Back-off and connecting, and a beat of settling.
            Fault::Absent(_) | Fault::Dies(_) | Fault::Cut(_) => 6_000,
            Fault::Stands(_) | Fault::Slow(_) | Fault::Paused(_) => 3_500,
            // A lease and a list of nodes that is a second old, from the kill on.
            Fault::Killed(_) => 11_000,
            Fault::Closed => 1_000,
        })
    }

    /// Breaks and mends.
    pub(super) async fn happen(self, world: &mut World) -> io::Result<()> {
        let last = |seconds| sleep(Duration::from_secs(seconds));
        match self {
            Fault::Absent(seconds) => {
                last(seconds).await;
                world.redis.start()?;
            }
            Fault::Dies(seconds) => {
                world.redis.kill();
                last(seconds).await;
                world.redis.start()?;
            }
            Fault::Stands(seconds) => {
                signal(world.redis.pid(), Signal::STOP)?;
                last(seconds).await;
                signal(world.redis.pid(), Signal::CONT)?;
            }
            Fault::Slow(seconds) => {
                world.proxies[ONE].set(Mode::Late(Duration::from_millis(500)));
                last(seconds).await;
                world.proxies[ONE].set(Mode::Through);
            }
            Fault::Cut(seconds) => {
                world.proxies[ONE].set(Mode::Held);
                last(seconds).await;
                world.proxies[ONE].set(Mode::Through);
            }
            Fault::Killed(_) => {
                signal(world.pid(ONE), Signal::KILL)?;
                world.forget(ONE);
            }
            Fault::Paused(seconds) => {
                signal(world.pid(ONE), Signal::STOP)?;
                last(seconds).await;
                signal(world.pid(ONE), Signal::CONT)?;
            }
            Fault::Closed => {
                for proxy in &world.proxies {
                    proxy.close();
                }
            }
        }
        Ok(())
    }

    /// What has to be done before the next one.
    pub(super) fn tidy(self, world: &mut World) -> io::Result<()> {
        match self {
            Fault::Killed(_) => world.start(ONE),
            _ => Ok(()),
        }
    }
}
