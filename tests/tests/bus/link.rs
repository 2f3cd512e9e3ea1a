//! The link to the other nodes: what clients, metrics and probes are told of it.

use super::*;
use actionline::bus::Dropped;
use actionline_tests::ManualClock;
use actionline_tests::folder::Folder;
use actionline_tests::scrape::Scraped;
use std::time::{Duration, SystemTime};

/// Since when messages may be missing, as a client hears it.
async fn gap(client: &mut TestClient) -> SystemTime {
    let line = client.heard().await;
    let notice: Value = serde_json::from_str(&line).expect("JSON");
    let since = notice["since"].as_str().expect("a time");
    let expected = json!({
        "context": "api",
        "status": "gap",
        "since": since,
        "reason": "no link to the other servers",
    });
    assert_eq!(line, expected.to_string());
    assert_eq!(since.len(), "2012-01-03T19:48:40.136Z".len(), "{since}");
    since.parse::<jiff::Timestamp>().expect("RFC 3339").into()
}

/// A time as a client is told it.
fn told(time: SystemTime) -> SystemTime {
    let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH);
    let millis = since_epoch.expect("after 1970").as_millis() as u64;
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

#[tokio::test]
async fn who_was_cut_off_is_told_when_the_link_is_back() {
    let world = World::of(2).await;
    let [mut ann, mut bob, mut ann2] = world.clients().await;
    ann2.ask("roomChange elsewhere").await;
    let before = told(SystemTime::now());
    world.mesh.cut(0, true);
    let after = SystemTime::now();
    assert_eq!(ann.ask("nothing").await, OK, "the link is not back yet");
    world.mesh.cut(0, false);
    for client in [&mut ann, &mut ann2] {
        let since = gap(client).await;
        assert!(before <= since && since <= after);
    }
    for client in [&mut ann, &mut bob, &mut ann2] {
        assert_eq!(client.ask("nothing").await, OK);
    }
}

#[tokio::test]
async fn a_link_that_comes_and_goes_is_told_of_once_in_a_while() {
    let clock = ManualClock::default();
    let mesh = Mesh::default();
    let server = Setup::lab().clock(&clock).bus(mesh.join()).start().await;
    let mut ann = server.client().await;
    for cut in [true, false] {
        mesh.cut(0, cut);
    }
    gap(&mut ann).await;
    let before = told(SystemTime::now());
    mesh.cut(0, true);
    let after = SystemTime::now();
    for turn in 0..100 {
        mesh.cut(0, turn % 2 > 0);
        assert_eq!(ann.ask("nothing").await, OK);
    }
    mesh.cut(0, true);
    clock.advance(Duration::from_secs(1));
    assert_eq!(ann.ask("nothing").await, OK, "it is down");
    mesh.cut(0, false);
    let since = gap(&mut ann).await;
    assert!(before <= since && since <= after, "since the first of them");
    clock.advance(Duration::from_secs(1));
    assert_eq!(ann.ask("nothing").await, OK);
}

#[tokio::test]
async fn metrics_and_probes_know_the_link() {
    let world = World::of(2).await;
    let scraped = Scraped::of(&world.nodes[0]).await;
    let [mut ann] = world.clients().await;
    world.mesh.meter(0, |meter| {
        meter.published(2, Duration::from_millis(1));
        meter.connected();
        meter.received(3);
        meter.dropped(Dropped::Stale);
        meter.unconfirmed(4, Why::Slow);
        meter.owed(5);
        meter.queued(6, 700);
    });
    let (status, text) = scraped.get("/readyz").await;
    assert!(
        status == 200 && text.ends_with("ready; linked to 1 other node\n"),
        "{text}"
    );
    let metrics = scraped.metrics().await;
    for (series, value) in [
        ("actionline_link_up", 1.0),
        ("actionline_link_nodes", 1.0),
        ("actionline_link_publish_seconds_bucket{le=\"0.0005\"}", 0.0),
        ("actionline_link_publish_seconds_bucket{le=\"0.001\"}", 2.0),
        ("actionline_link_publish_seconds_sum", 0.002),
        ("actionline_link_sessions_total", 1.0),
        ("actionline_link_received_total", 3.0),
        ("actionline_link_dropped_total{why=\"stale\"}", 1.0),
        ("actionline_link_local_total{why=\"slow\"}", 4.0),
        ("actionline_link_owed", 5.0),
        ("actionline_link_queue_messages", 6.0),
        ("actionline_link_queue_bytes", 700.0),
        ("actionline_link_gaps_total", 0.0),
    ] {
        assert_eq!(metrics.value(series), value, "{series}");
    }
    world.mesh.cut(0, true);
    let (status, text) = scraped.get("/readyz").await;
    assert!(
        status == 200 && text.contains("ready; no link to the other nodes since "),
        "{text}"
    );
    assert_eq!(scraped.metrics().await.value("actionline_link_up"), 0.0);
    world.mesh.cut(0, false);
    gap(&mut ann).await;
    assert_eq!(
        scraped.metrics().await.value("actionline_link_gaps_total"),
        1.0
    );
}

#[tokio::test]
async fn one_node_alone_has_no_link() {
    let world = World::solo().await;
    let scraped = Scraped::of(&world.nodes[0]).await;
    let (_, text) = scraped.get("/readyz").await;
    assert!(text.ends_with("\r\nready\n"), "{text}");
    assert!(!scraped.metrics().await.0.contains("actionline_link_"));
}

#[tokio::test]
async fn status_tells_of_all_nodes() {
    let mesh = Mesh::default();
    let setup = || Setup::shipped(Folder::shipped());
    let alone = setup().start().await;
    let (near, far) = (
        setup().bus(mesh.join()).start().await,
        setup().bus(mesh.join()).start().await,
    );
    let [mut ann, mut bob] = [near.client().await, far.client().await];
    bob.ask("say hi").await;
    ann.json().await;
    let reply = ann.ask_json("status").await;
    let cluster = &reply["cluster"];
    assert_eq!(cluster["nodes"], json!(["a0000000", "a0000001"]));
    assert_eq!(
        (&cluster["link"], &cluster["connections"]),
        (&json!("up"), &json!(2))
    );
    assert_eq!(cluster["said"], 1);
    assert!(cluster["requests"].as_u64() >= Some(1));
    assert!(cluster["scope"].is_null());
    mesh.cut(0, true);
    let cluster = &ann.ask_json("status").await["cluster"];
    assert_eq!(
        (&cluster["link"], &cluster["scope"]),
        (&json!("down"), &json!("local"))
    );
    assert_eq!(
        (&cluster["nodes"], &cluster["connections"]),
        (&json!(["a0000000"]), &json!(1))
    );
    let time = cluster["since"].as_str().map(str::parse::<jiff::Timestamp>);
    assert!(matches!(time, Some(Ok(_))), "{cluster}");
    // One node alone says nothing of others.
    let reply = alone.client().await.ask_json("status").await;
    let names: Vec<&String> = reply.as_object().expect("fields").keys().collect();
    let expected = [
        "context",
        "status",
        "uptime",
        "stats",
        "limits",
        "messageCount",
    ];
    assert_eq!(names, expected);
}
