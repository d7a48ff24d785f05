//! Arguments: what is understood, what is not, and what is said about it.

use crate::harness::{Sandbox, run};

const FILE: &str = "anycloud.yaml";
const WRONG: &str = "profiles:\n  a:\n    vm_type: g6e.xlarge\n";

#[test]
fn a_misspelt_command_gets_a_suggestion() {
    let sandbox = Sandbox::new(&[(FILE, WRONG), ("rule", ""), ("chekc/x", "")]);
    for (args, meant) in [
        (&["explian", "AC301"][..], "explain"),
        (&["resolv", "anycloud.yaml", "--profile", "a"], "resolve"),
        (&["Check"], "check"),
        (&["lint", "anycloud.yaml"], "check"),
        (&["dif", "anycloud.yaml", "a", "b"], "diff"),
        (&["schem", "--for", "config"], "schema"),
        (&["catalogue", "gpus"], "catalog"),
        (&["completion", "bash"], "completions"),
    ] {
        let run = sandbox.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        let said = format!("error: there is no command `{}`, and no file or folder of that name", args[0]);
        assert!(run.err.starts_with(&said), "{args:?}: {}", run.err);
        assert!(run.err.contains(&format!("did you mean `{meant}`?")), "{args:?}: {}", run.err);
    }
    // What is there, or looks like a file, is a path.
    assert_eq!(sandbox.run(&["rule", "-q"]).code, 1);
    assert_eq!(sandbox.run(&["chekc"]).code, 0);
    for path in ["explain.yaml", "./explian", "zzz"] {
        let run = sandbox.run(&[path]);
        assert!(
            run.err.starts_with(&format!("error: can't read {path}: there is no such file")),
            "{}",
            run.err
        );
    }
    assert!(sandbox.run(&["check", "explian"]).err.contains("can't read explian"));
    // The command is one; what follows is wrong.
    let run = sandbox.run(&["resolve", "--no-such"]);
    assert!(run.err.starts_with("error: unexpected argument '--no-such'"), "{}", run.err);
}

#[test]
fn every_command_one_edit_away_is_recognised() {
    let help = run(&["--help"]).out;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 10, "{commands:?}");
    for name in commands.iter().filter(|name| name.len() > 3) {
        let swapped = format!("{}{}{}{}", &name[..1], &name[2..3], &name[1..2], &name[3..]);
        for wrong in [name[..name.len() - 1].to_owned(), format!("{name}x"), swapped] {
            if wrong == **name {
                continue;
            }
            let run = Sandbox::new(&[]).run(&[&wrong]);
            assert!(run.err.contains(&format!("did you mean `{name}`?")), "{wrong}: {}", run.err);
        }
    }
}

#[test]
fn the_name_of_standard_input_needs_standard_input() {
    let sandbox = Sandbox::new(&[(FILE, WRONG)]);
    for args in [&["--stdin-filename", "b.yaml"][..], &["--stdin-filename", "b.yaml", FILE]] {
        let run = sandbox.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("`--stdin-filename` names standard input") && run.err.contains("add `-`"));
    }
}

#[test]
fn a_diff_is_no_report() {
    let sandbox = Sandbox::new(&[(FILE, WRONG)]);
    for format in ["short", "json", "sarif", "github", "gitlab", "junit"] {
        let run = sandbox.run(&["--diff", "--format", format]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{format}");
        assert!(run.err.starts_with("error: `--diff` shows a diff"), "{}", run.err);
    }
    let diff = sandbox.run(&["--diff", "--format", "human"]);
    assert_eq!(diff.code, 1);
    assert!(diff.out.contains("+    vmType: g6e.xlarge"));
    // As the findings, it can go to a file.
    let run = sandbox.run(&["--diff", "--output-file", "out.diff"]);
    assert_eq!((run.out.as_str(), sandbox.read("out.diff")), ("", diff.out));
    assert_eq!(sandbox.read(FILE), WRONG);
}

#[test]
fn the_current_folder_is_mentioned_only_where_it_is_searched() {
    let sandbox = Sandbox::new(&[]);
    let says_so = |args: &[&str]| {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2, "{args:?}");
        run.err.contains("the current folder is searched")
    };
    assert!(says_so(&["none.yaml"]) && says_so(&["check", "none.yaml"]));
    for args in [
        &["resolve"][..],
        &["resolve", "none.yaml"],
        &["diff", "none.yaml", "a", "b"],
        &["--baseline", "none.json"],
        &["--config", "none.toml"],
        &["init", "none/anycloud.yaml"],
    ] {
        assert!(!says_so(args), "{args:?}");
    }
}

#[test]
fn where_no_file_is_found_it_can_fail() {
    let sandbox = Sandbox::new(&[("other.yaml", WRONG), ("sub/x", "")]);
    assert_eq!(sandbox.run(&[]).code, 0);
    for args in [&["--require-files"][..], &["--require-files", "sub"], &["--require-files", "-q"]] {
        let run = sandbox.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.starts_with("error: there is no file to check\n"), "{}", run.err);
    }
    let run = sandbox.run(&["--require-files", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &report["summary"]["files"]), (2, &serde_json::json!(0)));
    assert_eq!(sandbox.run(&["--require-files", "other.yaml"]).code, 1);
    assert_eq!(sandbox.run_with("profiles: {a: {}}", &["--require-files", "-"]).code, 0);
}

#[test]
fn usage_errors_begin_with_words() {
    let sandbox = Sandbox::new(&[(FILE, "profiles: {a: {}}"), ("bad.toml", "[lint]\nselct = []\n")]);
    for args in [
        &["--select", "AC777"][..],
        &["explain", "gpu-vm-conflcit"],
        &["resolve", FILE, "--profile", "b"],
        &["--baseline", FILE],
        &["--config", "bad.toml"],
        &["catalog", "gpus", "--provider", "Asure"],
        &["--output-file", "none/out.txt"],
        &["init"],
        &["--no-such-option"],
        &["--format", "xml"],
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.starts_with("error: "), "{args:?}: {}", run.err);
        assert!(!run.err.contains("anycloud_lint::"), "{args:?}: {}", run.err);
    }
}
