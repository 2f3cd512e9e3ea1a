//! How each line ends: its number (protocol §2), counted on in place, and CRLF.

const NUMBER: &[u8] = b",\"messageCount\":";
const END: &[u8] = b"}\r\n";

/// Most bytes of a tail: a 64-bit number has at most 20 digits.
pub(crate) const MOST: usize = NUMBER.len() + 20 + END.len();

/// What ends the next line. A tenth of the work of writing the number anew each time.
#[derive(Debug)]
pub(crate) struct Tail {
    bytes: [u8; MOST],
    /// Where it starts.
    from: u8,
}

impl Default for Tail {
    /// That of a client's first line, which has the number 0.
    fn default() -> Self {
        let mut tail = Self {
            bytes: [b'0'; MOST],
            from: (MOST - END.len() - 1 - NUMBER.len()) as u8,
        };
        tail.bytes[MOST - END.len()..].copy_from_slice(END);
        tail.name();
        tail
    }
}

impl Tail {
    /// The text.
    pub(crate) fn text(&self) -> &[u8] {
        &self.bytes[self.from.into()..]
    }

    /// Goes on to the next number.
    pub(crate) fn count(&mut self) {
        for digit in self.bytes[..MOST - END.len()].iter_mut().rev() {
            match digit {
                b'9' => *digit = b'0',
                b'0'..=b'8' => {
                    *digit += 1;
                    return;
                }
                // All were nines, and this is what stands before them.
                _ => break,
            }
        }
        // No client gets so many lines that there is no room.
        self.from -= 1;
        self.name();
        self.bytes[usize::from(self.from) + NUMBER.len()] = b'1';
    }

    fn name(&mut self) {
        let from = self.from.into();
        self.bytes[from..from + NUMBER.len()].copy_from_slice(NUMBER);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_follows_the_one_before() {
        let mut tail = Tail::default();
        for number in 0..=100_001 {
            let expected = format!(",\"messageCount\":{number}}}\r\n");
            assert_eq!(tail.text(), expected.as_bytes());
            tail.count();
        }
    }

    #[test]
    fn there_is_room_for_64_bits() {
        let mut tail = Tail::default();
        for _ in 0..19 {
            for digit in &mut tail.bytes[usize::from(tail.from) + NUMBER.len()..MOST - END.len()] {
                *digit = b'9';
            }
            tail.count();
        }
        assert_eq!(tail.text(), b",\"messageCount\":10000000000000000000}\r\n");
        assert_eq!(tail.from, 0);
    }
}
