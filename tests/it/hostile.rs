//! Names that bring control characters, line breaks and commands along, wherever a user can give a name: no
//! output of any command in any format passes them on.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use anycloud_lint::shown;
use serde_json::Value;

use crate::harness::{Sandbox, each};

/// What must not get through: it acts on a terminal, starts lines, or commands the system that runs us.
const PAYLOAD: &str = "a\u{1b}[31m\u{7}\r\n::warning file=x::b\r::error::c\n##[group]d\n  ##vso[task.x]e\u{85}\u{9b}1m\u{2028}::notice::f\u{2029}\u{202e}g\u{2066}h\u{200b}\u{feff}i\u{7f}\u{e0041}";

/// Ways to write it, or a part of it, as YAML.
pub fn spellings() -> Vec<String> {
    let escaped = |text: &str| {
        let escape = |c: char| match u32::from(c) {
            code @ 0x1_0000.. => format!("\\U{code:08x}"),
            code => format!("\\u{code:04x}"),
        };
        let is_plain = |c: &char| c.is_ascii_graphic() && !matches!(c, '"' | '\\');
        let write = |c: char| if is_plain(&c) { c.to_string() } else { escape(c) };
        format!("\"{}\"", text.chars().map(write).collect::<String>())
    };
    vec![
        escaped(PAYLOAD),
        escaped("::warning file=x::b"),
        escaped("\n::warning file=x::b"),
        "::warning".to_owned(),
        "\"##[group]\"".to_owned(),
        "a\u{202e}\u{2028}\u{200b}\u{9b}b".to_owned(),
        "\"a\u{1b}[31m\u{7}\rb\"".to_owned(),
        "|\n          ::warning file=x::b\n          ##[group]".to_owned(),
    ]
}

/// Places for a name, `@`.
const PLACES: [&str; 40] = [
    "profiles:\n  @: {spto: true}\n",
    "profiles:\n  @: {region: us-east-1, vmType: Standard_NC16as_T4_v3}\n",
    "profiles:\n  @: {region: us-east-1}\n  b: {extends: @, vmType: Standard_NC16as_T4_v3}\n",
    "profiles:\n  @: {extends: @}\n",
    "profiles:\n  a:\n    @: x\n",
    "profiles:\n  a:\n    @: x\n    @: y\n",
    "profiles:\n  a:\n    extends: @\n",
    "profiles:\n  a:\n    extends: [@, @]\n",
    "profiles:\n  a:\n    cloudProvider: @\n",
    "profiles:\n  a:\n    region: @\n",
    "profiles:\n  a:\n    cloudProvider: AWS\n    region: @\n    availabilityZone: @\n",
    "profiles:\n  a:\n    region: us-east-1\n    availabilityZone: @\n",
    "profiles:\n  a:\n    vmType: @\n",
    "profiles:\n  a:\n    vmType: [@, @]\n",
    "profiles:\n  a:\n    gpuType: @\n",
    "profiles:\n  a:\n    gpuType: [h100, @]\n",
    "profiles:\n  a:\n    credentials: @\n",
    "profiles:\n  a:\n    credentials: {cloudProvider: @, @: @}\n",
    "profiles:\n  a:\n    credentials: {cloudProvider: AWS, accessKeyId: @, secretAccessKey: @}\n",
    "profiles:\n  a:\n    inputBucket: @\n    outputBucket: @\n",
    "profiles:\n  a:\n    inputBucket: data\n    inputStorageRegion: @\n",
    "profiles:\n  a:\n    inputBucket: data\n    inputStorageCredentials: @\n",
    "profiles:\n  a:\n    spot: @\n    minVmCount: @\n    diskTier: @\n    diskSizeGb: @\n",
    "version: @\nprofiles: {a: {spto: true}}\n",
    "@: x\nprofiles: {a: {spto: true}}\n",
    "profiles: @\n",
    "profiles:\n  a: @\n",
    "@\n",
    "- @\n",
    "profiles:\n  a:\n    x-note: @\n    spto: true\n",
    "x-a: &a\u{202e}b {spto: true}\nprofiles:\n  a: *a\u{202e}c\n",
    "profiles:\n  a: {region: *::warning}\n",
    "profiles:\n  a: {region: !\u{202e}::warning x, spto: 1}\n",
    "profiles:\n  a: {spto: true} # ::warning \u{1b}[31m \u{202e}\n",
    "# anycloud-lint: ignore[::warning\u{1b}\u{202e}]\nprofiles:\n  a: {spto: true}\n",
    "# anycloud-lint: \u{1b}[31m::warning\nprofiles:\n  a: {spto: true}\n",
    "profiles:\r  a: {spto: true}\r::warning file=x::y\r",
    "profiles:\n  a: {spto: true}\n::warning file=x::y\n",
    "profiles:\n  a: {vm_type: g6e.xlarge}\n  b: @\n",
    "profiles:\n  a:\n    credentials: @\n    vm_type: g6e.xlarge\n    x-note: @\n",
];

/// Places for a name in what runs: behind a profile `a`, below `submissions`.
const JOB_PLACES: [&str; 34] = [
    "  @: {profile: a, image: \"x:1\"}\n",
    "  @: {profile: a, image: \"x:1\", spto: true}\n",
    "  @: {image: X, deployment: y}\n",
    "  @: {extends: @, image: \"x:1\"}\n",
    "  @:\n    profile: a\n    image: x\n    fanOut:\n      - cloudConfig: {region: us-east-1, vmType: Standard_NC16as_T4_v3}\n      - id: u\n",
    "  @:\n    profile: a\n    image: \"x:1\"\n    matrix: {nodes: [1, 1]}\n    id: t\n",
    "  .@: {image: \"x:1\", profile: a}\n",
    "  t: {profile: a, image: \"x:1\"}\n  u:\n    extends: @\n",
    "  t:\n    extends: [@, @]\n",
    "  t:\n    image: \"x:1\"\n    profile: @\n",
    "  t:\n    profile: a\n    image: @\n",
    "  t:\n    deployment: @\n",
    "  t:\n    deployment: @\n    command: [@]\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    id: @\n  u:\n    profile: a\n    image: \"x:1\"\n    id: @\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    command: @\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    command: [@, --flag, @]\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    env:\n      @: @\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    env:\n      A: @\n      B: {@: @}\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    env: {A: @}\n    secrets: [@, @]\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    dockerOptions:\n      @: @\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    dockerOptions: {shmSize: @, cpus: @, ipc: @, runtime: @}\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    dockerOptions: {binds: [@], ulimits: [{@: @}]}\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    mounts: [{name: @, path: @, @: @}]\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    gpuType: @\n    nodePool: @\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    nodes: @\n    launch: @\n    resumable: @\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    cloudConfig:\n      @: @\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    cloudConfig: {region: @, vmType: [@], outputBucket: @}\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    matrix:\n      @: [@]\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    matrix: {id: [@, @], nodePool: [@], profile: [a, @]}\n    exclude: [{profile: @}]\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    matrix: {nodes: [1, 2]}\n    exclude:\n      - @: @\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    fanOut:\n      - @: @\n      - {id: v}\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    fanOut:\n      - id: @\n      - {profile: @}\n",
    "  t:\n    profile: a\n    image: \"x:1\"\n    x-note: @\n    @: x\n",
    "  t: @\n",
];

fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
        || u32::from(c) > 0xe_0000
}

fn is_command(line: &str) -> bool {
    ["::", "##[", "##vso["].iter().any(|command| line.trim_start().starts_with(command))
}

/// A text that is printed: its line breaks are ours.
pub fn assert_harmless(what: &str, text: &str) {
    // A diff of a file with such line ends has them too.
    let text = if what.contains("--diff") { text.replace("\r\n", "\n") } else { text.to_owned() };
    let bad = text.chars().find(|c| *c != '\n' && is_forbidden(*c));
    assert_eq!(bad, None, "{what}: {}", text.escape_debug());
    let command = text.lines().find(|line| is_command(line));
    assert_eq!(command, None, "{what}: {text}");
}

/// The annotations of GitHub are commands: our own, with everything in them escaped.
pub fn assert_annotations(text: &str) {
    for line in text.lines() {
        let rest = ["::error ", "::warning ", "::notice "].iter().find_map(|kind| line.strip_prefix(kind));
        let (properties, message) = rest.unwrap_or_else(|| panic!("{line}")).split_once("::").unwrap();
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&name), "{line}");
            assert!(!value.contains(':') && !value.chars().any(is_forbidden), "{line}");
        }
        assert!(!message.chars().any(is_forbidden), "{line}");
        for part in message.split("%0A") {
            assert!(!is_command(part), "{line}");
        }
    }
}

/// The strings of a JSON value, keys too: whoever reads them prints them.
pub fn assert_strings(what: &str, value: &Value) {
    match value {
        Value::String(text) => assert_harmless(what, text),
        Value::Array(items) => items.iter().for_each(|item| assert_strings(what, item)),
        Value::Object(map) => {
            for (key, value) in map {
                assert_harmless(what, key);
                // Whoever reads the name of a file opens it.
                if let ("file" | "path", Value::String(text)) = (key.as_str(), value) {
                    assert!(!text.chars().any(is_forbidden), "{what}: {text:?}");
                    continue;
                }
                // Edits are applied, not shown.
                if !matches!(
                    key.as_str(),
                    "replacement" | "insertedContent" | "newText" | "filterText" | "newlineSequences" | "uri"
                ) {
                    assert_strings(what, value);
                }
            }
        }
        _ => {}
    }
}

fn places() -> Vec<String> {
    let of_jobs =
        JOB_PLACES.map(|place| format!("profiles: {{a: {{region: us-east-1}}}}\nsubmissions:\n{place}"));
    PLACES.map(str::to_owned).into_iter().chain(of_jobs).collect()
}

/// Every name at every place.
pub fn texts() -> Vec<String> {
    let spellings = spellings();
    places().iter().flat_map(|place| spellings.iter().map(|name| place.replace('@', name))).collect()
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new(&[]);
    for (number, place) in places().iter().enumerate() {
        for (spelling, name) in spellings().iter().enumerate() {
            sandbox.write(&format!("{number}-{spelling}.anycloud.yaml"), place.replace('@', name));
        }
    }
    sandbox
}

#[test]
fn no_report_passes_a_name_on() {
    let sandbox = sandbox();
    for format in ["human", "short", "json", "sarif", "github", "gitlab", "junit"] {
        let run = sandbox.run(&["--format", format, "--statistics"]);
        assert_harmless(&format!("{format} on standard error"), &run.err);
        if format == "github" {
            assert_annotations(&run.out);
            continue;
        }
        assert_harmless(format, &run.out);
        if ["json", "sarif", "gitlab"].contains(&format) {
            assert_strings(format, &serde_json::from_str(&run.out).unwrap());
        }
    }
    for args in [
        &["--diff"][..],
        &["--diff", "--unsafe-fixes"],
        &["--diff", "--add-ignore"],
        &["--write-baseline", "baseline.json"],
        &["--baseline", "baseline.json", "-q"],
        &["--add-ignore"],
        &["--unsafe-fixes"],
    ] {
        let run = sandbox.run(args);
        assert_harmless(&args.join(" "), &(run.out + &run.err));
    }
    let baseline = sandbox.read("baseline.json");
    assert_harmless("the baseline", &baseline);
    assert_strings("the baseline", &serde_json::from_str(&baseline).unwrap());
}

#[test]
fn no_resolved_profile_passes_a_name_on() {
    let sandbox = Sandbox::new(&[("none.toml", "[lint]\nignore = [\"AC\"]\n")]);
    let (resolved, jobs) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let texts = texts();
    let numbered: Vec<(usize, &String)> = texts.iter().enumerate().collect();
    each(&numbered, |(number, text)| {
        let file = format!("{number}.yaml");
        sandbox.write(&file, text);
        for args in [
            &["resolve", &file, "--provenance"][..],
            &["resolve", &file, "--format", "yaml", "--provenance"],
            &["resolve", &file, "--emit", "args", "--image", "x"],
            &["resolve", &file, "--emit", "args", "--image", "x", "--format", "json"],
            &["resolve", &file, "--emit", "python"],
            &["resolve", &file, "--emit", "python", "--sdk", "0.1.60"],
            &["diff", &file, "a", "b"],
        ] {
            let run = sandbox.run(&[args, &["--config", "none.toml"]].concat());
            resolved.fetch_add(usize::from(run.code == 0), Ordering::Relaxed);
            assert_harmless(&format!("{args:?}\n{text}"), &(run.out + &run.err));
            // What is an error to one is an error to all.
            if run.code == 1 {
                break;
            }
        }
        for args in [
            &["resolve", &file, "--emit", "submission"][..],
            &["resolve", &file, "--job", "t", "--provenance"],
            &["resolve", &file, "--job", "no such job"],
            &["resolve", &file, "--job", "t", "--emit", "args", "--cli", "submit"],
            &["diff", &file, "t", "u"],
            &["diff", &file, "t-1", "t-2"],
            &["diff", &file, "t", "u", "--format", "json"],
        ] {
            if text.contains("submissions:") {
                let run = sandbox.run(&[args, &["--config", "none.toml"]].concat());
                jobs.fetch_add(usize::from(run.code == 0), Ordering::Relaxed);
                assert_harmless(&format!("{args:?}\n{text}"), &(run.out + &run.err));
            }
        }
    });
    let jobs = jobs.into_inner();
    assert!(jobs > 200, "only {jobs} looks at jobs show any");
    let resolved = resolved.into_inner();
    assert!(resolved > 200, "only {resolved} are resolved");
}

#[test]
fn resolved_values_mean_what_the_file_says() {
    let value = format!("{PAYLOAD}{}", " ::word".repeat(30));
    let file = serde_json::json!({"profiles": {"a": {"credentials": value}, "b": {}}});
    let sandbox = Sandbox::new(&[("a.yaml", &shown::json(&file.to_string()))]);
    let json = sandbox.run(&["resolve", "a.yaml"]);
    assert_eq!(json.code, 0, "{}", json.err);
    let read: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(read["profiles"]["a"]["credentials"], value.as_str());
    let yaml = sandbox.run(&["resolve", "a.yaml", "--format", "yaml"]);
    assert_harmless("yaml", &yaml.out);
    let read: Value = serde_yaml::from_str(&yaml.out).unwrap();
    assert_eq!(read["profiles"]["a"]["credentials"], value.as_str(), "{}", yaml.out);
    for args in [&["diff", "a.yaml", "a", "b"][..], &["diff", "a.yaml", "a", "b", "--format", "json"]] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 0);
        assert_harmless("diff", &run.out);
    }
}

#[test]
fn no_name_of_a_file_is_passed_on() {
    let payload = PAYLOAD.replace('/', "");
    let names = [payload.as_str(), "::warning file=x::y", "##[group]x", "a\u{202e}b"];
    for name in names {
        let sandbox = Sandbox::new(&[]);
        let file = format!("{name}.anycloud.yaml");
        sandbox.write(&file, "profiles:\n  a: {vm_type: g6e.xlarge}\n  b: {spot: true}\n");
        sandbox.write(&format!("{name}/deep.anycloud.yaml"), "profiles: {a: {spto: true}}\n");
        sandbox.write(&format!("{name}.toml"), "[lint]\nselct = 1\n");
        sandbox.write(&format!("{name}.json"), "{\"version\": \"\\u001b::x\"}");
        for format in ["human", "short", "json", "sarif", "gitlab", "junit"] {
            let run = sandbox.run(&["--format", format]);
            assert_harmless(format, &(run.out.clone() + &run.err));
            if ["json", "sarif", "gitlab"].contains(&format) {
                assert_strings(format, &serde_json::from_str(&run.out).unwrap());
            }
        }
        assert_annotations(&sandbox.run(&["--format", "github"]).out);
        let toml = format!("{name}.toml");
        let json = format!("{name}.json");
        for args in [
            &["--diff", &file][..],
            &["resolve", &file],
            &["resolve", &file, "--provenance", "--profile", name],
            &["diff", &file, "a", name],
            &["diff", name, "a", "b"],
            &["--config", &toml],
            &["--config", name],
            &["--baseline", &json],
            &["--baseline", name],
            &["--write-baseline", &json],
            &["--write-baseline", "no/x.json"],
            &["--output-file", &format!("{name}/no/x")],
            &["init", &file],
            &["init", &format!("{name}/new.yaml")],
            &["init", &format!("{name}x/new.yaml")],
            &["--add-ignore"],
            &["--stdin-filename", name, "--format", "short", "-"],
            &["--stdin-filename", name, "-"],
            &["--stdin-filename", name, "--diff", "-"],
            &[name],
            &["--", name],
            &["no such file", name],
            &["--select", name],
            &["--ignore", name],
            &["explain", name],
            &["--format", name],
            &["--max-warnings", name],
            &[&format!("--{name}")],
            &["resolve", "--emit", name],
            &["catalog", name],
            &["catalog", "regions", "--provider", name],
            &["catalog", "vm-types", "--region", name, "--gpu", name],
            &["catalog", "gpus", "--vm-type", name],
            &["schema", "--for", name],
            &["completions", name],
            &["rules", name],
        ] {
            let run = sandbox.run_with("profiles: {a: {vm_type: x}}\n", args);
            assert_harmless(&args.join(" "), &(run.out + &run.err));
        }
    }
}

#[test]
fn names_that_are_no_text_are_shown_too() {
    let sandbox = Sandbox::new(&[]);
    let name = OsStr::from_bytes(b"\xff\x1b[31m.anycloud.yaml");
    std::fs::write(sandbox.path(".").join(name), "profiles: {a: {spto: true}}\n").unwrap();
    for format in ["human", "short", "json"] {
        let run = sandbox.run(&["--format", format]);
        assert_eq!(run.code, 1, "{}", run.err);
        assert_harmless(format, &run.out);
    }
    for args in [&["resolve"][..], &["--select"], &["--stdin-filename"], &[]] {
        let output = sandbox.command(args).arg(OsStr::from_bytes(b"\xff\x1b[31m")).output().unwrap();
        assert_harmless("a name of bytes", std::str::from_utf8(&output.stderr).unwrap());
    }
}

#[test]
fn a_configuration_passes_nothing_on() {
    let sandbox = Sandbox::new(&[("anycloud.yaml", "profiles: {a: {credentials: x, region: y, spto: 1}}\n")]);
    let name = serde_json::to_string(PAYLOAD).unwrap().replace('\u{7f}', "\\u007f");
    for text in [
        format!("[lint]\nselect = [{name}]\n"),
        format!("[lint]\nignore = [{name}]\n"),
        format!("[lint]\n{name} = 1\n"),
        format!("[lint.severity]\n{name} = {name}\n"),
        format!("[files]\ninclude = [\"[\", {name}]\n"),
        format!("[credentials]\n{name} = {name}\n"),
        format!("[credentials]\n{name} = \"AWS\"\n"),
        format!("[catalog.{name}]\nregions = []\n"),
        format!("[catalog.AWS]\nregions = [{name}]\n"),
        format!("{name} = 1\n"),
        "[lint] # \u{202e}\u{2028}\nx = 1\n".to_owned(),
        "::warning::x\n".to_owned(),
        "\u{feff}[lint]\r\nx\r= 1\n".to_owned(),
    ] {
        sandbox.write("anycloud-lint.toml", &text);
        let run = sandbox.run(&[]);
        assert_harmless(&text, &(run.out + &run.err));
    }
}
