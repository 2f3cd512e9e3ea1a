//! Every limit of the server: name, default, unit, and what happens beyond it. Settings, docs and tests read this table.

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes.
    Bytes,
    /// Characters (Unicode code points).
    Characters,
    /// Seconds.
    Seconds,
    /// Things.
    Count,
}

impl Unit {
    /// The word after a number: `bytes`; empty for things that are just counted.
    pub const fn word(self) -> &'static str {
        match self {
            Unit::Bytes => "bytes",
            Unit::Characters => "characters",
            Unit::Seconds => "seconds",
            Unit::Count => "",
        }
    }
}

/// One limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The name in settings and docs.
    pub name: &'static str,
    /// The value when nothing else is set.
    pub default: u64,
    /// The least it may be set to; the default too, when the limit is part of the protocol and cannot be set.
    pub least: u64,
    /// The most it may be set to.
    pub most: u64,
    /// What it counts.
    pub unit: Unit,
    /// What is limited, and what happens beyond it.
    pub meaning: &'static str,
}

impl Limit {
    /// Whether it belongs to the protocol and cannot be set.
    pub const fn is_fixed(&self) -> bool {
        self.least == self.most
    }
}

/// Beyond these a limit limits nothing, and sums over them could overflow.
const MOST: u64 = 1 << 30;
const YEAR: u64 = 365 * 24 * 60 * 60;

macro_rules! limits {
    ($($(#[$doc:meta])* $id:ident $field:ident = $name:literal, $default:expr, $least:literal..=$most:expr, $unit:ident, $meaning:literal;)*) => {
        $($(#[$doc])* pub const $id: Limit = Limit { name: $name, default: $default, least: $least, most: $most, unit: Unit::$unit, meaning: $meaning };)*

        /// Every limit, in the order docs list them.
        pub const ALL: &[Limit] = &[$($id),*];

        /// The limits in force: the defaults of the table, or what was set instead. Units are those of the table.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Limits {
            $($(#[$doc])* pub $field: u64,)*
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
    /// Longest line a client may send.
    LINE line = "line", 64 * 1024, 1..=MOST, Bytes, "Longest line, its line end not counted. A longer one is answered with an error and discarded.";
    /// Most bytes discarded of one line.
    DISCARD discard = "discard", 1024 * 1024, 0..=MOST, Bytes, "Most bytes discarded of one over-long line. Beyond it the client is closed.";
    /// Deepest JSON nesting.
    DEPTH depth = "depth", 64, 64..=64, Count, "Deepest nesting of a JSON request, its own braces counted. Deeper ones are answered with an error.";
    /// Client text repeated in an error.
    EXCERPT excerpt = "excerpt", 64, 64..=64, Characters, "Client text repeated in an error is cut after this many characters.";
    /// Requests with a `messageId` that run at once.
    LABELLED labelled = "labelled", 16, 1..=65_536, Count, "Requests with a `messageId` that run at once on one connection. Beyond it the server stops reading until one is done.";
    /// Longest `messageId`.
    LABEL label = "label", 128, 128..=128, Bytes, "Longest `messageId`, as JSON text. A longer one is answered with an error.";
    /// Lines of one connection handled before others get a turn.
    TURN turn = "turn", 64, 1..=65_536, Count, "Lines of one connection handled before the others get their turn.";
    /// Unsent output at which reading pauses.
    OUTPUT output = "output", 256 * 1024, 1..=MOST, Bytes, "Unsent replies of one connection. Beyond it the server stops reading from that client until it has taken some.";
    /// Unsent pushes at which a client is closed at once.
    BACKLOG backlog = "backlog", 1024 * 1024, 1..=MOST, Bytes, "Unsent pushes of one connection. Beyond it the client is closed as a slow consumer.";
    /// Unsent pushes at which a client is closed after a while.
    BACKLOG_SOFT backlog_soft = "backlog-soft", 256 * 1024, 1..=MOST, Bytes, "Unsent pushes of one connection that may stand for `backlog-time`. After it the client is closed as a slow consumer.";
    /// How long a backlog may stand, and how long a write may make no progress.
    BACKLOG_TIME backlog_time = "backlog-time", 10, 1..=YEAR, Seconds, "How long `backlog-soft` may be exceeded, or owed bytes may wait without the client taking any, before it is closed as a slow consumer.";
    /// Sticky params of one connection.
    STICKY sticky = "sticky", 256, 1..=65_536, Count, "Params saved on one connection. One more is answered with an error.";
    /// Longest name of a param.
    STICKY_KEY sticky_key = "sticky-key", 128, 1..=MOST, Bytes, "Longest name of a saved param. A longer one is answered with an error.";
    /// Sticky bytes of one connection.
    STICKY_TOTAL sticky_total = "sticky-total", 64 * 1024, 1..=MOST, Bytes, "Names and values saved on one connection, together. More is answered with an error.";
    /// Longest name of a room.
    ROOM_NAME room_name = "room-name", 128, 1..=MOST, Bytes, "Longest name of a room. A longer one is answered with an error.";
    /// Members that `roomView` lists.
    MEMBERS members = "members", 1000, 0..=MOST, Count, "Members that `roomView` lists. The count is exact beyond it.";
    /// The keep-alive period.
    KEEP_ALIVE keep_alive = "keep-alive", 60, 0..=YEAR, Seconds, "Time between two keep-alive lines. 0 turns them off.";
    /// How long a graceful stop may take.
    DRAIN drain = "drain", 25, 0..=YEAR, Seconds, "How long a stopping server waits for what its clients are owed.";
}

/// The limit with this name.
pub fn by_name(name: &str) -> Option<&'static Limit> {
    ALL.iter().find(|limit| limit.name == name)
}
