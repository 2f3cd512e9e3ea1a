//! What is measured, and how good it has to be: the one list of figures.

use super::latency;
use super::measured::Slice;
use super::turns::Turns;
use crate::load::{Pool, churn, closed, fanout, files, idle};
use crate::rival::{Process, Public, Rival};
use std::io;
use std::time::Duration;

/// One figure.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    pub(super) rivals: &'static [Rival],
    /// Each round has a server of its own.
    pub(super) fresh: bool,
    pub(super) goal: Goal,
    what: What,
}

/// How good a figure has to be (`reach`), and could be (`aim`).
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal {
    /// actionline's figure divided by this server's is at least so much.
    AtLeast { over: Rival, reach: f64, aim: f64 },
    /// actionline's figure divided by this server's is at most so much.
    AtMost { over: Rival, reach: f64, aim: f64 },
    /// actionline's figure itself is at most so much.
    Within { reach: f64, aim: f64 },
}

#[derive(Debug)]
enum What {
    Requests {
        connections: usize,
        in_flight: usize,
    },
    Fanout {
        members: usize,
        in_flight: usize,
    },
    Idle {
        connections: usize,
    },
    Churn,
    Files {
        clients: usize,
        size: usize,
    },
    Latency {
        connections: usize,
    },
}

/// What the figures of a row have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// How long each is taken for.
    pub(super) time: Duration,
    /// Requests a second, where they have a schedule.
    pub(super) rate: f64,
    /// Whether the load of fan-out sleeps.
    pub(super) asleep: bool,
}

const TOKIO_AND_US: &[Rival] = &[Rival::Raw, Rival::Ours];
const ALL: &[Rival] = &Rival::ALL;
const REDIS_AND_US: &[Rival] = &[Rival::Redis, Rival::Ours];
const US: &[Rival] = &[Rival::Ours];

const PER_CPU: &str = "requests a CPU second";
const HEARD: &str = "deliveries a CPU second";

const fn requests(name: &'static str, connections: usize, in_flight: usize, goal: Goal) -> Row {
    Row {
        name,
        unit: PER_CPU,
        rivals: ALL,
        fresh: false,
        goal,
        what: What::Requests {
            connections,
            in_flight,
        },
    }
}

const fn fan_out(name: &'static str, members: usize, in_flight: usize, goal: Goal) -> Row {
    Row {
        name,
        unit: HEARD,
        rivals: REDIS_AND_US,
        fresh: false,
        goal,
        what: What::Fanout { members, in_flight },
    }
}

const fn over(over: Rival, reach: f64, aim: f64) -> Goal {
    Goal::AtLeast { over, reach, aim }
}

/// Every figure, in the order of the table.
pub(super) const ROWS: [Row; 11] = [
    requests("requests, C=50, P=1", 50, 1, over(Rival::Raw, 0.90, 0.95)),
    requests("requests, C=256, P=1", 256, 1, over(Rival::Raw, 0.90, 0.95)),
    requests("requests, C=50, P=32", 50, 32, over(Rival::Redis, 1.1, 1.3)),
    fan_out(
        "fan-out, M=100, W=32",
        100,
        32,
        over(Rival::Redis, 1.4, 2.0),
    ),
    fan_out(
        "fan-out, M=1000, W=32",
        1000,
        32,
        over(Rival::Redis, 1.4, 2.0),
    ),
    fan_out(
        "fan-out, M=100, W=1",
        100,
        1,
        over(Rival::Redis, 0.95, 1.05),
    ),
    fan_out(
        "fan-out, M=1000, W=1",
        1000,
        1,
        over(Rival::Redis, 0.95, 1.05),
    ),
    Row {
        name: "memory of an idle connection",
        unit: "bytes, 10,000 idle after one request each",
        rivals: ALL,
        fresh: true,
        goal: Goal::Within {
            reach: 2.0 * 1024.0,
            aim: 1.4 * 1024.0,
        },
        what: What::Idle {
            connections: 10_000,
        },
    },
    Row {
        name: "connections",
        unit: "connect, welcome, quit a CPU second",
        rivals: TOKIO_AND_US,
        fresh: false,
        goal: over(Rival::Raw, 0.8, 0.9),
        what: What::Churn,
    },
    Row {
        name: "memory of 64 files of 8 MiB",
        unit: "bytes above idle",
        rivals: US,
        fresh: true,
        goal: Goal::Within {
            reach: 32.0 * 1024.0 * 1024.0,
            aim: 16.0 * 1024.0 * 1024.0,
        },
        what: What::Files {
            clients: 64,
            size: 8 << 20,
        },
    },
    Row {
        name: "latency p99",
        unit: "µs at half of actionline's peak",
        rivals: TOKIO_AND_US,
        fresh: false,
        goal: Goal::AtMost {
            over: Rival::Raw,
            reach: 1.3,
            aim: 1.1,
        },
        what: What::Latency { connections: 50 },
    },
];

/// Rates are measured in slices of the time that there is.
const TURNS: Turns = Turns {
    slice: Duration::from_millis(100),
    a_second: 10.0,
};

const FILE: &str = "large.bin";

impl Row {
    /// The folder of files that the row needs.
    pub(super) fn public(&self) -> io::Result<Option<Public>> {
        match self.what {
            What::Files { size, .. } => Public::new(FILE, size).map(Some),
            _ => Ok(None),
        }
    }

    /// Requests a second for all servers, where the row is measured at a rate.
    pub(super) fn rate(&self, servers: &[(Rival, Process)], time: Duration) -> io::Result<f64> {
        match self.what {
            What::Latency { connections } => latency::rate(servers, connections, time),
            _ => Ok(0.0),
        }
    }

    /// The figures of one round: all servers in turn, where a slice is enough; else again and again.
    pub(super) fn round(&self, servers: &[(Rival, Process)], how: &How) -> io::Result<Vec<Slice>> {
        match self.what {
            What::Latency { connections } => return latency::round(servers, connections, how),
            What::Requests {
                connections,
                in_flight,
            } => {
                let one = |rival: Rival, server: &Process, pool: &mut Pool| {
                    let load = closed::Load {
                        connections,
                        in_flight,
                        request: rival.request(),
                        time: TURNS.slice,
                    };
                    Ok(load.on(pool, server)?.cpu)
                };
                return TURNS.round(servers, connections, how.time, one);
            }
            _ => {}
        }
        let figure =
            |(rival, server): &(Rival, Process)| Ok((*rival, self.figure(*rival, server, how)?));
        let slice: io::Result<Slice> = servers.iter().map(figure).collect();
        Ok(vec![slice?])
    }

    /// The figure of one server.
    fn figure(&self, rival: Rival, server: &Process, how: &How) -> io::Result<f64> {
        let time = how.time;
        match self.what {
            What::Fanout { members, in_flight } => {
                let load = fanout::Load {
                    rooms: 1,
                    members,
                    speakers: 1,
                    in_flight,
                    size: 64,
                    time,
                    asleep: how.asleep,
                };
                Ok(load.run(rival, server)?.cpu)
            }
            What::Idle { connections } => idle::run(rival, server, connections),
            What::Churn => Ok(churn::run(server, time)?.cpu),
            What::Files { clients, size } => files::run(server, clients, FILE, size),
            What::Requests { .. } | What::Latency { .. } => {
                Err(io::Error::other("it is measured in slices"))
            }
        }
    }
}
