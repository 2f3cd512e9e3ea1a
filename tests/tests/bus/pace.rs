//! A node that does not hear says no more than it may be ahead.

use super::*;
use actionline::Backplane;
use actionline_tests::RedisServer;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Says of one client.
const SAYS: usize = 6000;
/// As many may be ahead as are sent before the second question; the last of each are all that one client is owed.
const AHEAD: usize = 2 * (2048 + 256);

/// Passes connections on to Redis; while it is shut, what Redis sends to those that hear stays here.
async fn relay(redis: u16, open: watch::Receiver<bool>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((node, _)) = listener.accept().await {
            tokio::spawn(pass(node, redis, open.clone()));
        }
    });
    address
}

async fn pass(node: TcpStream, redis: u16, mut open: watch::Receiver<bool>) {
    let redis = TcpStream::connect(("127.0.0.1", redis)).await;
    let (mut from_redis, mut to_redis) = redis.expect("Redis").into_split();
    let (mut from_node, mut to_node) = node.into_split();
    let hears = watch::Sender::new(false);
    let mut is_ear = hears.subscribe();
    let out = async {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let count = from_node.read(&mut bytes).await.unwrap_or(0);
            if count == 0 || to_redis.write_all(&bytes[..count]).await.is_err() {
                return;
            }
            // How a node calls the connection over which it hears.
            if String::from_utf8_lossy(&bytes[..count]).contains("-subscriber") {
                hears.send_replace(true);
            }
        }
    };
    let back = async {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let count = from_redis.read(&mut bytes).await.unwrap_or(0);
            if count == 0 {
                return;
            }
            if *is_ear.borrow_and_update() && open.wait_for(|open| *open).await.is_err() {
                return;
            }
            if to_node.write_all(&bytes[..count]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = out => {}
        () = back => {}
    }
}

#[tokio::test]
async fn speakers_wait_for_a_node_that_does_not_hear() {
    let redis = RedisServer::new();
    let open = watch::Sender::new(true);
    let relay = relay(redis.port(), open.subscribe()).await;
    let backplane = Backplane::new(&format!("redis://{relay}")).expect("a good URL");
    let backplane = backplane.timeout(Duration::from_secs(3)).expect("a time");
    let setup = Setup::lab().backplane(backplane);
    let setup = setup.limits(|limits| (limits.say_rate, limits.say_burst) = (100_000, 100_000));
    let node = setup.start().await;
    soon("the link", async { while !node.is_linked().await {} }).await;
    let mut ann = node.client().await;
    for is_open in [true, false, true] {
        open.send_replace(is_open);
        if is_open {
            soon("the link", async {
                ann.send("say x").await;
                while reply(&mut ann).await != OK {
                    ann.send("say x").await;
                }
            })
            .await;
        }
        ann.send_raw("say x\n".repeat(SAYS)).await;
        let mut confirmed = 0;
        for _ in 0..SAYS {
            match reply(&mut ann).await.as_str() {
                OK => confirmed += 1,
                reply => assert_eq!(reply, LOCAL),
            }
        }
        match is_open {
            true => assert_eq!(confirmed, SAYS),
            false => assert!(confirmed <= AHEAD, "{confirmed} were confirmed"),
        }
    }
}

/// The next reply; a gap may be told before it.
async fn reply(client: &mut TestClient) -> String {
    loop {
        let line = client.heard().await;
        if !line.contains(r#""status":"gap""#) {
            return line;
        }
    }
}
