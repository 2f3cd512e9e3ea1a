//! Bound values that outlive the request they came with.

use crate::Slot;
use std::borrow::Cow;

/// Slots that own their texts, all of them in one buffer. Filled anew, they keep their memory.
#[derive(Debug, Default)]
pub struct OwnedSlots {
    text: String,
    slots: Vec<Owned>,
}

/// A slot; of a text, where it is.
#[derive(Debug, Clone, Copy)]
enum Owned {
    Absent,
    Text(usize, usize),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Json(usize, usize),
}

impl OwnedSlots {
    /// Copies slots, in place of those before.
    pub fn fill(&mut self, slots: &[Slot<'_>]) {
        self.text.clear();
        self.slots.clear();
        let text = &mut self.text;
        let mut put = |part: &str| {
            let from = text.len();
            text.push_str(part);
            (from, text.len())
        };
        self.slots.extend(slots.iter().map(|slot| match slot {
            Slot::Absent => Owned::Absent,
            Slot::Text(text) => {
                let (from, end) = put(text);
                Owned::Text(from, end)
            }
            Slot::Integer(value) => Owned::Integer(*value),
            Slot::Number(value) => Owned::Number(*value),
            Slot::Boolean(value) => Owned::Boolean(*value),
            Slot::Json(text) => {
                let (from, end) = put(text);
                Owned::Json(from, end)
            }
        }));
    }

    /// A slot, borrowing its text; absent beyond the last.
    pub fn get(&self, index: usize) -> Slot<'_> {
        let cut = |from, end| Cow::Borrowed(&self.text[from..end]);
        match self.slots.get(index).copied() {
            None | Some(Owned::Absent) => Slot::Absent,
            Some(Owned::Text(from, end)) => Slot::Text(cut(from, end)),
            Some(Owned::Integer(value)) => Slot::Integer(value),
            Some(Owned::Number(value)) => Slot::Number(value),
            Some(Owned::Boolean(value)) => Slot::Boolean(value),
            Some(Owned::Json(from, end)) => Slot::Json(cut(from, end)),
        }
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
        for (index, slot) in slots.iter().enumerate() {
            assert_eq!(owned.get(index), *slot);
        }
        assert_eq!(owned.get(slots.len()), Slot::Absent);
    }
}
