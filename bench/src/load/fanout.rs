//! Rooms: some speak, all members hear, each message once and in order.

use super::closed::Rate;
use super::{Pool, wrong};
use crate::rival::{Process, Rival};
use std::io;
use std::time::{Duration, Instant};

/// Who speaks to how many.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) rooms: usize,
    /// In each room, besides the speakers.
    pub(crate) members: usize,
    /// In each room. They say things and do not count what they hear.
    pub(crate) speakers: usize,
    /// Messages of one speaker that not everybody has got yet.
    pub(crate) in_flight: usize,
    /// Bytes of a message.
    pub(crate) size: usize,
    pub(crate) time: Duration,
    /// Whether the load sleeps while nothing comes; see [`Pool::restless`].
    pub(crate) asleep: bool,
}

/// Digits of a message's number. A `#` stands before them, and nowhere else in what is heard.
const DIGITS: usize = 9;

impl Load {
    /// Speaks for so long; answers messages delivered a second.
    pub(crate) fn run(self, rival: Rival, server: &Process) -> io::Result<Rate> {
        let mut scene = Scene::new(self, rival, server)?;
        scene.speak(self.in_flight, |done| done < 1)?;
        let (start, used) = (Instant::now(), server.cpu()?);
        let heard = scene.speak(self.in_flight, |_| start.elapsed() < self.time)?;
        let (clock, cpu) = (start.elapsed(), server.cpu()? - used);
        Ok(Rate {
            clock: heard as f64 / clock.as_secs_f64(),
            cpu: heard as f64 / cpu.as_secs_f64(),
        })
    }
}

struct Scene {
    load: Load,
    rival: Rival,
    pool: Pool,
    ears: Vec<Ear>,
    voices: Vec<Voice>,
}

/// A message with a number and a speaker, of so many bytes.
pub(crate) fn text(number: u32, speaker: usize, size: usize) -> String {
    let rest = "x".repeat(size.saturating_sub(DIGITS + 5));
    format!("#{number:0DIGITS$}s{speaker:03}{rest}")
}

/// What a member has heard.
#[derive(Debug, Default, Clone)]
pub(crate) struct Ear {
    /// The next number of each speaker of its room.
    next: Vec<u32>,
    /// The end of what was read, if a message's number may go on behind it.
    tail: Vec<u8>,
}

/// What a speaker has said.
#[derive(Debug, Default, Clone)]
struct Voice {
    said: u32,
    /// For each message not yet heard by all, how many have still to hear it; the first is number `said - missing.len()`.
    missing: std::collections::VecDeque<usize>,
}

impl Scene {
    fn new(load: Load, rival: Rival, server: &Process) -> io::Result<Self> {
        let each = load.members + load.speakers;
        let mut pool = Pool::connect(server.address, load.rooms * each, rival.welcomes())?;
        pool.restless = !load.asleep;
        for (index, client) in pool.clients.iter_mut().enumerate() {
            let room = index / each;
            let speaks = index % each >= load.members;
            let line = match rival {
                // A Redis connection that listens cannot speak.
                Rival::Redis if speaks => "*1\r\n$4\r\nPING\r\n".to_owned(),
                Rival::Redis => resp(&["SUBSCRIBE", &format!("r{room}")]),
                _ => format!("roomChange r{room}\n"),
            };
            client.send(line.as_bytes())?;
        }
        // SUBSCRIBE is answered by an array of six lines.
        let lines = |index: usize| match rival {
            Rival::Redis if index % each < load.members => 6,
            _ => 1,
        };
        let mut left: Vec<usize> = (0..pool.clients.len()).map(lines).collect();
        let mut waiting = left.len();
        pool.until(|index, _, bytes| {
            left[index] -= super::pool::count(bytes);
            waiting -= usize::from(left[index] == 0);
            Ok(waiting > 0)
        })?;
        let ear = Ear::new(load.speakers);
        Ok(Self {
            ears: vec![ear; pool.clients.len()],
            voices: vec![Voice::default(); load.rooms * load.speakers],
            load,
            rival,
            pool,
        })
    }

    /// Lets every speaker keep so many messages in flight while `go_on`, which is told how many were heard by all; waits
    /// until all is heard, and answers how many deliveries that were.
    fn speak(&mut self, in_flight: usize, mut go_on: impl FnMut(u64) -> bool) -> io::Result<u64> {
        let Self {
            load,
            rival,
            pool,
            ears,
            voices,
        } = self;
        let each = load.members + load.speakers;
        let (mut heard, mut whole, mut flying) = (0u64, 0u64, 0usize);
        let say = |voice: &mut Voice, room: usize, speaker: usize| {
            let text = text(voice.said, speaker, load.size);
            voice.said += 1;
            voice.missing.push_back(load.members);
            match rival {
                Rival::Redis => resp(&["PUBLISH", &format!("r{room}"), &text]),
                _ => format!("say {text}\n"),
            }
        };
        for (index, voice) in voices.iter_mut().enumerate() {
            let (room, speaker) = (index / load.speakers, index % load.speakers);
            let client = &mut pool.clients[room * each + load.members + speaker];
            let lines: String = (0..in_flight).map(|_| say(voice, room, speaker)).collect();
            flying += in_flight;
            client.send(lines.as_bytes())?;
        }
        let mut lines: Vec<(usize, String)> = Vec::new();
        while flying > 0 {
            pool.until(|index, _, bytes| {
                let (room, place) = (index / each, index % each);
                if place >= load.members {
                    return Ok(true);
                }
                ears[index].hear(bytes, |speaker, number| {
                    heard += 1;
                    let voice = &mut voices[room * load.speakers + speaker];
                    let first = voice.said - voice.missing.len() as u32;
                    let missing = number
                        .checked_sub(first)
                        .and_then(|at| voice.missing.get_mut(at as usize))
                        .ok_or_else(|| wrong("a message was heard once more"))?;
                    *missing -= 1;
                    let mut more = String::new();
                    while voice.missing.front() == Some(&0) {
                        voice.missing.pop_front();
                        flying -= 1;
                        whole += 1;
                        if go_on(whole) {
                            more += &say(voice, room, speaker);
                            flying += 1;
                        }
                    }
                    if !more.is_empty() {
                        lines.push((room * each + load.members + speaker, more));
                    }
                    Ok(())
                })?;
                Ok(flying > 0 && lines.is_empty())
            })?;
            for (index, text) in lines.drain(..) {
                pool.clients[index].send(text.as_bytes())?;
            }
        }
        Ok(heard)
    }
}

impl Ear {
    /// One that has heard nothing of so many speakers.
    pub(crate) fn new(speakers: usize) -> Self {
        Self {
            next: vec![0; speakers],
            tail: Vec::new(),
        }
    }

    /// Finds the messages in what came, each with its speaker and its number.
    pub(crate) fn hear(
        &mut self,
        bytes: &[u8],
        mut message: impl FnMut(usize, u32) -> io::Result<()>,
    ) -> io::Result<()> {
        let joined;
        let bytes = if self.tail.is_empty() {
            bytes
        } else {
            self.tail.extend_from_slice(bytes);
            joined = std::mem::take(&mut self.tail);
            &joined[..]
        };
        // `#`, the digits, `s`, three digits.
        const WHOLE: usize = 1 + DIGITS + 4;
        for at in memchr::memchr_iter(b'#', bytes) {
            let Some(word) = bytes.get(at..at + WHOLE) else {
                self.tail = bytes[at..].to_vec();
                return Ok(());
            };
            let digits = |from: usize, to: usize| {
                word[from..to]
                    .iter()
                    .fold(0u32, |number, digit| number * 10 + u32::from(digit - b'0'))
            };
            let (number, speaker) = (digits(1, 1 + DIGITS), digits(2 + DIGITS, WHOLE) as usize);
            let next = self
                .next
                .get_mut(speaker)
                .ok_or_else(|| wrong("somebody spoke who does not"))?;
            if *next != number {
                return Err(wrong(format!("message {number} came where {next} was due")));
            }
            *next += 1;
            message(speaker, number)?;
        }
        Ok(())
    }
}

/// A command in Redis's protocol.
fn resp(words: &[&str]) -> String {
    let mut text = format!("*{}\r\n", words.len());
    for word in words {
        text += &format!("${}\r\n{word}\r\n", word.len());
    }
    text
}
