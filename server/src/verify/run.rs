//! One exchange after the other, each with a server of its own.

use super::client::Client;
use super::drift::{Difference, compare, compare_text};
use super::{Drift, Report};
use crate::{Error, Server};
use actionline_specs::Spec;
use actionline_specs::transcript::{Answer, Book, Exchange, Forms};
use std::net::SocketAddr;
use tokio::sync::oneshot;

/// A free port.
pub(super) const ADDRESS: &str = "127.0.0.1:0";

/// Tries every example of a spec.
pub(super) async fn spec(
    spec: &Spec,
    server: &mut impl AsyncFnMut() -> Server,
    report: &mut Report,
) -> Result<(), Error> {
    let book = Book::new(spec);
    for example in spec.actions.iter().flat_map(|action| &action.examples) {
        for exchange in Forms::new(&book, example).all() {
            report.tried += 1;
            let at = spec.source.locate(example.at);
            report
                .drifts
                .extend(apart(exchange, at, server().await).await?);
        }
    }
    Ok(())
}

/// Runs an exchange with a fresh server; answers how that differs from what it should say.
async fn apart(exchange: &Exchange, at: String, server: Server) -> Result<Option<Drift>, Error> {
    let bound = server.bind(ADDRESS).await?;
    let address = bound.local_addr();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(bound.serve_until(async {
        // It ends with the exchange, whatever became of that.
        let _ = stopped.await;
    }));
    let mut log = Vec::new();
    let ran = run(exchange, address, &mut log).await;
    drop(stop);
    match serving.await {
        Ok(served) => served?,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
    Ok(ran.err().map(|Difference { what, diff }| Drift {
        at,
        what,
        log,
        diff,
    }))
}

async fn run(
    exchange: &Exchange,
    address: SocketAddr,
    log: &mut Vec<String>,
) -> Result<(), Difference> {
    let mut client = Client::connect(address).await?;
    let ran = talk(exchange, &mut client).await;
    log.append(&mut client.log);
    ran
}

async fn talk(exchange: &Exchange, client: &mut Client) -> Result<(), Difference> {
    for line in &exchange.before {
        client.send(line).await?;
        client.line().await?;
    }
    client.send(&exchange.send).await?;
    match &exchange.answer {
        Answer::Line(expected) => {
            let line = client.line().await?;
            compare(expected, &line)?;
        }
        Answer::Bytes(expected) => return compare_text(expected, &client.rest().await?),
    }
    match client.rest().await?.as_str() {
        "" => Ok(()),
        more => Err(format!("more comes than the answer: {more:?}").into()),
    }
}
