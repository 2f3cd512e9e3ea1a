//! Every fuzz target, a little: its corpus, and mutations of it by number. Nothing guides them; `scripts/fuzz.sh` does that.
//!
//! `ACTIONLINE_MUTATIONS` is how many of each target are tried, `ACTIONLINE_MUTATION=target/number` the only one.

mod mutate;

use actionline_tests::fuzz::TARGETS;
use actionline_tests::times;
use mutate::Corpus;
use std::cell::Cell;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

thread_local! {
    /// What this thread's first panic said, whoever caught it: libFuzzer ends at any.
    static PANICKED: Cell<Option<String>> = const { Cell::new(None) };
}

/// Notes the panics of threads that try inputs: they have no names, unlike those of tests.
fn listen() {
    let others = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name().is_some() {
            return others(info);
        }
        let first = PANICKED.take();
        PANICKED.set(first.or_else(|| Some(info.to_string())));
    }));
}

/// Tries one input, which is `what` of its target; an error says what went wrong.
fn attempt(what: &str, run: fn(&[u8]), input: &[u8]) -> Result<(), String> {
    // Whether it got here or was caught on the way.
    let _ = catch_unwind(AssertUnwindSafe(|| run(input)));
    match PANICKED.take() {
        Some(told) => Err(format!("{what}: {told}\n\"{}\"", input.escape_ascii())),
        None => Ok(()),
    }
}

/// Tries a target's corpus and its mutations, or the one that is asked for, up to the first that fails.
fn short(name: &str, run: fn(&[u8]), numbers: Range<u64>) -> Result<(), String> {
    let corpus = Corpus::read(&folder(), name);
    for input in &corpus.inputs {
        attempt(&format!("of the corpus of {name}"), run, input)?;
    }
    for number in numbers {
        let what = format!("ACTIONLINE_MUTATION={name}/{number}");
        attempt(&what, run, &corpus.mutation(number))?;
    }
    Ok(())
}

#[test]
fn every_target_takes_its_corpus_and_mutations_of_it() {
    let only = std::env::var("ACTIONLINE_MUTATION").ok();
    let only = only.as_deref().map(|only| {
        let (name, number) = only.split_once('/').expect("target/number");
        (name, number.parse::<u64>().expect("a number"))
    });
    let mutations = times("ACTIONLINE_MUTATIONS", 2000);
    listen();
    let failed: Vec<String> = std::thread::scope(|scope| {
        let tried = TARGETS.iter().filter_map(|(name, run)| {
            let numbers = match only {
                Some((wanted, _)) if wanted != *name => return None,
                Some((_, number)) => number..number + 1,
                None => 0..mutations,
            };
            Some(scope.spawn(move || short(name, *run, numbers)))
        });
        let tried: Vec<_> = tried.collect();
        assert!(!tried.is_empty(), "no such target");
        let ended = tried.into_iter().map(|one| one.join().expect("a thread"));
        ended.filter_map(Result::err).collect()
    });
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// A target that is not in the list would be fuzzed by nobody.
#[test]
fn every_target_is_listed_everywhere() {
    let mut listed: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    listed.sort_unstable();
    let within = |part: &str| {
        let files = std::fs::read_dir(folder().join(part)).expect("a folder");
        let mut names: Vec<String> = files
            .map(|file| file.expect("a file").path())
            .map(|path| {
                path.file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort_unstable();
        names
    };
    assert_eq!(within("fuzz_targets"), listed);
    assert_eq!(within("corpus"), listed);
    let read = |file: &str| std::fs::read_to_string(folder().join(file)).expect(file);
    let (manifest, script) = (read("Cargo.toml"), read("../scripts/fuzz.sh"));
    let all = script
        .lines()
        .find_map(|line| line.split_once("|| targets=("));
    let all: Vec<&str> = all.expect("its list").1.split([')', ' ']).collect();
    for name in listed {
        let corpus = Corpus::read(&folder(), name);
        assert!(!corpus.inputs.is_empty(), "fuzz/corpus/{name} is empty");
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "fuzz/Cargo.toml lacks {name}"
        );
        assert!(all.contains(&name), "scripts/fuzz.sh lacks {name}");
    }
}
