//! The keys of what holds a value: a param, a field, an item.

use super::{Holds, Shape, Word};
use crate::{Kind, Rule};

/// The key of a reference.
pub(crate) const REF: &str = "$ref";

/// The key of what the items of an array hold.
pub(crate) const ITEMS: &str = "items";
/// The key of what an object holds.
pub(crate) const PROPERTIES: &str = "properties";

/// The keys of a schema, besides the rules.
static SCHEMA_WORDS: [Word; 5] = [
    Word::new(
        "type",
        Holds::Type,
        "what kind of value it is; left out, it takes any JSON value",
    ),
    Word::new(
        REF,
        Holds::Reference,
        "`\"#/schemas/Name\"`: one of the spec's shared `schemas`, in place of the other keys",
    ),
    Word::new(
        "description",
        Holds::Text,
        "what it is, in Markdown; docs, editors and `actionsView` show it",
    ),
    Word::new(
        ITEMS,
        Holds::One(&ITEM),
        "what each item of the array holds: a map of these keys, such as `items: { type: string }`",
    )
    .of(&[Kind::Array]),
    Word::new(
        PROPERTIES,
        Holds::Many(&PROPERTY),
        "what the object holds: names to maps of these keys, each with `required: true` if it must be there. Without it an object may have any members, with it only these",
    )
    .of(&[Kind::Object]),
];

/// A param of an action, or a common one.
pub static PARAM: Shape = Shape {
    what: "a param",
    meaning: "A param: its type, its rules, and whether it must be there. Without `required` and without `default` it is optional.",
    parts: &[
        &[
            Word::new(
                "required",
                Holds::Flag,
                "`true`: a request without it is refused. An empty string and `null` count as missing",
            ),
            Word::new(
                "default",
                Holds::Value,
                "what the handler gets when the client gives nothing; not together with `required`",
            ),
            Word::new(
                "examples",
                Holds::Values,
                "a list of values that the rules accept",
            ),
            Word::new(
                "secret",
                Holds::Flag,
                "`true`: the value is never repeated in an error or shown by `paramsView`, `paramView` and `detailsView`",
            ),
            DEPRECATED,
            SINCE,
        ],
        &SCHEMA_WORDS,
        &Rule::WORDS,
    ],
};

/// `deprecated` of a param or an action.
pub(super) const DEPRECATED: Word = Word::new(
    "deprecated",
    Holds::Note,
    "`true`, or a text that says what to use instead",
);

/// `since` of a param or an action.
pub(super) const SINCE: Word = Word::new(
    "since",
    Holds::Filled,
    "the version of your API that brought it, in quotes: `since: \"1.2\"`",
);

/// A field of a reply or of a push.
pub static FIELD: Shape = Shape {
    what: "a field",
    meaning: "A field of what the server sends: its type and its rules.",
    parts: &[
        &[Word::new(
            "required",
            Holds::Flag,
            "`false`: the field is not always there",
        )],
        &SCHEMA_WORDS,
        &Rule::WORDS,
    ],
};

/// A member of an object.
pub static PROPERTY: Shape = Shape {
    what: "a property",
    meaning: "A member of the object: its type and its rules.",
    parts: &[
        &[Word::new(
            "required",
            Holds::Flag,
            "`true`: an object without it is refused",
        )],
        &SCHEMA_WORDS,
        &Rule::WORDS,
    ],
};

/// An item of an array.
pub static ITEM: Shape = Shape {
    what: "an item",
    meaning: "What each item of the array holds: its type and its rules.",
    parts: &[&SCHEMA_WORDS, &Rule::WORDS],
};

/// An entry of `schemas`.
pub static SCHEMA: Shape = Shape {
    what: "a schema",
    meaning: "A shared schema, which `$ref: \"#/schemas/Name\"` stands for: a type and its rules.",
    parts: &[&SCHEMA_WORDS, &Rule::WORDS],
};
