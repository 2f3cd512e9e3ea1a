//! Replies that wait for the other nodes.

use super::*;
use actionline_tests::ManualClock;
use actionline_tests::doorman::{Doorman, Rule};
use std::time::Duration;

#[tokio::test]
async fn a_reply_that_is_owed_keeps_its_place() {
    let world = World::of(2).await;
    let [mut ann, mut bob] = world.clients().await;
    world.mesh.hold();
    ann.send("say hi").await;
    assert_eq!(bob.json().await["message"], "hi");
    // The receipt is owed: a labelled request and a push overtake it.
    let labelled = ann.ask(r#"{"action":"nothing","messageId":1}"#).await;
    assert_eq!(
        labelled,
        r#"{"context":"response","messageId":1,"status":"OK"}"#
    );
    bob.send("say hello").await;
    assert_eq!(ann.json().await["message"], "hello");
    // An unlabelled one does not.
    ann.send_raw("maybe note=after\nroomChange k\n").await;
    world.mesh.confirm();
    assert_eq!(ann.heard().await, OK);
    assert_eq!(
        ann.heard().await,
        r#"{"context":"response","always":true,"note":"after"}"#
    );
    assert_eq!(
        ann.heard().await,
        r#"{"context":"response","status":"OK","room":"k"}"#
    );
    assert_eq!(bob.heard().await, OK);
}

#[tokio::test]
async fn a_receipt_that_is_late_or_lost_means_this_node_only() {
    let world = World::of(2).await;
    let [mut ann, mut bob] = world.clients().await;
    for (settle, expected) in [
        (Mesh::confirm as fn(&Mesh), OK),
        (Mesh::time_out, LOCAL),
        (Mesh::forget, LOCAL),
    ] {
        world.mesh.hold();
        ann.send("say hi").await;
        assert_eq!(bob.json().await["message"], "hi");
        settle(&world.mesh);
        assert_eq!(ann.heard().await, expected);
        world.mesh.hold();
        ann.send(r#"{"action":"say","params":{"message":"hi"},"messageId":"m"}"#)
            .await;
        assert_eq!(bob.json().await["message"], "hi");
        settle(&world.mesh);
        let reply = ann.json().await;
        assert_eq!(reply["scope"].is_null(), expected == OK);
    }
}

#[tokio::test]
async fn labelled_receipts_are_owed_side_by_side() {
    let world = World::of(2).await;
    let [mut ann, mut bob] = world.clients().await;
    world.mesh.hold();
    for number in 0..16 {
        let params = json!({ "message": number.to_string() });
        let line = json!({ "action": "say", "params": params, "messageId": number });
        ann.send(&line.to_string()).await;
        assert_eq!(bob.json().await["message"], number.to_string());
    }
    world.mesh.confirm();
    let mut seen = Vec::new();
    for _ in 0..16 {
        seen.push(ann.json().await["messageId"].as_u64().unwrap());
    }
    seen.sort_unstable();
    assert_eq!(seen, (0..16).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_receipt_may_outlive_its_client() {
    let world = World::of(2).await;
    let [mut ann, mut bob, mut ann2] = world.clients().await;
    world.mesh.hold();
    ann.send("say hi").await;
    assert_eq!(bob.json().await["message"], "hi");
    assert_eq!(ann2.json().await["message"], "hi");
    ann.reset();
    world.mesh.cut(0, true);
    soon("ann leaves", async {
        while view(&mut ann2).await.1 != 1 {}
    })
    .await;
    world.mesh.cut(0, false);
    assert_eq!(ann2.json().await["status"], "gap");
    world.mesh.confirm();
    assert_eq!(bob.ask("say still here").await, OK);
    assert_eq!(ann2.json().await["message"], "still here");
}

#[tokio::test]
async fn quit_and_a_stopping_server_wait_for_what_is_owed() {
    let mut world = World::of(2).await;
    let [mut ann, mut bob, mut ann2] = world.clients().await;
    world.mesh.hold();
    ann.send_raw("say hi\nquit\n").await;
    ann2.send("say ho").await;
    for message in ["hi", "ho"] {
        assert_eq!(bob.json().await["message"], message);
    }
    assert_eq!(ann2.json().await["message"], "hi");
    world.nodes[0].begin_stop();
    world.mesh.confirm();
    assert_eq!(ann.json().await["message"], "ho");
    assert_eq!(ann.heard().await, OK);
    assert_eq!(
        ann.heard().await,
        r#"{"status":"Bye!","context":"response"}"#
    );
    assert_eq!(ann2.heard().await, OK);
    assert_eq!(ann2.json().await["status"], "goodbye");
    ann2.closed().await;
}

#[tokio::test]
async fn a_view_that_takes_time_keeps_its_place() {
    let world = World::of(2).await;
    let [mut ann, mut bob] = world.clients().await;
    world.mesh.delay_views();
    ann.send_raw("roomView\nnothing\n").await;
    bob.send("say meanwhile").await;
    assert_eq!(ann.json().await["message"], "meanwhile");
    world.mesh.show();
    let reply = ann.json().await;
    assert_eq!(reply["roomStatus"]["membersCount"], 2);
    assert!(reply["scope"].is_null());
    assert_eq!(ann.heard().await, OK);
    world.mesh.cut(0, true);
    ann.send(r#"{"action":"roomView","messageId":1}"#).await;
    world.mesh.show();
    let reply = ann.heard().await;
    assert!(
        reply.starts_with(r#"{"context":"response","messageId":1,"status":"OK","#),
        "{reply}"
    );
    assert!(reply.ends_with(r#","scope":"local"}"#), "{reply}");
}

/// Whether a client has nothing to read: the answer to a labelled request would come behind it.
async fn has_heard_all(client: &mut TestClient) {
    let reply = client.ask(r#"{"action":"nothing","messageId":0}"#).await;
    assert!(reply.contains(r#""messageId":0"#), "{reply}");
}

#[tokio::test]
async fn behind_receipts_that_never_come_everything_else_goes_on() {
    let clock = ManualClock::default();
    let mesh = Mesh::default();
    let setup = || Setup::lab().clock(&clock).bus(mesh.join());
    let setup = || {
        setup().limits(|limits| {
            (limits.owed, limits.say_burst, limits.keep_alive) = (64, 1000, 60);
        })
    };
    let (near, far) = (setup().start().await, setup().start().await);
    let (mut ann, mut bob, mut cyd) =
        (near.client().await, far.client().await, near.client().await);
    mesh.hold();
    has_heard_all(&mut ann).await;
    let says: String = (0..100).map(|n| format!("say {n}\n")).collect();
    ann.send_raw(&says).await;
    for number in 0..64 {
        for client in [&mut bob, &mut cyd] {
            assert_eq!(client.json().await["message"], number.to_string());
        }
    }
    // The 65th waits, and with it all that is behind it.
    ann.send(r#"{"action":"nothing","messageId":1}"#).await;
    for client in [&mut bob, &mut cyd] {
        has_heard_all(client).await;
    }
    assert_eq!(mesh.owing(), 64);
    // Pushes and signs of life go on.
    bob.send("say and you?").await;
    for client in [&mut ann, &mut cyd] {
        assert_eq!(client.json().await["message"], "and you?");
    }
    clock.advance(Duration::from_secs(61));
    for client in [&mut ann, &mut bob, &mut cyd] {
        assert_eq!(client.json().await["status"], "keep-alive");
    }
    // Each receipt makes room for one more.
    mesh.answer(0, Some(Reach::Everywhere));
    assert_eq!(ann.heard().await, OK);
    assert_eq!(bob.json().await["message"], "64");
    has_heard_all(&mut bob).await;
    mesh.confirm();
    assert_eq!(bob.heard().await, OK);
    for number in 65..100 {
        assert_eq!(bob.json().await["message"], number.to_string());
    }
    for _ in 1..100 {
        assert_eq!(ann.heard().await, OK);
    }
    assert_eq!(ann.json().await["messageId"], 1);
}

#[tokio::test]
async fn receipts_may_come_in_any_order_and_some_never() {
    let world = World::of(2).await;
    let [mut ann, mut bob] = world.clients().await;
    world.mesh.hold();
    ann.send_raw("say 0\nsay 1\nsay 2\nsay 3\n").await;
    for number in 0..4 {
        assert_eq!(bob.json().await["message"], number.to_string());
    }
    world.mesh.answer(3, Some(Reach::Everywhere));
    world.mesh.answer(2, Some(Reach::Here(Why::Slow)));
    world.mesh.answer(1, None);
    has_heard_all(&mut ann).await;
    world.mesh.answer(0, Some(Reach::Everywhere));
    for expected in [OK, LOCAL, LOCAL, OK] {
        assert_eq!(ann.heard().await, expected);
    }
}

#[tokio::test]
async fn what_is_not_said_behind_a_receipt_is_answered_in_its_place() {
    let mesh = Mesh::default();
    let setup = || Setup::lab().limits(|limits| limits.say = 5);
    let (near, far) = (
        setup().bus(mesh.join()).start().await,
        setup().bus(mesh.join()).start().await,
    );
    let (mut ann, mut bob) = (near.client().await, far.client().await);
    mesh.hold();
    ann.send_raw("roomChange k\nsay\nsay toolong\n").await;
    bob.send("roomChange k").await;
    has_heard_all(&mut bob).await;
    has_heard_all(&mut ann).await;
    mesh.cut(0, true);
    ann.send("say cut").await;
    has_heard_all(&mut ann).await;
    ann.send("roomView").await;
    mesh.cut(0, false);
    assert_eq!(ann.json().await["status"], "gap");
    mesh.confirm();
    assert_eq!(
        ann.heard().await,
        r#"{"context":"response","status":"OK","room":"k"}"#
    );
    assert_eq!(
        ann.json().await["error"],
        "say needs message; usage: say message"
    );
    assert!(ann.heard().await.contains("the limit is 5"));
    assert_eq!(ann.heard().await, LOCAL);
    assert_eq!(ann.json().await["roomStatus"]["membersCount"], 2);
    assert_eq!(
        bob.heard().await,
        r#"{"context":"response","status":"OK","room":"k"}"#
    );
    has_heard_all(&mut bob).await;
}

#[tokio::test]
async fn the_application_is_asked_before_a_say_goes_ahead() {
    let mesh = Mesh::default();
    let clock = ManualClock::default();
    let doorman = Doorman::default().with("say k", Rule::Twice("k"));
    let near = Setup::lab().clock(&clock).access(doorman.clone());
    let near = near.limits(|limits| limits.keep_alive = 0).bus(mesh.join());
    let (near, far) = (
        near.start().await,
        Setup::lab().bus(mesh.join()).start().await,
    );
    let (mut ann, mut bob) = (near.client().await, far.client().await);
    bob.ask("roomChange k").await;
    ann.ask("roomChange k").await;
    mesh.hold();
    let gates = doorman.gates();
    ann.send_raw("say 0\nsay 1\nsay not\nsay late\n").await;
    for number in 0..2 {
        gates.come("k").await;
        has_heard_all(&mut bob).await;
        gates.open("k", 1);
        assert_eq!(bob.json().await["message"], number.to_string());
    }
    gates.come("k").await;
    gates.open("k", 1);
    gates.come("k").await;
    clock.advance(Duration::from_secs(3));
    has_heard_all(&mut ann).await;
    has_heard_all(&mut bob).await;
    mesh.confirm();
    let no = r#"{"context":"response","error":"say requires the application's permission"}"#;
    for expected in [OK, OK, no, no] {
        assert_eq!(ann.heard().await, expected);
    }
}

#[tokio::test]
async fn a_client_that_vanishes_leaves_its_receipts_behind() {
    let world = World::of(2).await;
    let [mut ann, mut bob] = world.clients().await;
    world.mesh.hold();
    ann.send_raw("say x\n".repeat(100)).await;
    for _ in 0..100 {
        assert_eq!(bob.json().await["message"], "x");
    }
    ann.reset();
    soon("ann leaves", async {
        while world.nodes[0].handle().stats().connections > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    world.mesh.confirm();
    assert_eq!(bob.ask("say still here").await, OK);
    assert_eq!(view(&mut bob).await.1, 1);
}
