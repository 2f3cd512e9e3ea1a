//! The text of a spec's file.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Most bytes of one: far more than people write.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The text of a spec's file on the disk, or in a few words why there is none: `it is not UTF-8 text from byte 7 on`.
///
/// # Errors
/// It cannot be read, is no regular file, has more than 16 MiB, or is not UTF-8.
pub fn text_of(path: &Path) -> Result<String, String> {
    // A pipe or a device could keep the program waiting, or fill its memory.
    if !fs::metadata(path).map_err(told)?.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(told)?;
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(told)?;
    if bytes.len() as u64 > LARGEST {
        let most = LARGEST / (1024 * 1024);
        return Err(format!("it has more than {most} MiB: no spec is so large"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("it is UTF-16 text: save it as UTF-8".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("it is not UTF-8 text from byte {} on", at + 1)
    })
}

/// What the system says, without its number.
fn told(error: io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_have_so_many_bytes_and_is_utf_8() {
        let path = std::env::temp_dir().join(format!("actionline-text-{}", std::process::id()));
        let read = |bytes: &[u8]| {
            fs::write(&path, bytes).expect("a file");
            text_of(&path)
        };
        let mut most = vec![b' '; LARGEST as usize];
        assert_eq!(read(&most).map(|text| text.len()), Ok(most.len()));
        most.push(b' ');
        let told = "it has more than 16 MiB: no spec is so large";
        assert_eq!(read(&most).unwrap_err(), told);
        for utf_16 in [b"\xff\xfea\0", b"\xfe\xff\0a"] {
            let told = "it is UTF-16 text: save it as UTF-8";
            assert_eq!(read(utf_16).unwrap_err(), told);
        }
        let told = "it is not UTF-8 text from byte 2 on";
        assert_eq!(read(b"a\xe9").unwrap_err(), told);
        fs::remove_file(&path).expect("it is there");
        assert!(!text_of(&path).unwrap_err().contains("os error"));
    }
}
