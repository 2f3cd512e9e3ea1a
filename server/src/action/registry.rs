//! How `actions!` finds one handler for each declared action.

use super::text::{Text, same};
use super::{Call, Handler, Outcome};
use actionline_specs::{Code, Fault};

/// The handle that `#[action]` leaves beside a function.
pub trait Action {
    /// Where the function stands: `my_crate::actions::score_add`. Nothing for the stand-in of a missing one.
    const PLACE: Option<&'static str>;
    /// The spec it was checked against, as shown in messages.
    const SPEC: &'static str;
    /// The handler.
    const HANDLER: Handler;
}

/// What one module has for one action.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    place: Option<&'static str>,
    spec: &'static str,
    handler: Handler,
    excused: bool,
}

impl Found {
    /// What the handle says. `excused` when a mistake in the handler has been reported already.
    pub const fn of<A: Action>(excused: bool) -> Self {
        Self {
            place: A::PLACE,
            spec: A::SPEC,
            handler: A::HANDLER,
            excused,
        }
    }
}

/// One declared action and where its handler is looked for.
#[derive(Debug)]
pub struct Wanted {
    /// The action's name.
    pub name: &'static str,
    /// Where it stands: `actions.yaml:10:3`.
    pub at: &'static str,
    /// The name that a handler of it has by default.
    pub function: &'static str,
    /// The modules, as the user listed them.
    pub modules: &'static str,
    /// The spec, as shown in messages.
    pub spec: &'static str,
}

/// Checks that there is exactly one handler.
///
/// # Panics
/// If not; the text says what to do. In a `const` this is a compile error.
#[track_caller]
pub const fn settle(wanted: &Wanted, found: &[Found]) {
    if let Some(why) = unsettled(wanted, found) {
        panic!("{}", why.as_str());
    }
}

const fn unsettled(wanted: &Wanted, found: &[Found]) -> Option<Text> {
    let Wanted { name, at, .. } = *wanted;
    let mut first: Option<&'static str> = None;
    let mut i = 0;
    while i < found.len() {
        match (found[i].place, first) {
            // Seen through two modules.
            (Some(place), Some(other)) if same(place, other) => {}
            (Some(place), Some(other)) => {
                return Some(Text::of(&[
                    at,
                    ": action `",
                    name,
                    "` has two handlers, `",
                    other,
                    "` and `",
                    place,
                    "`: keep one",
                ]));
            }
            (Some(place), None) => {
                first = found[i].place;
                if !same(found[i].spec, wanted.spec) {
                    return Some(foreign(wanted, place, found[i].spec));
                }
            }
            (None, _) if found[i].excused => return None,
            (None, _) => {}
        }
        i += 1;
    }
    match first {
        Some(_) => None,
        None => Some(Text::of(&[
            at,
            ": action `",
            name,
            "` has no handler: write `#[action] fn ",
            wanted.function,
            "(…)` in ",
            wanted.modules,
            ", or re-export it there (`pub use self::file::*;`)",
        ])),
    }
}

const fn foreign(wanted: &Wanted, place: &str, spec: &str) -> Text {
    let text = Text::of(&[
        wanted.at,
        ": the handler `",
        place,
        "` was checked against ",
    ]);
    let text = match spec.is_empty() {
        true => text.push("no spec"),
        false => text.push(spec),
    };
    text.push(", not ")
        .push(wanted.spec)
        .push(": say `#[action(spec = \"…\")]` with the path that `actions!` has")
}

/// The one handler among what was found.
pub const fn pick(found: &[Found]) -> Handler {
    let mut i = 0;
    while i + 1 < found.len() && found[i].place.is_none() {
        i += 1;
    }
    found[i].handler
}

impl Handler {
    /// Stands where a handler is missing or wrong; the compiler has refused the program then.
    pub const fn missing(name: &'static str) -> Self {
        Self {
            name,
            call: Call::Sync(|_, _, _| Outcome::Fault(Fault::new(Code::InternalError, &[]))),
            needs: |_| Ok(()),
        }
    }
}
