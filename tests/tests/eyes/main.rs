//! What an operator sees: metrics over HTTP, health, and the dashboard and alerts that go by them.

mod ops;
mod spans;

use actionline_tests::club::CLUB;
use actionline_tests::doorman::{Doorman, Rule};
use actionline_tests::lab::Tick;
use actionline_tests::scrape::Scraped;
use actionline_tests::{ManualClock, Setup, TestClient, TestServer, soon};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The lab, measured.
async fn lab() -> (TestServer, Scraped) {
    let server = Setup::lab().config(|config| config.measure = true);
    let server = server.start().await;
    let scraped = Scraped::of(&server).await;
    (server, scraped)
}

#[tokio::test]
async fn requests_are_counted_by_action_and_outcome() {
    let (server, scraped) = lab().await;
    let mut client = server.client().await;
    for line in [
        "nothing",
        "nothing",
        "panicNow",
        "panicSoon",
        "refuse who=ann",
        "refuse who=ann fatal=true",
        "refuse",
        "who is this",
        "{",
        "roomView",
        "paramAdd a=b",
        r#"{"action":"maybe","params":{"note":"x"}}"#,
    ] {
        client.ask(line).await;
    }
    let metrics = scraped.metrics().await;
    for (action, outcome, count) in [
        ("nothing", "ok", 2),
        ("panicNow", "panic", 1),
        ("panicSoon", "panic", 1),
        ("refuse", "declared", 1),
        ("refuse", "internal", 1),
        ("refuse", "invalid", 1),
        ("refuse", "ok", 0),
        ("-", "invalid", 2),
        ("roomView", "ok", 1),
        ("paramAdd", "ok", 1),
        ("maybe", "ok", 1),
    ] {
        let labels = format!("{{action=\"{action}\",outcome=\"{outcome}\"}}");
        let series = format!("actionline_action_requests_total{labels}");
        assert_eq!(metrics.value(&series), f64::from(count), "{series}");
    }
    assert_eq!(metrics.value("actionline_requests_total"), 12.0);
    assert_eq!(metrics.value("actionline_panics_total"), 2.0);
    assert_eq!(metrics.value("actionline_connections"), 1.0);
    let none = r#"actionline_action_seconds_count{action="quit"}"#;
    assert_eq!(metrics.find(none), None);
    // A client's words are no label.
    for word in ["ann", "who is", "fatal"] {
        assert!(!metrics.0.contains(&format!("\"{word}")), "{word}");
    }
}

#[tokio::test]
async fn what_waited_took_as_long() {
    let clock = ManualClock::default();
    let server = Setup::lab().config(|config| config.measure = true);
    let server = server.clock(&clock).start().await;
    let scraped = Scraped::of(&server).await;
    let mut client = server.client().await;
    for labelled in [false, true] {
        match labelled {
            false => client.send("gated gate=a").await,
            true => {
                let line = r#"{"action":"gated","params":{"gate":"a"},"messageId":1}"#;
                client.send(line).await;
            }
        }
        server.gates().come("a").await;
        // It has begun; that it waits is noted when it has come to a wait.
        while scraped.metrics().await.value("actionline_actions_waiting") != 1.0 {}
        clock.advance(Duration::from_millis(200));
        server.gates().open("a", 1);
        client.line().await;
    }
    client.ask("nothing").await;
    let metrics = scraped.metrics().await;
    let bucket = |action: &str, le: &str| {
        let labels = format!("{{action=\"{action}\",le=\"{le}\"}}");
        metrics.value(&format!("actionline_action_seconds_bucket{labels}"))
    };
    assert_eq!(bucket("gated", "0.1"), 0.0);
    assert_eq!(bucket("gated", "0.25"), 2.0);
    assert_eq!(bucket("gated", "+Inf"), 2.0);
    assert_eq!(bucket("nothing", "0.00005"), 1.0);
    let sum = metrics.value(r#"actionline_action_seconds_sum{action="gated"}"#);
    assert_eq!(sum, 0.4);
}

#[tokio::test]
async fn limits_and_the_reasons_of_ends_are_counted() {
    let server = Setup::lab().config(|config| {
        config.measure = true;
        config.limits.connections = 2;
        config.limits.room_name = 4;
        config.limits.backlog = 100;
    });
    let server = server.start().await;
    let scraped = Scraped::of(&server).await;
    let [mut ann, mut bob] = server.clients().await;
    TestClient::connect(server.address()).await.line().await;
    ann.ask("roomChange cellar").await;
    let id = bob.id().await.parse().unwrap();
    // The second one is too much; in between, nobody runs who could take the first.
    let message = Tick::padded(20);
    drop(server.handle().send(id, &message));
    drop(server.handle().send(id, &message));
    bob.rest().await;
    let metrics = scraped.metrics().await;
    for series in [
        r#"actionline_connections_refused_total{reason="too many connections"}"#,
        r#"actionline_connections_closed_total{reason="slow consumer"}"#,
        "actionline_slow_consumers_total",
        r#"actionline_limit_refusals_total{limit="connections"}"#,
        r#"actionline_limit_refusals_total{limit="room-name"}"#,
        r#"actionline_limit_refusals_total{limit="backlog"}"#,
        r#"actionline_action_requests_total{action="roomChange",outcome="limit"}"#,
    ] {
        assert_eq!(metrics.value(series), 1.0, "{series}");
    }
    let unmet = r#"actionline_limit_refusals_total{limit="say"}"#;
    assert_eq!(metrics.value(unmet), 0.0);
    assert_eq!(metrics.value(r#"actionline_limit{limit="room-name"}"#), 4.0);
}

#[tokio::test]
async fn who_may_not_is_counted() {
    let doorman = Doorman::default().with("action hello", Rule::No);
    let server = Setup::of(&CLUB).config(|config| config.measure = true);
    let server = server.access(doorman).start().await;
    let scraped = Scraped::of(&server).await;
    let mut client = server.client().await;
    for line in ["play card=1", "hello"] {
        client.ask(line).await;
    }
    let metrics = scraped.metrics().await;
    for action in ["play", "hello"] {
        let labels = format!("{{action=\"{action}\",outcome=\"forbidden\"}}");
        let series = format!("actionline_action_requests_total{labels}");
        assert_eq!(metrics.value(&series), 1.0);
    }
    let server = Setup::lab().access(Doorman::default().with("connect", Rule::No));
    let server = server.start().await;
    TestClient::connect(server.address()).await.rest().await;
    let metrics = Scraped::of(&server).await.metrics().await;
    let denied = r#"actionline_connections_refused_total{reason="not allowed"}"#;
    assert_eq!(metrics.value(denied), 1.0);
}

#[tokio::test]
async fn what_is_said_and_what_waits_is_counted() {
    let (server, scraped) = lab().await;
    let [mut ann, mut bob, mut cleo] = server.clients().await;
    ann.ask("say hello").await;
    bob.heard().await;
    cleo.heard().await;
    let metrics = scraped.metrics().await;
    assert_eq!(metrics.value("actionline_said_total"), 1.0);
    assert_eq!(metrics.value("actionline_delivered_total"), 2.0);
    assert_eq!(metrics.value("actionline_outbox_bytes"), 0.0);
    let id = bob.id().await.parse().unwrap();
    drop(server.handle().send(id, &Tick::padded(20)));
    // Looked at before the session's task has run.
    let metrics = actionline_tests::scrape::Metrics(server.handle().metrics());
    assert_eq!(metrics.value("actionline_outbox_pushes"), 1.0);
    assert_eq!(metrics.value("actionline_outbox_clients"), 1.0);
    let bytes = metrics.value("actionline_outbox_bytes");
    assert!(bytes > 20.0, "{bytes}");
    assert_eq!(metrics.value("actionline_outbox_largest_bytes"), bytes);
}

#[tokio::test]
async fn by_action_there_is_nothing_unless_asked_for() {
    let server = TestServer::lab().await;
    let scraped = Scraped::of(&server).await;
    server.client().await.ask("nothing").await;
    let metrics = scraped.metrics().await;
    assert_eq!(metrics.value("actionline_requests_total"), 1.0);
    assert!(!metrics.0.contains("actionline_action_"), "{}", metrics.0);
}

#[tokio::test]
async fn it_is_healthy_and_ready_until_it_drains() {
    let (mut server, scraped) = lab().await;
    let mut client = server.client().await;
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(scraped.get(path).await.0, 200, "{path}");
    }
    assert_eq!(scraped.get("/").await.0, 404);
    let post = "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(scraped.ask(post).await.0, 405);
    // A request that is under way holds the drain up.
    client.send("gated gate=a").await;
    server.gates().come("a").await;
    server.begin_stop();
    while !server.handle().is_draining() {
        tokio::task::yield_now().await;
    }
    let (status, text) = scraped.get("/readyz").await;
    assert_eq!((status, text.contains("draining")), (503, true));
    assert_eq!(scraped.get("/healthz").await.0, 200);
    assert_eq!(scraped.metrics().await.value("actionline_draining"), 1.0);
    server.gates().open("a", 1);
    server.stop().await;
}

/// More silent ones than there are places: the oldest make room.
#[tokio::test]
async fn silent_clients_keep_nobody_from_the_metrics() {
    let (_server, scraped) = lab().await;
    let mut silent = Vec::new();
    for _ in 0..16 {
        let stream = TcpStream::connect(scraped.address()).await;
        silent.push(stream.expect("it listens"));
    }
    assert_eq!(scraped.get("/healthz").await.0, 200);
    let closed = soon("the end", silent[0].read(&mut [0])).await;
    assert!(matches!(closed, Ok(0)), "{closed:?}");
    // The others keep their places.
    let second = &mut silent[1];
    let ask = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    second.write_all(ask).await.expect("sent");
    let mut text = String::new();
    let read = soon("an answer", second.read_to_string(&mut text)).await;
    read.expect("text");
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_process_is_measured() {
    let (_server, scraped) = lab().await;
    let metrics = scraped.metrics().await;
    assert!(metrics.value("process_resident_memory_bytes") > 1_000_000.0);
    let open = metrics.value("process_open_fds");
    assert!(
        open > 3.0 && open < metrics.value("process_max_fds"),
        "{open}"
    );
    let info = r#"actionline_build_info{version=""#;
    assert!(metrics.0.contains(info), "{}", metrics.0);
}
