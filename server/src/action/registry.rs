//! How `actions!` finds one handler for each declared action.

use super::text::{Text, same};
use super::{Call, Handler, Outcome, needs_nothing};
use actionline_specs::{Code, Fault};

/// What `#[action]` leaves beside a function, as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Registered {
    /// Where the function stands: `my_crate::actions::score_add`. Nothing for the stand-in of a missing one.
    pub place: Option<&'static str>,
    /// The spec it was checked against, as shown in messages.
    pub spec: &'static str,
    /// The handler.
    pub handler: Handler,
}

impl Registered {
    /// Stands in for a handle that is not there.
    pub const fn missing(action: &'static str) -> Self {
        Self {
            place: None,
            spec: "",
            handler: Handler::missing(action),
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

/// Checks that there is exactly one handler; none will do where a mistake in it has been reported already (`excused`).
///
/// # Panics
/// If not; the text says what to do. In a `const` this is a compile error.
#[track_caller]
pub const fn settle(wanted: &Wanted, found: &[Registered], excused: &[bool]) {
    if let Some(why) = unsettled(wanted, found, excused) {
        panic!("{}", why.as_str());
    }
}

const fn unsettled(wanted: &Wanted, found: &[Registered], excused: &[bool]) -> Option<Text> {
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
            (None, _) if excused[i] => return None,
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
pub const fn pick(stand_in: Registered, found: &[Registered]) -> Handler {
    let mut i = 0;
    while i < found.len() {
        if found[i].place.is_some() {
            return found[i].handler;
        }
        i += 1;
    }
    stand_in.handler
}

impl Handler {
    /// Stands where a handler is missing or wrong; the compiler has refused the program then.
    pub const fn missing(name: &'static str) -> Self {
        Self {
            name,
            call: Call::Sync(|_, _, _| Outcome::Fault(Fault::new(Code::InternalError, &[]))),
            needs: needs_nothing,
        }
    }
}
