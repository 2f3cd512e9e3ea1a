//! What one param can be refused with: the codes and the texts.

use crate::{Code, fill};
use serde::Serialize;

/// What can be wrong with one param.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParamCode {
    /// Required, and not there (or empty, or null).
    Required,
    /// Not of the declared kind.
    Type,
    /// Not one of the listed values.
    Enum,
    /// Below `minimum`.
    Minimum,
    /// Above `maximum`.
    Maximum,
    /// Shorter than `minLength`.
    MinLength,
    /// Longer than `maxLength`.
    MaxLength,
    /// Does not match `pattern`.
    Pattern,
    /// Not what `format` says.
    Format,
    /// Not a multiple of `multipleOf`.
    MultipleOf,
    /// Fewer items than `minItems`.
    MinItems,
    /// More items than `maxItems`.
    MaxItems,
    /// Two items are the same, against `uniqueItems`.
    UniqueItems,
    /// The action has no such param, or an object no such member.
    Unknown,
}

impl ParamCode {
    /// Every code, in the order docs list them.
    pub const ALL: [ParamCode; 14] = [
        ParamCode::Required,
        ParamCode::Type,
        ParamCode::Enum,
        ParamCode::Minimum,
        ParamCode::Maximum,
        ParamCode::MinLength,
        ParamCode::MaxLength,
        ParamCode::Pattern,
        ParamCode::Format,
        ParamCode::MultipleOf,
        ParamCode::MinItems,
        ParamCode::MaxItems,
        ParamCode::UniqueItems,
        ParamCode::Unknown,
    ];

    /// The `code` on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            ParamCode::Required => "required",
            ParamCode::Type => "type",
            ParamCode::Enum => "enum",
            ParamCode::Minimum => "minimum",
            ParamCode::Maximum => "maximum",
            ParamCode::MinLength => "minLength",
            ParamCode::MaxLength => "maxLength",
            ParamCode::Pattern => "pattern",
            ParamCode::Format => "format",
            ParamCode::MultipleOf => "multipleOf",
            ParamCode::MinItems => "minItems",
            ParamCode::MaxItems => "maxItems",
            ParamCode::UniqueItems => "uniqueItems",
            ParamCode::Unknown => "unknown",
        }
    }
}

/// What a required param without a value is told.
pub const REQUIRED: &str = "is a required parameter";
/// What a param that the action does not have is told.
pub const UNKNOWN: &str = "is not a known parameter";
/// Follows the text when the value came from the connection's saved params.
pub const SAVED: &str = " (saved by paramAdd)";

/// One fault of one param.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParamFault {
    /// The param's name; the path of a value within it: `items[2].price`.
    pub param: String,
    /// The code's word (see [`ParamCode`]).
    pub code: &'static str,
    /// The whole text: `ttl must be at least 1 for this action`.
    pub message: String,
}

impl ParamFault {
    /// Builds the text from its parts; `saved` marks a value kept by `paramAdd`.
    pub fn new(param: &str, code: ParamCode, what: &str, saved: bool) -> Self {
        let mut message = fill(
            Code::InvalidParams.template(),
            &[("param", param), ("what", what)],
        );
        if saved {
            message.push_str(SAVED);
        }
        Self {
            param: param.to_owned(),
            code: code.word(),
            message,
        }
    }

    /// Ends the text with the name that was probably meant, if there is one.
    pub(crate) fn suggest(&mut self, near: Option<&str>) {
        if let Some(near) = near {
            self.message.push_str(&format!(" (did you mean {near}?)"));
        }
    }
}
