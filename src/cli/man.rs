//! `oit-audit man`: the manual pages, made from the words of the command line.

use std::io::Write as _;

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::args::{Args, ManArgs};
use super::{Exit, output};

/// What every page says after its options: a heading, and terms with what there is to say of each.
const SECTIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "FILES",
        &[
            (
                "AGENCY.yaml",
                "What an agency submits. `oit-audit init` writes one; `oit-audit schema agency` describes it.",
            ),
            ("REPORT.json", "The report of `check --format json=FILE`, which other commands read."),
            ("FILE.warc.gz", "What was fetched in a run (`--archive`), from which it is had again (`--replay`)."),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            ("NO_COLOR", "Where it is set, nothing is coloured."),
            ("CI", "Where it is set, no progress is shown."),
            ("COLUMNS", "The width of a report that does not go to a terminal."),
            ("TERM", "Where it is \"dumb\", there is neither colour nor progress."),
            ("PATH", "Where tesseract and a browser of the Chromium family are looked for."),
        ],
    ),
];

pub(super) fn run(args: &ManArgs) -> anyhow::Result<Exit> {
    let pages = pages()?;
    let Some(folder) = &args.output_dir else {
        if let Some((_, page)) = pages.first() {
            output::print(page)?;
        }
        return Ok(Exit::Met);
    };
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, page) in &pages {
        output::write(&folder.join(format!("{name}.1")), page)?;
    }
    Ok(Exit::Met)
}

/// The pages by their names, that of the program first.
fn pages() -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut program = Args::command().disable_help_subcommand(true);
    program.build();
    let commands: Vec<&Command> = program.get_subcommands().filter(|command| !command.is_hide_set()).collect();
    let names: Vec<String> = std::iter::once(program.get_name().to_owned())
        .chain(commands.iter().map(|command| format!("{}-{}", program.get_name(), command.get_name())))
        .collect();
    let all = std::iter::once(&program).chain(commands);
    let written = names.iter().zip(all).map(|(name, command)| Ok((name.clone(), page(name, &names, command)?)));
    written.collect::<std::io::Result<_>>().context("cannot write a manual page")
}

fn page(name: &str, names: &[String], command: &Command) -> std::io::Result<Vec<u8>> {
    let version = command.get_version().unwrap_or(env!("CARGO_PKG_VERSION"));
    let after = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    let spoken = name.replacen('-', "\u{1}", 1).replacen('-', " ", 1).replacen('\u{1}', "-", 1);
    let command = command.clone().display_name(name).bin_name(spoken);
    let is_program = command.has_subcommands();
    let man = Man::new(command);
    let mut out = Vec::new();
    // No date: the same program writes the same pages.
    writeln!(out, ".TH {} 1 \"\" \"oit-audit {version}\" \"User Commands\"", name.to_uppercase())?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if is_program {
        man.render_subcommands_section(&mut out)?;
    }
    let mut roff = Roff::new();
    for section in after.split("\n\n") {
        written(&mut roff, section);
    }
    for (heading, terms) in SECTIONS {
        roff.control("SH", [*heading]);
        for (term, said) in *terms {
            roff.control("TP", []).text([roman(*term)]).text([roman(*said)]);
        }
    }
    roff.control("SH", ["SEE ALSO"]);
    let others = names.iter().filter(|other| *other != name).map(|other| format!("{other}(1)"));
    roff.text([roman(others.collect::<Vec<_>>().join(", "))]);
    roff.to_writer(&mut out)?;
    Ok(out)
}

/// Writes a section of a help text: a heading, lines of words, lines of commands further in, and numbered lines.
fn written(roff: &mut Roff, section: &str) {
    let mut lines = section.lines();
    let Some(heading) = lines.next() else { return };
    match heading.strip_suffix(':') {
        Some("Exit codes") => roff.control("SH", ["EXIT STATUS"]),
        Some(heading) => roff.control("SH", [heading.to_uppercase().as_str()]),
        None => roff.control("PP", []).text([roman(heading)]),
    };
    for line in lines {
        if let Some(command) = line.strip_prefix("    ") {
            roff.control("RS", ["2"]).control("nf", []).text([roman(command)]).control("fi", []).control("RE", []);
        } else if let Some((code, said)) = line.trim().split_once("  ") {
            roff.control("TP", []).text([roman(code)]).text([roman(said)]);
        } else {
            roff.control("PP", []).text([roman(line.trim())]);
        }
    }
}
