//! Errors that a handler answers: declared ones, and those that nobody foresaw.

use super::declared::{Checks, Declared, Refusal};
use crate::error::logged;
use actionline_specs::{Code, Fault, excerpt, fill};
use std::error::Error;
use std::fmt::{self, Display};

/// An error type of a handler; derive it. The texts stand in the spec, the type only carries the values.
#[diagnostic::on_unimplemented(
    message = "a handler cannot refuse with `{Self}`",
    label = "not an action's error",
    note = "derive `actionline::ActionError` on an enum with one variant for each error in the spec, or use `actionline::Failure` for what nobody foresaw"
)]
pub trait ActionError: Sized {
    /// The type that is compared with `errors`: this one; `()` where there is nothing to compare.
    type Checked;
    /// What it can answer.
    const REFUSALS: &'static [Refusal];

    /// Makes the error reply from the declared text.
    fn into_fault(self, declared: &'static Declared) -> Fault;
}

/// Fills in a declared error. Each value is cut as client text is (protocol §4), for it may be just that.
pub fn refuse(declared: &'static Declared, code: &str, values: &[(&str, &dyn Display)]) -> Fault {
    let Some(error) = declared.errors.iter().find(|error| error.code == code) else {
        tracing::error!(
            action = declared.name,
            code,
            "the spec declares no such error"
        );
        return Fault::new(Code::InternalError, &[]);
    };
    let texts: Vec<(&str, String)> = values
        .iter()
        .map(|(name, value)| (*name, value.to_string()))
        .collect();
    let args: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (*name, excerpt(text)))
        .collect();
    Fault::declared(error.code, fill(error.template, &args))
}

/// A value of an error, to be shown in its text.
pub fn value<T: Display>(value: &T) -> &dyn Display {
    value
}

/// An error that the spec does not declare: a broken disk, a lost database. The client is told `internal error`, the
/// log says what it was. Any error becomes one through `?` or `Failure::from`.
///
/// ```
/// # use actionline::Failure;
/// fn number(text: &str) -> Result<i32, Failure> {
///     Ok(text.parse()?)
/// }
/// assert_eq!(number("x").unwrap_err().to_string(), "invalid digit found in string");
/// ```
pub struct Failure(Box<dyn Error + Send + Sync>);

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<D> Checks<D> for Failure {
    const OK: () = ();
}

impl ActionError for Failure {
    type Checked = Self;
    const REFUSALS: &'static [Refusal] = &[];

    fn into_fault(self, declared: &'static Declared) -> Fault {
        let mut why = self.0.to_string();
        let mut cause = self.0.source();
        while let Some(error) = cause {
            why.push_str(": ");
            why.push_str(&error.to_string());
            cause = error.source();
        }
        tracing::error!(
            action = declared.name,
            error = logged(&why),
            "the action failed"
        );
        Fault::new(Code::InternalError, &[])
    }
}
