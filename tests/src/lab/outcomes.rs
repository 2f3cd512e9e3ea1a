//! Actions that end in every way an action can.

use actionline::{ActionError, Failure, Reply, action};

/// Returns nothing.
#[action(spec = "src/lab.yaml")]
pub fn nothing() {}

/// A long text.
#[derive(Debug, Reply)]
pub struct Big {
    text: String,
}

/// Returns so many letters.
#[action(spec = "src/lab.yaml")]
pub fn big(size: usize) -> Big {
    Big {
        text: "x".repeat(size),
    }
}

/// A field that may be left out.
#[derive(Debug, Reply)]
pub struct Maybe {
    always: bool,
    note: Option<String>,
}

/// Returns the note if there is one.
#[action(spec = "src/lab.yaml")]
pub fn maybe(note: Option<&str>) -> Maybe {
    Maybe {
        always: true,
        note: note.map(str::to_owned),
    }
}

/// Why it refuses.
#[derive(Debug, ActionError)]
pub enum RefuseError {
    /// Declared.
    Banned {
        /// Who asked.
        who: String,
    },
    /// Not declared.
    Other(Failure),
}

/// Refuses.
#[action(spec = "src/lab.yaml")]
pub fn refuse(who: &str, fatal: bool) -> Result<(), RefuseError> {
    if fatal {
        let why = format!("the secret disk of {who} is full");
        return Err(RefuseError::Other(Failure::from(why)));
    }
    Err(RefuseError::Banned {
        who: who.to_owned(),
    })
}

/// Panics in place.
#[action(spec = "src/lab.yaml")]
pub fn panic_now() {
    panic!("as asked, in place");
}

/// Panics before it waits.
#[action(spec = "src/lab.yaml")]
pub async fn panic_soon() {
    panic!("as asked, at once");
}
