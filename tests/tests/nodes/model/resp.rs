//! RESP3: commands in, replies out.

use std::io;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// A command and its arguments.
pub type Words = Vec<Vec<u8>>;

/// What Redis answers or pushes.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Simple(&'static str),
    Error(String),
    Number(i64),
    Bulk(Vec<u8>),
    Nothing,
    List(Vec<Reply>),
    Map(Vec<(Reply, Reply)>),
    Push(Vec<Reply>),
}

impl Reply {
    pub const OK: Self = Self::Simple("OK");

    pub fn text(text: &str) -> Self {
        Self::Bulk(text.as_bytes().to_vec())
    }

    pub fn list(items: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self::List(items.into_iter().map(Self::Bulk).collect())
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        bytes
    }

    fn write(&self, to: &mut Vec<u8>) {
        let mut head = |mark: char, rest: &str| to.extend(format!("{mark}{rest}\r\n").bytes());
        match self {
            Self::Simple(text) => head('+', text),
            Self::Error(text) => head('-', text),
            Self::Number(number) => head(':', &number.to_string()),
            Self::Nothing => head('_', ""),
            Self::Bulk(bytes) => {
                head('$', &bytes.len().to_string());
                to.extend(bytes);
                to.extend(b"\r\n");
            }
            Self::List(items) | Self::Push(items) => {
                let mark = if matches!(self, Self::List(_)) {
                    '*'
                } else {
                    '>'
                };
                head(mark, &items.len().to_string());
                items.iter().for_each(|item| item.write(to));
            }
            Self::Map(pairs) => {
                head('%', &pairs.len().to_string());
                for (key, value) in pairs {
                    key.write(to);
                    value.write(to);
                }
            }
        }
    }
}

/// Reads a command; none at the end.
pub async fn read(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Words>> {
    let Some(count) = number(from, b'*').await? else {
        return Ok(None);
    };
    let mut words = Words::new();
    for _ in 0..count {
        let Some(length) = number(from, b'$').await? else {
            return Ok(None);
        };
        let mut word = vec![0; length + 2];
        from.read_exact(&mut word).await?;
        word.truncate(length);
        words.push(word);
    }
    Ok(Some(words))
}

/// The number of a line that begins with this mark.
async fn number(from: &mut (impl AsyncBufRead + Unpin), mark: u8) -> io::Result<Option<usize>> {
    let mut line = Vec::new();
    if from.read_until(b'\n', &mut line).await? == 0 {
        return Ok(None);
    }
    let text = line.strip_prefix(&[mark]).map(<[u8]>::trim_ascii_end);
    let number = text.and_then(|text| std::str::from_utf8(text).ok()?.parse().ok());
    number.map(Some).ok_or(io::ErrorKind::InvalidData.into())
}
