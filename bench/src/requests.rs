//! actionline beside a bare line server.
//!
//! Both answer the same load, one after the other in each round, each on a thread of its own. What counts is the ratio
//! of the medians; the absolute figures are the machine's.

use crate::load::Load;
use crate::{ACTIONS, median, yardstick};
use actionline::{Files, Memory, Server};
use std::net::SocketAddr;

const ROUNDS: usize = 7;

/// Measures and prints.
pub(crate) fn run() -> std::io::Result<()> {
    let bare = serve(yardstick::serve);
    let ours = serve(|ready| async move {
        let server = Server::new(&ACTIONS)
            .state(Memory::default())
            .state(Files::none());
        let bound = server.bind("127.0.0.1:0").await.expect("a free port");
        ready(bound.local_addr());
        bound
            .serve_until(std::future::pending())
            .await
            .expect("serving");
    });
    println!("randomNumber by word, requests a second: median of {ROUNDS} alternating rounds");
    println!(
        "{:>12} {:>10} {:>12} {:>12} {:>7}",
        "connections", "in flight", "bare", "actionline", "ratio"
    );
    for (connections, in_flight) in [(50, 1), (50, 32)] {
        let load = Load {
            connections,
            in_flight,
            requests: 100_000,
        };
        let mut rates = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (rates, address) in rates.iter_mut().zip([bare, ours]) {
                rates.push(load.run(address)?);
            }
        }
        let [bare, ours] = rates.map(median);
        println!(
            "{connections:>12} {in_flight:>10} {bare:>12.0} {ours:>12.0} {:>7.2}",
            ours / bare
        );
    }
    Ok(())
}

/// Runs a server on a thread of its own; answers where it listens.
fn serve<F>(
    start: impl FnOnce(Box<dyn FnOnce(SocketAddr) + Send>) -> F + Send + 'static,
) -> SocketAddr
where
    F: Future<Output = ()>,
{
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(start(Box::new(move |address| {
            let _ = send.send(address);
        })));
    });
    receive.recv().expect("the server starts")
}
