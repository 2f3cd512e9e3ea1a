//! What one param can be refused with: the codes and the texts.

use crate::catalogue::catalogue;
use crate::{Code, fill};
use serde::Serialize;

catalogue! {
    /// What can be wrong with one param: the `code` on the wire, and when it is answered.
    pub enum ParamCode {
        Required = "required": "The param is required, and it is missing, empty or JSON `null`.",
        Type = "type": "The value is not of the declared type. In an array, an object or any JSON value it also means: nested too deep, a key given twice, or a number that does not fit.",
        Enum = "enum": "The value is not one of those listed.",
        Minimum = "minimum": "The number is smaller than the rule allows.",
        Maximum = "maximum": "The number is larger than the rule allows.",
        MinLength = "minLength": "The text is shorter than the rule allows, counted in Unicode code points.",
        MaxLength = "maxLength": "The text is longer than the rule allows, counted in Unicode code points.",
        Pattern = "pattern": "The pattern matches nowhere in the text.",
        Format = "format": "The text is not what the format says.",
        MultipleOf = "multipleOf": "The number is no whole multiple of what the rule says.",
        MinItems = "minItems": "The array has fewer items than the rule allows.",
        MaxItems = "maxItems": "The array has more items than the rule allows.",
        UniqueItems = "uniqueItems": "The array has an item twice. `1` and `1.0` are the same, and so are objects with their members in another order.",
        Unknown = "unknown": "The action has no param of this name, or an object no such member. If a name is near, the text ends with it.",
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
