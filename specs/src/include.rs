//! `include`: the files that make up a spec, each read once.

use crate::file::text_of;
use crate::node::{self, Data, Node};
use crate::read::Dialect;
use crate::span::Places;
use crate::{Diagnostic, Mistake, Source, Span};
use std::path::Path;

/// The key, in any file of a spec.
pub(crate) const KEY: &str = "include";
/// More files than anybody writes by hand.
const MOST: usize = 1000;

/// Every file of a spec.
pub(crate) struct Gathered {
    /// The first file, with the included ones.
    pub(crate) source: Source,
    /// One for each file.
    pub(crate) places: Vec<Places>,
    /// The files that hold YAML, in the order of reading; none if the first one does not.
    pub(crate) files: Vec<Node>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// Reads a file and all it includes.
pub(crate) fn gather(
    source: Source,
    dialect: Dialect,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Gathered {
    let mut reader = Reader {
        read,
        folder: folder(&source.name).to_owned(),
        known: vec![Known {
            path: file(&source.name).to_owned(),
            at: Span::default(),
            open: true,
        }],
        gathered: Gathered {
            places: vec![Places::new(0, source.text.clone())],
            source,
            files: Vec::new(),
            problems: Vec::new(),
        },
    };
    reader.file(0, dialect);
    reader.gathered
}

/// Reads included files from the disk: the `read` of [`load_from`](crate::load_from) for a spec that stands at `root`.
pub fn files_beside(root: &Path) -> impl FnMut(&str) -> Result<String, String> + use<> {
    let folder = root.parent().unwrap_or(Path::new("")).to_owned();
    move |path| text_of(&folder.join(path))
}

struct Known {
    /// From the folder of the first file.
    path: String,
    /// Where it is included.
    at: Span,
    /// What it includes is being read.
    open: bool,
}

struct Reader<'r> {
    read: &'r mut dyn FnMut(&str) -> Result<String, String>,
    folder: String,
    /// By the number of the file.
    known: Vec<Known>,
    gathered: Gathered,
}

impl Reader<'_> {
    fn file(&mut self, number: usize, dialect: Dialect) {
        let places = &self.gathered.places[number];
        if let Some(root) = node::parse(places, &mut self.gathered.problems) {
            let included = match (dialect, root.get(KEY)) {
                (Dialect::Actions, Some(list)) => list.clone(),
                _ => Node {
                    at: root.at,
                    data: Data::List(Vec::new()),
                },
            };
            self.gathered.files.push(root);
            match included.data {
                Data::List(items) => {
                    for item in &items {
                        self.include(number, item);
                    }
                }
                ref other => {
                    let message =
                        format!("`{KEY}` must be a list of files, not {}", other.phrase());
                    let problem = Mistake::BadInclude.at(included.at, message);
                    self.report(problem.help("write `include: [file.yaml]`"));
                }
            }
        }
        self.known[number].open = false;
    }

    fn include(&mut self, from: usize, item: &Node) {
        let Data::Text(written) = &item.data else {
            let message = format!("a file is named by a string, not {}", item.data.phrase());
            return self.report(Mistake::BadInclude.at(item.at, message));
        };
        let Some(path) = join(folder(&self.known[from].path), written) else {
            let problem = Mistake::BadInclude.at(
                item.at,
                format!("`{written}` names no file beside this one"),
            );
            return self.report(
                problem.help(
                    "write its path from the folder of this file, with `/` between its parts",
                ),
            );
        };
        if let Some(number) = self.known.iter().position(|known| known.path == path) {
            return self.again(number, written, item.at);
        }
        if self.known.len() > MOST {
            return self
                .report(Mistake::BadInclude.at(item.at, "the spec includes too many files"));
        }
        let text = match (self.read)(&path) {
            Ok(text) => text,
            Err(why) => {
                let message = format!("cannot read `{written}`: {why}");
                return self.report(Mistake::BadInclude.at(item.at, message));
            }
        };
        let number = self.known.len();
        let source = Source::new(format!("{}{path}", self.folder), text);
        let places = Places::new(number as u32, source.text.clone());
        self.gathered.places.push(places);
        self.gathered.source.included.push(source);
        self.known.push(Known {
            path,
            at: item.at,
            open: true,
        });
        self.file(number, Dialect::Actions);
    }

    /// A file that is part of the spec already.
    fn again(&mut self, number: usize, written: &str, at: Span) {
        let known = &self.known[number];
        let problem = match (known.open, number) {
            (false, _) => Mistake::BadInclude
                .at(at, format!("`{written}` is included twice"))
                .note(known.at, "the first time is here")
                .help("remove one of them"),
            (true, 0) => Mistake::BadInclude
                .at(at, format!("`{written}` is the spec itself"))
                .help("an included file does not include what includes it"),
            (true, _) => {
                let problem = Mistake::BadInclude.at(at, format!("`{written}` includes itself"));
                // Every file on the way is open, and was included by the one before it.
                let way = self.known[number..].iter().filter(|known| known.open);
                way.fold(problem, |problem, known| {
                    problem.note(known.at, format!("`{}` is included here", known.path))
                })
            }
        };
        self.report(problem);
    }

    fn report(&mut self, problem: Diagnostic) {
        self.gathered.problems.push(problem);
    }
}

/// The folder of a path with its last `/`.
fn folder(path: &str) -> &str {
    &path[..path.len() - file(path).len()]
}

fn file(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// A path from a folder, the shortest way to write it; nothing when it names no file below some common folder.
fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['\\', ':', '\0']) || path.ends_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => drop(parts.pop()),
            (part, _) => parts.push(part),
        }
    }
    let named = parts.last().is_some_and(|last| *last != "..");
    named.then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_are_read() {
        let mut read = files_beside(&Path::new(env!("CARGO_MANIFEST_DIR")).join("actions.yaml"));
        assert!(read("Cargo.toml").is_ok());
        assert_eq!(read("src").unwrap_err(), "it is no file");
        if cfg!(unix) {
            let up = "../".repeat(env!("CARGO_MANIFEST_DIR").matches('/').count());
            assert_eq!(read(&format!("{up}dev/zero")).unwrap_err(), "it is no file");
        }
    }

    #[test]
    fn paths_are_written_the_shortest_way() {
        for (folder, path, wanted) in [
            ("", "a.yaml", Some("a.yaml")),
            ("b/", "a.yaml", Some("b/a.yaml")),
            ("b/", "./c//a.yaml", Some("b/c/a.yaml")),
            ("b/c/", "../a.yaml", Some("b/a.yaml")),
            ("", "../a.yaml", Some("../a.yaml")),
            ("../b/", "../../a.yaml", Some("../../a.yaml")),
            ("", "..", None),
            ("", "", None),
            ("", "/a.yaml", None),
            ("", "c:/a.yaml", None),
            ("", "b\\a.yaml", None),
            ("", "b/", None),
        ] {
            assert_eq!(join(folder, path).as_deref(), wanted, "{folder} {path}");
        }
    }
}
