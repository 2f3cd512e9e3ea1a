//! Files beneath a root.

/// A file on its way to a client.
#[derive(Debug)]
pub struct FileReply {}
