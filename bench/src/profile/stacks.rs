//! What perf recorded, as stacks of functions, those that the compiler has put into others among them.

use super::kinds::Frame;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// A place on a recorded stack.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    address: u64,
    name: String,
    /// The file that it is from; `[kernel.kallsyms]` for the kernel.
    file: String,
}

/// The stacks in what `perf script -F ip,sym,dso` prints, each with its outermost function first. `program` is looked
/// into for functions within functions.
pub(super) fn read(text: &str, program: &Path) -> io::Result<Vec<Vec<Frame>>> {
    let samples: Vec<Vec<Place>> = samples(text);
    let inside = |place: &Place| Path::new(&place.file) == program;
    let places = samples.iter().flatten().filter(|place| inside(place));
    let functions = functions(program, places.map(|place| place.address).collect())?;
    let frames = |place: &Place| match functions.get(&place.address) {
        Some(names) if inside(place) => names.clone(),
        _ => vec![Frame {
            name: place.name.clone(),
            kernel: place.file.starts_with("[kernel"),
        }],
    };
    let stacks = samples.iter().map(|sample| {
        let mut stack: Vec<Frame> = sample.iter().flat_map(frames).collect();
        stack.reverse();
        stack.dedup();
        stack
    });
    Ok(stacks.filter(|stack| !stack.is_empty()).collect())
}

/// The samples, each from the inside out.
fn samples(text: &str) -> Vec<Vec<Place>> {
    let place = |(depth, line): (usize, &str)| {
        let (address, rest) = line.trim_start().split_once(' ')?;
        let (name, file) = rest.trim_end().strip_suffix(')')?.rsplit_once(" (")?;
        let address = u64::from_str_radix(address, 16).ok()?;
        Some(Place {
            // A caller's address is where it goes on.
            address: address - u64::from(depth > 0),
            name: name.to_owned(),
            file: file.to_owned(),
        })
    };
    text.split("\n\n")
        .map(|sample| sample.lines().enumerate().filter_map(place).collect())
        .collect()
}

/// The functions at each place in the program's file, the innermost first.
fn functions(program: &Path, places: BTreeSet<u64>) -> io::Result<BTreeMap<u64, Vec<Frame>>> {
    // perf tells places in the file, addr2line wants addresses in memory.
    let distance = distance(&fs::read(program)?);
    let mut command = Command::new("addr2line");
    command.args(["-a", "-i", "-f", "-C", "-e"]).arg(program);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| {
            let text = format!("addr2line (Debian's package binutils) is needed: {error}");
            io::Error::new(error.kind(), text)
        })?;
    let asked: String = places
        .iter()
        .map(|place| format!("{:x}\n", place + distance))
        .collect();
    let stdin = child.stdin.take();
    let asking = std::thread::spawn(move || {
        stdin.map_or(Ok(()), |mut stdin| stdin.write_all(asked.as_bytes()))
    });
    let told = child.wait_with_output()?.stdout;
    asking.join().map_err(|_| io::Error::other("addr2line"))??;
    let told = told_functions(&String::from_utf8_lossy(&told));
    Ok(told
        .into_iter()
        .map(|(address, names)| (address - distance, names))
        .collect())
}

/// How much further the code of an ELF program lies in memory than in its file: see elf(5).
fn distance(program: &[u8]) -> u64 {
    const LOAD: u64 = 1;
    const EXECUTABLE: u64 = 1;
    let number = |at: u64, size: usize| {
        let bytes = program.get(at as usize..)?.get(..size)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0, |number, byte| number << 8 | u64::from(*byte)),
        )
    };
    let segment = |index: u64| {
        let at = number(0x20, 8)? + index * number(0x36, 2)?;
        let code = number(at, 4)? == LOAD && number(at + 4, 4)? & EXECUTABLE != 0;
        let (place, address) = (number(at + 8, 8)?, number(at + 16, 8)?);
        code.then(|| address.saturating_sub(place))
    };
    (0..number(0x38, 2).unwrap_or(0))
        .find_map(segment)
        .unwrap_or(0)
}

/// What addr2line prints: an address, then a function and its place for each.
fn told_functions(text: &str) -> BTreeMap<u64, Vec<Frame>> {
    let mut found: BTreeMap<u64, Vec<Frame>> = BTreeMap::new();
    let mut lines = text.lines();
    let mut address = 0;
    while let Some(line) = lines.next() {
        if let Some(hex) = line.strip_prefix("0x") {
            address = u64::from_str_radix(hex, 16).unwrap_or(0);
            continue;
        }
        let name = path(line, lines.next().unwrap_or_default());
        let frame = Frame {
            name,
            kernel: false,
        };
        found.entry(address).or_default().push(frame);
    }
    found
}

/// The path of a function in its crate, from its name and from the file where it is.
fn path(name: &str, place: &str) -> String {
    let name = last_segment(name);
    let file = place.rsplit_once(':').map_or(place, |(file, _)| file);
    let Some((before, inside)) = file.rsplit_once("/src/") else {
        return name;
    };
    let folder = before.rsplit('/').next().unwrap_or_default();
    // `tokio-1.2.3` is the folder of a crate from a registry; `server` is one of ours.
    let package = match folder.rsplit_once('-') {
        Some((package, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => package,
        _ => match folder {
            "server" => "actionline",
            "specs" => "actionline_specs",
            _ => folder,
        },
    };
    let module = inside.trim_end_matches(".rs").trim_end_matches("/mod");
    let module = match module {
        "lib" => String::new(),
        module => module.replace('/', "::") + "::",
    };
    format!("{}::{module}{name}", package.replace('-', "_"))
}

/// `method` of `<a::Type<b::Of> as c::Trait>::method::<d>::h0123456789abcdef`.
fn last_segment(name: &str) -> String {
    let mut depth = 0usize;
    let mut flat = String::new();
    for letter in name.chars() {
        match letter {
            '<' | '{' | '[' | '(' => depth += 1,
            '>' | '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => flat.push(letter),
            _ => {}
        }
    }
    let hash = |part: &str| part.len() == 17 && part.starts_with('h');
    let parts = flat
        .split("::")
        .filter(|part| !part.is_empty() && !hash(part));
    parts.last().unwrap_or("closure").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_read_line_by_line() {
        let text = "
\tffffffff81 tcp_sendmsg ([kernel.kallsyms])
\t    55d3f1 a b (x) (/srv/bench)

\t    55d3f1 [unknown] (/srv/bench)
";
        let place = |address, name: &str, file: &str| Place {
            address,
            name: name.to_owned(),
            file: file.to_owned(),
        };
        let found = samples(text.trim_start_matches('\n'));
        let wanted = [
            vec![
                place(0xff_ffff_ff81, "tcp_sendmsg", "[kernel.kallsyms]"),
                place(0x55_d3f0, "a b (x)", "/srv/bench"),
            ],
            vec![place(0x55_d3f1, "[unknown]", "/srv/bench")],
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn functions_are_told_by_crate_module_and_name() {
        for (name, place, wanted) in [
            (
                "write<tokio::net::TcpStream>",
                "/home/me/actionline/server/src/transport/stream.rs:12",
                "actionline::transport::stream::write",
            ),
            (
                "actionline_specs::load::h0123456789abcdef",
                "/home/me/actionline/specs/src/lib.rs:1",
                "actionline_specs::load",
            ),
            (
                "<a::B<c::D> as e::F>::poll",
                "/home/me/.cargo/registry/src/x-1/tokio-1.2.3/src/runtime/task/mod.rs:?",
                "tokio::runtime::task::poll",
            ),
            (
                "{closure#0}<()>",
                "/rustc/0/library/core/src/ptr.rs:5",
                "core::ptr::closure",
            ),
            ("clone3", "??:?", "clone3"),
        ] {
            assert_eq!(path(name, place), wanted);
        }
    }

    #[test]
    fn functions_within_functions_come_first() {
        let found = told_functions("0x10\nb\n/x/server/src/table.rs:1\na\n??:0\n0x20\nc\n??:?\n");
        let names = |at| {
            found[&at]
                .iter()
                .map(|it| it.name.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(0x10), ["actionline::table::b", "a"]);
        assert_eq!(names(0x20), ["c"]);
    }
}
