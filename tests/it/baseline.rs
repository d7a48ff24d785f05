//! `--write-baseline` and `--baseline`: old findings stay silent, new ones don't.

use crate::harness::Sandbox;

const OLD: &str = "\
profiles:
  train:
    regionn: us-east-1
    spot: \"true\"
";
const FILE: &str = "anycloud.yaml";

fn with_baseline(text: &str) -> Sandbox {
    let sandbox = Sandbox::new(&[(FILE, text)]);
    let run = sandbox.run(&["--write-baseline", "known.json"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    sandbox
}

#[test]
fn writes_what_is_there_now() {
    let sandbox = Sandbox::new(&[(FILE, OLD), ("b/anycloud.yaml", "profiles: {}\n")]);
    let run = sandbox.run(&["--write-baseline", "known.json"]);
    assert_eq!(run.err, "3 findings of 2 files written to known.json\n");
    let text = sandbox.read("known.json");
    insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    sandbox.run(&["--write-baseline", "known.json"]);
    assert_eq!(sandbox.read("known.json"), text);
    let names = sandbox.names();
    assert_eq!(names, [FILE, "b", "known.json"]);
}

#[test]
fn silences_what_it_holds() {
    let sandbox = with_baseline(OLD);
    let run = sandbox.run(&["--baseline", "known.json"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(run.err, "nothing to report in 1 file, 2 in the baseline\n");
    let run = sandbox.run(&["--baseline", "known.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["summary"]["baselined"], 2);
    assert_eq!(report["findings"], serde_json::json!([]));
}

#[test]
fn moved_lines_wake_nothing() {
    let sandbox = with_baseline(OLD);
    let moved = OLD.replace("profiles:\n", "# hello\n\nprofiles:\n  new:\n    region: us-east-1\n");
    sandbox.write(FILE, moved.replace("    spot", "\n      \n    # why\n    spot"));
    let run = sandbox.run(&["--baseline", "known.json"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    let from_elsewhere = sandbox.path(FILE);
    let run = sandbox.run(&["--baseline", "known.json", &from_elsewhere.to_string_lossy()]);
    assert!(run.err.contains("2 in the baseline") || cfg!(target_os = "macos"), "{}", run.err);
}

#[test]
fn new_findings_are_reported() {
    let sandbox = with_baseline(OLD);
    sandbox.write(FILE, format!("{OLD}    diskSizeGb: \"1\"\n"));
    let run = sandbox.run(&["--baseline", "known.json", "--format", "short"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("anycloud.yaml:5:17: error[AC102]"), "{}", run.out);
    assert_eq!(run.err, "1 error in 1 file, 2 in the baseline; 1 fixable with `--fix`\n");
}

#[test]
fn one_more_of_the_same_kind_is_new() {
    let text =
        |count: usize| format!("profiles:\n  a:\n    spot: true\n{}", "    spot: true\n".repeat(count));
    let sandbox = with_baseline(&text(2));
    sandbox.write(FILE, text(3));
    let run = sandbox.run(&["--baseline", "known.json", "--format", "short"]);
    assert_eq!((run.code, run.out.lines().count()), (1, 1));
    sandbox.write(FILE, text(1));
    let run = sandbox.run(&["--baseline", "known.json"]);
    assert_eq!(run.code, 0);
    let gone = "1 entry of known.json no longer occurs; `--write-baseline` takes it out\n";
    assert!(run.err.starts_with(gone), "{}", run.err);
}

#[test]
fn says_which_entries_are_gone() {
    let sandbox = with_baseline(OLD);
    sandbox.write("b.anycloud.yaml", "profiles:\n  a: {}\n");
    let gone = "2 entries of known.json no longer occur; `--write-baseline` takes them out\n";
    // The file was not looked at, or the rules did not run: that says nothing.
    let run = sandbox.run(&["--baseline", "known.json", "b.anycloud.yaml"]);
    assert_eq!(run.err, "nothing to report in 1 file\n");
    sandbox.write(FILE, "profiles:\n  a: {}\n");
    assert!(!sandbox.run(&["--baseline", "known.json", "--select", "AC3"]).err.contains("entries"));
    let run = sandbox.run(&["--baseline", "known.json"]);
    assert_eq!(run.code, 0);
    assert!(run.err.starts_with(gone), "{}", run.err);
    assert_eq!(sandbox.run(&["--baseline", "known.json", "-q"]).err, "");
    std::fs::remove_file(sandbox.path(FILE)).unwrap();
    assert!(sandbox.run(&["--baseline", "known.json"]).err.starts_with(gone));
}

#[test]
fn a_baseline_has_no_secrets() {
    let sandbox = with_baseline(
        "profiles:\n  a:\n    credentials: {cloudProvider: AWS, accessKeyId: AKIAIOSFODNN7EXAMPLE, \
         secretAccessKey: hunter2hunter2}\n    region: AKIAIOSFODNN7EXAMPLE\n",
    );
    let text = sandbox.read("known.json");
    assert!(text.contains("AC502") && !text.contains("hunter2") && !text.contains("AKIA"), "{text}");
}

#[test]
fn what_is_no_baseline() {
    let sandbox = Sandbox::new(&[(FILE, OLD)]);
    let cases = [
        ("", "it is not JSON"),
        ("{\"version\": 1", "it is not JSON"),
        ("{\"version\": 2, \"findings\": []}", "its version is 2, not 1"),
        ("{\"version\": \"1\"}", "its version is \"1\", not 1"),
        ("[]", "it has no `version`"),
        ("{\"version\": 1, \"tool\": {\"name\": \"a\", \"version\": \"b\"}}", "missing field `findings`"),
    ];
    for (text, reason) in cases {
        sandbox.write("known.json", text);
        let run = sandbox.run(&["--baseline", "known.json"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains(reason), "{}", run.err);
        assert!(run.err.contains("--write-baseline known.json"), "{}", run.err);
    }
    sandbox.write("known.json", b"\xff\xfe\x00");
    assert_eq!(sandbox.run(&["--baseline", "known.json", "--fix"]).code, 2);
    assert_eq!(sandbox.read(FILE), OLD);
    let run = sandbox.run(&["--baseline", "none.json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("can't read none.json: there is no such file"), "{}", run.err);
}

#[test]
fn what_can_not_be_written() {
    let sandbox = Sandbox::new(&[(FILE, OLD), ("known.json", "old")]);
    let run = sandbox.run(&["--write-baseline", "none/known.json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("the folder none does not exist"), "{}", run.err);
    let run = sandbox.run(&["--write-baseline", "known.json", FILE, "none.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("known.json is not written"), "{}", run.err);
    assert_eq!(sandbox.read("known.json"), "old");
    assert_eq!(sandbox.run(&["--write-baseline", "known.json", "--fix"]).code, 2);
}

/// The names in it start from its folder, so it holds wherever the linter runs.
#[test]
fn counts_from_its_own_folder() {
    let sandbox = Sandbox::new(&[("repo/sub/anycloud.yaml", OLD), ("repo/ci/x", ""), ("elsewhere/x", "")]);
    let in_folder = |folder: &str, args: &[&str]| -> crate::harness::Run {
        sandbox.command(args).current_dir(sandbox.path(folder)).output().unwrap().into()
    };
    for (baseline, name) in [("known.json", "sub/anycloud.yaml"), ("ci/known.json", "../sub/anycloud.yaml")] {
        let path = sandbox.path("repo").join(baseline).to_string_lossy().into_owned();
        assert_eq!(in_folder("repo", &["--write-baseline", baseline]).code, 0);
        let text = sandbox.read(&format!("repo/{baseline}"));
        assert!(text.contains(&format!("\"file\": \"{name}\"")), "{text}");
        for (folder, file) in [
            ("repo", "sub"),
            ("repo/sub", "."),
            ("repo/ci", "../sub/anycloud.yaml"),
            ("repo/ci", "./../sub/../sub/anycloud.yaml"),
            ("elsewhere", "../repo"),
        ] {
            let run = in_folder(folder, &["--baseline", &path, file]);
            assert_eq!(run.err, "nothing to report in 1 file, 2 in the baseline\n", "{baseline} in {folder}");
            // Written from there it is the same.
            assert_eq!(in_folder(folder, &["--write-baseline", &path, file]).code, 0);
            assert_eq!(sandbox.read(&format!("repo/{baseline}")), text);
        }
        // Whether an entry is gone is looked up from there too.
        sandbox.write("repo/sub/anycloud.yaml", "profiles: {a: {}}\n");
        let run = in_folder("repo/sub", &["--baseline", &path, "."]);
        assert!(run.err.starts_with("2 entries of"), "{}", run.err);
        sandbox.write("repo/sub/anycloud.yaml", OLD);
        let run = in_folder("elsewhere", &["--baseline", &path]);
        assert!(!run.err.contains("entries"), "{}", run.err);
    }
}
