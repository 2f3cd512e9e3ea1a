//! Mutations of a corpus, by number: blind ones, for libFuzzer's know where they lead.

use fastrand::Rng;
use std::fs;
use std::path::Path;

/// A mutation is no longer than this.
const LONGEST: usize = 4096;

/// Tokens that any target may stumble over.
const TOKENS: &[&[u8]] = &[
    b"\n", b"\r\n", b"\0", b"\x04", b"\xff", b"\xc3", b"\"", b"\\", b"{", b"}", b"[", b"-", b"..",
    b"/",
];

/// What a target's inputs are made of.
pub struct Corpus {
    /// In the order of their names.
    pub inputs: Vec<Vec<u8>>,
    tokens: Vec<Vec<u8>>,
}

impl Corpus {
    /// Reads a target's corpus, which may be missing, and its dictionary, if it has one.
    pub fn read(fuzz: &Path, target: &str) -> Self {
        let files = fs::read_dir(fuzz.join("corpus").join(target));
        let mut files: Vec<_> = files
            .into_iter()
            .flatten()
            .map(|file| file.expect("a file").path())
            .collect();
        files.sort();
        let words = fs::read_to_string(fuzz.join(format!("dictionaries/{target}.dict")));
        let words = words.unwrap_or_default();
        let words = words.lines().filter(|line| line.starts_with('"'));
        Self {
            inputs: files
                .iter()
                .map(|file| fs::read(file).expect("an input"))
                .collect(),
            tokens: words
                .map(token)
                .chain(TOKENS.iter().map(|token| token.to_vec()))
                .collect(),
        }
    }

    /// The mutation with this number.
    pub fn mutation(&self, number: u64) -> Vec<u8> {
        let mut dice = Rng::with_seed(number);
        let mut input = self.one(&mut dice).clone();
        for _ in 0..dice.u8(1..=4) {
            self.change(&mut input, &mut dice);
        }
        input.truncate(LONGEST);
        input
    }

    fn one(&self, dice: &mut Rng) -> &Vec<u8> {
        &self.inputs[dice.usize(..self.inputs.len())]
    }

    fn change(&self, input: &mut Vec<u8>, dice: &mut Rng) {
        let (one, other) = (dice.usize(..=input.len()), dice.usize(..=input.len()));
        let (from, to) = (one.min(other), one.max(other));
        match dice.u8(0..6) {
            0 if from < to => input[from] ^= 1 << dice.u8(0..8),
            1 if from < to => input[from] = dice.u8(..),
            2 => drop(input.drain(from..to)),
            3 => {
                let again = input[from..to].to_vec();
                input.splice(to..to, again);
            }
            4 => {
                let other = self.one(dice);
                let at = dice.usize(..=other.len());
                input.splice(from.., other[at..].iter().copied());
            }
            _ => {
                // In place of what is there, or between.
                let token = dice.choice(&self.tokens).expect("tokens");
                let end = (from + token.len() * usize::from(dice.bool())).min(input.len());
                input.splice(from..end, token.iter().copied());
            }
        }
    }
}

/// A line of a dictionary: `"text"`, with `\xNN`, `\\` and `\"`.
fn token(line: &str) -> Vec<u8> {
    let inside = line.trim().trim_matches('"').as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < inside.len() {
        let hex = std::str::from_utf8(inside.get(at + 2..at + 4).unwrap_or_default());
        let (byte, taken) = match (inside[at], inside.get(at + 1)) {
            (b'\\', Some(b'x')) => (
                u8::from_str_radix(hex.expect("hex"), 16).expect("two digits"),
                4,
            ),
            (b'\\', Some(byte)) => (*byte, 2),
            (byte, _) => (byte, 1),
        };
        out.push(byte);
        at += taken;
    }
    out
}
