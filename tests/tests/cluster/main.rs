//! Several nodes over a real Redis: processes of the shipped server, and what happens to them when Redis, a connection or
//! a node fails. Every test has a Redis of its own.

mod cache;
mod chat;
mod faults;
mod ghosts;
mod hostile;
mod ids;
mod sharded;
mod start;
mod tls;

use actionline_tests::{Node, RedisServer, TestClient, soon};

const OK: &str = r#"{"context":"response","status":"OK"}"#;
const LOCAL: &str = r#"{"context":"response","status":"OK","scope":"local"}"#;

/// A node over this Redis that has its link; nobody is in its default room.
async fn linked(redis: &RedisServer) -> Node {
    let node = Node::start(&["--backplane", &redis.url()]).await;
    until_in("probe", &mut node.client().await).await;
    node
}

/// Moves to and fro until Redis confirms it; the client is in the default room then, and hears what is said there.
async fn until_linked(client: &mut TestClient) {
    until_in("defaultRoom", client).await;
}

async fn until_in(room: &str, client: &mut TestClient) {
    soon("the link", async {
        loop {
            until_reply(client, "roomChange elsewhere").await;
            let moved = until_reply(client, &format!("roomChange {room}")).await;
            if !moved.contains("scope") {
                break;
            }
        }
    })
    .await;
}

/// Looks into the room until Redis answers for all nodes; answers how often it did not.
async fn until_whole(client: &mut TestClient) -> u64 {
    let mut local = 0;
    soon("the other nodes", async {
        while until_reply(client, "roomView").await.contains("scope") {
            local += 1;
        }
    })
    .await;
    local
}

/// Sends a line; answers the reply, and passes over what others said and the server told meanwhile.
async fn until_reply(client: &mut TestClient, line: &str) -> String {
    client.send(line).await;
    loop {
        let line = client.heard().await;
        if line.contains(r#""context":"response""#) {
            return line;
        }
    }
}

/// The next thing that somebody said.
async fn said(client: &mut TestClient) -> String {
    loop {
        let line = client.json().await;
        if line["context"] == "user" {
            return line["message"].as_str().expect("a message").to_owned();
        }
    }
}
