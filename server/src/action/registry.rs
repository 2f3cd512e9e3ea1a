//! How `actions!` finds one handler for each declared action, and one type for each declared push.

use super::text::{Text, same};
use super::{Call, Handler, Outcome, needs_nothing};
use actionline_specs::{Code, Fault};

/// Where something stands that the spec declares: what `#[derive(Push)]` leaves beside a struct, and a part of what
/// `#[action]` leaves beside a function.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// Its path: `my_crate::actions::score_add`. Nothing for the stand-in of a missing one.
    pub place: Option<&'static str>,
    /// The spec it was checked against, as shown in messages.
    pub spec: &'static str,
}

impl Found {
    /// Stands in for what is not there.
    pub const NOTHING: Self = Self {
        place: None,
        spec: "",
    };
}

/// What `#[action]` leaves beside a function, as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Registered {
    /// Where the function stands.
    pub found: Found,
    /// The handler.
    pub handler: Handler,
}

impl Registered {
    /// Stands in for a handle that is not there.
    pub const fn missing(action: &'static str) -> Self {
        Self {
            found: Found::NOTHING,
            handler: Handler::missing(action),
        }
    }
}

/// What the spec declares and Rust code stands for.
#[derive(Debug, Clone, Copy)]
pub enum Thing {
    /// An action; its handler is looked for.
    Action,
    /// A push; its type is looked for.
    Push,
}

impl Thing {
    /// What the spec calls it, what stands for it in Rust (one, and several), and the attribute there.
    const fn words(self) -> [&'static str; 4] {
        match self {
            Thing::Action => ["action", "handler", "handlers", "action"],
            Thing::Push => ["push", "type", "types", "push"],
        }
    }
}

/// Something declared, and where its Rust side is looked for.
#[derive(Debug)]
pub struct Wanted {
    /// What it is.
    pub thing: Thing,
    /// Its name.
    pub name: &'static str,
    /// Where it stands: `actions.yaml:10:3`.
    pub at: &'static str,
    /// What to write if it is missing.
    pub write: &'static str,
    /// The modules, as the user listed them.
    pub modules: &'static str,
    /// The spec, as shown in messages.
    pub spec: &'static str,
}

/// What the listed modules have for all declared names of a kind: a list for each module, in declared order.
#[derive(Debug, Clone, Copy)]
pub enum Lists {
    /// Of actions.
    Handlers(&'static [&'static [Registered]]),
    /// Of pushes.
    Types(&'static [&'static [Found]]),
}

impl Lists {
    const fn modules(self) -> usize {
        match self {
            Lists::Handlers(lists) => lists.len(),
            Lists::Types(lists) => lists.len(),
        }
    }

    const fn found(self, module: usize, number: usize) -> Found {
        match self {
            Lists::Handlers(lists) => lists[module][number].found,
            Lists::Types(lists) => lists[module][number],
        }
    }
}

/// Checks that there is exactly one of the name with this number; none will do where a mistake in it has been reported
/// already (`excused`).
///
/// # Panics
/// If not; the text says what to do. In a `const` this is a compile error.
#[track_caller]
pub const fn settle(wanted: &Wanted, lists: Lists, excused: &[bool], number: usize) {
    if let Some(why) = unsettled(wanted, lists, excused[number], number) {
        panic!("{}", why.as_str());
    }
}

const fn unsettled(wanted: &Wanted, lists: Lists, excused: bool, number: usize) -> Option<Text> {
    let Wanted { name, at, .. } = *wanted;
    let [declared, one, several, _] = wanted.thing.words();
    let mut first: Option<&'static str> = None;
    let mut module = 0;
    while module < lists.modules() {
        let found = lists.found(module, number);
        match (found.place, first) {
            // Seen through two modules.
            (Some(place), Some(other)) if same(place, other) => {}
            (Some(place), Some(other)) => {
                return Some(Text::of(&[
                    at,
                    ": ",
                    declared,
                    " `",
                    name,
                    "` has two ",
                    several,
                    ", `",
                    other,
                    "` and `",
                    place,
                    "`: keep one",
                ]));
            }
            (Some(place), None) => {
                first = found.place;
                if !same(found.spec, wanted.spec) {
                    return Some(foreign(wanted, place, found.spec));
                }
            }
            (None, _) => {}
        }
        module += 1;
    }
    match first {
        Some(_) => None,
        None if excused => None,
        None => Some(Text::of(&[
            at,
            ": ",
            declared,
            " `",
            name,
            "` has no ",
            one,
            ": write `",
            wanted.write,
            "` in ",
            wanted.modules,
            ", or re-export it there (`pub use self::file::*;`)",
        ])),
    }
}

const fn foreign(wanted: &Wanted, place: &str, spec: &str) -> Text {
    let [_, one, _, attribute] = wanted.thing.words();
    Text::of(&[
        wanted.at,
        ": the ",
        one,
        " `",
        place,
        "` was checked against ",
        if spec.is_empty() { "no spec" } else { spec },
        ", not ",
        wanted.spec,
        ": say `#[",
        attribute,
        "(spec = \"…\")]` with the path that `actions!` has",
    ])
}

/// The handler of the action with this name and number.
pub const fn pick(name: &'static str, lists: &[&[Registered]], number: usize) -> Handler {
    let mut module = 0;
    while module < lists.len() {
        let Registered { found, handler } = lists[module][number];
        if found.place.is_some() {
            return handler;
        }
        module += 1;
    }
    Handler::missing(name)
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
