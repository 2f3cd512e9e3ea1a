//! What clients do, by chance.

use proptest::prelude::*;
use proptest::sample::select;

/// Something that one of the clients does, or that happens to it.
#[derive(Debug, Clone)]
pub enum Step {
    /// Another client comes.
    Connect,
    /// A client sends a line.
    Send(usize, Line),
    /// One of the gates that a client's requests wait at is opened.
    Open(usize, usize),
    /// It closes its sending half.
    HalfClose(usize),
    /// It is gone without a word.
    Reset(usize),
    /// The other nodes confirm nothing from now on, or everything at once again.
    Hold(bool),
    /// They confirm what a client did.
    Confirm(usize),
    /// So many milliseconds pass.
    Wait(u64),
}

/// A line of a client.
#[derive(Debug, Clone)]
pub enum Line {
    Say(String),
    Room(&'static str),
    View,
    Add(&'static str, String),
    Params,
    /// A request that waits at a gate; with a label or without.
    Gate(bool),
    /// A request with a label that is answered at once.
    Nothing,
    Quit,
}

/// A whole story.
pub fn story() -> impl Strategy<Value = Vec<Step>> {
    let who = 0..4usize;
    let line = prop_oneof![
        6 => "[a-z é]{1,6}".prop_map(Line::Say),
        5 => select(&["defaultRoom", "a", "b", "c", "d"][..]).prop_map(Line::Room),
        2 => Just(Line::View),
        2 => (select(&["k", "l", "m", "n"][..]), "[a-z]{0,4}").prop_map(|(key, value)| Line::Add(key, value)),
        1 => Just(Line::Params),
        2 => any::<bool>().prop_map(Line::Gate),
        1 => Just(Line::Nothing),
        1 => Just(Line::Quit),
    ];
    let step = prop_oneof![
        4 => Just(Step::Connect),
        20 => (who.clone(), line).prop_map(|(who, line)| Step::Send(who, line)),
        3 => (who.clone(), 0..3usize).prop_map(|(who, which)| Step::Open(who, which)),
        1 => any::<bool>().prop_map(Step::Hold),
        2 => who.clone().prop_map(Step::Confirm),
        1 => who.clone().prop_map(Step::HalfClose),
        1 => who.prop_map(Step::Reset),
        1 => (1..3000u64).prop_map(Step::Wait),
    ];
    proptest::collection::vec(step, 1..60)
}
