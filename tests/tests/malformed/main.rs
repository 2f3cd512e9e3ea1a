//! Malformed lines over 64 connections at once: each is answered, in step, and nobody is lost.
//!
//! `ACTIONLINE_LINES` is how many each connection sends: 15625 make a million.

mod bad;

use actionline_tests::{Setup, TestServer, soon, times};
use bad::Bad;

const CONNECTIONS: u64 = 64;
/// Lines sent before their answers are read.
const BATCH: u64 = 125;

#[tokio::test(flavor = "multi_thread")]
async fn every_malformed_line_is_answered_in_step() {
    let each = times("ACTIONLINE_LINES", 500);
    let server = Setup::lab()
        .limits(|limits| (limits.line, limits.keep_alive) = (bad::LIMIT as u64, 0))
        .start()
        .await;
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|number| {
            let client = actionline_tests::TestClient::connect(server.address());
            tokio::spawn(async move {
                let mut client = client.await;
                client.line().await;
                let mut dice = fastrand::Rng::with_seed(number);
                for from in (0..each).step_by(BATCH as usize) {
                    let lines: Vec<Bad> = (from..each.min(from + BATCH))
                        .map(|line| Bad::any(&mut dice, line))
                        .collect();
                    let bytes: Vec<u8> = lines.iter().flat_map(Bad::sent).collect();
                    client.send_raw(bytes).await;
                    for bad in &lines {
                        bad.check(&client.json().await);
                    }
                }
                assert_eq!(
                    client.ask("nothing").await,
                    r#"{"context":"response","status":"OK"}"#
                );
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a connection failed");
    }
    let asked = CONNECTIONS * (each + 1);
    until_counted(&server, asked).await;
    println!("{} malformed lines answered", CONNECTIONS * each);
}

/// A session adds to the server's count when it looks around next, which may be after its answer.
async fn until_counted(server: &TestServer, asked: u64) {
    soon("the count of requests", async {
        while server.handle().stats().requests != asked {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
