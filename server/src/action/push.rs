//! Direct messages: what the application sends to one client unasked.

use serde::Serialize;

/// A direct message that the spec declares under `pushes`: what [`Handle::send`](crate::Handle::send) and
/// [`Connection::send`](crate::Connection::send) take.
///
/// Derive it; the derive compares the struct with the spec.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no push, so it cannot be sent",
    label = "not a push",
    note = "declare the message under `pushes` in actions.yaml, and send a struct with its fields that derives `actionline::Push`"
)]
pub trait Push: Serialize {
    /// Its name in the spec. It is not sent.
    const NAME: &'static str;
}
