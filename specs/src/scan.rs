//! A scanner for plain JSON: the way that nearly all requests take. It knows valid JSON without a backslash in it, and
//! answers nothing for all else; serde_json then has the say, and the words for what is wrong.

use std::ops::Range;

/// Values may nest so deep here.
const DEPTH: usize = 32;

/// The key and the value of each member of a plain object, as they stand in the text; nothing but spaces may follow it.
/// `take` answers false for what it cannot take. True when all were taken.
pub(crate) fn object<'a>(text: &'a str, mut take: impl FnMut(&'a str, &'a str) -> bool) -> bool {
    Scan::all(text, |scan, (start, end)| {
        let from = scan.at;
        scan.value(DEPTH)?;
        take(text.get(start..end)?, text.get(from..scan.at)?).then_some(())
    })
}

/// [`object`] with keys as bytes, which also tells `note` where the keys and the values of the object under the key `inner` stand.
pub(crate) fn object_within<'a>(
    text: &'a str,
    mut take: impl FnMut(&'a [u8], &'a str) -> bool,
    inner: &[u8],
    mut note: impl FnMut(Range<usize>, Range<usize>),
) -> bool {
    Scan::all(text, |scan, (start, end)| {
        let (from, key) = (scan.at, scan.text.get(start..end)?);
        if scan.peek() == Some(b'{') && key == inner {
            scan.members(|scan, (start, end)| {
                let from = scan.at;
                scan.value(DEPTH - 1)?;
                note(start..end, from..scan.at);
                Some(())
            })?;
        } else {
            scan.value(DEPTH)?;
        }
        take(key, text.get(from..scan.at)?).then_some(())
    })
}

/// Whether a UTF-8 text is one plain JSON value, without spaces around it.
pub fn is_plain_value(text: &[u8]) -> bool {
    let mut scan = Scan { text, at: 0 };
    scan.value(DEPTH).is_some() && scan.at == scan.text.len()
}

/// Whether a text is one plain JSON string.
pub(crate) fn is_string(text: &str) -> bool {
    let mut scan = Scan {
        text: text.as_bytes(),
        at: 0,
    };
    scan.string().is_some() && scan.at == scan.text.len()
}

/// Whether nothing in a text has to be escaped in a JSON string.
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (words, rest) = bytes.as_chunks::<8>();
    let is_plain = |word: &[u8; 8]| special(u64::from_le_bytes(*word)) == 0;
    if let Some(last) = bytes.last_chunk() {
        return words.iter().all(is_plain) && is_plain(last);
    }
    // Fewer than eight are made eight.
    let blanks = u64::from_le_bytes([b' '; 8]);
    let word = rest
        .iter()
        .fold(blanks, |word, byte| word << 8 | u64::from(*byte));
    special(word) == 0
}

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    /// Whether a text is one plain object; `value` reads the value behind each key, of which it is told the place.
    fn all(text: &'a str, value: impl FnMut(&mut Self, (usize, usize)) -> Option<()>) -> bool {
        let mut scan = Scan {
            text: text.as_bytes(),
            at: 0,
        };
        let read = scan.members(value);
        scan.spaces();
        read.is_some() && scan.at == scan.text.len()
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn spaces(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// The next byte behind spaces; mostly there are none.
    fn next(&mut self) -> Option<u8> {
        match self.peek()? {
            b' ' | b'\t' | b'\n' | b'\r' => {
                self.spaces();
                self.peek()
            }
            byte => Some(byte),
        }
    }

    /// The next byte behind spaces, eaten.
    fn mark(&mut self) -> Option<u8> {
        let mark = self.next()?;
        self.at += 1;
        Some(mark)
    }

    /// A string; answers where its text is.
    fn string(&mut self) -> Option<(usize, usize)> {
        self.eat(b'"')?;
        let from = self.at;
        while let Some(word) = self.text.get(self.at..).and_then(<[u8]>::first_chunk) {
            let special = special(u64::from_le_bytes(*word));
            if special != 0 {
                self.at += special.trailing_zeros() as usize / 8;
                break;
            }
            self.at += 8;
        }
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' | ..b' ' => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some((from, self.at - 1))
    }

    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        // Both are optional.
        let _ = self.eat(b'-');
        if self.eat(b'0').is_none() {
            self.digits()?;
        }
        if self.eat(b'.').is_some() {
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.text[self.at..]
            .starts_with(word)
            .then(|| self.at += word.len())
    }

    /// One value that may nest `depth` levels. Most are strings.
    #[inline(always)]
    fn value(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            _ => self.other_value(depth),
        }
    }

    /// One value that is no string.
    fn other_value(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            b'{' => {
                let below = depth.checked_sub(1)?;
                self.members(|scan, _| scan.value(below))
            }
            b'[' => self.items(depth.checked_sub(1)?),
            _ => None,
        }
    }

    fn items(&mut self, below: usize) -> Option<()> {
        self.eat(b'[')?;
        if self.next()? == b']' {
            return self.eat(b']');
        }
        loop {
            self.value(below)?;
            match self.mark()? {
                b',' => self.spaces(),
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    /// An object; `value` reads the value behind each key.
    fn members(
        &mut self,
        mut value: impl FnMut(&mut Self, (usize, usize)) -> Option<()>,
    ) -> Option<()> {
        self.spaces();
        self.eat(b'{')?;
        if self.next()? == b'}' {
            return self.eat(b'}');
        }
        loop {
            let key = self.string()?;
            if self.mark()? != b':' {
                return None;
            }
            self.spaces();
            value(self, key)?;
            match self.mark()? {
                b',' => self.spaces(),
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }
}

/// The high bit of each byte that ends a plain stretch of a string: a quote, a backslash, a control character. A byte
/// behind the first one may be marked wrongly; nobody looks at it.
fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    const CONTROLS: u64 = u64::from_ne_bytes([b' '; 8]);
    const QUOTES: u64 = u64::from_ne_bytes([b'"'; 8]);
    const SLASHES: u64 = u64::from_ne_bytes([b'\\'; 8]);
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let below = word.wrapping_sub(CONTROLS) & !word;
    (below | zero(word ^ QUOTES) | zero(word ^ SLASHES)) & HIGH
}

#[cfg(test)]
mod tests;
