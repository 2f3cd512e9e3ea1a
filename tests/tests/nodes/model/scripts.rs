//! The scripts that the backplane sends, in Rust. Each is known by a digest of its text: one that was changed is not known
//! until it was changed here, too.

use super::Reply;
use super::commands::integer;
use super::values::{Values, Wrong};
use std::collections::BTreeMap;

type Scores = BTreeMap<Vec<u8>, i64>;
type Hash = BTreeMap<Vec<u8>, Vec<u8>>;

/// FNV-1a.
pub fn digest(text: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    text.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

const TAKE: u64 = 0x10b5_26c2_3ce7_2e5c;
const BEAT: u64 = 0xb4b4_2d1d_d0b5_5935;
const LIVE: u64 = 0x6bc9_8adf_8e1b_c696;
const DEAD: u64 = 0x9cd0_d1c3_7103_4eb6;

/// Runs one; none if it is not known.
pub fn run(
    values: &mut Values,
    script: &[u8],
    keys: &[&[u8]],
    args: &[&[u8]],
    now: u64,
) -> Result<Option<Reply>, Wrong> {
    let time = i64::try_from(now).unwrap_or(i64::MAX);
    let reply = match (digest(script), keys, args) {
        (TAKE, [leases, counters], [name, lasts, line, first]) => {
            let lasts = integer(lasts).unwrap_or_default();
            let own = integer(first)..=epoch(name);
            let taken = values.with(leases, |all: &mut Scores| {
                let mine = |lease: &[u8]| lease != *name && lease.get(..9) == name.get(..9);
                let before = all
                    .iter()
                    .filter(|(lease, until)| **until > 0 && mine(lease));
                let before: Vec<_> = before
                    .map(|(lease, until)| (lease.clone(), *until > time))
                    .collect();
                let stranger = |(lease, lives): &(Vec<u8>, bool)| {
                    let epoch = epoch(lease);
                    *lives && (epoch.is_none() || !own.contains(&epoch))
                };
                if before.iter().any(stranger) {
                    return None;
                }
                for (lease, _) in &before {
                    all.insert(lease.clone(), 0);
                }
                all.insert(name.to_vec(), time + lasts);
                Some((before, count(all, |until| until > time)))
            })?;
            let Some((before, live)) = taken else {
                return Ok(Some(numbers([2, 0, 0])));
            };
            values.with(counters, |all: &mut Hash| {
                for (lease, _) in &before {
                    all.remove(lease);
                }
                all.insert(name.to_vec(), line.to_vec());
            })?;
            let was_alive = before.iter().any(|(_, lives)| *lives);
            numbers([i64::from(was_alive), live - 1, 0])
        }
        (BEAT, [leases, counters], [name, lasts, line, _]) => {
            let lasts = integer(lasts).unwrap_or_default();
            let beaten = values.with(leases, |all: &mut Scores| {
                let until = all.get_mut(*name).filter(|until| **until > time)?;
                *until = time + lasts;
                let dead = count(all, |until| until <= time);
                Some((count(all, |until| until > time), dead))
            })?;
            let Some((live, dead)) = beaten else {
                return Ok(Some(numbers([0, 0, 0])));
            };
            values.with(counters, |all: &mut Hash| {
                all.insert(name.to_vec(), line.to_vec())
            })?;
            numbers([1, live - 1, dead])
        }
        (LIVE, [leases], [_]) => list(values, leases, |until| until > time)?,
        (DEAD, [leases], [_]) => list(values, leases, |until| until <= time)?,
        _ => return Ok(None),
    };
    Ok(Some(reply))
}

/// The number in a lease's name.
fn epoch(lease: &[u8]) -> Option<i64> {
    lease.get(9..).and_then(integer)
}

fn numbers(numbers: [i64; 3]) -> Reply {
    Reply::List(numbers.map(Reply::Number).to_vec())
}

fn count(all: &Scores, which: impl Fn(i64) -> bool) -> i64 {
    all.values().filter(|until| which(**until)).count() as i64
}

/// The leases, by their end and then their name.
fn list(values: &mut Values, key: &[u8], which: impl Fn(i64) -> bool) -> Result<Reply, Wrong> {
    values.with(key, |all: &mut Scores| {
        let mut some: Vec<_> = all.iter().filter(|(_, until)| which(**until)).collect();
        some.sort_by_key(|(name, until)| (**until, (*name).clone()));
        Reply::list(some.into_iter().map(|(name, _)| name.clone()))
    })
}
