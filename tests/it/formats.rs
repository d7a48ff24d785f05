//! The formats for other programs, and the file that they are written to.

use anycloud_lint::report::{self, Checked, Format};
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, analyse};
use termcolor::NoColor;

use crate::harness::{FOLDERS, Run, Sandbox, fixtures, root, run};
use serde_json::Value;

/// A secret, and a value that other formats give a meaning of their own.
const MEAN: &str = "\
profiles:
  base: {gpuType: h100, region: us-east-1}
  \"west, 100%: ü\":
    extends: base
    vmType: g6e.xlarge
    region: us-east-1
  key:
    credentials: {cloudProvider: AWS, accessKeyId: AKIAIOSFODNN7EXAMPLE, secretAccessKey: hunter2hunter2, sesionToken: 4u5xzqvb}
    \"a\\u0001]]>\": 1
    spot: !!str yes
";
const CLEAN: &str = "profiles:\n  train:\n    region: us-east-1\n";
const FORMATS: [&str; 7] = ["human", "short", "json", "sarif", "github", "gitlab", "junit"];

fn two_files() -> Sandbox {
    Sandbox::new(&[("a,b/mean: 1.anycloud.yaml", MEAN), ("anycloud.yaml", CLEAN)])
}

/// The rules that the mean file is there for, whatever others will find in it one day.
const MEANT: &str = "AC0,AC101,AC105,AC203,AC301,AC502";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// All fixtures in one run, so that every rule's findings come by.
fn all_fixtures(format: &str) -> Run {
    let mut args = vec!["--format", format];
    let files = fixtures(&FOLDERS);
    args.extend(files.iter().map(|file| file.strip_prefix(root()).unwrap().to_str().unwrap()));
    let run = run(&args);
    assert_eq!(run.code, 1, "{}", run.err);
    run
}

fn validator() -> jsonschema::Validator {
    let mut schema = json(include_str!("../data/sarif-schema-2.1.0.json"));
    // `[a-zA-Z]{2}]?` has a bracket too many for strict readers of regular expressions. We say no language.
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn assert_is_sarif(log: &Value) {
    let errors: Vec<_> =
        validator().iter_errors(log).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn sarif() {
    let run = two_files().run(&["--format", "sarif", "--select", MEANT]);
    let mut log = json(&run.out);
    assert_is_sarif(&log);
    let driver = &mut log["runs"][0]["tool"]["driver"];
    driver["version"] = "VERSION".into();
    driver["semanticVersion"] = "VERSION".into();
    let rules = driver["rules"].as_array_mut().unwrap();
    rules.retain(|rule| rule["id"] == "AC301");
    for result in log["runs"][0]["results"].as_array_mut().unwrap() {
        // A new rule moves it; the next test looks at it.
        result.as_object_mut().unwrap().remove("ruleIndex");
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn sarif_of_everything_and_of_nothing_is_sarif() {
    let log = json(&all_fixtures("sarif").out);
    assert_is_sarif(&log);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(seen.insert(result["partialFingerprints"]["anycloudLint/v1"].as_str().unwrap()));
    }
    let empty = Sandbox::new(&[("anycloud.yaml", CLEAN)]).run(&["--format", "sarif"]);
    assert_eq!(empty.code, 0);
    assert_is_sarif(&json(&empty.out));
}

#[test]
fn sarif_regions_are_bytes_and_characters() {
    let text = "\u{feff}profiles:\r\n  \"ü\": {spot: \"true\"}\r\n";
    let run = Sandbox::new(&[("anycloud.yaml", text)]).run(&["--format", "sarif"]);
    let log = json(&run.out);
    let result = log["runs"][0]["results"].as_array().unwrap().last().unwrap();
    let region = &result["locations"][0]["physicalLocation"]["region"];
    let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
    let start = number("byteOffset");
    assert_eq!(&text[start..start + number("byteLength")], "\"true\"");
    assert_eq!([number("startLine"), number("startColumn"), number("endColumn")], [2, 15, 21]);
}

#[test]
fn github() {
    let run = two_files().run(&["--format", "github", "--select", MEANT]);
    insta::assert_snapshot!(run.out);
    for line in all_fixtures("github").out.lines() {
        let (properties, message) = line[2..].split_once("::").unwrap();
        assert!(["error ", "warning ", "notice "].iter().any(|command| properties.starts_with(command)));
        assert!(properties.split(',').all(|property| property.contains('=')), "{line}");
        assert!(!message.is_empty());
    }
}

#[test]
fn gitlab() {
    let run = two_files().run(&["--format", "gitlab", "--select", MEANT]);
    insta::assert_snapshot!(run.out);
    let issues = json(&all_fixtures("gitlab").out);
    let issues = issues.as_array().unwrap();
    let prints: std::collections::BTreeSet<_> =
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), issues.len());
    assert_eq!(Sandbox::new(&[("anycloud.yaml", CLEAN)]).run(&["--format", "gitlab"]).out, "[]\n");
}

#[test]
fn junit() {
    let run = two_files().run(&["--format", "junit", "--select", MEANT]);
    insta::assert_snapshot!(run.out);
    for text in [run.out, all_fixtures("junit").out] {
        let report = quick_junit::Report::deserialize_from_str(&text).unwrap();
        assert!(report.test_suites.iter().all(|suite| !suite.test_cases.is_empty()));
        let is_held = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
        assert!(text.chars().all(is_held));
    }
}

#[test]
fn no_format_tells_a_terminal_what_to_do() {
    let text = "profiles:\n  \"a\\e[31m\\u009b\\nb\\r\": {}\n  b: {\"\\e]0;x\\a\": 1, region: \"\\ufffe\"}\n";
    let sandbox = Sandbox::new(&[("anycloud.yaml", text)]);
    for format in ["human", "short", "github", "junit"] {
        let run = sandbox.run(&["--format", format]);
        assert_eq!(run.code, 1);
        let obeyed = run.out.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(obeyed, None, "{format}: {:?}", run.out);
    }
    assert!(sandbox.run(&["--format", "short"]).out.lines().all(|line| line.starts_with("anycloud.yaml:")));
}

#[test]
fn the_same_twice() {
    let sandbox = two_files();
    for format in FORMATS {
        let args = ["--format", format];
        assert_eq!(sandbox.run(&args).out, sandbox.run(&args).out, "{format}");
    }
}

#[test]
fn no_format_tells_a_secret() {
    let sandbox = two_files();
    for format in FORMATS {
        let run = sandbox.run(&["--format", format, "--statistics"]);
        assert_eq!(run.code, 1, "{}", run.err);
        for secret in ["hunter2", "4u5xzqvb", "AKIAIOSFODNN7"] {
            assert!(!run.out.contains(secret) && !run.err.contains(secret), "{format}: {}", run.out);
        }
    }
}

#[test]
fn files_are_named_from_the_current_folder() {
    let sandbox = Sandbox::new(&[("deploy/anycloud.yaml", "profiles: {}\n")]);
    let absolute = std::fs::canonicalize(sandbox.path("deploy/anycloud.yaml")).unwrap();
    let absolute = absolute.to_string_lossy();
    let relative = sandbox.run(&["--format", "gitlab", "deploy/anycloud.yaml"]);
    for name in ["./deploy/anycloud.yaml", "deploy", "./deploy", &absolute] {
        assert_eq!(sandbox.run(&["--format", "gitlab", name]).out, relative.out, "{name}");
    }
}

/// On systems where a backslash is a character like any other it stays one.
#[cfg(unix)]
#[test]
fn a_backslash_in_a_name_is_no_slash() {
    let sandbox =
        Sandbox::new(&[(r"x\y.anycloud.yaml", "profiles: {}\n"), ("x/y.anycloud.yaml", "profiles: {}\n")]);
    for format in ["short", "json", "sarif", "gitlab", "junit", "github"] {
        let both = sandbox.run(&["--format", format]).out;
        let [backslash, slash] = [r"x\y.anycloud.yaml", "x/y.anycloud.yaml"]
            .map(|name| sandbox.run(&["--format", format, name]).out);
        assert_ne!(backslash, slash, "{format}");
        if format == "short" {
            assert_eq!(both, slash + &backslash);
        }
    }
    sandbox.run(&["--write-baseline", "known.json"]);
    assert!(sandbox.read("known.json").contains(r#""file": "x\\y.anycloud.yaml""#));
    let uris = sandbox.run(&["--format", "sarif", r"x\y.anycloud.yaml"]).out;
    assert!(uris.contains("x%5Cy.anycloud.yaml"), "{uris}");
}

#[test]
fn the_order_does_not_depend_on_threads() {
    let names: Vec<String> = (0..100).map(|number| format!("{number:03}.anycloud.yaml")).collect();
    let sandbox = Sandbox::new(&[]);
    for name in &names {
        sandbox.write(name, "profiles:\n  a: {spot: 1}\n");
    }
    let run = sandbox.run(&["--format", "short"]);
    let seen: Vec<&str> = run.out.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(seen, names);
    assert_eq!(run.err, "100 errors in 100 files\n");
}

#[test]
fn statistics() {
    let run = two_files().run(&["--format", "short", "--statistics", "--select", MEANT]);
    insta::assert_snapshot!(run.out);
    let run = two_files().run(&["--format", "json", "--statistics"]);
    assert!(json(&run.out).is_object() && run.err.starts_with("count"));
    let run = Sandbox::new(&[("anycloud.yaml", CLEAN)]).run(&["--statistics"]);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", "nothing to report in 1 file\n"));
}

#[test]
fn the_output_file_is_replaced_as_a_whole() {
    let sandbox = two_files();
    let printed = sandbox.run(&["--format", "sarif"]).out;
    sandbox.write("out.sarif", "x".repeat(1_000_000));
    let run = sandbox.run(&["--format", "sarif", "--output-file", "out.sarif"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert_eq!(sandbox.read("out.sarif"), printed);
    assert_eq!(sandbox.names(), ["a,b", "anycloud.yaml", "out.sarif"]);
}

#[test]
fn an_output_file_that_can_not_be_written() {
    let sandbox = two_files();
    let run = sandbox.run(&["--output-file", "none/out.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("the folder none does not exist"), "{}", run.err);
    let run = sandbox.run(&["--output-file", "a,b"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("can't write a,b: it is a folder"), "{}", run.err);
    let run = sandbox.run(&["--output-file", "anycloud.yaml/out.txt"]);
    assert_eq!(run.code, 2);
    assert_eq!(sandbox.names(), ["a,b", "anycloud.yaml"]);
    assert_eq!(sandbox.read("anycloud.yaml"), CLEAN);
}

#[test]
fn a_read_only_output_stays_as_it_is() {
    let sandbox = two_files();
    sandbox.write("old.txt", "old");
    let path = sandbox.path("old.txt");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let run = sandbox.run(&["--output-file", "old.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("permission denied"), "{}", run.err);
    assert_eq!(sandbox.read("old.txt"), "old");
}

#[cfg(target_os = "linux")]
#[test]
fn special_outputs() {
    use std::os::unix::fs::FileTypeExt;
    let sandbox = two_files();
    // Nobody, not even root, makes files there.
    let run = sandbox.run(&["--output-file", "/proc/anycloud-lint.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("can't write /proc/anycloud-lint.txt"), "{}", run.err);
    let run = sandbox.run(&["--output-file", "/dev/full"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("the disk is full"), "{}", run.err);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run: Run = sandbox.command(&[]).stdout(full).output().unwrap().into();
    assert_eq!(run.code, 2);
    assert!(run.err.contains("can't write standard output"), "{}", run.err);
    assert_eq!(sandbox.run(&["--output-file", "/dev/null"]).code, 1);
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_does_not_stop_the_others() {
    let sandbox = Sandbox::new(&[("anycloud.yaml", "profiles: {}\n")]);
    let _socket = std::os::unix::net::UnixListener::bind(sandbox.path("socket.anycloud.yaml")).unwrap();
    std::os::unix::fs::symlink("gone", sandbox.path("link.anycloud.yaml")).unwrap();
    for args in [
        &["--format", "short"][..],
        &["--format", "short", "anycloud.yaml", "link.anycloud.yaml", "socket.anycloud.yaml"],
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2);
        assert!(run.out.starts_with("anycloud.yaml:1:11: error[AC1"), "{}", run.out);
        assert!(run.err.contains("socket.anycloud.yaml: it is not a regular file"), "{}", run.err);
        assert!(run.err.contains("link.anycloud.yaml: there is no such file"), "{}", run.err);
    }
}

#[test]
fn a_pipe_sees_no_progress() {
    let sandbox = Sandbox::new(&[]);
    for number in 0..40 {
        sandbox.write(&format!("{number}.anycloud.yaml"), CLEAN);
    }
    assert_eq!(sandbox.run(&[]).err, "nothing to report in 40 files\n");
}

/// Takes a report and remembers how large its largest piece was.
#[derive(Default)]
struct Pieces {
    largest: usize,
    all: usize,
}

impl std::io::Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        self.largest = self.largest.max(piece.len());
        self.all += piece.len();
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn many_findings(count: usize) -> String {
    format!("profiles:\n  a:\n    gpuType: [a{}]\n", ",a".repeat(count))
}

#[test]
fn a_report_is_written_as_it_is_made() {
    let source = Source::new("anycloud.yaml", many_findings(2_000));
    let files = [Checked::from(analyse(&source, &Settings::default()))];
    for format in [Format::Short, Format::Json, Format::Sarif, Format::Github, Format::Gitlab, Format::Junit]
    {
        let mut pieces = NoColor::new(Pieces::default());
        report::write(format, &report::Run::new(&files), &mut pieces).unwrap();
        let Pieces { largest, all } = pieces.into_inner();
        assert!(all > 200_000, "{format:?} is {all} bytes");
        assert!(largest < 10_000, "{format:?} is made of pieces of {largest} bytes");
    }
}

#[test]
fn people_are_shown_the_first_thousand_findings() {
    let sandbox = Sandbox::new(&[("anycloud.yaml", &many_findings(2_000))]);
    let findings = json(&sandbox.run(&["--format", "json"]).out)["findings"].as_array().unwrap().len();
    let run = sandbox.run(&[]);
    assert_eq!(run.code, 1);
    assert_eq!(run.out.matches("\nrule: ").count() + run.out.matches(" = rule: ").count(), 1_000);
    let last = run.out.lines().last().unwrap();
    let rest = findings - 1_000;
    assert!(last.starts_with(&format!("{rest} more findings not shown, ")), "{last}");
    assert!(last.ends_with(" among them; `anycloud-lint check --format short` prints them all"), "{last}");
    assert_eq!(sandbox.run(&["--format", "short"]).out.lines().count(), findings);
}
