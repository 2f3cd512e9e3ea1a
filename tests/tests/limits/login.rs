//! What strangers may do before they have logged in.

use super::*;
use actionline_tests::club::CLUB;

pub(super) const LOGIN: &str = "enter name=ann password=sesame";

pub(super) fn goodbye(reason: &str) -> String {
    json!({ "context": "api", "status": "goodbye", "reason": reason }).to_string()
}

#[tokio::test]
pub(super) async fn login_time() {
    let clock = ManualClock::default();
    let server = Setup::of(&CLUB).clock(&clock).limits(|limits| {
        limits.keep_alive = 0;
    });
    let server = server.start().await;
    let [mut silent, mut busy, mut late, mut member] = server.clients().await;
    assert_eq!(member.ask(LOGIN).await, OK);
    clock.advance(Duration::from_secs(5) - Duration::from_nanos(1));
    assert_eq!(busy.ask("hello").await, OK, "what is open is no login");
    assert_eq!(late.ask(LOGIN).await, OK);
    let mut fresh = server.client().await;
    clock.advance(Duration::from_nanos(1));
    for client in [&mut silent, &mut busy] {
        assert_eq!(client.heard().await, goodbye("login took too long"));
        client.closed().await;
    }
    for client in [&mut late, &mut member, &mut fresh] {
        assert_eq!(client.ask("hello").await, OK);
    }
    clock.advance(Duration::from_secs(3600));
    assert_eq!(fresh.heard().await, goodbye("login took too long"));
    // Who was in and is not any more has no time to keep.
    assert_eq!(member.ask("logout").await, OK);
    clock.advance(Duration::from_secs(3600));
    assert_eq!(member.ask("hello").await, OK);
    assert_eq!(late.ask("hello").await, OK);
    // Where a spec asks for no login, there is no time for it.
    let clock = ManualClock::default();
    let server = Setup::lab()
        .clock(&clock)
        .limits(|limits| limits.keep_alive = 0);
    let server = server.start().await;
    let mut client = server.client().await;
    clock.advance(Duration::from_secs(3600));
    assert_eq!(client.ask("nothing").await, OK);
}

#[tokio::test]
pub(super) async fn login_bytes() {
    let too_much = goodbye("too much sent before login");
    let server = Setup::of(&CLUB).limits(|limits| limits.login_bytes = 100);
    let server = server.start().await;
    for bytes in [99, 100, 101] {
        // Whole lines: five letters and an end, then as many as are left.
        let mut client = server.client().await;
        for _ in 0..10 {
            assert_eq!(client.ask("hello").await, OK);
        }
        let rest = bytes - 60 - 1;
        client.send(&"x".repeat(rest)).await;
        let refused = format!("{} is not a known action.", "x".repeat(rest));
        if bytes <= 100 {
            let refused = json!({ "context": "response", "error": refused }).to_string();
            assert_eq!(client.heard().await, refused);
        } else {
            assert_eq!(client.heard().await, too_much);
            client.closed().await;
        }
        // A line that does not end.
        let mut client = server.client().await;
        for _ in 0..10 {
            assert_eq!(client.ask("hello").await, OK);
        }
        client.send_raw("x".repeat(bytes - 60)).await;
        if bytes > 100 {
            assert_eq!(client.heard().await, too_much);
            client.closed().await;
        }
    }
    // What is no text counts as well.
    let mut client = server.client().await;
    client.send_raw([&[0xff; 100][..], b"\n"].concat()).await;
    assert_eq!(client.heard().await, too_much);
    // A member sends what it likes, and so does everybody where no login is asked for.
    let mut member = server.client().await;
    assert_eq!(member.ask(LOGIN).await, OK);
    for _ in 0..100 {
        assert_eq!(member.ask("hello").await, OK);
    }
    let (_server, mut client) = with(|limits| limits.login_bytes = 1).await;
    assert_eq!(client.ask("nothing").await, OK);
}
