//! The keys of a file, and of all in it that holds no value.

use super::value::{DEPRECATED, SINCE};
use super::{FIELD, Holds, PARAM, SCHEMA, Shape, Word};

/// The first file of a spec.
pub static SPEC: Shape = Shape {
    what: "a spec",
    meaning: "A spec of actionline: what actions a server has, what they take, answer and refuse.",
    parts: &[&[VERSION, INFO_WORD, REQUIRES_WORD], SHARED, &[LINTS_WORD]],
};

/// A file that a spec includes. `info`, `requires` and `lints` are the first file's.
pub static INCLUDED: Shape = Shape {
    what: "an included file",
    meaning: "A part of a spec, which another file includes.",
    parts: &[&[VERSION], SHARED],
};

/// The file of the built-in verbs.
pub(crate) static VERBS: Shape = Shape {
    what: "a spec",
    meaning: "The verbs that every server speaks.",
    parts: &[
        &[VERSION, INFO_WORD],
        &[Word::new("verbs", Holds::Many(&VERB), "the verbs, by name").required()],
        &[LINTS_WORD],
    ],
};

/// The rights that are needed, of a spec or of an action.
pub(crate) const REQUIRES: &str = "requires";

const VERSION: Word = Word::new(
    "actionline",
    Holds::Version,
    "the version of the spec language: `actionline: 1`",
)
.required();

const INFO_WORD: Word = Word::new(
    "info",
    Holds::One(&INFO),
    "what the API is called; an included file has none",
)
.required();

const REQUIRES_WORD: Word = Word::new(
    REQUIRES,
    Holds::Rights,
    "the rights that a client needs before anything else: for every verb but `quit`, for every action that has no `requires` of its own, and to be in a room: `requires: [login]`",
);

const LINTS_WORD: Word = Word::new(
    "lints",
    Holds::One(&LINTS),
    "what `actionline check` does not warn of: `lints: { allow: [no-example] }`",
);

/// What every file of a spec can have.
const SHARED: &[Word] = &[
    Word::new(
        crate::include::KEY,
        Holds::Files,
        "a list of files, relative to this one: `include: [players.yaml]`. Their `common`, `schemas`, `actions` and `pushes` count as written here",
    ),
    Word::new(
        "common",
        Holds::Many(&PARAM),
        "params that every action accepts. A handler may take them as arguments, but need not",
    ),
    Word::new(
        "schemas",
        Holds::Many(&SCHEMA),
        "names to what `$ref` stands for",
    ),
    Word::new(
        "actions",
        Holds::Many(&ACTION),
        "the actions, by name. Each has one `#[action]` function",
    ),
    Word::new(
        "pushes",
        Holds::Many(&PUSH),
        "direct messages that the application sends, by name",
    ),
];

/// `info` of a spec.
pub static INFO: Shape = Shape {
    what: "`info`",
    meaning: "What the API is called.",
    parts: &[&[
        Word::new(
            "title",
            Holds::Filled,
            "the name of the API; the welcome greets with it",
        )
        .required(),
        Word::new(
            "version",
            Holds::Filled,
            "the version of your API, free text: `version: 1.0.0`",
        )
        .required(),
        Word::new(
            "description",
            Holds::Text,
            "what the API is for, in Markdown",
        ),
    ]],
};

/// `lints` of a spec or of an action.
pub static LINTS: Shape = Shape {
    what: "`lints`",
    meaning: "What `actionline check` does not warn of, here and below. Say in a comment why.",
    parts: &[&[Word::new(
        "allow",
        Holds::Lints,
        "the lints that are silenced, by name",
    )]],
};

const ACTION_WORDS: &[Word] = &[
    Word::new(
        "description",
        Holds::Text,
        "what it does, in Markdown; docs, editors and `actionsView` show it",
    ),
    Word::new(
        "params",
        Holds::Many(&PARAM),
        "what it takes: names to params. Each is an argument of the handler",
    ),
    Word::new(
        "returns",
        Holds::OrFile(&FIELD),
        "what it answers: names to fields, or the word `file`. Without it the answer is `status: \"OK\"`",
    ),
    Word::new(
        "errors",
        Holds::Many(&ERROR),
        "how it can fail: codes to errors. The handler can fail with these only",
    ),
    Word::new(
        "examples",
        Holds::List(&EXAMPLE),
        "a list of what is sent and what comes back. Docs show them, `check` holds them to the rules, and a test runs them",
    ),
    Word::new(
        "effect",
        Holds::Effect,
        "whether it may be sent twice; `write` when it is left out",
    ),
    Word::new(
        "timeout",
        Holds::Seconds,
        "how many seconds it may take, 1 to 86400, in place of the server's limit `action-time`",
    ),
    Word::new(
        "connection",
        Holds::Needed,
        "`required`: only a client's connection can call it. Where a handler takes `&Connection`, the compiler asks for it",
    ),
    Word::new(
        REQUIRES,
        Holds::Rights,
        "the rights that a client needs for it, in place of the spec's own `requires`; `[]`: none, as for the action that logs in",
    ),
    Word::new(
        "feature",
        Holds::Feature,
        "the cargo feature of its crate without which it is not there; its handler stands behind `#[cfg(feature = \"name\")]`",
    ),
    DEPRECATED,
    SINCE,
    Word::new(
        "lints",
        Holds::One(&LINTS),
        "what `actionline check` does not warn of in this action: `lints: { allow: [no-example] }`",
    ),
];

/// An action.
pub static ACTION: Shape = Shape {
    what: "an action",
    meaning: "An action: clients call it by this name, and an `#[action]` function of that name handles it.",
    parts: &[ACTION_WORDS],
};

/// A built-in verb.
pub(crate) static VERB: Shape = Shape {
    what: "a verb",
    meaning: "A verb of the protocol.",
    parts: &[
        ACTION_WORDS,
        &[
            Word::new("aliases", Holds::Names, "other words that mean the same"),
            Word::new("usage", Holds::Filled, "how its word form is typed"),
        ],
    ],
};

/// An error that an action can answer with.
pub static ERROR: Shape = Shape {
    what: "an error",
    meaning: "A way in which the action can fail. Its name is the `code` that clients get.",
    parts: &[&[
        Word::new(
            "message",
            Holds::Filled,
            "what the client is told; the handler fills in `{name}`: `\"player {player} is banned\"`",
        )
        .required(),
        Word::new("description", Holds::Text, "when it happens, in Markdown"),
    ]],
};

/// One of these in an example says what comes back.
pub(crate) const REPLIES: [&str; 3] = ["reply", "error", "bytes"];

const BEFORE: Word = Word::new(
    "before",
    Holds::Lines,
    "lines sent first, whose answers are not shown",
);

/// Another client of an example.
pub static OTHER: Shape = Shape {
    what: "another client",
    meaning: "Another client: it connects first, and sees what the example does.",
    parts: &[&[
        BEFORE,
        Word::new(
            "hears",
            Holds::Messages,
            "the lines it is sent from then on, in order; none when it is left out",
        ),
    ]],
};

/// An example of an action.
pub static EXAMPLE: Shape = Shape {
    what: "an example",
    meaning: "What is sent on a fresh connection, and what comes back: `reply`, `error` or `bytes`.",
    parts: &[&[
        Word::new("title", Holds::Text, "what it shows"),
        BEFORE,
        Word::new(
            "send",
            Holds::Line,
            "the line it is about, in word form or in JSON form",
        )
        .required(),
        Word::new(REPLIES[0], Holds::Members, "the fields of the answer"),
        Word::new(REPLIES[1], Holds::Filled, "or the text of the failure"),
        Word::new(REPLIES[2], Holds::Text, "or the content of the file"),
        Word::new(
            "hears",
            Holds::Messages,
            "the lines that this client is sent besides, after the answer",
        ),
        Word::new(
            "others",
            Holds::Many(&OTHER),
            "other clients, by name: they connect first, one after the other",
        ),
    ]],
};

/// A direct message.
pub static PUSH: Shape = Shape {
    what: "a push",
    meaning: "A direct message that the application sends.",
    parts: &[&[
        Word::new("description", Holds::Text, "when it is sent, in Markdown"),
        Word::new(
            "fields",
            Holds::Some(&FIELD),
            "what it carries: names to fields, as in `returns`",
        )
        .required(),
        Word::new("example", Holds::Members, "the fields of one such message"),
    ]],
};
