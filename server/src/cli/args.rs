//! The command line: its grammar, made from the table of settings, and what was typed.

use super::layers::{Given, Layer, Origin, did_you_mean};
use super::settings::{self, DEFAULT_FILE, FILE_VARIABLE, Setting, Takes};
use super::{check, codes, describe, diff, help, schema};
use actionline_specs::limits;
use actionline_specs::suggest;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::ffi::OsString;
use std::fmt::Write;
use std::path::PathBuf;

/// What was asked for.
#[derive(Debug)]
pub(super) enum Asked {
    Serve(Serve),
    Check(check::Asked),
    Diff(diff::Asked),
    Codes(codes::Asked),
    Schema,
    Describe(describe::Asked),
    Version,
}

/// What was typed for serving.
#[derive(Debug, Clone, Default)]
pub(super) struct Serve {
    pub(super) flags: Layer,
    /// The file of settings.
    pub(super) file: Option<PathBuf>,
    /// Whether the settings are only to be shown.
    pub(super) print: bool,
}

/// Why nothing was understood.
#[derive(Debug)]
pub(super) enum Refused {
    /// A help text, or a fault that the parser words itself.
    Parser(clap::Error),
    /// One line for each fault.
    Lines(Vec<String>),
}

const CONFIG: &str = "config";
const LIMIT: &str = "limit";
const PRINT: &str = "print-config";
const VERSION: &str = "version";
const SERVE: &str = "serve";

/// Reads the words after the program's name.
pub(super) fn parse(
    program: &str,
    words: impl IntoIterator<Item = OsString>,
) -> Result<Asked, Refused> {
    let words = std::iter::once(OsString::from(program)).chain(words);
    let matches = command(program)
        .try_get_matches_from(words)
        .map_err(Refused::Parser)?;
    match matches.subcommand() {
        _ if matches.get_flag(VERSION) => Ok(Asked::Version),
        Some((check::NAME, found)) => Ok(Asked::Check(check::asked(found))),
        Some((diff::NAME, found)) => Ok(Asked::Diff(diff::asked(found))),
        Some((codes::NAME, found)) => Ok(Asked::Codes(codes::asked(found))),
        Some((schema::NAME, _)) => Ok(Asked::Schema),
        Some((describe::NAME, found)) => Ok(Asked::Describe(describe::asked(found))),
        Some((_, found)) => serve(found),
        None => serve(&matches),
    }
}

fn serve(found: &ArgMatches) -> Result<Asked, Refused> {
    let mut flags = Layer::default();
    let mut faults = Vec::new();
    for setting in settings::OWN {
        if let Some(text) = found.get_one::<String>(setting.name) {
            let origin = Origin::Flag(format!("--{}", setting.name));
            faults.extend(
                flags
                    .add(Given {
                        setting,
                        text: text.clone(),
                        origin,
                    })
                    .err(),
            );
        }
    }
    for pair in found.get_many::<String>(LIMIT).into_iter().flatten() {
        faults.extend(limit(pair).and_then(|given| flags.add(given)).err());
    }
    if !faults.is_empty() {
        return Err(Refused::Lines(faults));
    }
    Ok(Asked::Serve(Serve {
        flags,
        file: found.get_one::<PathBuf>(CONFIG).cloned(),
        print: found.get_flag(PRINT),
    }))
}

/// `name=value` of one `--limit`.
fn limit(pair: &str) -> Result<Given, String> {
    let Some((name, text)) = pair.split_once('=') else {
        return Err(format!(
            "--{LIMIT} must be NAME=VALUE, such as line=64K, not {pair:?}"
        ));
    };
    let Some(setting) = settings::of_limits().find(|setting| setting.name == name) else {
        let near = suggest::nearest(name, limits::ALL.iter().map(|limit| limit.name));
        return Err(did_you_mean("limit", name, near));
    };
    Ok(Given {
        setting,
        text: text.to_owned(),
        origin: Origin::Flag(format!("--{LIMIT} {name}")),
    })
}

fn command(program: &str) -> Command {
    let serve = Command::new(SERVE)
        .about("Serve the actions (this is what happens without a command)")
        .args(flags());
    Command::new("actionline")
        .bin_name(program)
        .about("Serves actions over long-lived sockets, and checks their specs.")
        .args_conflicts_with_subcommands(true)
        .args(flags())
        .arg(
            Arg::new(VERSION)
                .long(VERSION)
                .short('V')
                .action(ArgAction::SetTrue)
                .help("Print the versions of actionline and of the api"),
        )
        .subcommand(serve)
        .subcommand(check::command())
        .subcommand(diff::command())
        .subcommand(codes::command())
        .subcommand(schema::command())
        .subcommand(describe::command())
        .after_help(format!(
            "{program} --help says more: examples, limits, files, exit codes."
        ))
        .after_long_help(help::teach(program))
}

/// The flags of `serve`.
fn flags() -> Vec<Arg> {
    let mut flags: Vec<Arg> = settings::OWN.iter().map(flag).collect();
    flags.push(
        Arg::new(LIMIT)
            .long(LIMIT)
            .value_name("NAME=VALUE")
            .action(ArgAction::Append)
            .help("Change a limit, such as line=64K; may be repeated"),
    );
    flags.push(
        Arg::new(CONFIG)
            .long(CONFIG)
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help(format!(
                "A TOML file of settings [env: {FILE_VARIABLE}] [default: {DEFAULT_FILE} if it is there]"
            )),
    );
    flags.push(
        Arg::new(PRINT)
            .long(PRINT)
            .action(ArgAction::SetTrue)
            .help("Print every setting and which layer set it, as a file for --config, and exit"),
    );
    flags
}

fn flag(setting: &Setting) -> Arg {
    let mut help = format!("{} [env: {}]", setting.help, setting.variable());
    if let Some(default) = setting.get(&settings::Settings::default()) {
        let _ = write!(help, " [default: {default}]");
    }
    let arg = Arg::new(setting.name)
        .long(setting.name)
        .value_name(setting.value)
        .help(help);
    match setting.takes {
        Takes::Switch => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
        // A value may begin with a dash; so may a mistyped flag, which must not be swallowed.
        Takes::Text | Takes::Path | Takes::Number => arg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> impl Iterator<Item = OsString> {
        line.split_whitespace().map(OsString::from)
    }

    #[test]
    fn the_grammar_is_sound() {
        command("actionline").debug_assert();
    }

    #[test]
    fn names_and_variables_are_unique() {
        let mut variables: Vec<_> = settings::all().map(|setting| setting.variable()).collect();
        variables.push(FILE_VARIABLE.to_owned());
        let count = variables.len();
        variables.sort();
        variables.dedup();
        assert_eq!(variables.len(), count);
    }

    #[test]
    fn serving_needs_no_command() {
        for line in ["--announce --workers 2", "serve --announce --workers 2"] {
            let Ok(Asked::Serve(serve)) = parse("x", words(line)) else {
                panic!("{line}");
            };
            let resolved = super::super::layers::resolve(&[serve.flags]).expect("good");
            assert!(resolved.settings.config.announce);
            assert_eq!(resolved.settings.workers, Some(2));
        }
    }

    #[test]
    fn a_value_is_given_once() {
        for line in [
            "--keep-alive 1 --limit keep-alive=2",
            "--limit turn=1 --limit turn=1",
        ] {
            let Err(Refused::Lines(lines)) = parse("x", words(line)) else {
                panic!("{line}");
            };
            assert!(lines[0].contains("is given twice"), "{lines:?}");
        }
    }

    #[test]
    fn a_mistyped_limit_is_told_the_nearest() {
        let Err(Refused::Lines(lines)) = parse("x", words("--limit lien=1")) else {
            panic!("must be refused");
        };
        assert_eq!(lines, ["\"lien\" is no limit; did you mean line?"]);
    }

    #[test]
    fn the_help_names_every_setting_its_variable_and_every_limit() {
        let help = command("x").render_long_help().to_string();
        for setting in settings::OWN {
            assert!(
                help.contains(&format!("--{}", setting.name)),
                "{}",
                setting.name
            );
            assert!(help.contains(&setting.variable()), "{}", setting.name);
        }
        for limit in limits::ALL {
            assert!(help.contains(limit.meaning), "{}", limit.name);
        }
    }
}
