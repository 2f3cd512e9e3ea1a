//! Which figures are wanted, and where they go: what commands that measure have in common.

use clap::Args;
use std::fs;
use std::io;
use std::path::PathBuf;

/// The options of such a command.
#[derive(Debug, Args)]
pub(crate) struct Figures {
    /// Only those whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Print JSON in place of a table.
    #[arg(long)]
    json: bool,
    /// Draw them, too, as SVG into this file.
    #[arg(long)]
    svg: Option<PathBuf>,
}

impl Figures {
    /// Whether what has this name is to be measured.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|part| name.contains(part))
    }

    /// Prints and draws.
    pub(crate) fn give(
        &self,
        text: impl FnOnce() -> String,
        json: impl FnOnce() -> String,
        svg: impl FnOnce() -> String,
    ) -> io::Result<()> {
        match self.json {
            true => println!("{}", json()),
            false => print!("{}", text()),
        }
        match &self.svg {
            Some(path) => fs::write(path, svg()),
            None => Ok(()),
        }
    }
}

/// The one in the middle; not a number where there is none.
pub(crate) fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Three digits that count.
pub(crate) fn short(figure: f64) -> String {
    match figure.abs() {
        size if size >= 10_000_000.0 => format!("{:.1} M", figure / 1e6),
        size if size >= 1_000_000.0 => format!("{:.2} M", figure / 1e6),
        size if size >= 10_000.0 => format!("{:.0} k", figure / 1e3),
        size if size >= 100.0 => format!("{figure:.0}"),
        size if size >= 10.0 => format!("{figure:.1}"),
        _ => format!("{figure:.2}"),
    }
}
