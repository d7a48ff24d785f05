//! Files and folders that are made to do harm, or that other programs work on at the same time: every run comes to an
//! end that says what is wrong, and nothing is lost.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::harness::{Run, Sandbox, program};

const FILE: &str = "anycloud.yaml";
const WRONG: &str = "profiles:\n  a:\n    vm_type: g6e.xlarge\n";
const FIXED: &str = "profiles:\n  a:\n    vmType: g6e.xlarge\n";

/// More text than a person can want to read.
const TOO_MUCH: usize = 40_000;

/// The codes of what was found, in short output.
fn codes(run: &Run) -> Vec<&str> {
    run.out.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect()
}

/// Levels of mappings or lists, each with ten times the one before.
fn bomb(level: impl Fn(usize, &str) -> String) -> String {
    let levels = (1..14).map(|number| {
        let aliases = vec![format!("*a{}", number - 1); 10].join(", ");
        format!("x-{number}: &a{number} {}\n", level(number, &aliases))
    });
    format!("x-0: &a0 {{spot: true}}\n{}", levels.collect::<String>())
}

#[test]
fn bombs_of_aliases_do_not_go_off() {
    let list = bomb(|_, aliases| format!("[{aliases}]"));
    let merge = bomb(|number, aliases| format!("{{k{number}: 1, <<: [{aliases}]}}"));
    let map = bomb(|_, aliases| {
        let entries = aliases.split(", ").enumerate().map(|(key, alias)| format!("k{key}: {alias}"));
        format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
    });
    let ends = [
        "profiles: {a: {}}\n",
        "profiles: {a: {x-note: *a13}}\n",
        "profiles: {a: *a13}\n",
        "profiles: *a13\n",
        "profiles: {a: {vmType: *a13, credentials: *a13, extends: *a13}}\n",
        "profiles: {a: {}}\nsubmissions: {j: {image: \"x:1\", env: *a13, fanOut: *a13}}\n",
        "profiles: {a: {}}\nsubmissions: {j: {image: \"x:1\", matrix: {env: *a13, id: *a13}}}\n",
    ];
    for bomb in [&list, &merge, &map] {
        for end in ends {
            let sandbox = Sandbox::new(&[(FILE, &format!("{bomb}{end}"))]);
            let run = sandbox.run(&["--format", "short", "-q"]);
            assert_eq!((run.code, codes(&run)), (1, vec!["AC005"]), "{end}");
            assert_eq!(sandbox.run(&["resolve"]).code, 1);
        }
    }
}

/// However large a text is, what people are told of it is not.
#[test]
fn huge_scalars_are_not_repeated() {
    let huge = "x".repeat(60_000);
    let escapes = "\\x41".repeat(15_000);
    let lines = "      line\n".repeat(8_000);
    for text in [
        format!("profiles:\n  {huge}: {{}}\n"),
        format!("profiles:\n  a:\n    {huge}: 1\n"),
        format!("profiles:\n  a:\n    ? {huge}\n    : 1\n"),
        format!("profiles:\n  ? {huge}\n  : {{region: us-east-1, vmType: Standard_NC16as_T4_v3, spto: 1}}\n"),
        format!("profiles:\n  a:\n    region: {huge}\n"),
        format!("profiles:\n  a:\n    region: '{huge}'\n"),
        format!("profiles:\n  a:\n    region: \"{escapes}\"\n"),
        format!("profiles:\n  a:\n    region: |\n{lines}"),
        format!("profiles:\n  a:\n    spot: >\n{lines}"),
        format!("profiles:\n  a:\n    spot:\n{lines}"),
        format!("profiles:\n  a:\n    vmType: [{huge}, {huge}1]\n    gpuType: {huge}\n"),
        format!("profiles:\n  a:\n    extends: {huge}\n"),
        format!("profiles:\n  a:\n    maxVmCount: {}\n", "9".repeat(60_000)),
        format!("profiles:\n  a:\n    credentials: {{{huge}: {huge}}}\n"),
        format!("profiles:\n  a: &{huge} {{spot: *{huge}1}}\n"),
        format!("profiles:\n  a: !{huge} {{spot: 1}}\n"),
        format!("profiles:\n  a: {{spto: true}} # {huge}\n"),
        format!("# anycloud-lint: ignore[{huge}]\nprofiles: {{a: {{}}}}\n"),
        format!(
            "profiles: {{a: {{}}}}\nsubmissions:\n  a: {{image: {huge}, profile: {huge}, command: {huge}}}\n"
        ),
        huge.clone(),
        format!("profiles: {{a: \"{huge}\n"),
    ] {
        let head: String = text.chars().take(60).collect();
        let sandbox = Sandbox::new(&[(FILE, &text)]);
        for format in ["human", "short", "github"] {
            let run = sandbox.run(&["--format", format]);
            assert!(run.code < 2 && run.out.len() > 50, "{head}: {}", run.err);
            let length = run.out.len() + run.err.len();
            assert!(length < TOO_MUCH, "{format} of {head}: {length} bytes");
        }
        let run = sandbox.run(&["resolve"]);
        assert!(run.code < 2 && run.err.len() < TOO_MUCH, "{head}: {} bytes", run.err.len());
    }
}

#[test]
fn loops_of_links_are_not_followed() {
    let sandbox = Sandbox::new(&[("a/anycloud.yaml", WRONG), ("a/b/c/x.anycloud.yaml", WRONG)]);
    for (to, link) in [
        ("..", "a/up"),
        (".", "a/here"),
        ("../../..", "a/b/c/anycloud.yml"),
        ("circle.anycloud.yaml", "circle.anycloud.yaml"),
        ("two.anycloud.yaml", "one.anycloud.yaml"),
        ("one.anycloud.yaml", "two.anycloud.yaml"),
        ("anycloud-lint.toml", "a/b/anycloud-lint.toml.x"),
    ] {
        symlink(to, sandbox.path(link)).unwrap();
    }
    let found = ["a/anycloud.yaml:3 AC101", "a/b/c/x.anycloud.yaml:3 AC101"];
    let run = sandbox.run(&["--format", "short", "-q"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(crate::harness::short(&run.out), found);
    assert_eq!(run.err.matches("circle.anycloud.yaml").count(), 1, "{}", run.err);
    for args in
        [&["circle.anycloud.yaml"][..], &["one.anycloud.yaml", "--fix"], &["resolve", "circle.anycloud.yaml"]]
    {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains("circle of links") || run.err.contains("symbolic links"), "{}", run.err);
    }
    // The same folder by another name is the same folder.
    assert_eq!(sandbox.findings(&["a", "a/up", "a/here/here"]).len(), 2);
    symlink("anycloud-lint.toml", sandbox.path("a/anycloud-lint.toml")).unwrap();
    let run = sandbox.run(&["a/anycloud.yaml"]);
    assert!(run.code == 2 && run.err.contains("anycloud-lint.toml"), "{}", run.err);
}

/// The program as somebody who may not do everything; nothing where that can't be had.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn as_nobody(sandbox: &Sandbox, args: &[&str]) -> Option<Run> {
    // Where the program was built may be closed to others.
    let copy = sandbox.path("program");
    if !copy.exists() {
        fs::copy(program(), &copy).unwrap();
    }
    let mut command = Command::new(copy);
    command.args(args).current_dir(sandbox.path("."));
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    if is_root {
        command.uid(65534).gid(65534);
    }
    match command.output() {
        Ok(output) => Some(output.into()),
        Err(error) => {
            eprintln!("SKIPPED: root may read everything, and can't be anybody else here: {error}");
            None
        }
    }
}

#[test]
fn what_may_not_be_read_is_said_and_stops_nothing() {
    let sandbox = Sandbox::new(&[
        ("open/anycloud.yaml", WRONG),
        ("closed/anycloud.yaml", WRONG),
        ("listed/anycloud.yaml", WRONG),
        ("open/secret.anycloud.yaml", WRONG),
        ("ignored/deep/anycloud.yaml", WRONG),
        ("settings/anycloud.yaml", WRONG),
        ("settings/anycloud-lint.toml", ""),
    ]);
    let allow = |path: &str, mode: u32| {
        fs::set_permissions(sandbox.path(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(".", 0o755);
    allow("closed", 0o000);
    // Its names can be read, and nothing else.
    allow("listed", 0o444);
    allow("open/secret.anycloud.yaml", 0o000);
    allow("settings/anycloud-lint.toml", 0o000);
    let Some(run) = as_nobody(&sandbox, &["--format", "short", "-q"]) else { return };
    assert_eq!(run.code, 2, "{}", run.err);
    let found = ["ignored/deep/anycloud.yaml:3 AC101", "open/anycloud.yaml:3 AC101"];
    assert_eq!(crate::harness::short(&run.out), found);
    for name in ["closed", "listed/anycloud.yaml", "open/secret.anycloud.yaml", "settings/anycloud-lint.toml"]
    {
        assert_eq!(run.err.matches(name).count(), 1, "{name}: {}", run.err);
    }
    let denied = run.err.matches("permission denied").count() + run.err.matches("Permission denied").count();
    assert_eq!(denied, 4, "{}", run.err);
    for path in ["closed", "closed/anycloud.yaml", "listed/anycloud.yaml"] {
        let run = as_nobody(&sandbox, &["--fix", path]).unwrap();
        assert!(run.code == 2 && run.err.contains("ermission denied"), "{path}: {}", run.err);
    }
    // Neither can it be written, and is as it was.
    let run = as_nobody(&sandbox, &["--fix", "open/anycloud.yaml"]).unwrap();
    assert!(run.code == 2 && run.err.contains("the file is as it was"), "{}", run.err);
    assert_eq!(sandbox.read("open/anycloud.yaml"), WRONG);
    allow("closed", 0o755);
    allow("listed", 0o755);
}

/// Somebody saves the file again and again while it is read and fixed: it always holds a text that somebody wrote.
#[test]
fn files_that_change_meanwhile_stay_whole() {
    let text = |name: &str, key: &str| {
        let fill = format!("# {}\n", name.repeat(400)).repeat(40);
        format!("profiles:\n  {name}:\n    {key}: g6e.xlarge\n{fill}")
    };
    let sandbox = Sandbox::new(&[]);
    let texts = ["a", "b"].map(|name| text(name, "vm_type"));
    let known: Vec<String> =
        texts.iter().cloned().chain(["a", "b"].map(|name| text(name, "vmType"))).collect();
    sandbox.write(FILE, &texts[0]);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for text in texts.iter().cycle() {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                sandbox.write("new", text);
                fs::rename(sandbox.path("new"), sandbox.path(FILE)).unwrap();
                let _ = fs::remove_file(sandbox.path("gone.anycloud.yaml"));
                sandbox.write("gone.anycloud.yaml", text);
            }
        });
        for round in 0..20 {
            let run = sandbox.run(if round % 2 == 0 { &["--fix"] } else { &["--format", "short"] });
            assert!(run.code <= 2 && !run.err.contains("panicked"), "{}", run.err);
            let now = sandbox.read(FILE);
            assert!(known.contains(&now), "{} bytes: {now:.80}", now.len());
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(sandbox.names(), [FILE, "gone.anycloud.yaml"], "nothing half-written is left");
}

/// The disk fills up in the middle: what fits is written, what does not is as it was, and each is said.
#[test]
fn a_disk_that_fills_up_loses_no_file() {
    let large = format!("{WRONG}{}", "# a comment\n".repeat(1000));
    let sandbox = Sandbox::new(&[
        ("a.anycloud.yaml", WRONG),
        ("b.anycloud.yaml", &large),
        ("c.anycloud.yaml", WRONG),
        ("out.json", "old"),
    ]);
    let shell = |args: &str| -> Run {
        let script = format!("trap '' XFSZ; ulimit -f 4; exec '{}' {args}", program());
        Command::new("sh").args(["-c", &script]).current_dir(sandbox.path(".")).output().unwrap().into()
    };
    let run = shell("--format json --output-file out.json b.anycloud.yaml c.anycloud.yaml a.anycloud.yaml");
    assert!([1, 2].contains(&run.code), "{}", run.err);
    let run = shell("--fix");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("can't write b.anycloud.yaml") && run.err.contains("the file is as it was"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.read("a.anycloud.yaml"), FIXED);
    assert_eq!(sandbox.read("b.anycloud.yaml"), large);
    assert_eq!(sandbox.read("c.anycloud.yaml"), FIXED);
    let run = shell("--add-ignore b.anycloud.yaml");
    assert_eq!((run.code, sandbox.read("b.anycloud.yaml")), (2, large));
    assert_eq!(sandbox.names(), ["a.anycloud.yaml", "b.anycloud.yaml", "c.anycloud.yaml", "out.json"]);
}

/// A device without an end is read up to the limit.
#[cfg(target_os = "linux")]
#[test]
fn a_file_without_an_end_is_too_large() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.run(&["--format", "short", "-q", "/dev/zero"]);
    assert_eq!((run.code, codes(&run)), (1, vec!["AC005"]), "{}", run.err);
    let run = sandbox.run(&["--config", "/dev/zero", "."]);
    assert!(run.code == 2 && run.err.contains("larger than 1 MiB"), "{}", run.err);
}
