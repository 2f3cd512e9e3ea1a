//! Every limit of the table: just below, just at, just beyond.
//!
//! The kernel's own buffers stand between a server and its client, so `output` and `backlog-soft` are held against
//! bounds here; their exact values are the unit tests' matter.

mod admission;
mod changed;
mod laggard;
mod login;
mod memory;
mod running;
mod said;
mod saved;

use actionline::bus::{Reach, Receipt};
use actionline::{ConnId, Limits};
use actionline_specs::limits;
use actionline_tests::lab::Tick;
use actionline_tests::{ManualClock, Mesh, Setup, TestClient, TestServer, soon};
use admission::{address_burst, address_connections, address_rate, connections, line_time};
use laggard::{backlog, backlog_soft, backlog_time};
use login::{login_bytes, login_time};
use running::{access_time, action_time, actions, address_files, files, files_total, json_members};
use said::{rooms, say, say_burst, say_rate};
use saved::{room_name, sticky, sticky_all, sticky_key, sticky_total, sticky_value};
use serde_json::{Value, json};
use std::time::Duration;

const OK: &str = r#"{"context":"response","status":"OK"}"#;

/// Each limit with its test. A limit without one does not pass.
const TESTED: [(&str, fn()); 40] = [
    ("connections", connections),
    ("address-connections", address_connections),
    ("address-rate", address_rate),
    ("address-burst", address_burst),
    ("line", line),
    ("discard", discard),
    ("line-time", line_time),
    ("login-time", login_time),
    ("login-bytes", login_bytes),
    ("depth", depth),
    ("json-members", json_members),
    ("excerpt", excerpt),
    ("labelled", labelled),
    ("owed", owed),
    ("action-time", action_time),
    ("access-time", access_time),
    ("actions-per-core", actions),
    ("label", label),
    ("turn", turn),
    ("output", output),
    ("backlog", backlog),
    ("backlog-soft", backlog_soft),
    ("backlog-time", backlog_time),
    ("sticky", sticky),
    ("sticky-key", sticky_key),
    ("sticky-total", sticky_total),
    ("sticky-all", sticky_all),
    ("sticky-value", sticky_value),
    ("room-name", room_name),
    ("rooms", rooms),
    ("say", say),
    ("say-rate", say_rate),
    ("say-burst", say_burst),
    ("files", files),
    ("address-files", address_files),
    ("files-total", files_total),
    ("members", members),
    ("memory", memory::memory),
    ("keep-alive", keep_alive),
    ("drain", drain),
];

#[test]
fn every_limit_has_a_test() {
    let listed: Vec<&str> = limits::ALL.iter().map(|limit| limit.name).collect();
    let tested: Vec<&str> = TESTED.iter().map(|(name, _)| *name).collect();
    assert_eq!(tested, listed);
}

#[test]
fn every_limit_can_be_set_by_its_name() {
    for (index, limit) in limits::ALL.iter().enumerate() {
        let mut limits = Limits::default();
        assert_eq!(limits.get(limit.name), Some(limit.default));
        let other = limit.default + 1 + index as u64;
        assert!(limits.set(limit.name, other));
        assert_eq!(limits.get(limit.name), Some(other));
        assert_eq!(limits::by_name(limit.name), Some(limit));
    }
    assert!(!Limits::default().set("nosuch", 1));
}

async fn with(change: impl FnOnce(&mut Limits)) -> (TestServer, TestClient) {
    let server = Setup::lab().limits(change).start().await;
    let client = server.client().await;
    (server, client)
}

fn limit_reached(what: &str, limit: &str) -> String {
    let error = format!("{what} (the limit is {limit})");
    json!({ "context": "response", "error": error }).to_string()
}

#[tokio::test]
async fn line() {
    for limit in [9, 10, 11] {
        let (_server, mut client) = with(|limits| limits.line = limit).await;
        let text = format!("the line is longer than {limit} bytes and was not run");
        let refused = json!({ "context": "response", "error": text }).to_string();
        let expected = if limit < 10 { refused.as_str() } else { OK };
        for end in ["\n", "\r\n"] {
            client.send_raw(format!("say 123456{end}")).await;
            assert_eq!(client.heard().await, expected, "{limit}");
        }
        assert_eq!(client.ask("nothing").await, OK);
    }
}

#[tokio::test]
async fn discard() {
    for length in [4999, 5000, 5001] {
        let (_server, mut client) = with(|limits| {
            limits.line = 100;
            limits.discard = 5000;
        })
        .await;
        // In pieces: it is the sum that counts.
        for _ in 0..length / 1000 {
            client.send_raw("x".repeat(1000)).await;
        }
        client.send_raw("x".repeat(length % 1000)).await;
        client.send_raw("\nnothing\n").await;
        assert!(client.heard().await.contains("longer than 100 bytes"));
        if length <= 5000 {
            assert_eq!(client.heard().await, OK);
        } else {
            assert!(client.heard().await.contains("goodbye"));
            client.closed().await;
        }
    }
}

#[tokio::test]
async fn depth() {
    let (_server, mut client) = with(|_| ()).await;
    // The request's own braces and those of its params are two levels.
    for depth in [63, 64, 65] {
        let (open, close) = ("[".repeat(depth - 2), "]".repeat(depth - 2));
        let line = format!(r#"{{"action":"kinds","params":{{"any":{open}{close}}}}}"#);
        let reply = client.ask_json(&line).await;
        assert_eq!(reply["error"].is_null(), depth <= 64, "{depth}: {reply}");
    }
}

#[tokio::test]
async fn excerpt() {
    let (_server, mut client) = with(|_| ()).await;
    for length in [63, 64, 65] {
        let cut = "é".repeat(length.min(64));
        let error = format!("{cut} is not a known action.");
        let expected = json!({ "context": "response", "error": error }).to_string();
        assert_eq!(client.ask(&"é".repeat(length)).await, expected);
    }
}

#[tokio::test]
async fn labelled() {
    for limit in [1, 3] {
        for count in [limit - 1, limit, limit + 1] {
            let (server, mut client) = with(|limits| limits.labelled = limit).await;
            let line = r#"{"action":"gated","params":{"gate":"a"},"messageId":1}"#;
            let lines = format!("{line}\n").repeat(count as usize);
            client.send_raw(lines).await;
            for _ in 0..count.min(limit) {
                server.gates().come("a").await;
            }
            server.gates().open("a", count as usize);
            for _ in 0..count {
                assert_eq!(client.json().await["gate"], "a");
            }
            assert_eq!(server.gates().peak() as u64, count.min(limit));
        }
    }
}

#[tokio::test]
async fn owed() {
    for limit in [1, 3] {
        for count in [limit - 1, limit, limit + 1] {
            let mesh = Mesh::default();
            let setup = || Setup::lab().limits(|limits| limits.owed = limit);
            let server = setup().bus(mesh.join()).start().await;
            let [mut client, mut other] = server.clients().await;
            mesh.hold();
            client.send_raw("say x\n".repeat(count as usize)).await;
            for _ in 0..count.min(limit) {
                assert_eq!(other.json().await["message"], "x");
            }
            assert_eq!(other.ask_json("nothing").await["status"], "OK");
            assert_eq!(mesh.owing() as u64, count.min(limit));
            mesh.confirm();
            for _ in 0..count {
                assert_eq!(client.json().await["status"], "OK");
            }
        }
    }
}

#[tokio::test]
async fn label() {
    let (_server, mut client) = with(|_| ()).await;
    for length in [127, 128, 129] {
        for label in [
            format!("\"{}\"", "x".repeat(length - 2)),
            "7".repeat(length),
        ] {
            let reply = client
                .ask(&format!(r#"{{"action":"nothing","messageId":{label}}}"#))
                .await;
            if length <= 128 {
                assert!(reply.contains(&label), "{reply}");
            } else {
                let error = "the request is not valid: messageId must be at most 128 bytes long";
                let refused =
                    json!({ "context": "response", "error": error, "code": "invalidRequest" });
                assert_eq!(reply, refused.to_string());
            }
        }
    }
}

#[tokio::test]
async fn turn() {
    for limit in [1, 2, 3] {
        let server = Setup::lab()
            .limits(|limits| limits.turn = limit)
            .start()
            .await;
        let [mut ann, mut bob, mut cyd] = server.clients().await;
        for client in [&mut ann, &mut bob] {
            let says: String = (0..12).map(|n| format!("say {n}\n")).collect();
            // Everything is in the server's hands before the first line runs.
            client.send_raw(format!("gated gate=a\n{says}")).await;
            server.gates().come("a").await;
        }
        server.gates().open("a", 2);
        let mut heard = Vec::new();
        for _ in 0..24 {
            heard.push(cyd.json().await["from"].clone());
        }
        let runs: Vec<usize> = heard.chunk_by(|a, b| a == b).map(<[Value]>::len).collect();
        assert!(runs.len() >= 24 / limit as usize, "{limit}: {runs:?}");
        assert!(
            runs.iter().all(|run| *run <= limit as usize),
            "{limit}: {runs:?}"
        );
    }
}

#[tokio::test]
async fn output() {
    let server = Setup::lab()
        .limits(|limits| limits.output = 1000)
        .start()
        .await;
    let mut client = TestClient::connect_narrow(server.address()).await;
    client.line().await;
    let mut other = server.client().await;
    let (size, count) = (100_000, 150);
    client
        .send_raw(format!("big size={size}\n").repeat(count))
        .await;
    for _ in 0..200 {
        other.ask("nothing").await;
    }
    // What the kernel takes for the client (4 MiB at most by default), and a little more.
    let run = server.handle().stats().requests - 200;
    assert!(run < 75, "{run} requests of a client that does not read");
    for _ in 0..count {
        assert_eq!(
            client.json().await["text"].as_str().map(str::len),
            Some(size)
        );
    }
}

#[tokio::test]
async fn members() {
    let server = Setup::lab()
        .limits(|limits| limits.members = 3)
        .start()
        .await;
    let mut clients = Vec::new();
    for count in 1..=4 {
        clients.push(server.client().await);
        let status = clients[0].ask_json("roomView").await["roomStatus"].clone();
        assert_eq!(status["membersCount"], count);
        assert_eq!(
            status["members"].as_array().map(Vec::len),
            Some(count.min(3))
        );
    }
}

#[tokio::test]
async fn keep_alive() {
    for period in [1, 60, 61] {
        let clock = ManualClock::default();
        let setup = Setup::lab().clock(&clock);
        let server = setup
            .limits(|limits| limits.keep_alive = period)
            .start()
            .await;
        let mut client = server.client().await;
        clock.advance(Duration::from_secs(period) - Duration::from_nanos(1));
        assert_eq!(client.ask("nothing").await, OK);
        clock.advance(Duration::from_nanos(1));
        assert_eq!(client.json().await["status"], "keep-alive");
    }
}

#[tokio::test]
async fn drain() {
    // Long enough: what is owed is answered. No time at all: it is given up.
    for (limit, answered) in [(25, true), (0, false)] {
        let mut server = Setup::lab()
            .limits(|limits| limits.drain = limit)
            .start()
            .await;
        let mut client = server.client().await;
        client.send("gated gate=a").await;
        server.gates().come("a").await;
        server.begin_stop();
        if answered {
            server.gates().open("a", 1);
            assert_eq!(client.json().await["gate"], "a");
            assert_eq!(client.json().await["status"], "goodbye");
        }
        client.closed().await;
        drop(client);
        soon("stop", server.stop()).await;
    }
}
