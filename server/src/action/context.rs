//! Arguments that are no params: who calls, and the application's values.

use super::{Cx, State, States};
use crate::connection::Connection;
use crate::handle::Handle;
use std::any::type_name;
use std::sync::Arc;

/// An argument of a handler that is no param: `&Connection`, [`Handle`], [`State`], or a type of one's own.
///
/// ```
/// use actionline::{Connection, Cx, FromContext};
///
/// /// Who asks.
/// struct Asker<'a>(&'a Connection);
///
/// impl<'a> FromContext<'a> for Asker<'a> {
///     const NEEDS_CONNECTION: bool = true;
///
///     fn from_context(cx: Cx<'a>) -> Self {
///         Asker(cx.conn)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no context argument",
    label = "neither a param nor a context type",
    note = "context types are `&Connection`, `Option<&Connection>`, `Handle`, `State<'_, T>` and what implements `actionline::FromContext`"
)]
pub trait FromContext<'a>: Sized {
    /// It cannot be made for a caller without a connection. The spec has to say `connection: required` then; the
    /// compiler compares.
    const NEEDS_CONNECTION: bool = false;

    /// Makes the argument.
    fn from_context(cx: Cx<'a>) -> Self;

    /// Asked once when the server starts.
    ///
    /// # Errors
    /// The name of a type that must be given to the server first.
    fn needs(states: &States) -> Result<(), &'static str> {
        let _ = states;
        Ok(())
    }
}

impl<'a> FromContext<'a> for &'a Connection {
    const NEEDS_CONNECTION: bool = true;

    fn from_context(cx: Cx<'a>) -> Self {
        cx.conn
    }
}

impl<'a> FromContext<'a> for &'a Arc<Connection> {
    const NEEDS_CONNECTION: bool = true;

    fn from_context(cx: Cx<'a>) -> Self {
        cx.conn
    }
}

/// The connection, where the caller has one.
impl<'a> FromContext<'a> for Option<&'a Connection> {
    fn from_context(cx: Cx<'a>) -> Self {
        Some(cx.conn)
    }
}

impl<'a> FromContext<'a> for Handle {
    fn from_context(cx: Cx<'a>) -> Self {
        cx.conn.server()
    }
}

impl<'a, T: Send + Sync + 'static> FromContext<'a> for State<'a, T> {
    fn from_context(cx: Cx<'a>) -> Self {
        match cx.conn.state() {
            Some(value) => State(value),
            None => panic!(
                "{} was not given to the server, which should not have started",
                type_name::<T>()
            ),
        }
    }

    fn needs(states: &States) -> Result<(), &'static str> {
        match states.get::<T>() {
            Some(_) => Ok(()),
            None => Err(type_name::<T>()),
        }
    }
}
