//! Text put together while the compiler runs: error messages that name what a type has and a spec lacks.

/// A short text of fixed room; what goes beyond is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    bytes: [u8; ROOM],
    len: usize,
}

const ROOM: usize = 1024;

impl Text {
    /// No text.
    pub(super) const EMPTY: Self = Self {
        bytes: [0; ROOM],
        len: 0,
    };

    /// All parts in a row.
    pub(super) const fn of(parts: &[&str]) -> Self {
        let mut text = Self::EMPTY;
        let mut i = 0;
        while i < parts.len() {
            text = text.push(parts[i]);
            i += 1;
        }
        text
    }

    /// The text with more behind it; left as it is when there is no room for all of it.
    pub(super) const fn push(mut self, more: &str) -> Self {
        let more = more.as_bytes();
        if self.len + more.len() > ROOM {
            return self;
        }
        let mut i = 0;
        while i < more.len() {
            self.bytes[self.len + i] = more[i];
            i += 1;
        }
        self.len += more.len();
        self
    }

    /// The text.
    pub(super) const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            // Only whole texts are ever added.
            Err(_) => "",
        }
    }
}

/// Whether two names differ in their style alone: `fileName` and `file_name`, `in-progress` and `InProgress`.
pub(super) const fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut i, mut j) = (0, 0);
    loop {
        while i < a.len() && !a[i].is_ascii_alphanumeric() {
            i += 1;
        }
        while j < b.len() && !b[j].is_ascii_alphanumeric() {
            j += 1;
        }
        if i == a.len() || j == b.len() {
            return i == a.len() && j == b.len();
        }
        if !a[i].eq_ignore_ascii_case(&b[j]) {
            return false;
        }
        i += 1;
        j += 1;
    }
}

/// `a == b`, for the compiler.
pub(super) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
