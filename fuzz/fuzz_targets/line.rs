//! Bytes into lines: any cut and any hold gives what a plain reader finds.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (Vec<u8>, Vec<bool>, &[u8])| {
    let (gaps, holds, input) = data;
    let cuts: Vec<usize> = gaps
        .iter()
        .scan(0, |at, gap| {
            *at += usize::from(*gap);
            Some(*at)
        })
        .collect();
    actionline::fuzz::lines(input, &cuts, &holds);
});
