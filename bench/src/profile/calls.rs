//! What is called how often for a request, as callgrind counts it.

use super::{IN_FLIGHT, ask};
use crate::load::Pool;
use crate::rival::{Process, Rival};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::process::Command;

/// What is looked for: words for the table, and parts of the functions' names.
const LOOKED_FOR: [(&str, &[&str]); 5] = [
    ("tasks polled", &["tokio::runtime::task::raw::poll"]),
    (
        "tasks woken",
        &[
            "waker::wake_by_val",
            "waker::wake_by_ref",
            "task::waker::wake",
        ],
    ),
    (
        "locks waited for",
        &[
            "lock_contended",
            "RwLock::read_contended",
            "RwLock::write_contended",
        ],
    ),
    (
        "memory taken",
        &["malloc", "calloc", "realloc", "posix_memalign"],
    ),
    ("memory given back", &["free"]),
];

/// Rounds of the first count and of the second.
const ROUNDS: [usize; 2] = [20, 120];

/// Prints a table: calls for a thousand requests of one connection.
pub(super) fn print() -> io::Result<()> {
    let (few, before) = count(ROUNDS[0])?;
    let (many, after) = count(ROUNDS[1])?;
    let thousands = (many - few) as f64 / 1e3;
    println!("| for 1,000 requests, {IN_FLIGHT} in flight | calls |\n|---|--:|");
    for (word, names) in LOOKED_FOR {
        let calls = |all: &HashMap<String, u64>| {
            let ours = all
                .iter()
                .filter(|(name, _)| names.iter().any(|part| is(name, part)));
            ours.map(|(_, calls)| *calls).sum::<u64>() as f64
        };
        println!(
            "| {word} | {:.2} |",
            ((calls(&after) - calls(&before)) / thousands).max(0.0)
        );
    }
    Ok(())
}

/// Whether a function is the one: C's names are whole, the others are parts of paths.
fn is(name: &str, part: &str) -> bool {
    match part.contains(':') || part.contains('_') {
        true => name.contains(part),
        false => name == part,
    }
}

fn count(rounds: usize) -> io::Result<(usize, HashMap<String, u64>)> {
    let file = std::env::temp_dir().join(format!("actionline-bench-calls-{}", std::process::id()));
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--log-file=/dev/null"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(std::env::current_exe()?)
        .args(["serve", "ours", "--single"]);
    let server = Process::spawn(&mut valgrind)?;
    let mut pool = Pool::connect(server.address, 1, true)?;
    let requests = ask(&mut pool, Rival::Ours, |done| done == rounds)?;
    server.stop()?;
    let text = fs::read_to_string(&file)?;
    let _ = fs::remove_file(&file);
    Ok((requests, calls(&text)))
}

/// How often each function was called, from callgrind's file. A name stands there once; later its number does.
fn calls(text: &str) -> HashMap<String, u64> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut all: HashMap<String, u64> = HashMap::new();
    let mut called = "";
    for line in text.lines() {
        if let Some(number) = ["fn=", "cfn="]
            .iter()
            .find_map(|key| line.strip_prefix(key))
        {
            let (number, name) = number.split_once(' ').unwrap_or((number, ""));
            if !name.is_empty() {
                names.insert(number, name);
            }
            called = names.get(number).copied().unwrap_or_default();
        } else if let Some(count) = line.strip_prefix("calls=") {
            let count = count
                .split(' ')
                .next()
                .and_then(|count| count.parse::<u64>().ok());
            *all.entry(called.to_owned()).or_default() += count.unwrap_or(0);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_summed_over_callers() {
        let text = "fn=(1) main\n5 100\ncfn=(2) malloc\ncalls=3 0\n7 30\ncfn=(3) a::b\ncalls=1 0\n8 9\n\nfn=(3)\n1 1\ncfn=(2)\ncalls=4 0\n2 40\n";
        let found = calls(text);
        assert_eq!(found.get("malloc"), Some(&7));
        assert_eq!(found.get("a::b"), Some(&1));
        assert_eq!(found.get("main"), None);
    }

    #[test]
    fn a_c_function_is_meant_by_its_whole_name() {
        assert!(is("malloc", "malloc") && !is("my_malloc", "malloc"));
        assert!(is("std::sys::Mutex::lock_contended", "lock_contended"));
    }
}
