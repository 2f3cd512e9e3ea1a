//! What the operating system tells of processes, and which core is whose.

use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit, setrlimit};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use std::fs;
use std::io;
use std::time::Duration;

/// The cores of this machine, shared out between the server and the load.
#[derive(Debug, Clone)]
pub(crate) struct Cores {
    server: Vec<usize>,
    load: Vec<usize>,
}

impl Cores {
    /// The last core for the load, and `server` of the others for the server. On a machine with too few they share.
    pub(crate) fn split(server: usize) -> io::Result<Self> {
        let all = sched_getaffinity(None)?;
        let mut all: Vec<usize> = (0..CpuSet::MAX_CPU)
            .filter(|core| all.is_set(*core))
            .collect();
        let load = all.last().copied().into_iter().collect();
        if all.len() > server.max(1) {
            all.pop();
        }
        all.truncate(server.max(1));
        Ok(Self { server: all, load })
    }

    pub(crate) fn pin_to_server(&self) -> io::Result<()> {
        pin(&self.server)
    }

    pub(crate) fn pin_to_load(&self) -> io::Result<()> {
        pin(&self.load)
    }

    /// In words, for tables.
    pub(crate) fn told(&self) -> String {
        format!(
            "server on core {:?}, load on core {:?}",
            self.server, self.load
        )
    }
}

fn pin(cores: &[usize]) -> io::Result<()> {
    let mut set = CpuSet::new();
    cores.iter().for_each(|core| set.set(*core));
    Ok(sched_setaffinity(None, &set)?)
}

/// Processor time that a process has used, of all its threads.
pub(crate) fn cpu(pid: u32) -> io::Result<Duration> {
    let mut total = 0;
    for task in fs::read_dir(format!("/proc/{pid}/task"))? {
        // Nanoseconds on a core, nanoseconds waiting, time slices.
        let text = fs::read_to_string(task?.path().join("schedstat"))?;
        let word = text.split_whitespace().next().unwrap_or_default();
        total += word.parse::<u64>().map_err(io::Error::other)?;
    }
    Ok(Duration::from_nanos(total))
}

/// A process's memory in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    pub(crate) now: u64,
    pub(crate) peak: u64,
}

pub(crate) fn memory(pid: u32) -> io::Result<Memory> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        kib.map(|kib| kib * 1024)
            .ok_or_else(|| io::Error::other(format!("no {name} in /proc/{pid}/status")))
    };
    Ok(Memory {
        now: field("VmRSS:")?,
        peak: field("VmHWM:")?,
    })
}

pub(crate) fn forget_peak(pid: u32) -> io::Result<()> {
    // See proc(5): 5 resets the peak of resident memory.
    fs::write(format!("/proc/{pid}/clear_refs"), "5")
}

/// Lets this process and its children open as many sockets as the machine permits; answers how many.
pub(crate) fn raise_file_limit() -> io::Result<u64> {
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum;
    setrlimit(
        Resource::Nofile,
        Rlimit {
            current: most,
            maximum: most,
        },
    )?;
    Ok(most.unwrap_or(u64::MAX))
}

/// How many files a process has open.
pub(crate) fn open_files(pid: Pid) -> io::Result<u64> {
    let files = fs::read_dir(format!("/proc/{}/fd", pid.as_raw_nonzero()))?;
    Ok(files.count() as u64)
}

/// From now on a process may open so many files.
pub(crate) fn limit_files(pid: Pid, most: u64) -> io::Result<()> {
    let current = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    prlimit(Some(pid), Resource::Nofile, current)?;
    Ok(())
}

/// What the machine is, in a line.
pub(crate) fn told() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("", |rest| rest.trim_start_matches(['\t', ' ', ':']));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{model}, {cores} cores, Linux {}", kernel.trim())
}
