//! Secrets and hostile names planted anywhere in documents that chance makes and damages: nothing that is said of
//! them, by any command in any format, tells the secret or passes the name on.

use std::cell::Cell;

use anycloud_lint::baseline::Baseline;
use anycloud_lint::emit::{Wanted, args, python};
use anycloud_lint::report::{self, Checked, Format, Run};
use anycloud_lint::resolve::{self, Emit, Options};
use anycloud_lint::source::Source;
use anycloud_lint::{Analysis, Settings, analyse, fix, silence};
use clap::ValueEnum as _;

use crate::harness::{Random, Sandbox, cases, document, holds};
use crate::hostile::{assert_annotations, assert_harmless, assert_strings, spellings};
use crate::planted::{SECRET, tells};

/// Ways to write the secret, `@`, as a word or a part of one.
const COPIES: [&str; 8] = ["@", "\"@\"", "'@'", "x-@", "s3://@/x", "@@", "\"--token=@\"", "https://me:@"];

/// What an editor or a merge leaves behind.
const DAMAGE: [&str; 13] =
    ["\t", "\"", "'", "[", "{", "}", "- ", "|\n", "*", "%", "<<<<<<< HEAD\n", "\0", "? "];

/// A document with some of its words replaced.
fn planted(random: &mut Random, words: &[String]) -> String {
    let mut text = document(random);
    for _ in 0..=random.below(5) {
        let is_gap = |c: char| c.is_whitespace() || ",[]{}:#\"'&*!|>\u{feff}".contains(c);
        let starts =
            text.char_indices().filter(|&(at, c)| !is_gap(c) && (at == 0 || text[..at].ends_with(is_gap)));
        let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
        let start = starts[random.below(starts.len())];
        let end = text[start..].find(is_gap).map_or(text.len(), |length| start + length);
        text.replace_range(start..end, &words[random.below(words.len())]);
    }
    text
}

/// Some lines begin or end with what does not belong there.
fn damaged(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<String> = text.split_inclusive(['\n', '\r']).map(str::to_owned).collect();
    for _ in 0..random.below(3) {
        let (at, piece) = (random.below(lines.len()), DAMAGE[random.below(DAMAGE.len())]);
        let line = &mut lines[at];
        let end = line.trim_end_matches(['\n', '\r']).len();
        line.insert_str(if random.below(2) == 0 { 0 } else { end }, piece);
    }
    lines.concat()
}

/// A document that names a secret as one, and holds copies of it.
fn with_secret(random: &mut Random) -> String {
    let copies = COPIES.map(|copy| copy.replace('@', SECRET));
    let known = format!("x-known: {{cloudProvider: Lambda, apiKey: {SECRET}}}\n");
    let text = planted(random, &copies);
    damaged(random, &(known + text.trim_start_matches('\u{feff}')))
}

fn with_names(random: &mut Random) -> String {
    let text = planted(random, &spellings());
    damaged(random, &text)
}

fn analysed(text: &str) -> Analysis {
    analyse(&Source::new("anycloud.yaml", text), &Settings::default())
}

fn reports(analysis: &Analysis) -> impl Iterator<Item = (Format, String)> {
    let checked = [Checked::of(analysis)];
    Format::value_variants().iter().map(move |format| {
        let mut out = termcolor::NoColor::new(Vec::new());
        report::write(*format, &Run::new(&checked), &mut out).unwrap();
        (*format, String::from_utf8(out.into_inner()).unwrap())
    })
}

/// What a document comes to in the words of programs.
fn resolved(analysis: &Analysis) -> Vec<String> {
    let Some(facts) = analysis.facts() else { return Vec::new() };
    let shapes = [Emit::Profiles, Emit::Submission].map(|emit| {
        resolve::resolve(facts, &Options { emit, provenance: true, ..Options::default() }).to_string()
    });
    let secrets = resolve::secrets([facts.subjects()]);
    let names = resolve::names(facts, Some(&secrets));
    let profiles: Vec<_> = facts.subjects().profiles().iter().map(|profile| profile.id).collect();
    let jobs: Vec<_> = facts.submissions().jobs().iter().collect();
    let wanted =
        Wanted { facts, secrets: &secrets, names: &names, profiles: Some(&profiles), jobs: Some(&jobs) };
    let modules = [python::Generation::Classes, python::Generation::Dictionaries]
        .map(|generation| format!("{:?}", python::module(&wanted, generation)));
    let commands = [args::Dialect::Job, args::Dialect::Submit].map(|dialect| {
        format!("{:?} {:?}", args::profiles(&wanted, dialect, "x"), args::jobs(&wanted, dialect))
    });
    shapes.into_iter().chain(modules).chain(commands).collect()
}

#[test]
fn no_secret_is_told() {
    let (cases, unreadable) = (cases(60), Cell::new(0));
    holds(cases, |random| {
        let text = with_secret(random);
        let analysis = analysed(&text);
        unreadable.set(unreadable.get() + u32::from(analysis.tree().is_none()));
        let silent = |what: &str, said: &str| {
            let line = said.lines().find(|line| tells(line));
            assert_eq!(line, None, "{what} of\n{text}");
        };
        silent("the source", analysis.masked());
        silent("a finding", &format!("{:?}", analysis.findings()));
        for (format, report) in reports(&analysis) {
            silent(&format!("{format:?}"), &report);
        }
        silent("a baseline", &Baseline::of(&[Checked::of(&analysis)], str::to_owned).to_json().unwrap());
        let fixed = fix::apply(&analysis, true).map(|fixed| fixed.analysis);
        let silenced = silence::apply(&analysis).map(|silenced| silenced.analysis);
        for after in fixed.iter().chain(&silenced) {
            silent("a diff", after.masked());
        }
        for said in resolved(fixed.as_ref().unwrap_or(&analysis)) {
            silent("what is resolved", &said);
        }
    });
    assert!(unreadable.get() > cases / 20, "only {} of {cases} could not be read", unreadable.get());
}

#[test]
fn no_name_is_passed_on() {
    holds(cases(60), |random| {
        let text = with_names(random);
        let analysis = analysed(&text);
        for (format, report) in reports(&analysis) {
            let what = format!("{format:?} of\n{text}");
            match format {
                Format::Github => assert_annotations(&report),
                Format::Json | Format::Sarif | Format::Gitlab => {
                    assert_harmless(&what, &report);
                    assert_strings(&what, &serde_json::from_str(&report).unwrap());
                }
                _ => assert_harmless(&what, &report),
            }
        }
    });
}

/// What the program is asked about a file, as it is and where a configuration lets everything pass.
const COMMANDS: [&[&str]; 17] = [
    &["a.yaml", "--statistics"],
    &["a.yaml", "--diff", "--unsafe-fixes"],
    &["a.yaml", "--diff", "--add-ignore"],
    &["a.yaml", "--write-baseline", "known.json"],
    &["a.yaml", "--baseline", "known.json", "-q", "--statistics"],
    &["resolve", "a.yaml"],
    &["resolve", "a.yaml", "--config", "none.toml", "--provenance"],
    &["resolve", "a.yaml", "--config", "none.toml", "--provenance", "--format", "yaml"],
    &["resolve", "a.yaml", "--config", "none.toml", "--emit", "submission"],
    &["resolve", "a.yaml", "--config", "none.toml", "--emit", "args", "--image", "x"],
    &["resolve", "a.yaml", "--config", "none.toml", "--emit", "args", "--image", "x", "--format", "json"],
    &["resolve", "a.yaml", "--config", "none.toml", "--emit", "python"],
    &["resolve", "a.yaml", "--config", "none.toml", "--emit", "python", "--sdk", "0.1.60"],
    &["diff", "a.yaml", "other.yaml", "--config", "none.toml"],
    &["diff", "other.yaml", "a.yaml", "--config", "none.toml", "--format", "markdown"],
    &["diff", "a.yaml", "other.yaml", "--config", "none.toml", "--format", "json"],
    &["diff", "a.yaml", "base", "mid", "--config", "none.toml"],
];

/// Asks the program about documents, and looks at what it says.
fn ask(make: impl Fn(&mut Random) -> String, look: impl Fn(&str, &str)) {
    let sandbox = Sandbox::new(&[
        ("other.yaml", "profiles: {other: {region: us-east-1}}\n"),
        ("none.toml", "[lint]\nignore = [\"AC\"]\n"),
    ]);
    holds(cases(160).div_ceil(16), |random| {
        let text = make(random);
        sandbox.write("a.yaml", &text);
        for args in COMMANDS {
            let run = sandbox.run(args);
            assert!(run.code <= 2, "{args:?}");
            look(&format!("{} of\n{text}", args.join(" ")), &(run.out + &run.err));
        }
    });
}

#[test]
fn no_command_tells_a_secret() {
    ask(with_secret, |what, said| {
        let line = said.lines().find(|line| tells(line));
        assert_eq!(line, None, "{what}");
    });
}

#[test]
fn no_command_passes_a_name_on() {
    // A diff shows the tabs of the file.
    ask(with_names, |what, said| assert_harmless(what, &said.replace('\t', " ")));
}
