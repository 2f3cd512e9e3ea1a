//! Files beneath a root (protocol §6): nothing outside it is ever served, and only regular files are.

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use serde::Serialize;
use std::fmt;
use std::future::Future;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::task::JoinHandle;

/// A folder whose files are served.
#[derive(Debug, Clone)]
pub struct Files {
    root: Option<Arc<Dir>>,
}

impl Files {
    /// Serves the regular files of a folder and the folders below it. Links are followed as long as they stay inside.
    ///
    /// # Errors
    /// The folder cannot be opened.
    pub fn below(folder: impl AsRef<Path>) -> io::Result<Self> {
        let root = Dir::open_ambient_dir(folder, ambient_authority())?;
        Ok(Self {
            root: Some(Arc::new(root)),
        })
    }

    /// Serves nothing: every file is "not found".
    pub fn none() -> Self {
        Self { root: None }
    }

    /// Opens a file by its path below the folder, for an action to answer with. Nothing when it is not there, no regular
    /// file, not readable or outside: a client is not told which.
    pub async fn open(&self, name: &str) -> Option<FileReply> {
        let root = self.root.clone()?;
        let name = name.to_owned();
        // A panic or a runtime that stops is no file either.
        tokio::task::spawn_blocking(move || open(&root, &name))
            .await
            .ok()?
    }
}

fn open(root: &Dir, name: &str) -> Option<FileReply> {
    if !root.metadata(name).ok()?.is_file() {
        return None;
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        // Opening must not wait for the other end of a FIFO.
        use cap_std::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK);
    }
    let file = root.open_with(name, &options).ok()?;
    // What was looked at and what was opened may differ.
    let facts = file.metadata().ok().filter(|facts| facts.is_file())?;
    let modified = facts.modified().ok()?.into_std();
    let base = Path::new(name).file_name()?.to_str()?;
    Some(FileReply {
        facts: FileFacts {
            name: base.to_owned(),
            size: facts.len(),
            mime: mime_guess::from_path(base)
                .first_or_octet_stream()
                .to_string(),
            modified: format!("{:.3}", jiff::Timestamp::try_from(modified).ok()?),
        },
        framed: false,
        file: file.into_std(),
    })
}

/// What a framed file's line says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileFacts {
    /// The file's own name, without its folders.
    pub name: String,
    /// Its size in bytes: exactly so many follow.
    pub size: u64,
    /// Its media type, guessed from its name.
    #[serde(rename = "type")]
    pub mime: String,
    /// When it was last modified: RFC 3339, UTC, milliseconds.
    pub modified: String,
}

/// A file on its way to a client: what an action with `returns: file` answers.
#[derive(Debug)]
pub struct FileReply {
    facts: FileFacts,
    framed: bool,
    file: std::fs::File,
}

impl FileReply {
    /// Whether a JSON line comes before the bytes.
    #[must_use]
    pub fn with_frame(mut self, framed: bool) -> Self {
        self.framed = framed;
        self
    }

    pub(crate) fn framed(&self) -> bool {
        self.framed
    }

    /// What is known of it.
    pub fn facts(&self) -> &FileFacts {
        &self.facts
    }

    pub(crate) fn into_source(self) -> Box<dyn FileSource> {
        Box::new(Reader {
            left: self.facts.size,
            step: Step::Idle(self.file, Vec::new()),
        })
    }
}

/// Where a file's bytes come from, a piece at a time.
pub(crate) trait FileSource: Send + fmt::Debug {
    /// Appends the next piece; `false` when there is none left.
    fn poll_chunk(&mut self, cx: &mut Context<'_>, into: &mut Vec<u8>) -> Poll<io::Result<bool>>;
}

/// Bytes read at a time: few enough that many slow readers cost little.
const CHUNK: usize = 32 * 1024;

/// Reads a file on the runtime's threads for blocking work.
#[derive(Debug)]
struct Reader {
    left: u64,
    step: Step,
}

#[derive(Debug)]
enum Step {
    Idle(std::fs::File, Vec<u8>),
    Reading(JoinHandle<io::Result<(std::fs::File, Vec<u8>)>>),
    Over,
}

impl FileSource for Reader {
    fn poll_chunk(&mut self, cx: &mut Context<'_>, into: &mut Vec<u8>) -> Poll<io::Result<bool>> {
        if self.left == 0 {
            return Poll::Ready(Ok(false));
        }
        if let Step::Idle(..) = self.step
            && let Step::Idle(mut file, mut chunk) = std::mem::replace(&mut self.step, Step::Over)
        {
            let most = self.left.min(CHUNK as u64);
            self.step = Step::Reading(tokio::task::spawn_blocking(move || {
                chunk.clear();
                (&mut file).take(most).read_to_end(&mut chunk)?;
                Ok((file, chunk))
            }));
        }
        let Step::Reading(reading) = &mut self.step else {
            return Poll::Ready(Err(io::Error::other("the file was given up")));
        };
        let read = ready!(Pin::new(reading).poll(cx));
        self.step = Step::Over;
        let (file, chunk) = read.map_err(io::Error::other)??;
        if chunk.is_empty() {
            // The size was promised; a file that shrank cannot keep it.
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        self.left -= chunk.len() as u64;
        into.extend_from_slice(&chunk);
        self.step = Step::Idle(file, chunk);
        Poll::Ready(Ok(true))
    }
}
