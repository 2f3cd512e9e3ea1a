//! Who gets in and who may do what, where the application says it: [`Access`].

use crate::connection::{Connection, Identity};
use crate::error::logged;
use crate::files::FileFacts;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The application's say on who gets in and who may do what, beside what specs `require`: see
/// [`Server::access`](crate::Server::access). Both functions may be written as `async fn`.
///
/// Whatever is not said to be allowed is denied: so it is after an error, a panic, and when there is no answer within the
/// limit `access-time`. Where no answer is needed to wait for (a cache, say), answer at once: a request then goes on
/// without waiting. One that waits keeps its turn: what the client sends after it is run after it, unless they are labelled.
///
/// ```
/// use actionline::{Access, Ask, Client, Connection, Denied};
///
/// struct Club;
///
/// impl Access for Club {
///     async fn connect(&self, client: &Client<'_>) -> Result<Vec<String>, Denied> {
///         match client.identity() {
///             Some(identity) if identity.subject.contains("O=Club") => Ok(vec!["login".to_owned()]),
///             _ => Err(Denied::new()),
///         }
///     }
///
///     async fn allow(&self, conn: &Connection, what: Ask<'_>) -> Result<(), Denied> {
///         match what {
///             Ask::Room("board") if !conn.has_right("login") => Err(Denied::new()),
///             _ => Ok(()),
///         }
///     }
/// }
/// ```
pub trait Access: Send + Sync + 'static {
    /// Whether a client gets in, and the rights that it has from the start. It is asked once the client's handshake is
    /// done, if there is one, and before the welcome is sent: a client that is denied sees a goodbye and nothing else.
    /// Everybody gets in, without rights, unless this is written.
    ///
    /// # Errors
    /// The client does not get in.
    fn connect(
        &self,
        client: &Client<'_>,
    ) -> impl Future<Output = Result<Vec<String>, Denied>> + Send {
        let _ = client;
        std::future::ready(Ok(Vec::new()))
    }

    /// Whether the client may do this. It is asked after the rights that the spec requires were looked at, and before any
    /// param is. What the application does itself, such as [`Connection::change_room`], it need not ask for.
    ///
    /// # Errors
    /// The client may not: it is told `forbidden`.
    fn allow(
        &self,
        conn: &Connection,
        what: Ask<'_>,
    ) -> impl Future<Output = Result<(), Denied>> + Send;
}

/// A client that has connected and heard nothing yet.
#[derive(Debug, Clone, Copy)]
pub struct Client<'a> {
    pub(crate) peer: Option<SocketAddr>,
    pub(crate) identity: Option<&'a Identity>,
}

impl Client<'_> {
    /// Its address; none for a transport without one.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// Who its TLS certificate says it is; none when it has shown none.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity
    }
}

/// What a client wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ask<'a> {
    /// Run the action with this name.
    Action(&'a str),
    /// Go to this room with `roomChange`.
    Room(&'a str),
    /// Say something in the room where it is.
    Say {
        /// The room.
        room: &'a str,
    },
    /// Be sent this file, which an action has opened.
    File(&'a FileFacts),
}

/// No. Any error becomes one with `?`; the log tells it then, and the client only that it may not.
#[derive(Debug, Default)]
pub struct Denied(Option<String>);

impl Denied {
    /// No, for no reason that the log needs to tell.
    pub const fn new() -> Self {
        Self(None)
    }
}

impl<E: Error> From<E> for Denied {
    fn from(error: E) -> Self {
        Self(Some(error.to_string()))
    }
}

/// An [`Ask`] that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    Action(String),
    Room(String),
    Say(Arc<str>),
    File(FileFacts),
}

impl Asked {
    fn ask(&self) -> Ask<'_> {
        match self {
            Self::Action(name) => Ask::Action(name),
            Self::Room(name) => Ask::Room(name),
            Self::Say(room) => Ask::Say { room },
            Self::File(facts) => Ask::File(facts),
        }
    }
}

/// The application's [`Access`].
#[derive(Clone)]
pub(crate) struct Hook(Arc<dyn Gate>);

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook")
    }
}

impl Hook {
    pub(crate) fn new(access: impl Access) -> Self {
        Self(Arc::new(access))
    }

    /// Whether a client gets in, and with which rights.
    pub(crate) async fn connect(&self, client: &Client<'_>) -> Option<Vec<String>> {
        Caught(self.0.connect(client)).await
    }

    /// Asks whether a client may do something. Nothing is asked before the answer is waited for.
    pub(crate) fn allow(&self, conn: &Arc<Connection>, asked: &Arc<Asked>) -> Verdict {
        let gate = Arc::clone(&self.0);
        Caught(gate.allow(Arc::clone(conn), Arc::clone(asked)))
    }
}

/// The answer to what was asked, when it comes.
pub(crate) type Verdict = Caught<'static, ()>;

type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, Denied>> + Send + 'a>>;

/// [`Access`] behind a pointer.
trait Gate: Send + Sync {
    fn connect<'a>(&'a self, client: &'a Client<'_>) -> Answering<'a, Vec<String>>;
    fn allow(self: Arc<Self>, conn: Arc<Connection>, asked: Arc<Asked>) -> Answering<'static, ()>;
}

impl<A: Access> Gate for A {
    fn connect<'a>(&'a self, client: &'a Client<'_>) -> Answering<'a, Vec<String>> {
        Box::pin(async move { Access::connect(self, client).await })
    }

    fn allow(self: Arc<Self>, conn: Arc<Connection>, asked: Arc<Asked>) -> Answering<'static, ()> {
        Box::pin(async move { Access::allow(&*self, &conn, asked.ask()).await })
    }
}

/// Logs that there was no answer in time.
pub(crate) fn tell_late() {
    tracing::warn!("denied, for the access hook took too long");
}

/// An answer that is a denial where there is none: none comes of an error and of a panic.
pub(crate) struct Caught<'a, T>(Answering<'a, T>);

impl<T> Future for Caught<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let polled = catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(cx)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(Ok(yes))) => Poll::Ready(Some(yes)),
            Ok(Poll::Ready(Err(Denied(None)))) => Poll::Ready(None),
            Ok(Poll::Ready(Err(Denied(Some(why))))) => {
                let error = logged(&why);
                tracing::warn!(error, "denied, for the access hook failed");
                Poll::Ready(None)
            }
            // The panic hook has told where and why.
            Err(_) => {
                tracing::error!("denied, for the access hook panicked");
                Poll::Ready(None)
            }
        }
    }
}
