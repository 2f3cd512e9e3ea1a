//! One exchange after the other, each with a server of its own.

use super::client::Client;
use super::drift::{Difference, compare, compare_text};
use super::refused::refused;
use super::{Drift, Report};
use crate::{Error, Handle, Server};
use actionline_specs::transcript::{
    Answer, Book, Forms, YOU, with_ids, with_ids_in_line, with_samples,
};
use actionline_specs::{Example, Spec, example_id};
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A free port.
pub(super) const ADDRESS: &str = "127.0.0.1:0";

/// Tries every example and every refusal of a spec.
pub(super) async fn spec(
    spec: &Spec,
    server: &mut impl AsyncFnMut() -> Server,
    report: &mut Report,
) -> Result<(), Error> {
    let book = Book::new(spec);
    for action in &spec.actions {
        for (index, example) in action.examples.iter().enumerate() {
            let forms = Forms::new(&book, &with_samples(example));
            for json in [false, true] {
                if forms.form(json).is_none() {
                    continue;
                }
                let scene = Scene {
                    book: &book,
                    example,
                    json,
                };
                let drift = scene.play(server().await).await?;
                report.note(example_id(&action.name, index, json), drift);
            }
        }
    }
    refused(spec, server, report).await
}

/// A server that runs for as long as it is looked at.
pub(super) struct Stage {
    pub(super) address: SocketAddr,
    pub(super) handle: Handle,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), Error>>,
}

impl Stage {
    pub(super) async fn open(server: Server) -> Result<Self, Error> {
        let bound = server.bind(ADDRESS).await?;
        let (address, handle) = (bound.local_addr(), bound.handle());
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(bound.serve_until(async {
            // It ends with the stage, whatever became of that.
            let _ = stopped.await;
        }));
        Ok(Self {
            address,
            handle,
            stop,
            serving,
        })
    }

    pub(super) async fn close(self) -> Result<(), Error> {
        drop(self.stop);
        match self.serving.await {
            Ok(served) => served,
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    }
}

/// One form of an example.
struct Scene<'a> {
    book: &'a Book<'a>,
    example: &'a Example,
    json: bool,
}

/// Who takes part: the others in their order, then the example's own client.
#[derive(Default)]
struct Cast {
    clients: Vec<Client>,
    ids: Vec<(String, String)>,
}

impl Scene<'_> {
    /// Runs it with a fresh server; answers how that differs from what it should say.
    async fn play(&self, server: Server) -> Result<Option<Drift>, Error> {
        let stage = Stage::open(server).await?;
        let mut cast = Cast::default();
        let ran = self.run(stage.address, &stage.handle, &mut cast).await;
        let log = cast
            .clients
            .iter_mut()
            .flat_map(|client| client.log.drain(..));
        let log = log.collect();
        drop(cast);
        stage.close().await?;
        Ok(ran.err().map(|Difference { what, diff }| Drift {
            at: self.book.spec.source.locate(self.example.at),
            what,
            log,
            diff,
        }))
    }

    async fn run(
        &self,
        address: SocketAddr,
        handle: &Handle,
        cast: &mut Cast,
    ) -> Result<(), Difference> {
        for other in &self.example.others {
            cast.join(&other.name, address, handle).await?;
            cast.say_first(self.book, &other.before).await?;
        }
        cast.join(YOU, address, handle).await?;
        let example = with_ids(self.example, &cast.ids);
        let forms = Forms::new(self.book, &example);
        let Some(exchange) = forms.form(self.json) else {
            return Err("with real ids it cannot be sent".to_owned().into());
        };
        cast.say_first(self.book, &exchange.before).await?;
        let (you, others) = cast.clients.split_last_mut().expect("it has joined");
        you.send(&exchange.send).await?;
        match &exchange.answer {
            Answer::Line(expected) => compare(expected, &you.line().await?)?,
            Answer::Bytes(expected) if exchange.hears.is_empty() && others.is_empty() => {
                // That the server closes is what tells where the file ends.
                return compare_text(expected, &you.rest().await?);
            }
            Answer::Bytes(expected) => compare_text(expected, &you.bytes(expected.len()).await?)?,
        }
        hears(you, &exchange.hears).await?;
        for (client, other) in others.iter_mut().zip(&exchange.others) {
            let heard = hears(client, &other.hears).await;
            heard.map_err(|Difference { what, diff }| Difference {
                what: format!("{}: {what}", client.name),
                diff,
            })?;
        }
        Ok(())
    }
}

impl Cast {
    /// One more connects.
    async fn join(
        &mut self,
        name: &str,
        address: SocketAddr,
        handle: &Handle,
    ) -> Result<(), Difference> {
        // What is typed stands in the log as in the docs, without a name.
        let shown = if name == YOU { "" } else { name };
        self.clients.push(Client::connect(shown, address).await?);
        // The server is asked, not the socket: a request would move the numbers of all lines after it.
        let mut found = None;
        for (id, _) in handle.0.hub.local.directory.all() {
            let id = id.to_string();
            if self.ids.iter().all(|(_, known)| *known != id) {
                found = Some(id);
            }
        }
        let id = found.ok_or_else(|| "the connection is not there".to_owned())?;
        self.ids.push((name.to_owned(), id));
        Ok(())
    }

    /// The newest client sends what it sends first.
    async fn say_first(&mut self, book: &Book<'_>, lines: &[String]) -> Result<(), Difference> {
        let Some(client) = self.clients.last_mut() else {
            return Ok(());
        };
        for line in lines {
            let line = with_ids_in_line(line, &self.ids);
            client.send(&line).await?;
            match book.gets_file(&line) {
                true => client.skip_file().await?,
                false => drop(client.line().await?),
            }
        }
        Ok(())
    }
}

/// So long is waited for a line that was not there when the request was answered: a handler may have left a task behind that
/// is still to send it. A fence after each part proves that the server had time to, however slow the machine is.
const LATE: Duration = Duration::from_millis(500);
const PARTS: usize = 6;

/// A client is sent these lines, and no others.
async fn hears(client: &mut Client, expected: &[Value]) -> Result<(), Difference> {
    let mut compared = 0;
    let mut parts = 0;
    let mut heard = client.settle().await?;
    loop {
        for (line, expected) in heard.iter().zip(expected).skip(compared) {
            compare(expected, line)?;
        }
        compared = heard.len();
        if compared >= expected.len() || parts == PARTS || client.is_closed() {
            break;
        }
        parts += 1;
        heard.extend(client.wait(LATE).await?);
        heard.extend(client.settle().await?);
    }
    match (heard.get(expected.len()), expected.get(heard.len())) {
        (Some(more), _) => Err(format!("more comes than the spec shows: {more}").into()),
        (None, Some(missing)) => Err(format!("this line does not come: {missing}").into()),
        (None, None) => Ok(()),
    }
}
