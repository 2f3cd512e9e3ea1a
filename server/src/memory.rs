//! What is buffered for all clients together, and what is given up as it grows: step by step, and never a reply.

use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

/// Bytes that wait: unfinished lines, requests and replies that wait, backlogs, saved params. Sessions tell at the end of
/// their turns.
#[derive(Debug)]
pub(crate) struct Memory {
    used: AtomicUsize,
    /// How much it may be. It may change.
    most: AtomicUsize,
    /// Clients are to be given up.
    pressed: Notify,
}

/// What is given up, in this order. The number is how much of the limit is in use then, in hundredths.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// No more clients are let in.
    Connections = 75,
    /// No more files are begun.
    Files = 80,
    /// Those who have not logged in where one has to are closed.
    Strangers = 85,
    /// The clients with the largest backlogs are closed.
    Backlogs = 90,
}

impl Memory {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            used: AtomicUsize::new(0),
            most: AtomicUsize::new(most),
            pressed: Notify::new(),
        }
    }

    /// Changes how much it may be.
    pub(crate) fn allow(&self, most: usize) {
        self.most.store(most, Ordering::Relaxed);
        // What is held already may be too much now.
        self.change(0, 0);
    }

    /// Takes note that somebody holds so many bytes, and before held so many.
    pub(crate) fn change(&self, before: usize, now: usize) {
        if now < before {
            self.used.fetch_sub(before - now, Ordering::Relaxed);
            return;
        }
        self.used.fetch_add(now - before, Ordering::Relaxed);
        if self.sheds(Step::Strangers) {
            self.pressed.notify_one();
        }
    }

    /// Whether nothing more is to be run.
    pub(crate) fn is_full(&self) -> bool {
        self.used() >= self.most.load(Ordering::Relaxed)
    }

    /// Whether a step is reached.
    pub(crate) fn sheds(&self, step: Step) -> bool {
        self.used() >= self.level(step)
    }

    /// How many bytes there are too many for a step.
    pub(crate) fn excess(&self, step: Step) -> usize {
        (self.used() + 1).saturating_sub(self.level(step))
    }

    /// Waits until clients have to go.
    pub(crate) async fn pressed(&self) {
        self.pressed.notified().await;
    }

    /// Bytes in use.
    pub(crate) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    fn level(&self, step: Step) -> usize {
        (self.most.load(Ordering::Relaxed) as u128 * step as u128).div_ceil(100) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_come_one_after_the_other() {
        let memory = Memory::new(1000);
        for (used, steps) in [
            (749, 0),
            (750, 1),
            (799, 1),
            (800, 2),
            (850, 3),
            (900, 4),
            (1000, 4),
        ] {
            memory.change(memory.used(), used);
            let all = [
                Step::Connections,
                Step::Files,
                Step::Strangers,
                Step::Backlogs,
            ];
            let reached = all.iter().filter(|step| memory.sheds(**step)).count();
            assert_eq!(reached, steps, "{used}");
            assert_eq!(
                memory.excess(Step::Backlogs),
                (used + 1).saturating_sub(900)
            );
        }
        assert!(memory.is_full());
        memory.change(1000, 0);
        assert_eq!(memory.used(), 0);
    }
}
