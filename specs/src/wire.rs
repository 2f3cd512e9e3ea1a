//! What the server says without being asked, and the words it uses: one table for the server, the docs and the tests.

use crate::catalogue::catalogue;

/// One kind of line that the server sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// A short name for headings.
    pub name: &'static str,
    /// The value of `context`.
    pub context: &'static str,
    /// When it is sent.
    pub when: &'static str,
    /// How it looks. Matchers such as `<int>` stand for what differs (see [`crate::Matcher`]).
    pub line: &'static str,
    /// Fields that are there now and then, in the same way.
    pub sometimes: &'static str,
}

/// `context` of lines that the server or the application starts.
pub const API: &str = "api";
/// `context` of what another client said.
pub const USER: &str = "user";
macro_rules! response {
    () => {
        "response"
    };
}
/// `context` of answers.
pub const RESPONSE: &str = response!();
/// The same as a member of a line.
pub const RESPONSE_MEMBER: &str = concat!("\"context\":\"", response!(), "\"");

/// Where the server listens unless told otherwise.
pub const ADDRESS: &str = "127.0.0.1:5000";
/// The verbs whose success puts `status` before `context`; every other reply starts with `context` (protocol §3).
pub const STATUS_FIRST: [&str; 3] = ["quit", "paramAdd", "paramDelete"];

/// The welcome unless one is set; `{title}` is the spec's.
pub const WELCOME: &str = "Hello! Welcome to the {title} api";
/// The room a connection starts in unless one is set.
pub const DEFAULT_ROOM: &str = "defaultRoom";
/// `status` of most verbs, and of an action that returns nothing.
pub const OK: &str = "OK";
/// `status` of the answer to `quit`.
pub const BYE: &str = "Bye!";
/// `status` of a keep-alive.
pub const KEEP_ALIVE: &str = "keep-alive";
/// `status` of the line that tells of messages which may be missing.
pub const GAP: &str = "gap";
/// `status` of the last line before the server closes a connection on its own account.
pub const GOODBYE: &str = "goodbye";
/// Said in a room when a member comes, if the server is set to announce.
pub const ENTERED: &str = "I have entered the room";
/// Said in a room when a member goes, if the server is set to announce.
pub const LEFT: &str = "I have left the room";

/// Stands where a secret value would.
pub const MASKED: &str = "***";
/// What a client lacks to whom the application says no, in place of rights.
pub const PERMISSION: &str = "the application's permission";
/// What it may not be sent then.
pub const THE_FILE: &str = "the file";

/// The names a spec may not use for fields: they are the protocol's own (protocol §4).
pub const RESERVED: [&str; 6] = [
    "context",
    "messageId",
    "messageCount",
    "error",
    "code",
    "errors",
];

catalogue! {
    /// Why the server closes a connection: `reason` of a goodbye.
    pub enum Reason {
        ShuttingDown = "server is shutting down": "The server stops. `retryAfterMs` says when to connect again.",
        SlowConsumer = "slow consumer": "The client did not read its pushes and more waited than the `backlog` limits allow. The line may not reach a client that does not read.",
        EndlessLine = "line too long": "A line went on beyond the `discard` limit without a line end.",
        UnfinishedLine = "line not finished": "A line was begun and not ended within `line-time`.",
        LoginTime = "login took too long": "The client had not logged in within `login-time`.",
        LoginBytes = "too much sent before login": "The client sent more than `login-bytes` and was not logged in.",
        WrongProtocol = "not this protocol": "The client speaks HTTP or TLS. Nothing it sends after that is run: a web page could make a browser send it.",
        Closed = "closed by the application": "The application asked for it.",
        TooManyConnections = "too many connections": "The server has as many connections as the `connections` limit allows. This is the only line then: there is no welcome. `retryAfterMs` says when to try again.",
        ShortOfMemory = "server is short of memory": "The same while clients that do not read hold most of what `memory` allows.",
        TooManyFromAddress = "too many connections from this address": "The same for one address, by `address-connections`.",
        ConnectingTooFast = "too many new connections from this address": "The same for connections begun one after the other, by `address-rate`.",
        Denied = "not allowed": "The application does not let the client in. This is the only line then, and there is no `retryAfterMs`.",
    }
}

catalogue! {
    /// Why messages of other servers may be missing: `reason` of a gap.
    pub enum Gap {
        Down = "no link to the other servers": "The link broke, or could not be made.",
        Slow = "the other servers were too slow": "They confirmed nothing in time, so the link was given up and made anew.",
    }
}

/// Every kind of line, in the order docs list them.
pub const MESSAGES: [Message; 7] = [
    Message {
        name: "welcome",
        context: API,
        when: "Once, when a client has connected.",
        line: r#"{"welcome":"<string>","room":"<string>","context":"api","messageCount":0}"#,
        sometimes: "{}",
    },
    Message {
        name: "keep-alive",
        context: API,
        when: "Every keep-alive period, whatever else is sent. `serverTime` is UTC with milliseconds (RFC 3339).",
        line: r#"{"context":"api","status":"keep-alive","serverTime":"<rfc3339>","messageCount":"<int>"}"#,
        sometimes: "{}",
    },
    Message {
        name: "gap",
        context: API,
        when: "Where several servers share their rooms: when this one's link to the others is back after it was down. What was said on other servers since `since` (UTC, RFC 3339) may be missing; nothing is sent again.",
        line: r#"{"context":"api","status":"gap","since":"<rfc3339>","reason":"<string>","messageCount":"<int>"}"#,
        sometimes: "{}",
    },
    Message {
        name: "direct message",
        context: API,
        when: "When the application sends this connection a message; its fields are the application's.",
        line: r#"{"context":"api","messageCount":"<int>"}"#,
        sometimes: "{}",
    },
    Message {
        name: "goodbye",
        context: API,
        when: "Last, when the server closes the connection on its own account. `retryAfterMs` is there when the server stops or has no room for the client.",
        line: r#"{"context":"api","status":"goodbye","reason":"<string>","messageCount":"<int>"}"#,
        sometimes: r#"{"retryAfterMs":"<int>"}"#,
    },
    Message {
        name: "room message",
        context: USER,
        when: "When someone else said something in the room. `from` is the speaker's public id; compare the whole of it, for its first eight digits name the server.",
        line: r#"{"context":"user","message":"<string>","from":"<id>","room":"<string>","messageCount":"<int>"}"#,
        sometimes: "{}",
    },
    Message {
        name: "response",
        context: RESPONSE,
        when: "Once for each request: the answer's fields, or `error`.",
        line: r#"{"context":"response","messageCount":"<int>"}"#,
        sometimes: "{}",
    },
];
