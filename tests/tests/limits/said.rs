//! What may be said, and where.

use super::*;

#[tokio::test]
pub(super) async fn rooms() {
    let server = Setup::lab().limits(|limits| limits.rooms = 3).start().await;
    let [mut ann, mut bob, mut cyd] = server.clients().await;
    let full = limit_reached("there are too many rooms", "3");
    for (client, room) in [(&mut ann, "a"), (&mut bob, "b")] {
        assert!(
            !client
                .ask(&format!("roomChange {room}"))
                .await
                .contains("error")
        );
    }
    // Cyd is alone in the default room, which goes when it leaves.
    assert!(!cyd.ask("roomChange c").await.contains("error"));
    let mut dan = server.client().await;
    assert_eq!(dan.ask("roomChange d").await, full);
    assert_eq!(dan.ask_json("roomView").await["room"], "defaultRoom");
    assert!(!dan.ask("roomChange a").await.contains("error"));
    assert_eq!(dan.ask("roomChange d").await, full);
    drop(cyd);
    while dan.ask("roomChange d").await == full {}
}

#[tokio::test]
pub(super) async fn say() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    for length in [16_383, 16_384, 16_385] {
        let text = "x".repeat(length);
        let reply = ann.ask(&format!("say {text}")).await;
        if length <= 16_384 {
            assert_eq!(reply, OK);
            assert_eq!(bob.json().await["message"], text);
        } else {
            assert_eq!(
                reply,
                limit_reached("the message is too long", "16384 bytes")
            );
        }
    }
}

const MANY: &str = "too many messages at once";

#[tokio::test]
pub(super) async fn say_rate() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).limits(|limits| {
        (limits.say_rate, limits.say_burst) = (10, 1);
    });
    let server = server.start().await;
    let mut client = server.client().await;
    for _ in 0..3 {
        assert_eq!(client.ask("say hi").await, OK);
        clock.advance(Duration::from_millis(99));
        assert_eq!(
            client.ask("say hi").await,
            limit_reached(MANY, "10 a second")
        );
        let json = client
            .ask_json(r#"{"action":"say","params":{"message":"hi"}}"#)
            .await;
        assert_eq!(json["code"], "limitReached");
        assert_eq!(json["retryAfterMs"], 2);
        clock.advance(Duration::from_millis(1));
    }
}

#[tokio::test]
pub(super) async fn say_burst() {
    let clock = ManualClock::default();
    let server = Setup::lab()
        .clock(&clock)
        .limits(|limits| limits.say_burst = 3);
    let server = server.start().await;
    let [mut ann, mut bob] = server.clients().await;
    for _ in 0..3 {
        assert_eq!(ann.ask("say hi").await, OK);
    }
    assert_eq!(ann.ask("say hi").await, limit_reached(MANY, "200 a second"));
    assert_eq!(bob.heard().await.matches("hi").count(), 1);
    assert_eq!(ann.ask("nothing").await, OK, "only `say` is bounded");
}
