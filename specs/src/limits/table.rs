//! The table of limits.

use super::{Beyond, Holds, InForce, Limit, Unit};
use crate::Code;
use crate::wire::Reason;
use std::sync::atomic::{AtomicU64, Ordering};

/// Beyond these a limit limits nothing, and sums over them could overflow.
const MOST: u64 = 1 << 30;
const YEAR: u64 = 365 * 24 * 60 * 60;

/// At once, unless the table says otherwise.
macro_rules! holds {
    () => {
        Holds::AtOnce
    };
    ($holds:ident) => {
        Holds::$holds
    };
}

macro_rules! limits {
    ($(
        $(#[$doc:meta])*
        $id:ident $field:ident = $name:literal, $default:expr, $least:literal..=$most:expr, $unit:ident $(, $holds:ident)?;
        $meaning:literal;
        $beyond:expr;
        $reason:literal;
    )*) => {
        $(
            $(#[$doc])*
            pub const $id: Limit = Limit {
                name: $name,
                default: $default,
                least: $least,
                most: $most,
                unit: Unit::$unit,
                meaning: $meaning,
                beyond: $beyond,
                reason: $reason,
                holds: holds!($($holds)?),
            };
        )*

        /// Every limit, in the order docs list them.
        pub const ALL: &[Limit] = &[$($id),*];

        /// The limits in force: the defaults of the table, or what was set instead. Units are those of the table.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Limits {
            $($(#[$doc])* pub $field: u64,)*
        }

        /// The fields of [`Limits`], each to be changed while others read.
        #[derive(Debug, Default)]
        pub(super) struct Cells {
            $(pub(super) $field: AtomicU64,)*
        }

        impl Cells {
            pub(super) fn get(&self, name: &str) -> Option<&AtomicU64> {
                match name { $($name => Some(&self.$field),)* _ => None }
            }
        }

        impl InForce {
            $($(#[$doc])* pub fn $field(&self) -> u64 {
                self.0.$field.load(Ordering::Relaxed)
            })*
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $id.default),* }
            }
        }

        impl Limits {
            /// The value in force of the limit with this name.
            pub fn get(&self, name: &str) -> Option<u64> {
                match name { $($name => Some(self.$field),)* _ => None }
            }

            /// Sets the limit with this name; false when there is none.
            pub fn set(&mut self, name: &str, value: u64) -> bool {
                match name { $($name => self.$field = value,)* _ => return false }
                true
            }
        }
    };
}

limits! {
    /// Connections at once.
    CONNECTIONS connections = "connections", 10_000, 1..=10_000_000, Count;
        "Connections open at once. Never more than the process may open files, less 64 that stay free for other uses.";
        Beyond::Closed(Reason::TooManyConnections);
        "Some 15 megabytes when all are idle; one machine's usual share of a fleet.";
    /// Connections of one address at once.
    ADDRESS_CONNECTIONS address_connections = "address-connections", 512, 1..=10_000_000, Count;
        "Connections of one address open at once: of one IPv4 address, or one IPv6 network of 64 bits. Addresses of the setting `exempt` have no such limit.";
        Beyond::Closed(Reason::TooManyFromAddress);
        "An office behind one address fits in; twenty addresses are needed to fill a server.";
    /// New connections of one address each second, in the long run.
    ADDRESS_RATE address_rate = "address-rate", 200, 1..=1_000_000, PerSecond;
        "New connections of one address in the long run.";
        Beyond::Closed(Reason::ConnectingTooFast);
        "More than people make, less than what accepting them would cost.";
    /// New connections of one address at once.
    ADDRESS_BURST address_burst = "address-burst", 400, 1..=1_000_000, Count;
        "New connections of one address at once after a silence, before `address-rate` holds.";
        Beyond::Closed(Reason::ConnectingTooFast);
        "After a restart an office comes back all at once.";
    /// Longest line a client may send.
    LINE line = "line", 64 * 1024, 1..=MOST, Bytes, NewConnections;
        "Longest line, its line end not counted. The rest of a longer one is discarded.";
        Beyond::Refused(Code::LineTooLong);
        "Room for any request that people or programs write by the line; what is larger is a file.";
    /// Most bytes discarded of one line.
    DISCARD discard = "discard", 1024 * 1024, 0..=MOST, Bytes, NewConnections;
        "Most bytes discarded of one over-long line.";
        Beyond::Closed(Reason::EndlessLine);
        "A paste by mistake ends below it; whoever sends more does not speak this protocol.";
    /// How long a line may take.
    LINE_TIME line_time = "line-time", 60, 1..=YEAR, Seconds;
        "How long a line may take from its first byte to its end.";
        Beyond::Closed(Reason::UnfinishedLine);
        "People who type keep their line in their terminal until it is done; what stays half sent is a broken or a hostile client.";
    /// How long a login may take.
    LOGIN_TIME login_time = "login-time", 5, 1..=YEAR, Seconds;
        "How long a client may take to log in. It holds where a spec has `requires`, from connecting until the client has these rights.";
        Beyond::Closed(Reason::LoginTime);
        "Programs log in at once; who only holds connections open has them no longer than that.";
    /// Most bytes before a login.
    LOGIN_BYTES login_bytes = "login-bytes", 4 * 1024, 1..=MOST, Bytes;
        "Most bytes of lines run or begun before the client has logged in, line ends counted as one byte. It holds where `login-time` does.";
        Beyond::Closed(Reason::LoginBytes);
        "A name, a password and a long token, some tries of them; no memory for strangers.";
    /// Deepest JSON nesting.
    DEPTH depth = "depth", 64, 64..=64, Count;
        "Deepest nesting of a JSON request, its own braces counted.";
        Beyond::Refused(Code::InvalidParams);
        "Far beyond what an action declares, and no stack runs out.";
    /// Most members of a JSON object.
    JSON_MEMBERS json_members = "json-members", 256, 256..=256, Count;
        "Members of one object within a param.";
        Beyond::Refused(Code::InvalidParams);
        "Far more than a declared object has; a list of things is an array.";
    /// Client text repeated in an error.
    EXCERPT excerpt = "excerpt", 64, 64..=64, Characters;
        "Client text repeated in an error is cut after this many characters.";
        Beyond::Kept;
        "Enough to recognise it; an error never grows with what provoked it.";
    /// Requests with a `messageId` that run at once.
    LABELLED labelled = "labelled", 16, 1..=65_536, Count;
        "Requests with a `messageId` that run at once on one connection. Beyond it the server stops reading until one is done.";
        Beyond::Kept;
        "A client that wants more at once gets there sooner with a second connection.";
    /// Replies to `say` that wait for other servers.
    OWED owed = "owed", 256, 1..=65_536, Count;
        "Replies of one connection, to requests without a `messageId`, that wait for other servers while its next `say` already takes effect. Beyond it the server stops reading until one is there.";
        Beyond::Kept;
        "What a client says at `say-rate` in the second in which a lost link is noticed: so nobody on its own server waits for it.";
    /// How long an action may take.
    ACTION_TIME action_time = "action-time", 30, 1..=YEAR, Seconds;
        "How long an action may take that waits for something; its `timeout` in the spec goes before this. It is dropped where it waits.";
        Beyond::Refused(Code::Timeout);
        "Nobody waits longer for an answer; what takes longer is better told by a push.";
    /// How long the application may take to say whether a client may do something.
    ACCESS_TIME access_time = "access-time", 2, 1..=YEAR, Seconds;
        "How long the application may take to say whether a client gets in, or may do something. It holds where the application is asked; without an answer the client may not.";
        Beyond::Refused(Code::Forbidden);
        "Who asks a database waits some milliseconds; a client that waits longer had better be told no than kept waiting.";
    /// Actions that wait at once on the whole server, for each processor.
    ACTIONS actions = "actions-per-core", 1024, 1..=1_000_000, Count;
        "Actions that wait for something at once on the whole server, for each of its processors. `retryAfterMs` says when it is worth another try.";
        Beyond::Refused(Code::Overloaded);
        "What they wait for (a database, say) is served no sooner when more of them queue.";
    /// Longest `messageId`.
    LABEL label = "label", 128, 128..=128, Bytes;
        "Longest `messageId`, as JSON text.";
        Beyond::Refused(Code::InvalidRequest);
        "Twice a UUID with room to spare; the server keeps it until the reply.";
    /// Lines of one connection handled before others get a turn.
    TURN turn = "turn", 64, 1..=65_536, Count;
        "Lines of one connection handled before the others get their turn.";
        Beyond::Kept;
        "Some 50 microseconds of work; less would cut usual batches in two.";
    /// Unsent output at which reading pauses.
    OUTPUT output = "output", 256 * 1024, 1..=MOST, Bytes;
        "Unsent replies of one connection. Beyond it the server stops reading from that client until it has taken some.";
        Beyond::Kept;
        "More than a network buffer holds, so nobody who reads is ever slowed.";
    /// Unsent pushes at which a client is closed at once.
    BACKLOG backlog = "backlog", 1024 * 1024, 1..=MOST, Bytes, NewConnections;
        "Unsent pushes of one connection.";
        Beyond::Closed(Reason::SlowConsumer);
        "Some seconds of a very busy room.";
    /// Unsent pushes at which a client is closed after a while.
    BACKLOG_SOFT backlog_soft = "backlog-soft", 256 * 1024, 1..=MOST, Bytes;
        "Unsent pushes of one connection that may stand for `backlog-time`.";
        Beyond::Closed(Reason::SlowConsumer);
        "A burst passes; who never catches up is let go before it costs a mebibyte.";
    /// How long a backlog may stand, and how long a write may make no progress.
    BACKLOG_TIME backlog_time = "backlog-time", 10, 1..=YEAR, Seconds;
        "How long `backlog-soft` may be exceeded, or owed bytes may wait without the client taking any.";
        Beyond::Closed(Reason::SlowConsumer);
        "Longer than a phone needs to change its network.";
    /// Sticky params of one connection.
    STICKY sticky = "sticky", 256, 1..=65_536, Count;
        "Params saved on one connection.";
        Beyond::Reached("too many saved params");
        "More than any action declares.";
    /// Longest name of a param.
    STICKY_KEY sticky_key = "sticky-key", 128, 1..=MOST, Bytes;
        "Longest name of a saved param.";
        Beyond::Reached("the name {name} is too long");
        "No spec has names as long.";
    /// Sticky bytes of one connection.
    STICKY_TOTAL sticky_total = "sticky-total", 64 * 1024, 1..=MOST, Bytes;
        "Names and values saved on one connection, together.";
        Beyond::Reached("the saved params are too large together");
        "As much as one line can carry.";
    /// Sticky bytes of all connections.
    STICKY_ALL sticky_all = "sticky-all", 64 * 1024 * 1024, 1..=1 << 40, Bytes;
        "Names and values saved on all connections, together. Never more than a quarter of `memory`.";
        Beyond::Reached("all clients together have saved too many params");
        "They stay as long as their clients: most of `memory` is left to those who come.";
    /// Longest value of a param.
    STICKY_VALUE sticky_value = "sticky-value", 8 * 1024, 1..=MOST, Bytes;
        "Longest value of a saved param.";
        Beyond::Reached("the value of {name} is too long");
        "Settings and tokens are short; what is longer belongs into the request that needs it.";
    /// Longest name of a room.
    ROOM_NAME room_name = "room-name", 128, 1..=MOST, Bytes;
        "Longest name of a room.";
        Beyond::Reached("the name of the room is too long");
        "A UUID with a prefix fits three times.";
    /// Rooms in use at once.
    ROOMS rooms = "rooms", 10_000, 1..=MOST, Count;
        "Rooms that are in use on a server at once. Who asks for one more stays in the old room.";
        Beyond::Reached("there are too many rooms");
        "A room for each connection, at the default of `connections`.";
    /// Longest message of a `say`.
    SAY say = "say", 16 * 1024, 1..=MOST, Bytes;
        "Longest message that `say` takes.";
        Beyond::Reached("the message is too long");
        "It is sent to everybody in the room: a page of text, and no file.";
    /// Messages a client may say each second, in the long run.
    SAY_RATE say_rate = "say-rate", 200, 1..=1_000_000, PerSecond;
        "Messages that one client may say in the long run. `retryAfterMs` says when the next one may come.";
        Beyond::Reached("too many messages at once");
        "A game's positions fit in; a flood is not passed on to a whole room.";
    /// Messages a client may say at once.
    SAY_BURST say_burst = "say-burst", 2_000, 1..=1_000_000, Count;
        "Messages that one client may say at once after a silence, before `say-rate` holds.";
        Beyond::Reached("too many messages at once");
        "Ten seconds of `say-rate`: who was offline may catch up.";
    /// Files that one client is sent at once.
    FILES files = "files", 2, 1..=65_536, Count;
        "Actions that answer with a file and are under way for one client at once. Without a `messageId` they wait for each other.";
        Beyond::Reached("too many files at once");
        "They are sent one after the other anyway; the second one is opened meanwhile.";
    /// Files that one address is sent at once.
    ADDRESS_FILES address_files = "address-files", 16, 1..=65_536, Count;
        "The same for all clients of one address, counted as for `address-connections`. Addresses of the setting `exempt` have no such limit.";
        Beyond::Reached("too many files at once for your address");
        "Four addresses are needed to take all of `files-total`.";
    /// Files that are sent at once.
    FILES_TOTAL files_total = "files-total", 64, 1..=1_000_000, Count;
        "The same for all clients together.";
        Beyond::Reached("the server sends too many files at once");
        "Each holds a file descriptor and up to 128 KiB.";
    /// Members that `roomView` lists.
    MEMBERS members = "members", 1000, 0..=MOST, Count;
        "Members that `roomView` lists. The count is exact beyond it.";
        Beyond::Kept;
        "A list for people to read; some 35 kilobytes.";
    /// What may be buffered for all clients together.
    MEMORY memory = "memory", 256 * 1024 * 1024, 1..=1 << 40, Bytes;
        "Unfinished lines, what waits to be run or sent, and saved params of all clients together. From three quarters of it on no more clients are let in, then no more files are begun, then those who have not logged in where one has to are closed, then the clients with the largest backlogs are closed, and at last nothing more is run. What was run is answered.";
        Beyond::Refused(Code::Overloaded);
        "A quarter of a small machine.";
    /// The keep-alive period.
    KEEP_ALIVE keep_alive = "keep-alive", 60, 0..=YEAR, Seconds, Restart;
        "Time between two keep-alive lines. 0 turns them off.";
        Beyond::Kept;
        "Shorter than the patience of the routers on the way.";
    /// How long a graceful stop may take.
    DRAIN drain = "drain", 25, 0..=YEAR, Seconds;
        "How long a stopping server waits for what its clients are owed.";
        Beyond::Kept;
        "Process managers kill after 30 seconds.";
}
