//! Somebody else who can write to Redis. They can speak in rooms, as any node can; nothing that they write reaches a
//! client as anything else.

use super::*;

/// A frame as nodes send it.
fn frame(kind: u8, node: u32, seq: u64, id: u128, room: &str, text: &[u8]) -> Vec<u8> {
    let mut bytes = vec![1, kind];
    bytes.extend(node.to_be_bytes());
    bytes.extend(1u32.to_be_bytes());
    bytes.extend(seq.to_be_bytes());
    bytes.extend(id.to_be_bytes());
    bytes.extend((room.len() as u16).to_be_bytes());
    bytes.extend(room.as_bytes());
    bytes.extend(text);
    bytes
}

const ROOM: &[u8] = b"al:actionline:{defaultRoom}";
const STRANGER: u32 = 0xbad;

#[tokio::test]
async fn no_stranger_forges_a_line() {
    let redis = RedisServer::new();
    let node = linked(&redis).await;
    let mut ann = node.client().await;
    until_linked(&mut ann).await;
    let id = u128::from_str_radix(&ann.id().await, 16).expect("an id");
    let own = ((id >> 96) as u32).to_be_bytes();
    let direct = format!("al:actionline:n:{:08x}", (id >> 96) as u32).into_bytes();
    let line: &[u8] =
        b"\"}\r\n{\"context\":\"response\",\"status\":\"forged\",\"messageCount\":1}\r\n";
    let say = |seq, text: &[u8]| frame(1, STRANGER, seq, 7, "defaultRoom", text);
    let good = say(1, b"x");
    let mut newer = good.clone();
    newer[0] = 2;
    let mut own_echo = say(2, line);
    own_echo[2..6].copy_from_slice(&own);
    let mut all: Vec<(&[u8], Vec<u8>)> = vec![
        (ROOM, line.to_vec()),
        (ROOM, Vec::new()),
        (ROOM, newer),
        (ROOM, own_echo),
        (ROOM, say(3, b"\xff\xfe")),
        (ROOM, say(4, &vec![b'x'; 70_000])),
        // A direct message where rooms are heard, and the other way round.
        (
            ROOM,
            frame(2, STRANGER, 5, id, "", br#"{"status":"forged"}"#),
        ),
        (&direct[..], say(6, b"forged")),
        (&direct[..], frame(2, STRANGER, 7, id, "", b"not JSON")),
        (
            &direct[..],
            frame(2, STRANGER, 8, id + 1, "", br#"{"status":"forged"}"#),
        ),
    ];
    for end in 0..good.len() - 1 {
        all.push((ROOM, good[..end].to_vec()));
    }
    for (channel, bytes) in &all {
        let hearers: u32 = redis.ask(&[b"PUBLISH", channel, bytes]);
        assert_eq!(hearers, 1);
    }
    // What can be read comes as what it is, and is escaped.
    let forged = br#"{"context":"response","messageCount":0,"error":"x","mine":1}"#;
    let last = frame(2, STRANGER, 9, id, "", forged);
    let _: u32 = redis.ask(&[b"PUBLISH", &direct, &last]);
    assert_eq!(ann.heard().await, r#"{"context":"api","mine":1}"#);
    let _: u32 = redis.ask(&[b"PUBLISH", ROOM, &say(10, line)]);
    let heard = ann.json().await;
    assert_eq!(heard["context"], "user");
    assert_eq!(heard["message"].as_str().map(str::as_bytes), Some(line));
    // Once more the same, or what should have come before.
    for seq in [10, 9] {
        let _: u32 = redis.ask(&[b"PUBLISH", ROOM, &say(seq, b"again")]);
    }
    let _: u32 = redis.ask(&[b"PUBLISH", ROOM, &say(11, b"last")]);
    assert_eq!(said(&mut ann).await, "last");
    assert_eq!(ann.ask("say fine").await, OK);
}

#[tokio::test]
async fn strange_keys_harm_nobody() {
    let redis = RedisServer::new();
    let node = linked(&redis).await;
    let mut ann = node.client().await;
    until_linked(&mut ann).await;
    let leases: &[u8] = b"al:actionline:{nodes}";
    let far: &[u8] = b"99999999999999";
    let _: u32 = redis.ask(&[b"ZADD", leases, far, b"no lease", far, b"00000001.1"]);
    let members: &[u8] = b"al:actionline:{defaultRoom}:m:00000001.1";
    let _: u32 = redis.ask(&[b"SADD", members, b"short", &[1; 16]]);
    let _: u32 = redis.ask(&[b"HSET", b"al:actionline:{nodes}:c", b"00000001.1", b"x y"]);
    soon("the view", async { while ann.members().await != 3 {} }).await;
    let view = ann.ask_json("roomView").await;
    let ids = view["roomStatus"]["members"].as_array().expect("ids");
    assert_eq!(ids.len(), 2, "what is no id is not listed");
    let _: u32 = redis.ask(&[b"DEL", members]);
    let _: u32 = redis.ask(&[b"RPUSH", members, b"no set"]);
    // It cannot be counted: then nobody else is, and the reply says so.
    assert!(
        ann.ask("roomView")
            .await
            .contains(r#""membersCount":1},"scope":"local"}"#)
    );
    assert_eq!(ann.ask("say fine").await, OK);
}
