//! What clients do to a server that they should not: it answers, or closes them, and goes on.

use actionline_tests::{ManualClock, Setup, TestClient, TestServer, soon};
use serde_json::Value;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const OK: &str = r#"{"context":"response","status":"OK"}"#;

#[tokio::test]
async fn a_thousand_requests_in_one_write_are_answered_in_order() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    server.gates().open("a", 1000);
    let lines: String = (1..=1000)
        .map(|number| match number % 3 {
            0 => format!("maybe note={number}\n"),
            1 => format!("needs name={number} count=1\n"),
            _ => format!("{{\"action\":\"gated\",\"params\":{{\"gate\":\"a\"}}}}\nsay {number}\n"),
        })
        .collect();
    client.send_raw(lines).await;
    for number in 1..=1000 {
        let reply = client.json().await;
        match number % 3 {
            0 => assert_eq!(reply["note"], number.to_string()),
            1 => assert_eq!(reply["name"], number.to_string()),
            _ => {
                assert_eq!(reply["gate"], "a");
                assert_eq!(client.heard().await, OK);
            }
        }
    }
}

#[tokio::test]
async fn a_thousand_short_requests_in_one_write_have_the_numbers_1_to_1000() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send_raw("nothing\n".repeat(1000)).await;
    for number in 1..=1000 {
        assert_eq!(client.json().await["messageCount"], number);
    }
}

#[tokio::test]
async fn lines_that_come_while_one_waits_keep_their_order_however_they_are_cut() {
    let server = TestServer::lab().await;
    let mut ann = server.client().await;
    ann.send_raw("gated gate=a\nnope0\nno").await;
    server.gates().come("a").await;
    let rest: String = (2..2000).map(|number| format!("nope{number}\n")).collect();
    for piece in ["pe1\n", &rest[..7], &rest[7..]] {
        ann.send_raw(piece).await;
        tokio::task::yield_now().await;
    }
    server.gates().open("a", 1);
    assert_eq!(ann.json().await["gate"], "a");
    for number in 0..2000 {
        let error = format!("nope{number} is not a known action.");
        assert_eq!(ann.json().await["error"], error);
    }
}

#[tokio::test]
async fn broken_lines_are_refused_and_the_client_goes_on() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for bad in [
        vec![b'x'; 1024 * 1024],
        b"\xff\xfe\xfd".to_vec(),
        b"\xc0\xaf".to_vec(),
        b"{\"a\":".to_vec(),
        vec![b'['; 20_000],
        [b"{\"action\":".as_slice(), &[b'['; 20_000]].concat(),
        "{\"a\":".repeat(10_000).into_bytes(),
        b"toString".to_vec(),
        b"__proto__".to_vec(),
        b"constructor a=b".to_vec(),
        b"{\"action\":\"toString\"}".to_vec(),
        b"\x00\x00".to_vec(),
        b"\"".to_vec(),
        b"=".to_vec(),
        b"{}".to_vec(),
        b"nothing \"".to_vec(),
    ] {
        client.send_raw(&bad).await;
        client.send_raw("\n").await;
        let reply = client.json().await;
        assert!(
            reply["error"].is_string(),
            "{:?}: {reply}",
            &bad[..bad.len().min(20)]
        );
        assert_eq!(client.ask("nothing").await, OK);
    }
    // The names of things that other languages' objects have are params like any other.
    client.ask("paramAdd __proto__=x").await;
    assert_eq!(
        client.ask("paramsView").await,
        r#"{"context":"response","params":{"action":"nothing","limit":100,"offset":0,"__proto__":"x"}}"#
    );
    assert_eq!(
        client.ask("paramView toString").await,
        r#"{"context":"response","params":{}}"#
    );
}

#[tokio::test]
async fn fifty_clients_that_reset_within_a_request_leave_nothing_behind() {
    let server = TestServer::lab().await;
    let mut ann = server.client().await;
    let mut others = Vec::new();
    for number in 0..50 {
        let mut other = server.client().await;
        // Within an action, within a line, within many answers.
        match number % 3 {
            0 => other.send("gated gate=never").await,
            1 => other.send_raw("{\"action\":\"gat").await,
            _ => other.send_raw("big size=100000\n".repeat(100)).await,
        }
        others.push(other);
    }
    for _ in (0..50).step_by(3) {
        server.gates().come("never").await;
    }
    for other in others {
        other.reset();
    }
    ann.until_members(1).await;
    assert_eq!(server.gates().waiting(), 0);
    assert_eq!(server.handle().stats().connections, 1);
    assert_eq!(ann.ask("nothing").await, OK);
}

#[tokio::test]
async fn panicking_actions_harm_nobody() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    server.gates().open("a", 100);
    for _ in 0..10 {
        ann.send_raw("panicNow\npanicSoon\ngatedPanic gate=a\nnothing\n")
            .await;
        ann.send_raw("{\"action\":\"gatedPanic\",\"params\":{\"gate\":\"a\"},\"messageId\":1}\n")
            .await;
        bob.send("say hi").await;
    }
    let (mut errors, mut fine, mut said) = (0, 0, 0);
    for _ in 0..60 {
        let line = ann.json().await;
        match (line["error"].as_str(), line["message"].as_str()) {
            (Some("internal error"), _) => errors += 1,
            (None, Some("hi")) => said += 1,
            _ => fine += 1,
        }
    }
    assert_eq!((errors, fine, said), (40, 10, 10));
    assert_eq!(server.handle().stats().panics, 40);
    assert_eq!(
        ann.ask_json("roomView").await["roomStatus"]["membersCount"],
        2
    );
}

#[tokio::test]
async fn a_panic_rolls_back_nothing_but_its_own_reply() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send_raw("nothing\npanicNow\nnothing\n").await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(client.json().await["messageCount"].clone());
    }
    assert_eq!(numbers, [1, 2, 3].map(Value::from));
}

#[tokio::test]
async fn a_client_that_closes_at_once_is_no_trouble() {
    let server = TestServer::lab().await;
    let mut ann = server.client().await;
    for _ in 0..20 {
        TestClient::connect(server.address()).await.reset();
        let mut half = TestClient::connect(server.address()).await;
        half.half_close().await;
        half.line().await;
        half.closed().await;
    }
    ann.until_members(1).await;
}

#[tokio::test]
async fn what_is_sent_after_quit_harms_no_answer() {
    // The server waits for the client's own end a second, which never passes here.
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).start().await;
    let mut client = TestClient::connect_narrow(server.address()).await;
    client.line().await;
    // Were the rest left unread, the system would reset the connection and throw away what the client has not got yet.
    let rest = "nothing\n".repeat(12_000);
    client
        .send_raw(format!("big size=200000\nquit\n{rest}"))
        .await;
    let reply = client.json().await;
    assert_eq!(reply["text"].as_str().map(str::len), Some(200_000));
    assert_eq!(
        client.heard().await,
        r#"{"status":"Bye!","context":"response"}"#
    );
    client.closed().await;
}

#[tokio::test]
async fn who_does_not_stop_sending_after_quit_is_closed() {
    let server = TestServer::lab().await;
    let mut client = std::net::TcpStream::connect(server.address()).expect("a connection");
    let sending = tokio::task::spawn_blocking(move || {
        client.write_all(b"quit\n").expect("a line");
        let much = vec![b'x'; 64 * 1024];
        while client.write_all(&much).is_ok() {}
    });
    soon("the end", sending).await.expect("no panic");
    assert_eq!(server.client().await.ask("nothing").await, OK);
}

#[tokio::test]
async fn every_client_is_answered_while_others_send_rubbish() {
    let server = Setup::lab()
        .limits(|limits| limits.discard = 200_000)
        .start()
        .await;
    let over = Arc::new(AtomicBool::new(false));
    let noisy: Vec<_> = (0..8)
        .map(|seed| tokio::spawn(noise(server.address(), seed, over.clone())))
        .collect();
    let mut client = server.client().await;
    client.ask("roomChange quiet").await;
    for number in 0..500 {
        let reply = client.ask_json(&format!("maybe note={number}")).await;
        assert_eq!(reply["note"], number.to_string());
    }
    over.store(true, Ordering::SeqCst);
    let mut sent = 0;
    for noisy in noisy {
        sent += soon("the noise to end", noisy).await.expect("no panic");
    }
    assert!(sent > 0);
    assert_eq!(server.handle().stats().panics, 0);
    soon("the others to leave", async {
        while server.handle().stats().connections != 1 {
            client.ask("nothing").await;
        }
    })
    .await;
}

/// Sends random bytes until it is over, reading what comes; connects anew when it is closed. Answers how much it sent.
async fn noise(address: std::net::SocketAddr, seed: u64, over: Arc<AtomicBool>) -> usize {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut random = fastrand::Rng::with_seed(seed);
    let mut sent = 0;
    while !over.load(Ordering::SeqCst) {
        let mut stream = tokio::net::TcpStream::connect(address)
            .await
            .expect("connect");
        let mut answers = vec![0; 64 * 1024];
        for _ in 0..50 {
            // Some of it is nearly right.
            let bytes: Vec<u8> = match random.u8(..4) {
                0 => b"{\"action\":\"kinds\",\"params\":{\"any\":".to_vec(),
                1 => b"paramAdd \xff=\x01\nsay \nroomChange \x00\n{\"\n".to_vec(),
                _ => (0..random.usize(1..5000)).map(|_| random.u8(..)).collect(),
            };
            let written = stream.write_all(&bytes).await;
            sent += bytes.len();
            tokio::task::yield_now().await;
            if written.is_err() || matches!(stream.try_read(&mut answers), Ok(0)) {
                break;
            }
        }
        // What the server still says is heard out, unless it has reset the connection.
        let _ = stream.shutdown().await;
        while matches!(stream.read(&mut answers).await, Ok(count) if count > 0) {}
    }
    sent
}

#[tokio::test]
async fn who_speaks_another_protocol_is_sent_away_and_nothing_is_run() {
    let server = TestServer::lab().await;
    let mut member = server.client().await;
    let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03say hello\nsay hello\n";
    let post = "POST / HTTP/1.1\r\nHost: localhost:5000\r\n\r\nsay hello\n";
    let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nsay hello\n";
    for bytes in [hello.as_slice(), post.as_bytes(), preface.as_bytes()] {
        let mut stranger = server.client().await;
        stranger.send_raw(bytes).await;
        assert_eq!(stranger.json().await["reason"], "not this protocol");
        stranger.closed().await;
    }
    // However it is cut: the server has the first piece before the second is sent.
    for (whole, at) in [
        (hello.as_slice(), 1),
        (hello, 2),
        (post.as_bytes(), 1),
        (post.as_bytes(), 11),
        (post.as_bytes(), 16),
    ] {
        let mut stranger = server.client().await;
        let (one, other) = whole.split_at(at);
        stranger.send_raw(one).await;
        // TLS is known by two bytes.
        if one != &hello[..2] {
            until_buffered(&server, at).await;
            stranger.send_raw(other).await;
        }
        assert_eq!(stranger.json().await["reason"], "not this protocol");
        stranger.closed().await;
    }
    // One byte of TLS is a line's beginning, and may remain that.
    let mut friend = server.client().await;
    friend.send_raw([22]).await;
    until_buffered(&server, 1).await;
    friend.send_raw("\n").await;
    assert!(friend.json().await["error"].is_string());
    friend.send_raw([22, 3, b'\n']).await;
    assert!(friend.json().await["error"].is_string());
    drop(friend);
    // A browser can be made to send such a first line, and others one that is no text.
    let long = format!("POST /{} HTTP/1.1\r\n", "a".repeat(70_000));
    let no_text = b"POST /\xff HTTP/1.1\r\n".to_vec();
    for first in [long.into_bytes(), no_text, b"POST\t/\tHTTP/1.1\n".to_vec()] {
        let mut stranger = server.client().await;
        let rest = b"hOsT: localhost:5000\r\n\r\nsay hello\n";
        stranger.send_raw([&first[..], rest].concat()).await;
        assert!(stranger.json().await["error"].is_string());
        assert_eq!(stranger.json().await["reason"], "not this protocol");
        stranger.closed().await;
    }
    // Those who speak ours may say so.
    let mut friend = server.client().await;
    assert_eq!(friend.ask("say GET / HTTP/1.1").await, OK);
    assert_eq!(member.json().await["message"], "GET / HTTP/1.1");
}

/// Waits until the server keeps so many bytes of unfinished lines.
async fn until_buffered(server: &TestServer, bytes: usize) {
    soon("the bytes", async {
        while server.handle().stats().buffered != bytes as u64 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
