//! How `actions!` finds one handler for each declared action, and one type for each declared push.

use super::text::{Text, same};
use super::{Call, Handler, Outcome};
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

/// Checks that there is exactly one; none will do where a mistake in it has been reported already (`excused`).
///
/// # Panics
/// If not; the text says what to do. In a `const` this is a compile error.
#[track_caller]
pub const fn settle(wanted: &Wanted, found: &[Found], excused: &[bool]) {
    if let Some(why) = unsettled(wanted, found, excused) {
        panic!("{}", why.as_str());
    }
}

const fn unsettled(wanted: &Wanted, found: &[Found], excused: &[bool]) -> Option<Text> {
    let Wanted { name, at, .. } = *wanted;
    let [declared, one, several, _] = wanted.thing.words();
    let mut first: Option<&'static str> = None;
    let mut i = 0;
    while i < found.len() {
        match (found[i].place, first) {
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

/// The one handler among what was found.
pub const fn pick(stand_in: Registered, found: &[Registered]) -> Handler {
    let mut i = 0;
    while i < found.len() {
        if found[i].found.place.is_some() {
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
            needs: |_| Ok(()),
        }
    }
}
