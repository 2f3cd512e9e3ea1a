//! What a Rust type looks like as JSON, and what the spec expects there: the two sides that are compared while the
//! compiler runs.

use actionline_specs::Kind;

/// What a Rust type looks like as JSON.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Any JSON; it is not looked into.
    Json,
    /// Text.
    Text,
    /// Text that is borrowed from JSON as it stands, and so cannot hold one with escapes.
    Borrowed,
    /// Text of this format alone.
    Format(&'static str),
    /// One of these texts.
    Choice(&'static Choice),
    /// An integer between these two.
    Integer(i128, i128),
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An array of these.
    Array(&'static Shape),
    /// An object with any members.
    Map,
    /// An object with these members.
    Struct(&'static Struct),
    /// Not to be compared.
    Untyped,
}

/// An enum without values.
#[derive(Debug)]
pub struct Choice {
    /// The type's name.
    pub name: &'static str,
    /// The names of its variants, and their texts.
    pub variants: &'static [(&'static str, &'static str)],
}

/// A struct with named fields.
#[derive(Debug)]
pub struct Struct {
    /// The type's name.
    pub name: &'static str,
    /// Its fields.
    pub members: &'static [Member],
}

/// One field of a struct.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// The name on the wire.
    pub name: &'static str,
    /// The struct's name.
    pub owner: &'static str,
    /// The field's name.
    pub field: &'static str,
    /// The field's type, as written.
    pub ty: &'static str,
    /// It may be absent.
    pub optional: bool,
    /// What it holds.
    pub shape: Shape,
}

/// What the spec says of one value, and of those in it.
#[derive(Debug)]
pub struct Expected {
    /// The name on the wire.
    pub name: &'static str,
    /// The way to it: `boards[].rows`.
    pub path: &'static str,
    /// Where it stands: `actions.yaml:16:7`.
    pub at: &'static str,
    /// `type`.
    pub kind: Kind,
    /// The smallest and the greatest integer.
    pub range: (i128, i128),
    /// The texts of `enum`; none without one.
    pub choices: &'static [&'static str],
    /// `format`; empty without one.
    pub format: &'static str,
    /// `items`.
    pub items: Option<&'static Expected>,
    /// `properties`.
    pub members: Option<&'static [Expected]>,
    /// It is always there.
    pub required: bool,
    /// What it is, with its article: `an integer`.
    pub is: &'static str,
    /// The Rust types to choose from: `` `i64` or `u64` ``.
    pub take: &'static str,
}

/// A value that is all of its kind; macros write down the rest.
pub const fn expected(
    kind: Kind,
    name: &'static str,
    path: &'static str,
    at: &'static str,
    required: bool,
    is: &'static str,
    take: &'static str,
) -> Expected {
    Expected {
        name,
        path,
        at,
        kind,
        range: (i64::MIN as i128, i64::MAX as i128),
        choices: &[],
        format: "",
        items: None,
        members: None,
        required,
        is,
        take,
    }
}

/// Which way the values go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the client: each value of the Rust type has to be declared.
    Reply,
    /// From the client: the Rust type has to hold each declared value.
    Param,
}
