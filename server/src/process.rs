//! What the process takes of the machine, and may take. What the system does not tell is `None`.

use std::fs;

/// Most files that may be open.
pub(crate) fn most_files() -> Option<u64> {
    #[cfg(unix)]
    {
        rustix::process::getrlimit(rustix::process::Resource::Nofile).current
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// Files that are open, sockets included.
pub(crate) fn open_files() -> Option<u64> {
    let files = fs::read_dir("/proc/self/fd").ok()?;
    // The one that lists them is not counted.
    Some((files.count() as u64).saturating_sub(1))
}

/// Bytes of memory in use. Linux says it in kibibytes.
pub(crate) fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib * 1024)
}
