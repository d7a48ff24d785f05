//! Comments that silence rules, what is said about those that don't, and `--add-ignore`.

use crate::harness::{FOLDERS, Sandbox, fixtures};
use anycloud_lint::source::Source;
use anycloud_lint::{Analysis, Settings, analyse, fix, lint, silence};

/// The findings of a text, as `LINE:COLUMN CODE`.
fn found(text: &str) -> Vec<String> {
    found_with(text, &Settings::default())
}

fn found_with(text: &str, settings: &Settings) -> Vec<String> {
    let source = Source::new("anycloud.yaml", text);
    let line = |finding: &anycloud_lint::finding::Finding| {
        let at = source.position(finding.span.start);
        format!("{}:{} {}", at.line, at.column, finding.rule.code)
    };
    lint(&source, settings).iter().map(line).collect()
}

/// What AC902 says and advises, line by line.
fn advice(text: &str) -> String {
    let source = Source::new("anycloud.yaml", text);
    let findings = lint(&source, &Settings::default());
    let own = findings.iter().filter(|finding| finding.rule.code == "AC902");
    let line = |finding: &anycloud_lint::finding::Finding| {
        let help = finding.help.as_deref().unwrap_or_default();
        format!("{}: {}; {help}\n", source.slice(finding.span), finding.message)
    };
    own.map(line).collect()
}

fn fixed(text: &str) -> String {
    let analysis = analyse(&Source::new("anycloud.yaml", text), &Settings::default());
    let fixed = fix::apply(&analysis, false).map(|fixed| fixed.analysis);
    fixed.unwrap_or(analysis).source().text().to_owned()
}

#[test]
fn a_comment_silences_its_line_or_the_next() {
    let silent = [
        "profiles:\n  a:\n    image: x # anycloud-lint: ignore[unknown-field]\n",
        "profiles:\n  a:\n    image: x # anycloud-lint: ignore[AC101]\n",
        "profiles:\n  a:\n    image: x # anycloud-lint: ignore[ac101]\n",
        "profiles:\n  a:\n    image: x # anycloud-lint: ignore[Unknown-Field]\n",
        "profiles:\n  a:\n    image: x #anycloud-lint:ignore[AC101]\n",
        "profiles:\n  a:\n    image: x # anycloud-lint: Ignore [ AC101 , ]\n",
        "profiles:\n  a:\n    image: x # from a template # anycloud-lint: ignore[AC101] until autumn\n",
        "profiles:\n  a:\n    image: x # from a template, anycloud-lint: ignore[AC101]\n",
        "profiles:\n  a:\n    # anycloud-lint: ignore[AC101]\n    image: x\n",
        "profiles:\n  a:\n# anycloud-lint: ignore[AC101]\n    image: x\n",
        "profiles:\n  a:\n    image: x # größer # anycloud-lint: ignore[AC101]\n",
        "profiles:\n  a:\n    image: \"größer ☃\" # ☃ anycloud-lint: ignore[AC101]",
        "profiles:\r\n  a:\r\n    image: x # anycloud-lint: ignore[AC101]\r\n",
        "profiles:\r\n  a:\r\n    # anycloud-lint: ignore[AC101]\r\n    image: x\r\n",
        "profiles:\r  a:\r    # anycloud-lint: ignore[AC101]\r    image: x\r",
        "\u{feff}# anycloud-lint: ignore[AC101]\nimage: x\nprofiles: {a: {}}\n",
        "profiles: {a: {image: x, # anycloud-lint: ignore[AC101]\n  region: us-east-1}}\n",
        "profiles:\n  a:\n    image: | # anycloud-lint: ignore[AC101]\n      text\n",
        "profiles:\n  a:\n    # anycloud-lint: ignore[AC101]\n    image: |\n      text\n",
        "profiles:\n  a:\n    # anycloud-lint: ignore[AC101]\n    image: \"one\n      two\"\n",
        "profiles:\n  a: {image: x, gpu: y} # anycloud-lint: ignore[AC101]\n",
        "profiles:\n  a:\n    image: x # anycloud-lint: ignore[AC101] anycloud-lint: ignore-file[AC102]\n    region: 1\n",
    ];
    for text in silent {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn it_silences_nothing_else() {
    let cases: [(&str, &[&str]); 7] = [
        // Another line.
        ("profiles:\n  a:\n    image: x # anycloud-lint: ignore[AC101]\n    gpu: y\n", &["4:5 AC101"]),
        // Not directly before.
        (
            "profiles:\n  a:\n    # anycloud-lint: ignore[AC101]\n\n    image: x\n",
            &["3:29 AC901", "5:5 AC101"],
        ),
        // A comment at the end of a line does not reach the next.
        ("profiles:\n  a: # anycloud-lint: ignore[AC101]\n    image: x\n", &["2:30 AC901", "3:5 AC101"]),
        // Another rule.
        ("profiles:\n  a:\n    image: x # anycloud-lint: ignore[AC102]\n", &["3:5 AC101", "3:38 AC901"]),
        // Text is no comment.
        ("profiles:\n  a:\n    image: 'x # anycloud-lint: ignore[AC101]'\n", &["3:5 AC101"]),
        (
            "profiles:\n  a:\n    image: |\n      # anycloud-lint: ignore[AC101]\n    gpu: y\n",
            &["3:5 AC101", "5:5 AC101"],
        ),
        ("profiles:\n  a:\n    image: x#anycloud-lint:ignore[AC101]\n", &["3:5 AC101"]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn several_rules_and_the_whole_file() {
    let text = "profiles:\n  a:\n    diskTier: # anycloud-lint: ignore[unknown-field, AC103]\n      fast\n";
    assert_eq!(found(text), ["3:39 AC901", "3:54 AC901", "4:7 AC103"]);
    let both = "profiles:\n  a: {image: x, diskTier: fast} # anycloud-lint: ignore[unknown-field, AC103]\n";
    assert_eq!(found(both), [""; 0]);
    let first = "# anycloud-lint: ignore-file[AC101, invalid-value]\n";
    let last = "profiles:\n  a:\n    image: x\n    diskTier: fast\n    gpu: y\n";
    assert_eq!(found(&format!("{first}{last}")), [""; 0]);
    assert_eq!(found(&format!("{last}{first}")), [""; 0]);
    assert_eq!(found(&last.replace('\n', " # anycloud-lint: ignore-file[AC101,AC103]\n")), [""; 0]);
}

#[test]
fn a_suppression_that_is_none_is_reported() {
    let lines = [
        "anycloud-lint: ignore",
        "anycloud-lint: ignore[]",
        "anycloud-lint: ignore[ , ]",
        "anycloud-lint: ignore-file",
        "anycloud-lint: ignore gpu-vm-conflict, AC103",
        "anycloud-lint: ignore: AC101",
        "anycloud-lint: ignore(AC101)",
        "anycloud-lint: ignore[AC101",
        "anycloud-lint: disable[AC101]",
        "anycloud-lint: disable-file[AC101]",
        "anycloud-lint: ingore[AC101]",
        "anycloud-lint: noqa",
        "anycloud-lint: AC101",
        "anycloud-lint:",
        "anycloud-lint: ignore[unknow-field, AC999, AC1]",
        "because anycloud-lint: # anycloud-lint: ignore",
        // Only spoken of.
        "checked by anycloud-lint: ignore what it says",
        "write anycloud-lint: ignore[RULE] to silence a rule",
        "anycloud-lint: see the handbook",
        "see anycloud-lint",
        "anycloud-lint ignore[AC101]",
        "anycloud-lint-ignore-file[AC101, gpu-region]",
        "anycloud-lint disable[AC101",
    ];
    let comments = lines.map(|line| format!("# {line}\n")).concat();
    insta::assert_snapshot!(
        "suppressions_that_are_none",
        advice(&format!("{comments}profiles: {{a: {{}}}}\n"))
    );
}

#[test]
fn a_comment_that_only_names_the_linter_is_no_suppression() {
    for comment in
        ["anycloud-lint ignores [AC101] here", "see anycloud-lint ignore[AC101]", "anycloud-lint [x]"]
    {
        assert_eq!(found(&format!("# {comment}\nprofiles: {{a: {{}}}}\n")), [""; 0], "{comment}");
    }
}

#[test]
fn the_rules_about_suppressions_can_be_silenced() {
    let unknown =
        "# anycloud-lint: ignore-file[unknown-rule]\nprofiles: {a: {}} # anycloud-lint: ignore[no-such]\n";
    assert_eq!(found(unknown), [""; 0]);
    let unused = "# anycloud-lint: ignore-file[AC901]\nprofiles: {a: {}} # anycloud-lint: ignore[AC101]\n";
    assert_eq!(found(unused), [""; 0]);
    let same_line = "profiles: {a: {}} # anycloud-lint: ignore[AC101, unused-suppression]\n";
    assert_eq!(found(same_line), [""; 0]);
    let idle = "# anycloud-lint: ignore-file[AC902]\nprofiles: {a: {}}\n";
    assert_eq!(found(idle), ["1:30 AC901"]);
}

#[test]
fn a_rule_that_does_not_run_is_not_called_unused() {
    let text = "profiles: {a: {}} # anycloud-lint: ignore[AC101]\n";
    let settings = |select: &[&str], ignore: &[&str]| Settings {
        select: select.iter().map(ToString::to_string).collect(),
        ignore: ignore.iter().map(ToString::to_string).collect(),
        ..Settings::default()
    };
    assert_eq!(found_with(text, &settings(&[], &[])), ["1:43 AC901"]);
    assert_eq!(found_with(text, &settings(&[], &["unknown-field"])), [""; 0]);
    assert_eq!(found_with(text, &settings(&["AC9"], &[])), [""; 0]);
    assert_eq!(found_with(text, &settings(&["AC1"], &[])), [""; 0]);
    assert_eq!(found_with(text, &settings(&["AC1", "AC9"], &[])), ["1:43 AC901"]);
}

#[test]
fn the_fix_takes_out_what_is_unused_and_nothing_else() {
    let profile = |comment: &str| format!("profiles:\n  a:\n    image: x{comment}\n");
    let cases = [
        (" # anycloud-lint: ignore[AC101, AC102]", " # anycloud-lint: ignore[AC101]"),
        (" # anycloud-lint: ignore[AC102, AC101]", " # anycloud-lint: ignore[AC101]"),
        (" # anycloud-lint: ignore[AC102,AC101,  AC103]", " # anycloud-lint: ignore[AC101]"),
    ];
    for (before, after) in cases {
        assert_eq!(fixed(&profile(before)), profile(after));
    }
    let sound = "profiles: {a: {}}";
    let cases = [
        (format!("{sound}  # anycloud-lint: ignore[AC101]\n"), format!("{sound}\n")),
        (format!("{sound} # anycloud-lint: ignore[AC101, AC102, AC103]\n"), format!("{sound}\n")),
        (format!("{sound} # anycloud-lint: ignore[AC101]"), sound.to_owned()),
        (format!("{sound}\t# anycloud-lint: ignore[AC101]\r\nx-a: 1\r\n"), format!("{sound}\r\nx-a: 1\r\n")),
        (format!("x-a: 1\n  # anycloud-lint: ignore[AC101]\n{sound}\n"), format!("x-a: 1\n{sound}\n")),
        (format!("# anycloud-lint: ignore-file[AC101]\r\n{sound}\r\n"), format!("{sound}\r\n")),
        (format!("\u{feff}# anycloud-lint: ignore-file[AC101]\n{sound}\n"), format!("\u{feff}{sound}\n")),
        (format!("{sound} # [why] # anycloud-lint: ignore[AC101]\n"), format!("{sound} # [why]\n")),
        (format!("{sound} # why, anycloud-lint: ignore[AC101]\n"), format!("{sound} # why,\n")),
        (format!("{sound} # anycloud-lint: ignore[AC101] because\n"), format!("{sound} # because\n")),
        (format!("{sound} # so # anycloud-lint: ignore[AC101] # ü\n"), format!("{sound} # so # ü\n")),
    ];
    for (before, after) in cases {
        assert_eq!(fixed(&before), after, "{before}");
    }
}

/// How many findings are silenced, and the text then.
fn add(source: &Source) -> (usize, Analysis) {
    let analysis = analyse(source, &Settings::default());
    match silence::apply(&analysis) {
        Some(added) => (added.count, added.analysis),
        None => (0, analysis),
    }
}

/// Adds suppressions, and checks what must hold of every result.
fn added(text: &str) -> String {
    let (_, result) = add(&Source::new("anycloud.yaml", text));
    let left: Vec<_> = result.findings().iter().map(|finding| finding.rule.code).collect();
    assert_eq!(left, [""; 0], "{text}");
    let after = result.source().text();
    let parsed = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).ok();
    assert_eq!(parsed(text), parsed(after), "{text}");
    assert_eq!(add(&Source::new("anycloud.yaml", after)).0, 0, "{text}");
    after.to_owned()
}

#[test]
fn suppressions_are_added() {
    let cases = [
        // The plain case, with its line break, or without one.
        (
            "profiles:\n  a:\n    image: x\n    gpu: y",
            "profiles:\n  a:\n    image: x  # anycloud-lint: ignore[unknown-field]\n    gpu: y  # anycloud-lint: ignore[unknown-field]",
        ),
        (
            "\u{feff}profiles:\r\n  a:\r\n    image: ü\r\n",
            "\u{feff}profiles:\r\n  a:\r\n    image: ü  # anycloud-lint: ignore[unknown-field]\r\n",
        ),
        // Several rules of one line.
        (
            "profiles:\n  a: {image: x, gpu: y, diskTier: fast}\n",
            "profiles:\n  a: {image: x, gpu: y, diskTier: fast}  # anycloud-lint: ignore[invalid-value, unknown-field]\n",
        ),
        // A comment stays, and a suppression is extended.
        (
            "profiles:\n  a:\n    image: x # why\n",
            "profiles:\n  a:\n    image: x # why # anycloud-lint: ignore[unknown-field]\n",
        ),
        (
            "profiles:\n  a: {image: x, diskTier: fast} # anycloud-lint: ignore[AC103] for now\n",
            "profiles:\n  a: {image: x, diskTier: fast} # anycloud-lint: ignore[AC103, unknown-field] for now\n",
        ),
        (
            "profiles:\n  # anycloud-lint: ignore[AC103]\n  a: {image: x, diskTier: fast}\n",
            "profiles:\n  # anycloud-lint: ignore[AC103, unknown-field]\n  a: {image: x, diskTier: fast}\n",
        ),
        // Text of several lines.
        (
            "profiles:\n  a:\n    image: |\n      # text\n      more\n",
            "profiles:\n  a:\n    image: |  # anycloud-lint: ignore[unknown-field]\n      # text\n      more\n",
        ),
        (
            "profiles:\n  a:\n    image: \"one\n      two\"\n",
            "profiles:\n  a:\n    # anycloud-lint: ignore[unknown-field]\n    image: \"one\n      two\"\n",
        ),
        (
            "profiles:\r\n  a:\r\n    image: one\r\n      two\r\n",
            "profiles:\r\n  a:\r\n    # anycloud-lint: ignore[unknown-field]\r\n    image: one\r\n      two\r\n",
        ),
        // A line that begins and ends inside texts.
        (
            "profiles: {a: {x-note: \"us-\n  east\", image: \"x\n  y\"}}\n",
            "# anycloud-lint: ignore-file[unknown-field]\nprofiles: {a: {x-note: \"us-\n  east\", image: \"x\n  y\"}}\n",
        ),
        (
            "# anycloud-lint: ignore-file[AC103] old\nprofiles: {a: {diskTier: fast, x-note: \"us-\n  east\", image: \"x\n  y\"}}\n",
            "# anycloud-lint: ignore-file[AC103, unknown-field] old\nprofiles: {a: {diskTier: fast, x-note: \"us-\n  east\", image: \"x\n  y\"}}\n",
        ),
    ];
    for (before, after) in cases {
        assert_eq!(added(before), after);
    }
}

#[test]
fn every_fixture_that_can_be_read_can_be_silenced() {
    let mut silenced = 0;
    for path in fixtures(&FOLDERS) {
        let text = std::fs::read(&path).unwrap();
        let source = Source::from_bytes("anycloud.yaml", text.clone());
        let is_readable = source.flaw().is_none() && anycloud_lint::yaml::parse(&source).0.is_some();
        let text = String::from_utf8_lossy(&text).into_owned();
        // The rules about suppressions are left alone.
        if is_readable && !text.contains("anycloud-lint:") {
            assert!(added(&text).len() >= text.len());
            silenced += 1;
        } else if !is_readable {
            assert_eq!(add(&source).0, 0, "{}", path.display());
        }
    }
    assert!(silenced > 150, "{silenced}");
}

#[test]
fn the_command_writes_them() {
    let text = "profiles:\n  a:\n    image: x\n";
    let silent = "profiles:\n  a:\n    image: x  # anycloud-lint: ignore[unknown-field]\n";
    let sandbox = Sandbox::new(&[("anycloud.yaml", text)]);
    let diff = sandbox.run(&["--add-ignore", "--diff"]);
    assert!(diff.out.contains("+    image: x  # anycloud-lint: ignore[unknown-field]\n"), "{}", diff.out);
    assert_eq!(sandbox.read("anycloud.yaml"), text);

    let run = sandbox.run(&["--add-ignore"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(run.err, "1 silenced; nothing to report in 1 file\n");
    assert_eq!(sandbox.read("anycloud.yaml"), silent);
    assert_eq!(sandbox.run(&["--add-ignore"]).err, "nothing to report in 1 file\n");
    assert_eq!(sandbox.read("anycloud.yaml"), silent);

    assert_eq!(sandbox.run_with(text, &["-", "--add-ignore", "-q"]).out, silent);
}

/// A fix is better than silence.
#[test]
fn fixes_come_first() {
    let sandbox =
        Sandbox::new(&[("anycloud.yaml", "profiles:\n  a:\n    vm_type: t3.large\n    image: x\n")]);
    assert_eq!(sandbox.run(&["--fix", "--add-ignore"]).code, 0);
    let text =
        "profiles:\n  a:\n    vmType: t3.large\n    image: x  # anycloud-lint: ignore[unknown-field]\n";
    assert_eq!(sandbox.read("anycloud.yaml"), text);
}

#[test]
fn what_no_comment_silences_is_left_and_said() {
    let sandbox = Sandbox::new(&[("anycloud.yaml", "profiles: [\n")]);
    let run = sandbox.run(&["--add-ignore", "--format", "short"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("no comment can silence what keeps a file from being read"), "{}", run.err);
    assert_eq!(sandbox.read("anycloud.yaml"), "profiles: [\n");

    let idle = "profiles: {a: {}} # anycloud-lint: ignore[AC101]\n";
    sandbox.write("anycloud.yaml", idle);
    let run = sandbox.run(&["--add-ignore", "--format", "short"]);
    assert!(run.out.contains("warning[AC901]"), "{}", run.out);
    assert!(run.err.contains("is left to put right"), "{}", run.err);
    assert_eq!(sandbox.read("anycloud.yaml"), idle);
}

#[cfg(unix)]
#[test]
fn a_file_that_can_not_be_written_stays() {
    use std::os::unix::fs::PermissionsExt;
    let text = "profiles: {a: {image: x}}\n";
    let sandbox = Sandbox::new(&[("anycloud.yaml", text)]);
    let path = sandbox.path("anycloud.yaml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    let run = sandbox.run(&["--add-ignore"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("can't write anycloud.yaml: permission denied"), "{}", run.err);
    assert_eq!(sandbox.read("anycloud.yaml"), text);
}
