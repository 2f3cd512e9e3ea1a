//! The comparison of a Rust type with what the spec expects, run by the compiler. It answers the first difference.

use super::shape::{Choice, Expected, Member, Shape, Struct, Way};
use super::text::{Text, alike, same};
use actionline_specs::Kind;

/// Whose type is compared, for the text.
#[derive(Clone, Copy)]
pub(super) enum Whose<'a> {
    /// A handler's argument; all that is to be said if its own type is wrong.
    Argument(&'a str),
    /// A field of a struct.
    Field(&'a Member),
}

/// What is wrong with a type, if anything.
pub(super) const fn misfit(
    shape: &Shape,
    want: &Expected,
    whose: Whose<'_>,
    way: Way,
) -> Option<Text> {
    in_vecs(shape, want, whose, way, 0)
}

/// As [`misfit`], inside so many arrays.
const fn in_vecs(
    shape: &Shape,
    want: &Expected,
    whose: Whose<'_>,
    way: Way,
    vecs: usize,
) -> Option<Text> {
    let reply = matches!(way, Way::Reply);
    let fits = match (shape, want.kind) {
        (Shape::Untyped, _) => true,
        (Shape::Borrowed, _) => false,
        (_, Kind::Any) => reply || matches!(shape, Shape::Json),
        (Shape::Json, Kind::Array | Kind::Object) => true,
        // An array of any JSON is not looked into.
        (Shape::Json, _) => vecs > 0,
        (Shape::Text, Kind::String) => true,
        (Shape::Format(format), Kind::String) => reply || same(format, want.format),
        (Shape::Choice(choice), Kind::String) if !want.choices.is_empty() => {
            return choices(choice, want, way);
        }
        (Shape::Choice(_), Kind::String) => reply,
        (Shape::Integer(from, to), Kind::Integer) => {
            reply || (*from <= want.range.0 && want.range.1 <= *to)
        }
        (Shape::Integer(..), Kind::Number) => reply,
        (Shape::Number, Kind::Number) | (Shape::Boolean, Kind::Boolean) => true,
        (Shape::Array(items), Kind::Array) => match want.items {
            Some(want) => return in_vecs(items, want, whose, way, vecs + 1),
            None => reply || matches!(items, Shape::Json),
        },
        (Shape::Map, Kind::Object) => true,
        (Shape::Struct(have), Kind::Object) => match want.members {
            Some(declared) => return members(have, declared, want, way),
            None => reply,
        },
        _ => false,
    };
    match fits {
        true => None,
        false => Some(wrong(want, whose, vecs)),
    }
}

/// `` a.yaml:16:7: `total` is an integer: `Added::total` must be an integer type such as `i64`, not `String` ``
const fn wrong(want: &Expected, whose: Whose<'_>, vecs: usize) -> Text {
    let member = match whose {
        Whose::Argument(text) if vecs == 0 => return Text::of(&[text]),
        Whose::Argument(_) => None,
        Whose::Field(member) => Some(member),
    };
    let mut text = Text::of(&[want.at, ": `", want.path, "` is ", want.is, ": "]);
    text = match member {
        Some(member) => text
            .push("`")
            .push(member.owner)
            .push("::")
            .push(member.field)
            .push("` must be "),
        None => text.push("take "),
    };
    let mut i = 0;
    while i < vecs {
        text = text.push("a `Vec` of ");
        i += 1;
    }
    text = text.push(want.take);
    match member {
        Some(member) => text.push(", not `").push(member.ty).push("`"),
        None => text,
    }
}

/// The variants of an enum are the declared texts.
const fn choices(have: &Choice, want: &Expected, way: Way) -> Option<Text> {
    let mut i = 0;
    while i < have.variants.len() {
        let (variant, text) = have.variants[i];
        if !is_one_of(text, want.choices) {
            let why = Text::of(&[
                want.at,
                ": `",
                want.path,
                "` does not declare `",
                text,
                "`, which `",
                have.name,
                "::",
                variant,
                "` stands for; its `enum` is: ",
            ]);
            let mut why = list(why, want.choices);
            let mut j = 0;
            while j < want.choices.len() {
                if alike(want.choices[j], text) {
                    why = renamed(why, want.choices[j], way, "variant");
                }
                j += 1;
            }
            return Some(why);
        }
        i += 1;
    }
    let mut i = 0;
    while i < want.choices.len() {
        let mut there = false;
        let mut j = 0;
        while j < have.variants.len() {
            there = there || same(have.variants[j].1, want.choices[i]);
            j += 1;
        }
        if !there {
            return Some(Text::of(&[
                want.at,
                ": `",
                want.path,
                "` can be `",
                want.choices[i],
                "`, but `",
                have.name,
                "` has no such variant: add it",
            ]));
        }
        i += 1;
    }
    None
}

const fn is_one_of(text: &str, choices: &[&str]) -> bool {
    let mut i = 0;
    while i < choices.len() {
        if same(choices[i], text) {
            return true;
        }
        i += 1;
    }
    false
}

const fn list(mut text: Text, names: &[&str]) -> Text {
    let mut i = 0;
    while i < names.len() {
        text = text.push(if i == 0 { "" } else { ", " }).push(names[i]);
        i += 1;
    }
    text
}

/// The fields of a struct are the declared members.
const fn members(
    have: &Struct,
    declared: &'static [Expected],
    object: &Expected,
    way: Way,
) -> Option<Text> {
    let mut i = 0;
    while i < have.members.len() {
        let member = &have.members[i];
        match find(declared, member.name) {
            Some(want) => {
                if let Some(why) = field(member, want, way) {
                    return Some(why);
                }
            }
            None => {
                let why = Text::of(&[
                    object.at,
                    ": `",
                    object.path,
                    "` declares no `",
                    member.name,
                    "`, which `",
                    member.owner,
                    "::",
                    member.field,
                    "` stands for; it declares: ",
                ]);
                return Some(rename(names(why, declared), member, declared, way));
            }
        }
        i += 1;
    }
    missing(have.members, declared, way, have.name)
}

/// One field of a struct against the member it stands for.
pub(super) const fn field(member: &Member, want: &Expected, way: Way) -> Option<Text> {
    match (member.optional, want.required, way) {
        (true, true, _) => Some(Text::of(&[
            want.at,
            ": `",
            want.path,
            "` is always there: make `",
            member.owner,
            "::",
            member.field,
            "` no `Option`, or let the spec say that it may be absent (`required: false`)",
        ])),
        (false, false, Way::Param) => Some(Text::of(&[
            want.at,
            ": `",
            want.path,
            "` may be absent: `",
            member.owner,
            "::",
            member.field,
            "` must be `Option<",
            member.ty,
            ">`",
        ])),
        _ => misfit(&member.shape, want, Whose::Field(member), way),
    }
}

/// A declared member that no field stands for. A reply may leave out what is not always there.
pub(super) const fn missing(
    have: &[Member],
    declared: &[Expected],
    way: Way,
    owner: &str,
) -> Option<Text> {
    let mut i = 0;
    while i < declared.len() {
        let want = &declared[i];
        let mut there = !want.required && matches!(way, Way::Reply);
        let mut j = 0;
        while j < have.len() {
            there = there || same(have[j].name, want.name);
            j += 1;
        }
        if !there {
            return Some(Text::of(&[
                want.at,
                ": `",
                want.path,
                "` is declared, but `",
                owner,
                match same(owner, "()") {
                    true => "` has no field for it: return a struct that has",
                    false => "` has no field for it: add one",
                },
            ]));
        }
        i += 1;
    }
    None
}

/// The declared member of this name.
pub(super) const fn find(declared: &'static [Expected], name: &str) -> Option<&'static Expected> {
    let mut i = 0;
    while i < declared.len() {
        if same(declared[i].name, name) {
            return Some(&declared[i]);
        }
        i += 1;
    }
    None
}

/// The text with what to write at the field if its name and a declared one differ in their style alone.
pub(super) const fn rename(
    mut text: Text,
    member: &Member,
    declared: &[Expected],
    way: Way,
) -> Text {
    let mut i = 0;
    while i < declared.len() {
        if alike(declared[i].name, member.name) {
            text = renamed(text, declared[i].name, way, "field");
        }
        i += 1;
    }
    text
}

const fn renamed(text: Text, name: &str, way: Way, place: &str) -> Text {
    let attribute = match way {
        Way::Param => "; write `#[param(rename = \"",
        Way::Reply => "; write `#[reply(rename = \"",
    };
    text.push(attribute)
        .push(name)
        .push("\")]` at the ")
        .push(place)
}

/// The text with the names behind it.
pub(super) const fn names(mut text: Text, declared: &[Expected]) -> Text {
    if declared.is_empty() {
        return text.push("nothing");
    }
    let mut i = 0;
    while i < declared.len() {
        text = text
            .push(if i == 0 { "" } else { ", " })
            .push(declared[i].name);
        i += 1;
    }
    text
}
