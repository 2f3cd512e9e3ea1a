//! The model: what a plan asks of each server and of Redis. Times are microseconds of a core.

use serde::{Deserialize, Serialize};

/// A task that costs something each time, and, while it is woken anew for each, more: busy, it sleeps no more.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Work {
    /// Each time.
    pub(super) each: f64,
    /// More, as long as it is woken for it alone.
    pub(super) wake: f64,
    /// The most that waking comes to, in cores.
    pub(super) most: f64,
}

impl Work {
    /// Cores, at so many a second.
    pub(super) fn cores(self, rate: f64) -> f64 {
        (rate * self.wake / 1e6).min(self.most) + rate * self.each / 1e6
    }
}

/// What was measured.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Constants {
    /// Where it is from.
    pub(super) about: String,
    /// Reading a `say` and answering it, alone in its packet.
    pub(super) say: Work,
    /// Giving it to one member, each in a packet of its own.
    pub(super) deliver: Work,
    /// A server's publishing.
    pub(super) publish: Work,
    /// A server's taking what another one published.
    pub(super) receive: Work,
    /// Redis taking a message.
    pub(super) redis: Work,
    /// Redis giving it to one server.
    pub(super) redis_out: f64,
    /// Bytes of a connection.
    pub(super) idle: f64,
    /// Bytes of a member in Redis.
    pub(super) member: f64,
}

/// Around a message between servers: the header, the room, the channel, Redis's own bytes.
const FRAME: f64 = 120.0;
/// Around a message in a client's line.
const LINE: f64 = 110.0;
/// Of a packet, besides what is in it.
const PACKET: f64 = 66.0;

/// What is planned. Members and messages are spread evenly over the rooms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) nodes: f64,
    pub(super) connections: f64,
    pub(super) rooms: f64,
    /// Messages said a second, by all.
    pub(super) says: f64,
    /// Bytes of a message.
    pub(super) bytes: f64,
    /// The members of a room are on one server.
    pub(super) together: bool,
}

/// What it comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Load {
    /// Servers that a message goes to, the speaker's own counted.
    pub(super) hosts: f64,
    /// Messages that a member hears a second.
    pub(super) heard: f64,
    /// Cores of one server, and bytes a second to its clients, over its link, and bytes it holds.
    pub(super) node: Share,
    /// The same of Redis.
    pub(super) redis: Share,
}

/// Of one process.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) cores: f64,
    pub(super) to_clients: f64,
    pub(super) link: f64,
    pub(super) memory: f64,
}

impl Plan {
    /// Members of a room.
    fn members(&self) -> f64 {
        self.connections / self.rooms
    }

    /// Servers on which a room has members, if it has one on the speaker's.
    fn hosts(&self) -> f64 {
        let others = (self.members() - 1.0).max(0.0);
        match self.together {
            true => 1.0,
            // Each of the other members misses a server with the probability 1 - 1/n.
            false => 1.0 + (self.nodes - 1.0) * (1.0 - (1.0 - 1.0 / self.nodes).powf(others)),
        }
    }

    /// What it comes to.
    pub(super) fn load(&self, costs: &Constants) -> Load {
        let hosts = self.hosts();
        let said = self.says / self.nodes;
        let received = self.says * (hosts - 1.0) / self.nodes;
        let delivered = said * (self.members() - 1.0).max(0.0);
        let own = costs.say.cores(said) + costs.deliver.cores(delivered);
        // One server alone has no link.
        let linked = f64::from(u8::from(self.nodes > 1.0));
        let cores = costs.publish.cores(said) + costs.receive.cores(received);
        let between = (self.bytes + FRAME) * linked;
        // A server gets its own messages back, too.
        let node = Share {
            cores: own + cores * linked,
            to_clients: delivered * (self.bytes + LINE + PACKET),
            link: (said + received + said) * between,
            memory: self.connections / self.nodes * costs.idle,
        };
        let out = self.says * hosts;
        let redis = Share {
            cores: (costs.redis.cores(self.says) + out * costs.redis_out / 1e6) * linked,
            to_clients: 0.0,
            link: (self.says + out) * between,
            memory: self.connections * costs.member * linked,
        };
        Load {
            hosts,
            heard: self.says / self.rooms,
            node,
            redis,
        }
    }

    /// The most messages a second before `busy` says that something is.
    pub(super) fn most(&self, costs: &Constants, busy: impl Fn(&Load) -> bool) -> f64 {
        let at = |says: f64| Plan { says, ..*self }.load(costs);
        let (mut low, mut high) = (0.0, 1e12);
        for _ in 0..100 {
            let middle = (low + high) / 2.0;
            match busy(&at(middle)) {
                true => high = middle,
                false => low = middle,
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs() -> Constants {
        serde_json::from_str(include_str!("../../scaling.json")).expect("constants")
    }

    const PLAN: Plan = Plan {
        nodes: 3.0,
        connections: 30_000.0,
        rooms: 3000.0,
        says: 10_000.0,
        bytes: 64.0,
        together: false,
    };

    #[test]
    fn a_room_is_on_as_many_servers_as_chance_says() {
        let hosts = |plan: Plan| plan.load(&costs()).hosts;
        assert_eq!(
            hosts(Plan {
                rooms: 30_000.0,
                ..PLAN
            }),
            1.0
        );
        assert_eq!(
            hosts(Plan {
                together: true,
                ..PLAN
            }),
            1.0
        );
        // Two members: the other one is elsewhere two times in three.
        let two = hosts(Plan {
            rooms: 15_000.0,
            ..PLAN
        });
        assert!((two - (1.0 + 2.0 / 3.0)).abs() < 1e-9, "{two}");
        assert!(hosts(PLAN) > 2.9 && hosts(PLAN) < 3.0);
    }

    #[test]
    fn one_server_alone_has_no_link() {
        let load = Plan { nodes: 1.0, ..PLAN }.load(&costs());
        assert_eq!(
            (load.redis.cores, load.redis.link, load.node.link),
            (0.0, 0.0, 0.0)
        );
        assert!(load.node.cores > 0.0);
    }

    #[test]
    fn the_most_is_where_it_becomes_busy() {
        let busy = |load: &Load| load.redis.cores > 0.5;
        let most = PLAN.most(&costs(), busy);
        let at = |says: f64| Plan { says, ..PLAN }.load(&costs());
        assert!(
            !busy(&at(most * 0.999)) && busy(&at(most * 1.001)),
            "{most}"
        );
    }
}
