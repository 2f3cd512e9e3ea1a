//! The model is held to the real Redis: what the nodes of a story asked, both are asked, connection by connection, and both
//! must answer the same.

use super::model::{Model, Reply, Words};
use super::story;
use actionline_tests::RedisServer;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Instant;

#[test]
fn the_model_answers_as_redis_does() {
    let engine = story(1, false).engine;
    let mut commands = std::mem::take(&mut engine.model.borrow_mut().notes.commands);
    let last = commands.last().expect("commands").0;
    let taken = commands
        .iter()
        .find(|(_, words)| words.len() == 9 && words[8] != b"0");
    let taken = numbers(last, &taken.expect("a lease was taken").1);
    commands.extend(more(last).into_iter().chain(taken));
    let redis = RedisServer::new();
    let mut model = Model::default();
    let mut wires = BTreeMap::new();
    let begun = Instant::now();
    for (number, words) in &commands {
        let (_, real) = wires.entry(*number).or_insert_with(|| {
            let wire = model.connect();
            let conn = TcpStream::connect(("127.0.0.1", redis.port())).expect("Redis");
            (wire, BufReader::new(conn))
        });
        let mut line = format!("*{}\r\n", words.len()).into_bytes();
        for word in words {
            line.extend(format!("${}\r\n", word.len()).bytes());
            line.extend(word);
            line.extend(b"\r\n");
        }
        real.get_mut().write_all(&line).expect("a command");
        let own = wires[number].0.number;
        model.run(own, words, begun.elapsed().as_millis() as u64);
        let what = words[0].escape_ascii().to_string();
        for (wire, real) in wires.values_mut() {
            while let Ok(bytes) = wire.outbox.try_recv() {
                let mut bytes = &bytes[..];
                while !bytes.is_empty() {
                    let (ours, theirs) = (hear(&mut bytes), hear(real));
                    // That one tells more of itself.
                    if what != "HELLO" {
                        let (ours, theirs) = (alike(ours, &what), alike(theirs, &what));
                        assert_eq!(ours, theirs, "{what}");
                    }
                }
            }
        }
    }
    let asked = |name: &str| {
        commands
            .iter()
            .any(|(_, words)| words[0] == name.as_bytes())
    };
    for name in [
        "HELLO",
        "CLIENT",
        "PING",
        "SUBSCRIBE",
        "UNSUBSCRIBE",
        "PUBLISH",
        "SADD",
        "SREM",
        "SCARD",
        "SSCAN",
        "EXPIRE",
        "EVAL",
        "SCAN",
        "UNLINK",
        "SET",
        "ZREM",
        "HDEL",
        "HGETALL",
        "GET",
        "DEL",
    ] {
        assert!(asked(name), "{name} was asked");
    }
    assert!(model.notes.unknown.is_empty());
}

/// What that story does not need.
fn more(last: u64) -> Vec<(u64, Words)> {
    let lines = [
        "SET lock 1 NX PX 10000",
        "SET lock 2 NX PX 10000",
        "GET lock",
        "GET none",
        "EXPIRE lock 3600",
        "EXPIRE none 3600",
        "SADD s:m:1 a b",
        "SADD s:m:1 b c",
        "SADD s:m:2 a",
        "SREM s:m:1 b x",
        "SREM s:m:2 a",
        "SCARD s:m:1",
        "SCARD s:m:2",
        "SSCAN s:m:1 0 COUNT 1000",
        "SSCAN s:m:2 0 COUNT 1000",
        "SCAN 0 MATCH s:m:* COUNT 500",
        "SADD lock a",
        "GET s:m:1",
        "UNLINK s:m:1 s:m:2",
        "DEL lock",
        "DEL lock",
        "ZREM al:actionline:{nodes} none",
        "HDEL al:actionline:{nodes}:c none",
        "HGETALL none",
        "UNSUBSCRIBE nowhere",
    ];
    let words = |line: &str| {
        line.split(' ')
            .map(|word| word.as_bytes().to_vec())
            .collect()
    };
    lines.iter().map(|line| (last, words(line))).collect()
}

/// One process after another takes a lease under one node's number: the first, the same again, one that has later leases,
/// one that has earlier ones.
fn numbers(last: u64, taken: &Words) -> Vec<(u64, Words)> {
    let takes = [("5", "5"), ("6", "5"), ("9", "8"), ("4", "4")];
    let take = |(epoch, first): (&str, &str)| {
        let mut words = taken.clone();
        words[5] = format!("cafe0001.{epoch}").into_bytes();
        words[8] = first.as_bytes().to_vec();
        (last, words)
    };
    takes.into_iter().map(take).collect()
}

/// Sets, hashes and keys have no order; leases have that of their ends, which are those of two clocks.
fn alike(reply: Reply, command: &str) -> Reply {
    let sorted = |mut items: Vec<Reply>| {
        items.sort_by_key(Reply::bytes);
        items
    };
    match (command, reply) {
        ("SSCAN" | "SCAN", Reply::List(both)) => {
            let inner = |part| match part {
                Reply::List(items) => Reply::List(sorted(items)),
                other => other,
            };
            Reply::List(both.into_iter().map(inner).collect())
        }
        ("EVAL", Reply::List(items)) if matches!(items[..], [Reply::Bulk(_), ..]) => {
            Reply::List(sorted(items))
        }
        (_, Reply::Map(mut pairs)) => {
            pairs.sort_by_key(|(key, _)| key.bytes());
            Reply::Map(pairs)
        }
        (_, other) => other,
    }
}

/// Reads a reply.
fn hear(from: &mut impl BufRead) -> Reply {
    let mut line = String::new();
    from.read_line(&mut line).expect("a line");
    let (mark, rest) = line.trim_end().split_at_checked(1).expect("a mark");
    let count = || rest.parse::<usize>().expect("a length");
    match mark {
        "+" => Reply::Simple(rest.to_owned().leak()),
        "-" => Reply::Error(rest.to_owned()),
        ":" => Reply::Number(rest.parse().expect("a number")),
        "_" => Reply::Nothing,
        "$" => {
            let mut bytes = vec![0; count() + 2];
            from.read_exact(&mut bytes).expect("a text");
            bytes.truncate(count());
            Reply::Bulk(bytes)
        }
        "*" => Reply::List((0..count()).map(|_| hear(from)).collect()),
        ">" => Reply::Push((0..count()).map(|_| hear(from)).collect()),
        "%" => Reply::Map((0..count()).map(|_| (hear(from), hear(from))).collect()),
        _ => panic!("{line:?}"),
    }
}
