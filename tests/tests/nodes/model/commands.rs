//! The commands that the backplane sends.

use super::values::Wrong;
use super::{Model, Reply, Words, scripts};
use std::collections::{BTreeMap, BTreeSet};

type Set = BTreeSet<Vec<u8>>;
type Scores = BTreeMap<Vec<u8>, i64>;
type Hash = BTreeMap<Vec<u8>, Vec<u8>>;

/// Runs one; none if it is not known. Those about channels answer once a channel.
pub fn run(model: &mut Model, number: u64, words: &Words, now: u64) -> Option<Vec<Reply>> {
    let words: Vec<&[u8]> = words.iter().map(Vec::as_slice).collect();
    let (command, rest) = words.split_first()?;
    match (*command, rest) {
        (b"SUBSCRIBE" | b"UNSUBSCRIBE", [_, ..]) => Some(listen(model, number, command, rest)),
        _ => {
            let reply = one(model, command, rest, now);
            Some(vec![reply.unwrap_or_else(|Wrong| wrong())?])
        }
    }
}

fn wrong() -> Option<Reply> {
    let text = "WRONGTYPE Operation against a key holding the wrong kind of value";
    Some(Reply::Error(text.to_owned()))
}

fn listen(model: &mut Model, number: u64, command: &[u8], channels: &[&[u8]]) -> Vec<Reply> {
    let Some(conn) = model.conns.get_mut(&number) else {
        return Vec::new();
    };
    let word = String::from_utf8_lossy(command).to_lowercase();
    let each = channels.iter().map(|channel| {
        match command {
            b"SUBSCRIBE" => conn.channels.insert(channel.to_vec()),
            _ => conn.channels.remove(*channel),
        };
        let count = Reply::Number(conn.channels.len() as i64);
        Reply::Push(vec![
            Reply::text(&word),
            Reply::Bulk(channel.to_vec()),
            count,
        ])
    });
    each.collect()
}

fn one(
    model: &mut Model,
    command: &[u8],
    rest: &[&[u8]],
    now: u64,
) -> Result<Option<Reply>, Wrong> {
    let values = &mut model.values;
    let reply = match (command, rest) {
        (b"HELLO", [b"3"]) => {
            let pair = |key, value| (Reply::text(key), Reply::text(value));
            let proto = (Reply::text("proto"), Reply::Number(3));
            Reply::Map(vec![pair("server", "redis"), proto])
        }
        (b"CLIENT", [b"SETNAME", _]) => Reply::OK,
        (b"PING", []) => Reply::Simple("PONG"),
        (b"PUBLISH", [channel, message]) => Reply::Number(model.publish(channel, message)),
        (b"SADD", [key, ids @ ..]) => Reply::Number(values.with(key, |set: &mut Set| {
            ids.iter().filter(|id| set.insert(id.to_vec())).count() as i64
        })?),
        (b"SREM", [key, ids @ ..]) => Reply::Number(values.with(key, |set: &mut Set| {
            ids.iter().filter(|id| set.remove(**id)).count() as i64
        })?),
        (b"SCARD", [key]) => Reply::Number(values.with(key, |set: &mut Set| set.len() as i64)?),
        // All at once: the real one does so up to the count, too.
        (b"SSCAN", [key, b"0", b"COUNT", count]) => {
            let all = values.with(key, |set: &mut Set| set.clone())?;
            let fits = integer(count).is_some_and(|count| all.len() as i64 <= count);
            match fits {
                true => Reply::List(vec![Reply::text("0"), Reply::list(all)]),
                false => return Ok(None),
            }
        }
        (b"SCAN", [b"0", b"MATCH", pattern, b"COUNT", count]) => {
            let all = values.keys().filter(|key| matches(pattern, key)).cloned();
            let all = Reply::list(all);
            match integer(count).is_some_and(|count| values.keys().count() as i64 <= count) {
                true => Reply::List(vec![Reply::text("0"), all]),
                false => return Ok(None),
            }
        }
        (b"EXPIRE", [key, seconds]) => match integer(seconds) {
            Some(seconds) => Reply::Number(i64::from(
                values.expire(key, now + 1000 * seconds.unsigned_abs()),
            )),
            None => return Ok(None),
        },
        (b"UNLINK" | b"DEL", keys) => {
            Reply::Number(keys.iter().filter(|key| values.remove(key)).count() as i64)
        }
        (b"ZREM", [key, names @ ..]) => Reply::Number(values.with(key, |all: &mut Scores| {
            let gone = names.iter().filter(|name| all.remove(**name).is_some());
            gone.count() as i64
        })?),
        (b"HDEL", [key, names @ ..]) => Reply::Number(values.with(key, |all: &mut Hash| {
            let gone = names.iter().filter(|name| all.remove(**name).is_some());
            gone.count() as i64
        })?),
        (b"HGETALL", [key]) => {
            let all = values.with(key, |all: &mut Hash| all.clone())?;
            let pairs = all.into_iter();
            Reply::Map(
                pairs
                    .map(|(name, value)| (Reply::Bulk(name), Reply::Bulk(value)))
                    .collect(),
            )
        }
        (b"SET", [key, text, b"NX", b"PX", ms]) => match (values.has(key), integer(ms)) {
            (_, None) => return Ok(None),
            (true, _) => Reply::Nothing,
            (false, Some(ms)) => {
                values.set(key, text, Some(now + ms.unsigned_abs()));
                Reply::OK
            }
        },
        (b"GET", [key]) => values.text(key)?.map_or(Reply::Nothing, Reply::Bulk),
        (b"EVAL", [script, count, rest @ ..]) => {
            let count = integer(count).and_then(|count| usize::try_from(count).ok());
            let Some((keys, args)) = count.and_then(|count| rest.split_at_checked(count)) else {
                return Ok(None);
            };
            return scripts::run(values, script, keys, args, now);
        }
        _ => return Ok(None),
    };
    Ok(Some(reply))
}

pub fn integer(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Whether a name is matched; stars alone mean something.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some((b'*', rest)) => (0..=name.len()).any(|at| matches(rest, &name[at..])),
        Some((byte, rest)) => name.first() == Some(byte) && matches(rest, &name[1..]),
    }
}

/// A command as a person reads it; of a script only what it is known by.
pub fn shown(words: &Words) -> String {
    let script = (words.first().map(Vec::as_slice) == Some(b"EVAL")).then_some(1);
    let words = words.iter().enumerate().map(|(at, word)| match script {
        Some(script) if at == script => format!("{:#018x}", scripts::digest(word)),
        _ => word.escape_ascii().to_string(),
    });
    words.collect::<Vec<_>>().join(" ")
}
