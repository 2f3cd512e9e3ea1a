//! Links that are cut and mended: who is reached, and how a client is told.

use crate::{LOCAL, OK, World, tell, view};
use serde_json::json;

#[tokio::test]
async fn a_cut_node_says_so_and_goes_on_alone() {
    let world = World::of(3).await;
    let [mut ann, mut bob, mut cyd, mut ann2, mut bob2] = world.clients().await;
    world.mesh.cut(1, true);

    assert_eq!(bob.ask("say alone").await, LOCAL);
    assert_eq!(bob2.json().await["message"], "alone");
    assert_eq!(
        ann.ask("say two of three").await,
        OK,
        "those who are linked have heard it"
    );
    for client in [&mut cyd, &mut ann2] {
        assert_eq!(client.json().await["message"], "two of three");
    }
    assert_eq!(bob.ask("nothing").await, OK, "it heard nothing");

    let (ids, count, local) = view(&mut bob).await;
    assert_eq!((ids.len(), count, local), (2, 2, true));
    let (ids, count, local) = view(&mut ann).await;
    assert_eq!((ids.len(), count, local), (3, 3, false));

    let id = ann.id().await;
    assert_eq!(tell(&mut bob, &id, json!({})).await, "here");
    let id = bob2.id().await;
    assert_eq!(
        tell(&mut bob, &id, json!({})).await,
        "everywhere",
        "it is on this node"
    );
    assert_eq!(bob2.json().await["context"], "api");

    world.mesh.cut(1, false);
    assert_eq!(bob.ask("say back").await, OK);
    for client in [&mut ann, &mut cyd, &mut ann2, &mut bob2] {
        assert_eq!(
            client.json().await["message"],
            "back",
            "nothing is told twice or late"
        );
    }
    assert_eq!(view(&mut bob).await.1, 5);
}

#[tokio::test]
async fn scope_stands_last_before_the_number() {
    let world = World::of(2).await;
    let [mut ann] = world.clients().await;
    world.mesh.cut(0, true);
    assert_eq!(ann.ask("say hi").await, LOCAL);
    assert_eq!(
        ann.ask("roomChange k").await,
        r#"{"context":"response","status":"OK","room":"k","scope":"local"}"#
    );
    let view = ann.ask("roomView").await;
    assert!(
        view.ends_with(r#""membersCount":1},"scope":"local"}"#),
        "{view}"
    );
    assert_eq!(
        ann.ask(r#"{"action":"say","params":{"message":"hi"},"messageId":"m"}"#)
            .await,
        r#"{"context":"response","messageId":"m","status":"OK","scope":"local"}"#
    );
    // Only what others are concerned with has a scope.
    for line in ["nothing", "paramsView", "detailsView", "bogus"] {
        let reply = ann.ask(line).await;
        assert!(!reply.contains("scope"), "{reply}");
    }
}

#[tokio::test]
async fn the_members_of_a_node_that_stops_are_gone() {
    let mut world = World::of(2).await;
    let [mut ann, bob] = world.clients().await;
    assert_eq!(view(&mut ann).await.1, 2);
    drop(bob);
    world.nodes.pop().expect("two nodes").stop().await;
    assert_eq!(view(&mut ann).await.1, 1);
    assert_eq!(ann.ask("say anybody?").await, OK);
}
