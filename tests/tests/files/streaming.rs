//! Files on their way: what waits behind them, and what may happen to them.

use super::*;

#[tokio::test]
async fn requests_behind_a_file_wait_for_its_end() {
    let folder = Folder::new();
    folder.write("big", pattern(3 * MIB));
    folder.write("small", "small");
    let (_server, mut client) = serve(&folder).await;
    client
        .send_raw("nothing\nfile fileName=big\nnothing\nfile fileName=small\nfile fileName=nope\nfile fileName=small\nmaybe note=x\n")
        .await;
    assert_eq!(client.heard().await, OK);
    assert!(client.bytes(3 * MIB).await == pattern(3 * MIB));
    assert_eq!(client.heard().await, OK);
    assert_eq!(client.bytes(5).await, b"small");
    assert_eq!(client.heard().await, not_found("nope"));
    assert_eq!(client.bytes(5).await, b"small");
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","always":true,"note":"x"}"#
    );
}

#[tokio::test]
async fn a_push_never_interrupts_a_file() {
    let folder = Folder::new();
    let size = 8 * MIB;
    folder.write("big", pattern(size));
    let server = Setup::shipped(&folder).with_lab().start().await;
    let mut ann = TestClient::connect_narrow(server.address()).await;
    ann.line().await;
    let mut bob = server.client().await;
    ann.send(r#"{"action":"gated","params":{"gate":"a"},"messageId":"slow"}"#)
        .await;
    ann.send("file fileName=big").await;
    let start = ann.bytes(1000).await;
    // The file is on its way now; all of this comes in between.
    for number in 0..10 {
        assert_eq!(bob.ask(&format!("say {number}")).await, OK);
    }
    server.gates().come("a").await;
    server.gates().open("a", 1);
    bob.ask("nothing").await;
    let rest = ann.bytes(size - 1000).await;
    assert!(
        [start, rest].concat() == pattern(size),
        "the bytes are the file's own"
    );
    let mut said = Vec::new();
    for _ in 0..11 {
        let line = ann.json().await;
        match line["message"].as_str() {
            Some(message) => said.push(message.to_owned()),
            None => assert_eq!(line["messageId"], "slow"),
        }
    }
    assert_eq!(said, (0..10).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_slow_consumer_gets_no_line_within_a_file() {
    let folder = Folder::new();
    let size = 8 * MIB;
    folder.write("big", pattern(size));
    let setup = Setup::shipped(&folder);
    let server = setup.limits(|limits| limits.backlog = 1000).start().await;
    let mut ann = TestClient::connect_narrow(server.address()).await;
    ann.line().await;
    let id = ann.id().await.parse().unwrap();
    ann.send("file fileName=big").await;
    let start = ann.bytes(1000).await;
    let mut bob = server.client().await;
    let push = || server.handle().send(id, &Tick::number(1));
    while matches!(push(), Receipt::Done(Reach::Everywhere)) {}
    bob.until_members(1).await;
    let found = [start, ann.rest().await].concat();
    assert!(found.len() < size && pattern(size).starts_with(&found));
}

#[tokio::test]
async fn a_keep_alive_waits_for_the_end_of_a_file() {
    let folder = Folder::new();
    let size = 8 * MIB;
    folder.write("big", pattern(size));
    let clock = ManualClock::default();
    let setup = Setup::shipped(&folder).clock(&clock);
    let server = setup.limits(|limits| limits.keep_alive = 5).start().await;
    let mut client = TestClient::connect_narrow(server.address()).await;
    client.line().await;
    client.send("file fileName=big").await;
    let start = client.bytes(1000).await;
    clock.advance(Duration::from_secs(5));
    let rest = client.bytes(size - 1000).await;
    assert!([start, rest].concat() == pattern(size));
    assert_eq!(client.json().await["status"], "keep-alive");
}

#[tokio::test]
async fn a_stopping_server_sends_the_file_to_its_end() {
    let folder = Folder::new();
    let size = 8 * MIB;
    folder.write("big", pattern(size));
    let mut server = Setup::shipped(&folder).start().await;
    let mut client = TestClient::connect_narrow(server.address()).await;
    client.line().await;
    client.send_raw("file fileName=big\nrandomNumber\n").await;
    let start = client.bytes(1000).await;
    server.begin_stop();
    let rest = client.bytes(size - 1000).await;
    assert!([start, rest].concat() == pattern(size));
    assert!(client.json().await["randomNumber"].is_number());
    assert_eq!(client.json().await["status"], "goodbye");
    client.closed().await;
}

#[tokio::test]
async fn a_client_may_vanish_within_a_file() {
    let folder = Folder::new();
    folder.write("big", pattern(8 * MIB));
    let server = Setup::shipped(&folder).with_lab().start().await;
    let mut ann = server.client().await;
    let mut bob = TestClient::connect_narrow(server.address()).await;
    bob.line().await;
    bob.send("file fileName=big").await;
    bob.bytes(1000).await;
    bob.reset();
    ann.until_members(1).await;
    assert_eq!(ann.ask("nothing").await, OK);
}

#[tokio::test]
async fn a_file_that_grows_is_sent_as_long_as_it_was_and_one_that_shrinks_ends_the_connection() {
    let folder = Folder::new();
    // No whole number of any pieces.
    let size = 8 * MIB + 12_345;
    folder.write("grows", pattern(size));
    folder.write("shrinks", pattern(size));
    let server = Setup::shipped(&folder).with_lab().start().await;
    let mut client = TestClient::connect_narrow(server.address()).await;
    client.line().await;
    client.send("file fileName=grows framed=true").await;
    assert_eq!(client.json().await["file"]["size"], size);
    let mut file = std::fs::File::options()
        .append(true)
        .open(folder.path("grows"))
        .unwrap();
    file.write_all(b"more").unwrap();
    assert!(client.bytes(size).await == pattern(size));
    assert_eq!(client.ask("nothing").await, OK);
    client.send("file fileName=shrinks framed=true").await;
    assert_eq!(client.json().await["file"]["size"], size);
    let file = std::fs::File::options()
        .write(true)
        .open(folder.path("shrinks"))
        .unwrap();
    file.set_len(1).unwrap();
    let rest = client.rest().await;
    assert!(
        rest.len() < size && pattern(size).starts_with(&rest),
        "{} bytes",
        rest.len()
    );
}
