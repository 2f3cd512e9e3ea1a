//! Drives a session over a byte stream: TCP now, TLS and Unix sockets by the same code.

use crate::app::App;
use crate::protocol::line::{Lines, Take};
use crate::protocol::output::Pending;
use crate::session::Session;
use crate::table::Table;
use crate::transport::admission::Place;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Drives a session until either side ends it. A plain function that returns its future: an `async fn` would keep the
/// session twice.
pub(crate) fn drive<S>(
    io: S,
    app: &App,
    session: Session,
    place: Place,
) -> impl Future<Output = io::Result<()>> + use<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let discard = app.shared.limits.discard();
    let mut driver = Driver {
        io,
        table: Arc::clone(&app.table),
        lines: Lines::new(session.longest() as usize, discard as usize),
        session: Some(session),
        eof: false,
        unflushed: false,
        timer: None,
        _place: place,
    };
    poll_fn(move |cx| driver.poll(cx))
}

struct Driver<S> {
    io: S,
    table: Arc<Table>,
    lines: Lines,
    /// Gone once everything is written: the room sees the member leave then, not after the socket's long goodbye.
    session: Option<Session>,
    /// The client has closed its sending half.
    eof: bool,
    /// Bytes wait in the stream itself, as with TLS.
    unflushed: bool,
    /// Set while the client is slow to take what it is owed, or slow to go.
    timer: Option<Box<Timer>>,
    /// Given back when the socket is closed.
    _place: Place,
}

struct Timer {
    at: Instant,
    sleep: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// After the last byte the client's own last bytes are still read for so long: closing on unread bytes would make the
/// kernel reset the connection and throw away what the client has not taken yet.
const LINGER: Duration = Duration::from_secs(1);

/// Bytes read at a time.
const SCRATCH: usize = 64 * 1024;

thread_local! {
    /// One buffer a thread instead of one a connection. Taken out while in use, so that a handler which drives another
    /// connection on this thread cannot meet it.
    static BUFFER: Cell<Option<Box<[u8]>>> = const { Cell::new(None) };
}

impl<S: AsyncRead + AsyncWrite + Unpin> Driver<S> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let end = self.turn(cx);
        if let Some(session) = &mut self.session {
            session.weigh(self.lines.len());
        }
        end
    }

    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(session) = &mut self.session else {
            return self.poll_linger(cx);
        };
        session.conn().outbox().register(cx.waker());
        // Lines handled before others get their turn.
        let mut budget = session.conn().shared().limits.turn().max(1);
        // The socket had nothing: it will wake us, so there is no need to ask again in this turn.
        let mut dry = false;
        loop {
            let mut moved = session.poll(&self.table, cx);
            if self.lines.holds() {
                moved |= feed(&mut self.lines, &self.table, session, &[], &mut budget, cx);
            }
            if (self.eof || session.is_ending()) && !self.lines.holds() {
                session.on_end_of_input();
                moved |= session.poll(&self.table, cx);
            }
            moved |= write(&mut self.io, session, &mut self.unflushed, cx)?;
            if session.is_cut() {
                return Poll::Ready(Ok(()));
            }
            if session.is_done() && session.output().is_empty() && !self.unflushed {
                return self.finish(cx);
            }
            if budget == 0 {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            // Behind a held line it is read on a little: a client that is gone is noticed only so.
            let held = self.lines.holds();
            let room = SCRATCH.saturating_sub(if held { self.lines.len() } else { 0 });
            if !dry && session.wants_input() && !self.eof && room > 0 {
                let mut buffer = BUFFER.take().unwrap_or_else(|| vec![0; SCRATCH].into());
                let read = read(&mut self.io, &mut buffer[..room], cx);
                dry = read.is_pending();
                if let Poll::Ready(Ok(n)) = read {
                    moved = true;
                    self.eof = n == 0;
                    let (came, lines) = (&buffer[..n], &mut self.lines);
                    session.on_bytes(came);
                    if held {
                        lines.keep(came);
                    } else {
                        feed(lines, &self.table, session, came, &mut budget, cx);
                    }
                }
                BUFFER.set(Some(buffer));
                if let Poll::Ready(Err(error)) = read {
                    return Poll::Ready(Err(error));
                }
            }
            let rests = dry && !self.lines.holds() && session.rests();
            if (rests || !moved) && !poll_timer(&mut self.timer, session, cx) {
                return Poll::Pending;
            }
        }
    }

    /// Everything is said: lets the session go, closes the sending half, and lingers.
    fn finish(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(session) = self.session.take() else {
            return Poll::Ready(Ok(()));
        };
        let clock = session.conn().shared().clock.clone();
        drop(session);
        let at = clock.now() + LINGER;
        self.timer = Some(Box::new(Timer {
            at,
            sleep: clock.sleep_until(at),
        }));
        self.poll_linger(cx)
    }

    fn poll_linger(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // The time first: behind one who does not stop sending it would have no turn.
        let over = match &mut self.timer {
            Some(timer) => timer.sleep.as_mut().poll(cx).is_ready(),
            None => true,
        };
        if over {
            return Poll::Ready(Ok(()));
        }
        ready!(Pin::new(&mut self.io).poll_shutdown(cx))?;
        let mut buffer = [0; 1024];
        while !self.eof {
            self.eof = ready!(read(&mut self.io, &mut buffer, cx))? == 0;
        }
        Poll::Ready(Ok(()))
    }
}

/// Offers lines to the session until one is held or the turn is over; true when any was taken.
fn feed(
    lines: &mut Lines,
    table: &Table,
    session: &mut Session,
    input: &[u8],
    budget: &mut u64,
    cx: &mut Context<'_>,
) -> bool {
    let before = *budget;
    lines.feed(input, |piece| {
        if *budget == 0 {
            return Take::Hold;
        }
        let take = session.on_piece(table, piece, cx);
        if take == Take::Next {
            *budget -= 1;
        }
        take
    });
    let taken = *budget < before;
    session.on_fed(lines.is_unfinished(), lines.unfinished(), taken);
    taken
}

/// Writes what waits, as far as the socket takes it; true when it took any.
fn write<S: AsyncWrite + Unpin>(
    io: &mut S,
    session: &mut Session,
    unflushed: &mut bool,
    cx: &mut Context<'_>,
) -> io::Result<bool> {
    let mut moved = false;
    let out = session.output();
    while let Pending::Lines(bytes) | Pending::Raw(bytes) = out.pending() {
        match Pin::new(&mut *io).poll_write(cx, bytes)? {
            Poll::Ready(0) => return Err(io::ErrorKind::WriteZero.into()),
            Poll::Ready(n) => {
                out.consume(n);
                moved = true;
            }
            Poll::Pending => break,
        }
    }
    if moved || *unflushed {
        // A stream that buffers (TLS) must not keep the last lines to itself.
        *unflushed = Pin::new(io).poll_flush(cx)?.is_pending();
        session.on_flushed(!*unflushed);
    }
    Ok(moved)
}

fn read<S: AsyncRead + Unpin>(
    io: &mut S,
    buffer: &mut [u8],
    cx: &mut Context<'_>,
) -> Poll<io::Result<usize>> {
    let mut buffer = ReadBuf::new(buffer);
    Pin::new(io)
        .poll_read(cx, &mut buffer)
        .map_ok(|()| buffer.filled().len())
}

/// Waits for the session's next deadline; true when one has passed. A timer is set anew only for an earlier deadline: a
/// later one is looked up when the old one has run out.
fn poll_timer(timer: &mut Option<Box<Timer>>, session: &mut Session, cx: &mut Context<'_>) -> bool {
    let Some(at) = session.deadline() else {
        *timer = None;
        return false;
    };
    let clock = &session.conn().shared().clock;
    loop {
        let current = match timer {
            Some(current) if current.at <= at => current,
            _ => timer.insert(Box::new(Timer {
                at,
                sleep: clock.sleep_until(at),
            })),
        };
        if current.sleep.as_mut().poll(cx).is_pending() {
            return false;
        }
        let due = current.at >= at;
        *timer = None;
        if due {
            let now = clock.now();
            session.on_deadline(now);
            return true;
        }
    }
}
