//! What may be kept on a connection.

use super::*;

const SAVED: &str = r#"{"status":"OK","context":"response"}"#;

#[tokio::test]
pub(super) async fn sticky() {
    let (_server, mut client) = with(|_| ()).await;
    for number in 0..256 {
        assert!(
            !client
                .ask(&format!("paramAdd k{number}=v"))
                .await
                .contains("error"),
            "{number}"
        );
    }
    let refused = limit_reached("too many saved params", "256");
    assert_eq!(client.ask("paramAdd k256=v").await, refused);
    assert!(!client.ask("paramAdd k0=changed").await.contains("error"));
    client.ask("paramDelete k0").await;
    assert!(!client.ask("paramAdd k256=v").await.contains("error"));
    assert_eq!(client.ask("paramAdd k0=v").await, refused);
}

#[tokio::test]
pub(super) async fn sticky_key() {
    let (_server, mut client) = with(|_| ()).await;
    for length in [127, 128, 129] {
        let key = "k".repeat(length);
        let reply = client.ask(&format!("paramAdd {key}=v")).await;
        if length <= 128 {
            assert_eq!(reply, SAVED);
        } else {
            let what = format!("the name {} is too long", &key[..64]);
            assert_eq!(reply, limit_reached(&what, "128 bytes"));
        }
    }
}

#[tokio::test]
pub(super) async fn sticky_total() {
    let (_server, mut client) = with(|limits| limits.sticky_total = 100).await;
    client.ask("paramAdd a=123456789").await;
    let what = "the saved params are too large together";
    for (length, fits) in [(88, true), (89, true), (90, false)] {
        let line = format!("paramAdd b={}", "v".repeat(length));
        let reply = client.ask(&line).await;
        if fits {
            assert_eq!(reply, SAVED);
        } else {
            assert_eq!(reply, limit_reached(what, "100 bytes"));
        }
    }
    let kept = client.ask_json("paramView b").await;
    assert_eq!(kept["params"]["b"].as_str().map(str::len), Some(89));
}

#[tokio::test]
pub(super) async fn sticky_all() {
    let what = "all clients together have saved too many params";
    // The limit itself, and the quarter of `memory`.
    for (all, memory) in [(100, 1_000_000), (1_000_000, 400)] {
        let setup = Setup::lab().limits(|limits| {
            (limits.sticky_all, limits.memory) = (all, memory);
        });
        let server = setup.start().await;
        let [mut ann, mut bob] = server.clients().await;
        ann.ask("paramAdd a=123456789").await;
        for (length, fits) in [(88, true), (89, true), (90, false)] {
            let reply = bob.ask(&format!("paramAdd b={}", "v".repeat(length))).await;
            if fits {
                assert_eq!(reply, SAVED);
            } else {
                assert_eq!(reply, limit_reached(what, "100 bytes"));
            }
        }
        let kept = bob.ask_json("paramView b").await;
        assert_eq!(kept["params"]["b"].as_str().map(str::len), Some(89));
        // Nobody is closed, and what is given back is there for others.
        assert_eq!(ann.ask("paramAdd a=12345678").await, SAVED);
        assert_eq!(bob.ask("paramAdd c=").await, SAVED);
        let full = limit_reached(what, "100 bytes");
        assert_eq!(bob.ask("paramAdd d=").await, full);
        ann.ask("paramDelete a").await;
        assert_eq!(bob.ask("paramAdd d=12345678").await, SAVED);
        bob.ask("paramsDelete").await;
        ann.ask(&format!("paramAdd a={}", "v".repeat(99))).await;
        assert_eq!(bob.ask("paramAdd b=").await, full);
        drop(ann);
        while bob.ask("paramAdd b=").await != SAVED {}
        let fill = format!("paramAdd c={}", "v".repeat(98));
        assert_eq!(bob.ask(&fill).await, SAVED, "all of hers came back");
    }
}

#[tokio::test]
pub(super) async fn sticky_value() {
    let (_server, mut client) = with(|_| ()).await;
    for length in [8191, 8192, 8193] {
        let reply = client
            .ask(&format!("paramAdd big={}", "v".repeat(length)))
            .await;
        if length <= 8192 {
            assert_eq!(reply, SAVED);
        } else {
            assert_eq!(
                reply,
                limit_reached("the value of big is too long", "8192 bytes")
            );
        }
    }
    let kept = client.ask_json("paramView big").await;
    assert_eq!(kept["params"]["big"].as_str().map(str::len), Some(8192));
}

#[tokio::test]
pub(super) async fn room_name() {
    let (_server, mut client) = with(|_| ()).await;
    for length in [127, 128, 129] {
        let room = "r".repeat(length);
        let reply = client.ask(&format!("roomChange {room}")).await;
        if length <= 128 {
            assert!(reply.contains(&room));
        } else {
            let what = "the name of the room is too long";
            assert_eq!(reply, limit_reached(what, "128 bytes"));
        }
    }
    let room = client.ask_json("roomView").await;
    assert_eq!(room["room"].as_str().map(str::len), Some(128));
}
