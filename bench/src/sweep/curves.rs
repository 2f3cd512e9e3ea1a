//! What is varied: the one list of curves.

use crate::instructions::{self, Among};
use crate::load::{Pool, closed, fanout};
use crate::machine::Cores;
use crate::rival::{Process, Rival, TAKES, name_of};
use std::io;
use std::time::Duration;

/// One thing that is varied.
#[derive(Debug)]
pub(super) struct Curve {
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    pub(super) points: &'static [usize],
    /// actionline, and where what grows is not its own alone, the bare server beside it.
    pub(super) rivals: &'static [Rival],
    what: What,
}

#[derive(Debug)]
enum What {
    /// Open connections, all of which ask.
    Connections,
    /// The same, and something is counted in place of time.
    Counted(Among),
    /// Rooms with a member each, besides the one that is spoken in.
    Rooms,
    /// Members of the room.
    Members,
    /// Actions that the server has.
    Actions,
    /// Params saved on each connection, one of which the action takes.
    Saved,
    /// Bytes of a message to 100 members.
    Bytes,
    /// Worker threads, a core each.
    Workers,
}

const US: &[Rival] = &[Rival::Ours];
const BESIDE: &[Rival] = &[Rival::Raw, Rival::Ours];

const REQUEST: &str = "µs a request";
const DELIVERY: &str = "µs a delivery";

/// The line limit is 64 KiB, and a message is said in a line.
const LONGEST: usize = 64 * 1024 - "say ".len();

/// Every curve, in the order of the table.
pub(super) const CURVES: [Curve; 9] = [
    Curve {
        name: "connections",
        unit: REQUEST,
        points: &[10, 100, 1000, 10_000],
        rivals: BESIDE,
        what: What::Connections,
    },
    Curve {
        name: "connections",
        unit: "instructions, user space",
        points: &[10, 100, 1000],
        rivals: US,
        what: What::Counted(Among::Instructions),
    },
    Curve {
        name: "connections",
        unit: "cache misses, user space",
        points: &[10, 100, 1000],
        rivals: US,
        what: What::Counted(Among::Misses),
    },
    Curve {
        name: "rooms",
        unit: DELIVERY,
        points: &[1, 10, 100, 1000, 10_000],
        rivals: US,
        what: What::Rooms,
    },
    Curve {
        name: "members",
        unit: DELIVERY,
        points: &[1, 10, 100, 1000, 10_000],
        rivals: US,
        what: What::Members,
    },
    Curve {
        name: "actions",
        unit: REQUEST,
        points: &[5, 50, 500],
        rivals: US,
        what: What::Actions,
    },
    Curve {
        name: "saved params",
        unit: REQUEST,
        points: &[0, 4, 16, 64, 255],
        rivals: US,
        what: What::Saved,
    },
    Curve {
        name: "bytes of a message",
        unit: DELIVERY,
        points: &[16, 256, 4096, LONGEST],
        rivals: US,
        what: What::Bytes,
    },
    Curve {
        name: "workers",
        unit: REQUEST,
        points: &[1, 2],
        rivals: BESIDE,
        what: What::Workers,
    },
];

/// Actions that the server has without more.
const SHIPPED: usize = 5;

impl Curve {
    /// What a server needs at one point.
    pub(super) fn measure(
        &self,
        rival: Rival,
        point: usize,
        time: Duration,
        cores: &[Cores; 2],
    ) -> io::Result<f64> {
        let (workers, more) = match self.what {
            What::Counted(what) => return instructions::among(point, what),
            What::Workers => (point, 0),
            What::Actions => (1, point.saturating_sub(SHIPPED)),
            What::Saved => (1, 1),
            _ => (1, 0),
        };
        let words = match rival {
            Rival::Ours => vec!["--actions".to_owned(), more.to_string()],
            _ => Vec::new(),
        };
        let server = Process::start(rival, &cores[workers - 1], &words)?
            .ok_or_else(|| io::Error::other("a server does not start"))?;
        let speak = |members: usize, in_flight: usize, size: usize| {
            let load = fanout::Load {
                rooms: 1,
                members,
                speakers: 1,
                in_flight,
                size,
                time,
                asleep: false,
            };
            load.run(rival, &server)
        };
        let ask = |connections: usize, in_flight: usize, request: &[u8], before: &str| {
            let load = closed::Load {
                connections,
                in_flight,
                request,
                time,
            };
            let mut pool = Pool::connect(server.address, connections, rival.welcomes())?;
            for line in before.lines() {
                pool.ask(format!("{line}\n").as_bytes(), 1)?;
            }
            pool.ask(request, 1)?;
            load.on(&mut pool, &server)
        };
        let request = rival.request();
        let rate = match self.what {
            What::Connections | What::Counted(_) => ask(point, 1, request, ""),
            What::Actions | What::Workers => ask(50, 32, request, ""),
            What::Saved => {
                let others = (1..point).map(|number| format!("paramAdd name{number}=value\n"));
                let taken = (point > 0).then(|| format!("paramAdd {TAKES}=value\n"));
                let before: String = others.chain(taken).collect();
                ask(50, 32, format!("{}\n", name_of(0)).as_bytes(), &before)
            }
            What::Members => speak(point, 8, 64),
            What::Bytes => speak(100, 1, point),
            What::Rooms => {
                let mut others = Pool::connect(server.address, point - 1, true)?;
                for (number, client) in others.clients.iter_mut().enumerate() {
                    client.send(format!("roomChange other{number}\n").as_bytes())?;
                }
                others.answers(1)?;
                speak(100, 8, 64)
            }
        };
        Ok(1e6 / rate?.cpu)
    }
}
