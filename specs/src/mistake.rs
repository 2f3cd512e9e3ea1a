//! The codes of what a spec can have wrong.

use crate::catalogue::catalogue;
use crate::{Diagnostic, Level, Span};

catalogue! {
    /// What a spec can have wrong, as machines know it. A message says it in full; the code stays the same when the
    /// message is reworded.
    pub enum Mistake {
        InvalidYaml = "invalid-yaml": "The file is not one YAML document of plain keys and values, or is too large.",
        UnknownVersion = "unknown-version": "`actionline` names a version of the spec language that this release does not read.",
        DuplicateKey = "duplicate-key": "A key stands twice in one map.",
        UnknownKey = "unknown-key": "A key does not exist there.",
        MissingKey = "missing-key": "A key that has to be there is not.",
        WrongType = "wrong-type": "A key of the language has a value of the wrong kind: a list where a string belongs, an empty text, a number out of range.",
        UnknownWord = "unknown-word": "A value is none of the words that the key can have, such as a `type` that does not exist.",
        BadName = "bad-name": "A name does not look like one, or cannot be written in Rust.",
        ReservedName = "reserved-name": "A name belongs to the protocol.",
        NameClash = "name-clash": "Two names are one in Rust, or a common param is declared again.",
        MisplacedRule = "misplaced-rule": "A rule does not fit the type.",
        ImpossibleRule = "impossible-rule": "The rules of a value contradict each other: nothing, or nothing sensible, keeps them.",
        BadPattern = "bad-pattern": "A `pattern` is no regular expression, or not one that every reader understands alike.",
        RefusedValue = "refused-value": "A default, a choice or an example breaks the rules that it stands beside.",
        IdleDefault = "idle-default": "A default can never be used.",
        BadReference = "bad-reference": "A `$ref` names no shared schema, goes round in a circle, or has words beside it that it cannot have.",
        BadInclude = "bad-include": "An included file cannot be read, or is included in a circle or twice.",
        ShownSecret = "shown-secret": "The message of an error would repeat a secret param.",
        BadPlaceholder = "bad-placeholder": "The message of an error has a brace that belongs to no `{name}`.",
        BadExample = "bad-example": "An example is incomplete, cannot be sent, or calls another action.",
        WrongReply = "wrong-reply": "An example shows a reply that the action does not declare.",
    }
}

impl Mistake {
    /// Says that it was made, where and how.
    pub fn at(self, at: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Level::Error, self.word(), at, message)
    }
}
