//! The model of Redis on the simulated network: it can be killed, and stand still.

use super::model::{Model, Wire, read};
use super::net::now;
use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use turmoil::net::{TcpListener, TcpStream};

/// Where it listens.
pub const PORT: u16 = 6379;

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Up,
    /// It takes what comes, and does nothing.
    Held,
    /// Killed; it comes back empty.
    Down,
}

/// The model, and how it is.
pub struct Engine {
    pub model: RefCell<Model>,
    state: Cell<State>,
    /// Wakes in the order in which they began to wait: so a seed is the same story again.
    changed: Notify,
}

impl Engine {
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            model: RefCell::default(),
            state: Cell::new(State::Up),
            changed: Notify::new(),
        })
    }

    pub fn set(&self, state: State) {
        self.state.set(state);
        self.changed.notify_waiters();
    }

    async fn until(&self, wanted: impl Fn(State) -> bool) {
        while !wanted(self.state.get()) {
            self.changed.notified().await;
        }
    }

    /// Serves for ever.
    pub async fn serve(self: Rc<Self>) -> io::Result<()> {
        loop {
            self.until(|state| state != State::Down).await;
            let listener = TcpListener::bind(("0.0.0.0", PORT)).await?;
            let mut conns = JoinSet::new();
            loop {
                tokio::select! {
                    biased;
                    () = self.until(|state| state == State::Down) => break,
                    accepted = listener.accept() => {
                        conns.spawn_local(self.clone().talk(accepted?.0));
                    }
                }
            }
            drop(listener);
            conns.shutdown().await;
            self.model.borrow_mut().forget();
        }
    }

    async fn talk(self: Rc<Self>, stream: TcpStream) {
        let Wire {
            number,
            mut outbox,
            open,
        } = self.model.borrow_mut().connect();
        let (from, mut to) = stream.into_split();
        let reading = async {
            let mut from = BufReader::new(from);
            while let Ok(Some(words)) = read(&mut from).await {
                self.until(|state| state != State::Held).await;
                let now = now().as_millis() as u64;
                self.model.borrow_mut().run(number, &words, now);
            }
        };
        let writing = async {
            while let Some(mut bytes) = outbox.recv().await {
                while let Ok(more) = outbox.try_recv() {
                    bytes.extend(more);
                }
                if to.write_all(&bytes).await.is_err() {
                    break;
                }
            }
        };
        tokio::select! {
            biased;
            () = reading => {}
            () = writing => {}
            _ = open => {}
        }
        self.model.borrow_mut().disconnect(number);
    }
}
