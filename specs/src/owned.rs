//! Bound values that outlive the request they came with.

use crate::Slot;
use std::borrow::Cow;

/// Slots that own their texts, all of them in one buffer. Filled anew, they keep their memory.
#[derive(Debug, Default)]
pub struct OwnedSlots {
    text: String,
    slots: Vec<Owned>,
}

/// A slot; of a text, where it ends. It starts where the one before ended.
#[derive(Debug, Clone, Copy)]
enum Owned {
    Absent,
    Text { end: usize },
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Json { end: usize },
}

impl OwnedSlots {
    /// Copies slots, in place of those before.
    pub fn fill(&mut self, slots: &[Slot<'_>]) {
        self.text.clear();
        self.slots.clear();
        self.slots.reserve(slots.len());
        for slot in slots {
            let owned = match slot {
                Slot::Absent => Owned::Absent,
                Slot::Text(text) => Owned::Text {
                    end: self.put(text),
                },
                Slot::Integer(value) => Owned::Integer(*value),
                Slot::Number(value) => Owned::Number(*value),
                Slot::Boolean(value) => Owned::Boolean(*value),
                Slot::Json(text) => Owned::Json {
                    end: self.put(text),
                },
            };
            self.slots.push(owned);
        }
    }

    fn put(&mut self, text: &str) -> usize {
        self.text.push_str(text);
        self.text.len()
    }

    /// The first so many slots, borrowing their texts; absent beyond the last.
    pub fn first<const N: usize>(&self) -> [Slot<'_>; N] {
        let mut from = 0;
        let mut cut = |end| Cow::Borrowed(&self.text[std::mem::replace(&mut from, end)..end]);
        let mut slots = self.slots.iter();
        std::array::from_fn(|_| match slots.next() {
            None | Some(Owned::Absent) => Slot::Absent,
            Some(Owned::Text { end }) => Slot::Text(cut(*end)),
            Some(Owned::Integer(value)) => Slot::Integer(*value),
            Some(Owned::Number(value)) => Slot::Number(*value),
            Some(Owned::Boolean(value)) => Slot::Boolean(*value),
            Some(Owned::Json { end }) => Slot::Json(cut(*end)),
        })
    }

    /// How many bytes its texts have room for.
    pub fn capacity(&self) -> usize {
        self.text.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_come_back_as_they_were() {
        let slots = [
            Slot::Text("é".into()),
            Slot::Absent,
            Slot::Json("[1]".into()),
            Slot::Integer(-1),
            Slot::Text("".into()),
            Slot::Number(0.5),
            Slot::Boolean(true),
            Slot::Text("end".into()),
        ];
        let mut owned = OwnedSlots::default();
        owned.fill(&slots[4..]);
        owned.fill(&slots);
        assert_eq!(owned.first(), slots);
        assert_eq!(owned.first::<9>()[8], Slot::Absent);
    }
}
