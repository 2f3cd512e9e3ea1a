//! What the spec declares of one action's reply, as `#[action]` hands it to the runtime.

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
    pub fields: &'static [DeclaredField],
    /// What stands under `errors`.
    pub errors: &'static [DeclaredError],
}

/// One field under `returns`.
#[derive(Debug)]
pub struct DeclaredField {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it stands.
    pub at: &'static str,
    /// Without `required: false`.
    pub required: bool,
}

/// One error under `errors`.
#[derive(Debug)]
pub struct DeclaredError {
    /// The code on the wire.
    pub code: &'static str,
    /// Where it stands.
    pub at: &'static str,
    /// The text, with `{name}` for what the handler fills in.
    pub template: &'static str,
}

/// What a return type answers on success.
#[derive(Debug, Clone, Copy)]
pub enum Success {
    /// These fields.
    Fields(&'static [ReplyField]),
    /// Fields that are known at run time only.
    Untyped,
    /// A file.
    File,
}

/// One field of a type that derives `Reply`.
#[derive(Debug, Clone, Copy)]
pub struct ReplyField {
    /// The name on the wire.
    pub name: &'static str,
    /// It is left out when it is `None`.
    pub optional: bool,
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
}
