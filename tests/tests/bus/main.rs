//! Protocol §9: rooms over several nodes. The same rules hold for one node alone, for a mesh of any size and over Redis;
//! then links are cut, and confirmations are kept back.

mod link;
mod order;
mod owed;
mod pace;
mod world;

use actionline::bus::{Answer, Bus, Counters, Health, Reach, Receipt, Said, Solo, Why};
use actionline::{ConnId, NodeId};
use actionline_tests::{Mesh, Setup, TestClient, soon};
use serde_json::{Value, json};
use world::World;

const OK: &str = r#"{"context":"response","status":"OK"}"#;
const LOCAL: &str = r#"{"context":"response","status":"OK","scope":"local"}"#;

async fn tell(client: &mut TestClient, to: &str, message: Value) -> Value {
    let params = json!({ "to": to, "message": message });
    let line = json!({ "action": "tell", "params": params }).to_string();
    client.ask_json(&line).await["reach"].clone()
}

async fn view(client: &mut TestClient) -> (Vec<String>, u64, bool) {
    let reply = client.ask_json("roomView").await;
    let members = reply["roomStatus"]["members"].as_array().expect("members");
    let mut ids: Vec<String> = members
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    ids.sort_unstable();
    let count = reply["roomStatus"]["membersCount"]
        .as_u64()
        .expect("a count");
    (ids, count, reply["scope"] == "local")
}

#[tokio::test]
async fn what_is_said_is_heard_on_every_node_and_nowhere_else() {
    for world in World::forms().await {
        let [mut ann, mut bob, mut cyd, mut dan] = world.clients().await;
        dan.ask("roomChange elsewhere").await;
        let id = ann.id().await;
        assert_eq!(ann.ask("say hi").await, OK, "{}", world.name);
        let said = json!({ "context": "user", "message": "hi", "from": id, "room": "defaultRoom" });
        for client in [&mut bob, &mut cyd] {
            assert_eq!(client.heard().await, said.to_string(), "{}", world.name);
        }
        for client in [&mut ann, &mut dan] {
            assert_eq!(client.ask("nothing").await, OK, "{}", world.name);
        }
    }
}

#[tokio::test]
async fn each_member_hears_one_sender_in_order() {
    for world in World::forms().await {
        let [mut ann, mut bob, mut cyd] = world.clients().await;
        let says =
            |name: &str| -> String { (0..100).map(|n| format!("say {name}{n}\n")).collect() };
        ann.send_raw(says("ann")).await;
        bob.send_raw(says("bob")).await;
        let mut next = [0, 0];
        for _ in 0..200 {
            let line = cyd.json().await;
            let message = line["message"].as_str().unwrap();
            let sender = usize::from(message.starts_with("bob"));
            assert_eq!(message[3..], next[sender].to_string(), "{}", world.name);
            next[sender] += 1;
        }
    }
}

#[tokio::test]
async fn room_view_shows_the_members_of_every_node() {
    for world in World::forms().await {
        let [mut ann, mut bob, mut cyd] = world.clients().await;
        let mut ids = vec![ann.id().await, bob.id().await, cyd.id().await];
        ids.sort_unstable();
        for client in [&mut ann, &mut bob, &mut cyd] {
            assert_eq!(
                view(client).await,
                (ids.clone(), 3, false),
                "{}",
                world.name
            );
        }
        let id = cyd.id().await;
        assert_eq!(
            cyd.ask("roomChange k").await,
            r#"{"context":"response","status":"OK","room":"k"}"#
        );
        assert_eq!(
            view(&mut cyd).await,
            (vec![id.clone()], 1, false),
            "{}",
            world.name
        );
        ids.retain(|other| *other != id);
        ann.until_members(2).await;
        assert_eq!(view(&mut ann).await, (ids, 2, false), "{}", world.name);
        bob.ask("quit").await;
        bob.closed().await;
        ann.until_members(1).await;
    }
}

#[tokio::test]
async fn room_view_lists_members_of_all_nodes_up_to_the_limit() {
    let mesh = Mesh::default();
    let mut nodes = Vec::new();
    for _ in 0..2 {
        let setup = Setup::lab().bus(mesh.join());
        nodes.push(setup.limits(|limits| limits.members = 3).start().await);
    }
    let [mut ann, _a, _b] = nodes[0].clients().await;
    let [mut bob] = nodes[1].clients().await;
    assert_eq!(view(&mut ann).await.1, 4);
    assert_eq!(view(&mut ann).await.0.len(), 3);
    assert_eq!(view(&mut bob).await.0.len(), 3);
    assert_eq!(view(&mut bob).await.1, 4);
}

#[tokio::test]
async fn a_direct_message_finds_its_node() {
    for world in World::forms().await {
        let [mut ann, mut bob, mut cyd] = world.clients().await;
        let id = bob.id().await;
        assert_eq!(
            tell(&mut ann, &id, json!({ "a": [1] })).await,
            "everywhere",
            "{}",
            world.name
        );
        let from = ann.id().await;
        assert_eq!(
            bob.heard().await,
            format!(r#"{{"context":"api","message":{{"a":[1]}},"from":"{from}"}}"#)
        );
        assert_eq!(cyd.ask("nothing").await, OK);
        bob.ask("quit").await;
        bob.closed().await;
        // `Reach::Everywhere`: its node took it. A node that is gone takes nothing.
        let reach = match world.redis.is_some() && world.nodes.len() > 1 {
            true => "everywhere",
            false => "nobody",
        };
        assert_eq!(
            tell(&mut ann, &id, json!({})).await,
            reach,
            "{}",
            world.name
        );
        let stranger = ConnId::new(NodeId(0xffff_ffff)).to_string();
        assert_eq!(
            tell(&mut ann, &stranger, json!({})).await,
            "nobody",
            "{}",
            world.name
        );
    }
}

#[tokio::test]
async fn an_id_names_its_node() {
    let world = World::of(2).await;
    let [mut ann, mut bob] = world.clients().await;
    assert!(ann.id().await.starts_with("a0000000"));
    assert!(bob.id().await.starts_with("a0000001"));
}

#[tokio::test]
async fn an_action_speaks_in_a_room_that_is_on_another_node_only() {
    for world in World::pairs().await {
        let [mut ann, mut bob] = world.clients().await;
        bob.ask("roomChange k").await;
        assert_eq!(ann.ask("sayIn room=k message=hi").await, OK);
        assert_eq!(bob.json().await["message"], "hi", "{}", world.name);
    }
}

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
    for client in [&mut bob, &mut bob2] {
        assert_eq!(client.json().await["status"], "gap");
    }
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
    for mut world in World::pairs().await {
        let [mut ann, bob] = world.clients().await;
        assert_eq!(view(&mut ann).await.1, 2);
        drop(bob);
        world.nodes.pop().expect("two nodes").stop().await;
        assert_eq!(view(&mut ann).await.1, 1, "{}", world.name);
        assert_eq!(ann.ask("say anybody?").await, OK);
    }
}

#[tokio::test]
async fn one_node_alone_speaks_for_nobody_else() {
    let solo = Solo::new(NodeId(7));
    let from = ConnId::new(solo.node());
    let room = "room".into();
    let said = Said {
        room: &room,
        from,
        message: "hi",
    };
    let done = |receipt| matches!(receipt, Receipt::Done(Reach::Everywhere));
    assert!(done(solo.say(said)) && done(solo.moved(&room, from)));
    assert!(matches!(
        solo.send(from, "{}"),
        Receipt::Done(Reach::Nobody)
    ));
    assert_eq!(solo.health(), Health::Solo);
    let Answer::Ready(view) = solo.view(&room, 10) else {
        panic!("the answer is known at once");
    };
    assert_eq!(
        (view.members.len(), view.count, view.reach),
        (0, 0, Reach::Everywhere)
    );
    let totals = solo.totals().await;
    assert_eq!(
        (totals.nodes.len(), totals.counters),
        (0, Counters::default())
    );
    solo.leave().await;
}
