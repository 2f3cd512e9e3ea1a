//! What the spec declares of one action's reply, as `#[action]` hands it to the runtime.

use super::shape::{Expected, Struct};

/// One action's reply as declared: for the checks at compile time and for the texts of its errors.
#[derive(Debug)]
pub struct Declared {
    /// The action's name.
    pub name: &'static str,
    /// Where it stands: `actions.yaml:10:3`.
    pub at: &'static str,
    /// `returns: file`.
    pub file: bool,
    /// The fields under `returns`.
    pub fields: &'static [Expected],
    /// What stands under `errors`.
    pub errors: &'static [DeclaredError],
}

/// One error under `errors`.
#[derive(Debug)]
pub struct DeclaredError {
    /// The code on the wire.
    pub code: &'static str,
    /// Where it stands.
    pub at: &'static str,
    /// The text, with `{name}` for what the handler fills in, each name as the field is called in Rust.
    pub template: &'static str,
}

/// What a return type answers on success.
#[derive(Debug, Clone, Copy)]
pub enum Success {
    /// These fields.
    Fields(&'static Struct),
    /// Fields that are known at run time only.
    Untyped,
    /// A file.
    File,
}

/// What a return type refuses with.
#[derive(Debug, Clone, Copy)]
pub enum Refusal {
    /// One declared error.
    Code {
        /// The code on the wire.
        code: &'static str,
        /// The names it fills in.
        fields: &'static [&'static str],
    },
    /// All of another error type.
    Nested(&'static [Refusal]),
    /// Whatever is declared: the compiler has refused the type already.
    Any,
}

/// The type that stands for one action's [`Declared`], so that a type can be checked against it while the compiler runs.
pub trait Declares {
    /// What the spec declares.
    const DECLARED: &'static Declared;
}

/// A type's own comparison with what `D` declares: the compiler shows a difference where the type is written.
pub trait Checks<D> {
    /// Can be had if they agree.
    const OK: ();
}

impl<D> Checks<D> for () {
    const OK: () = ();
}
