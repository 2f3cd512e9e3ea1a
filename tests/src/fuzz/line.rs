//! Bytes into lines: any cut and any hold gives what a plain reader finds.

/// Where it is cut, where it is held, and what it is.
pub(super) fn run((gaps, holds, input): (Vec<u8>, Vec<bool>, &[u8])) {
    let cuts: Vec<usize> = gaps
        .iter()
        .scan(0, |at, gap| {
            *at += usize::from(*gap);
            Some(*at)
        })
        .collect();
    actionline::fuzz::lines(input, &cuts, &holds);
}
