//! What the process takes of the machine, under the names that Prometheus clients agree on. What the system does not tell
//! is left out.

use super::text::Text;
use std::fs;

pub(super) fn write(text: &mut Text) {
    let memory = resident();
    let open = fs::read_dir("/proc/self/fd").ok();
    // The one that lists them is not counted.
    let open = open.map(|files| (files.count() as u64).saturating_sub(1));
    for (name, help, value) in [
        (
            "process_resident_memory_bytes",
            "Memory in use, in bytes.",
            memory,
        ),
        ("process_open_fds", "Open file descriptors.", open),
        (
            "process_max_fds",
            "File descriptors that may be open.",
            most_files(),
        ),
    ] {
        if let Some(value) = value {
            text.gauge(name, help).of(&[], value);
        }
    }
}

/// Linux says it in kibibytes.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib * 1024)
}

fn most_files() -> Option<u64> {
    #[cfg(unix)]
    {
        rustix::process::getrlimit(rustix::process::Resource::Nofile).current
    }
    #[cfg(not(unix))]
    {
        None
    }
}
