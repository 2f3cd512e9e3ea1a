//! Replies that wait for the other nodes.

use super::*;

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
