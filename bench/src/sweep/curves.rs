//! What is varied: the one list of curves.

use crate::load::{Pool, closed, fanout};
use crate::machine::Cores;
use crate::rival::{Process, Rival};
use std::io;
use std::time::Duration;

/// One thing that is varied.
#[derive(Debug)]
pub(super) struct Curve {
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    pub(super) points: &'static [usize],
    what: What,
}

#[derive(Debug)]
enum What {
    /// Open connections, all of which ask.
    Connections,
    /// Rooms with a member each, besides the one that is spoken in.
    Rooms,
    /// Members of the room.
    Members,
    /// Actions that the server has.
    Actions,
    /// Params saved on each connection.
    Saved,
    /// Bytes of a message to 100 members.
    Bytes,
    /// Worker threads, a core each.
    Workers,
}

const REQUEST: &str = "µs a request";
const DELIVERY: &str = "µs a delivery";

/// The line limit is 64 KiB, and a message is said in a line.
const LONGEST: usize = 64 * 1024 - "say ".len();

/// Every curve, in the order of the table.
pub(super) const CURVES: [Curve; 7] = [
    Curve {
        name: "connections",
        unit: REQUEST,
        points: &[10, 100, 1000, 10_000],
        what: What::Connections,
    },
    Curve {
        name: "rooms",
        unit: DELIVERY,
        points: &[1, 10, 100, 1000, 10_000],
        what: What::Rooms,
    },
    Curve {
        name: "members",
        unit: DELIVERY,
        points: &[1, 10, 100, 1000, 10_000],
        what: What::Members,
    },
    Curve {
        name: "actions",
        unit: REQUEST,
        points: &[5, 50, 500],
        what: What::Actions,
    },
    Curve {
        name: "saved params",
        unit: REQUEST,
        points: &[0, 4, 16, 64, 255],
        what: What::Saved,
    },
    Curve {
        name: "bytes of a message",
        unit: DELIVERY,
        points: &[16, 256, 4096, LONGEST],
        what: What::Bytes,
    },
    Curve {
        name: "workers",
        unit: REQUEST,
        points: &[1, 2],
        what: What::Workers,
    },
];

/// Actions that the server has without more.
const SHIPPED: usize = 5;

impl Curve {
    /// The server's microseconds at one point.
    pub(super) fn measure(
        &self,
        point: usize,
        time: Duration,
        cores: &[Cores; 2],
    ) -> io::Result<f64> {
        let workers = match self.what {
            What::Workers => point,
            _ => 1,
        };
        let more = match self.what {
            What::Actions => point.saturating_sub(SHIPPED),
            _ => 0,
        };
        let words = ["--actions".to_owned(), more.to_string()];
        let server = Process::start(Rival::Ours, &cores[workers - 1], &words)?
            .ok_or_else(|| io::Error::other("actionline does not start"))?;
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
            load.run(Rival::Ours, &server)
        };
        let ask = |connections: usize, in_flight: usize, before: &str| {
            let load = closed::Load {
                connections,
                in_flight,
                request: Rival::Ours.request(),
                time,
            };
            let mut pool = Pool::connect(server.address, connections, true)?;
            for line in before.lines() {
                pool.ask(format!("{line}\n").as_bytes(), 1)?;
            }
            pool.ask(load.request, 1)?;
            load.on(&mut pool, &server)
        };
        let rate = match self.what {
            What::Connections => ask(point, 1, ""),
            What::Actions => ask(50, 32, ""),
            What::Saved => {
                let before = |number| format!("paramAdd name{number}=value{number}\n");
                ask(50, 32, &(0..point).map(before).collect::<String>())
            }
            What::Workers => ask(50, 32, ""),
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
