use actionline::{ActionError, FileReply, Files, State, action};

/// Why a file is not sent. A client is not told more, lest it learn what is there.
#[derive(Debug, ActionError)]
pub enum FileError {
    NotFound { file_name: String },
}

#[action]
pub async fn file(
    file_name: &str,
    framed: bool,
    files: State<'_, Files>,
) -> Result<FileReply, FileError> {
    match files.open(file_name).await {
        Some(file) => Ok(file.with_frame(framed)),
        None => Err(FileError::NotFound {
            file_name: file_name.to_owned(),
        }),
    }
}
