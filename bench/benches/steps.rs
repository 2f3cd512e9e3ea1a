//! The steps of a request's way, each by itself: where time goes when a figure of the whole has changed.
//!
//! `cargo bench -p actionline-bench`

#![allow(missing_docs)]

use actionline::Reply;
use actionline::bench::{Splitter, Waiting, said};
use actionline::specs::request::pairs;
use actionline::specs::{Action, Slots, Source, Spec, bind_object_into, bind_words_into, load};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const LINES: usize = 32;
const MEMBERS: usize = 100;

fn splitter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("splitter");
    for (name, line) in [
        ("32 short lines", "randomNumber\r\n"),
        (
            "32 lines of JSON",
            "{\"action\":\"cacheTest\",\"params\":{\"key\":\"myKey\",\"value\":\"myValue\"}}\n",
        ),
    ] {
        let input = line.repeat(LINES);
        let mut splitter = Splitter::default();
        assert_eq!(splitter.feed(input.as_bytes()).0, LINES);
        group.throughput(Throughput::Elements(LINES as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| splitter.feed(black_box(input.as_bytes())));
        });
    }
}

fn spec() -> Spec {
    let text = include_str!("../../actions.yaml");
    load(Source::new("actions.yaml", text)).expect("the shipped spec")
}

fn binder(criterion: &mut Criterion) {
    let spec = spec();
    let action: &Action = (spec.actions.iter())
        .find(|action| action.name == "cacheTest")
        .expect("cacheTest");
    let mut group = criterion.benchmark_group("binder");
    let words = "key=myKey value=myValue";
    group.bench_function("two params as words", |bencher| {
        bencher.iter(|| {
            let pairs = pairs(action, black_box(words)).expect("pairs");
            let mut slots = Slots::new();
            bind_words_into(&action.params, &pairs, |_| None, &mut slots).expect("bound");
            slots.len()
        });
    });
    let object = r#"{"key":"myKey","value":"myValue"}"#;
    group.bench_function("two params as JSON", |bencher| {
        bencher.iter(|| {
            let mut slots = Slots::new();
            bind_object_into(&action.params, black_box(object), &mut slots).expect("bound");
            slots.len()
        });
    });
    group.bench_function("a required param missing", |bencher| {
        bencher.iter(|| {
            let mut slots = Slots::new();
            bind_object_into(&action.params, black_box("{}"), &mut slots).is_err()
        });
    });
}

#[derive(Reply)]
struct Number {
    random_number: f64,
}

#[derive(Reply)]
struct Kept {
    key: &'static str,
    value: &'static str,
    done: bool,
}

fn replies(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reply writer");
    let mut waiting = Waiting::default();
    let number = Number {
        random_number: 0.613_899_578_107_520_9,
    };
    group.bench_function("a number", |bencher| {
        bencher.iter(|| {
            waiting.reply(black_box(&number));
            waiting.take()
        });
    });
    let kept = Kept {
        key: "myKey",
        value: "myValue",
        done: true,
    };
    group.bench_function("two texts and a flag", |bencher| {
        bencher.iter(|| {
            waiting.reply(black_box(&kept));
            waiting.take()
        });
    });
}

fn fan_out(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fan-out");
    let message = "hello to everybody here";
    group.bench_function("a message encoded", |bencher| {
        bencher.iter(|| {
            said(
                black_box(message),
                "0123456789abcdef0123456789abcdef",
                "lobby",
            )
        });
    });
    let head = said(message, "0123456789abcdef0123456789abcdef", "lobby");
    let mut members: Vec<Waiting> = (0..MEMBERS).map(|_| Waiting::default()).collect();
    group.throughput(Throughput::Elements(MEMBERS as u64));
    group.bench_function("its line spliced for 100 members", |bencher| {
        bencher.iter(|| {
            let each = members.iter_mut().map(|member| {
                member.push(black_box(&head));
                member.take()
            });
            each.sum::<usize>()
        });
    });
}

criterion_group!(benches, splitter, binder, replies, fan_out);
criterion_main!(benches);
