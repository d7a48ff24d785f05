//! `resolve --emit args|python`: profiles in other words.

use serde_json::Value;

use crate::harness::{FOLDERS, Sandbox, expectations, run};

const FILE: &str = "anycloud.yaml";

/// The seed's page, as profiles.
const SEED: &str = "\
profiles:
  base:
    credentials: azure2
    vmType: Standard_NC16as_T4_v3
    spot: true
    diskSizeGb: 400
    inputBucket: eval-data
    outputBucket: eval-results
  west:
    extends: base
    region: westus2
  on-demand:
    extends: base
    spot: false
  .gcp: {extends: base, credentials: gcp-prod, vmType: n1-standard-8}
  gcp: {extends: .gcp, inputBucket: null, diskSizeGb: null, outputBucket: null}
  h100: {credentials: my-aws, spot: true, gpuType: h100:all}
  pool: {credentials: my-aws, region: us-east-1, gpuType: [H100:8, a100:8]}
";

fn resolve(text: &str, options: &[&str]) -> crate::harness::Run {
    let arguments: Vec<&str> = ["resolve", FILE].iter().chain(options).copied().collect();
    Sandbox::new(&[(FILE, text)]).run(&arguments)
}

#[test]
fn commands_are_those_of_the_page() {
    let run = resolve(SEED, &["--emit", "args", "--image", "my-app:latest"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
    let run = resolve(
        SEED,
        &["--emit", "args", "--image", "my-app:latest", "--cli", "submit", "--profile", "h100"],
    );
    assert_eq!(
        run.out,
        "anycloud submit my-app:latest --credentials my-aws --gpu-type h100 --gpus all --spot\n"
    );
}

#[test]
fn modules_for_both_versions() {
    for version in ["0.1.60", "0.1.70"] {
        let options = ["--emit", "python", "--sdk", version, "--profile", "west", "--profile", "gcp"];
        let run = resolve(SEED, &options);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("python_{version}"), run.out);
    }
}

#[test]
fn names_become_variables_of_their_own() {
    let text = "profiles:\n  9: {extends: .t, spot: null}\n  .t: {credentials: a, spot: true}\n  my-profile: {}\n  \
        class: {extends: [.t, \"9\"]}\n  a.b: {gpuType: h100}\n  a-b: {extends: a.b, gpuType: null}\n  a_b_gpu: {}\n";
    for version in ["0.1.60", "0.1.70"] {
        let run = resolve(text, &["--emit", "python", "--sdk", version]);
        insta::assert_snapshot!(format!("names_{version}"), run.out);
    }
}

/// Jobs of every kind: built on templates, fanned out, with a configuration of their own and without any.
const JOBS: &str = "\
profiles:
  .base: {credentials: my-aws, spot: true, inputBucket: eval-data, region: us-east-1}
  east: {extends: .base, region: us-east-1}
  west: {extends: .base, region: us-west-2, gpuType: \"h100:8\"}

submissions:
  .train:
    image: ghcr.io/acme/train:1.4
    command: [python, train.py]
    env: {LR: \"0.01\", HF_TOKEN: hunter2hunter2}
    secrets: [hf-token]
    dockerOptions: {shmSize: 8g}
  .other: {env: {A: b}, command: null}
  sweep:
    extends: .train
    cloudConfig: {spot: false, inputBucket: null}
    fanOut:
      - {profile: west}
      - {profile: east, env: {LR: \"0.1\"}}
      - {profile: east, command: [a]}
  grid:
    extends: [.train, .other]
    matrix:
      profile: [west, east]
      gpuType: [\"h100:8\", \"a100:8\", null]
    exclude:
      - {profile: east, gpuType: \"a100:8\"}
  one: {extends: .train, profile: west, id: x-1}
  two: {extends: one, profile: east, id: x-2}
  three: {image: a:1}
";

#[test]
fn modules_hold_the_jobs() {
    for version in ["0.1.60", "0.1.70"] {
        let run = resolve(JOBS, &["--emit", "python", "--sdk", version]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("jobs_{version}"), run.out);
        let run = resolve(JOBS, &["--emit", "python", "--sdk", version, "--job", "three"]);
        assert!(!run.out.contains("east") && run.out.contains("\"a:1\""), "{}", run.out);
    }
}

#[test]
fn what_jobs_say_and_an_sdk_does_not_is_named_once_where_it_is_written() {
    let text = "profiles:\n  p: {credentials: aws, gpuType: [h100, a100], inputBucket: abc, inputStorageCredentials: x}\n\
        submissions:\n  .t: {image: \"a:1\", nodes: 2, launch: distributed, dockerOptions: {network: host}}\n  \
        a: {extends: .t, fanOut: [{profile: p}, {profile: p, gpuType: t4}]}\n  d: {deployment: dep, id: x}\n";
    let refusals = |options: &[&str]| {
        let run = resolve(text, options);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        run.err.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        refusals(&["--emit", "python", "--job", "a"]),
        [
            "error: `.t`: `nodes` has no place in `Client.submit` of SDK 0.1.70",
            "error: `.t`: `launch` has no place in `Client.submit` of SDK 0.1.70",
            "error: `p`: `inputStorageCredentials` by name has no place in `Client.submit` of SDK 0.1.70",
            "error: SDK 0.1.70 can't say all of it",
            "  help: `--emit submission` can; `--profile NAME` and `--job NAME` print some of the file only",
        ]
    );
    let old = refusals(&["--emit", "python", "--sdk", "0.1.60"]);
    for line in [
        "error: `p`: `gpuType` takes one GPU, not a list, in SDK 0.1.60",
        "error: `.t`: `dockerOptions.network` has no place in `DockerOptions` of SDK 0.1.60",
        "error: `d`: `deployment` has no place in `Submission` of SDK 0.1.60",
    ] {
        assert_eq!(old.iter().filter(|told| *told == line).count(), 1, "{line}: {old:?}");
    }
    assert!(refusals(&["--emit", "args"]).contains(&"error: `x`: `deployment` has no flag".into()));
}

#[test]
fn what_can_not_be_said_is_named_with_a_way_out() {
    let text = "profiles:\n  one: {credentials: a, checkpointBucket: ck-bucket, diskTier: high}\n  two: {gpuType: [h100, a100:8]}\n  \
        three: {credentials: {cloudProvider: Lambda, apiKey: hunter2hunter2}, maxVmCount: 3}\n";
    let run = resolve(text, &["--emit", "args", "--image", "a"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    for part in [
        "`one`: `checkpointBucket` has no flag",
        "`one`: `diskTier` has no flag",
        "`two`: `gpuType` is a pool with different counts",
        "`three`: `credentials` is a credential object",
        "`three`: `maxVmCount` has no flag",
        "--emit submission",
    ] {
        assert!(run.err.contains(part), "{part}: {}", run.err);
    }
    assert!(!run.err.contains("hunter2"), "{}", run.err);
    let text = "profiles:\n  .base: {vmType: [t3.medium, t3.large], inputStorageCredentials: name, inputBucket: data}\n  \
        one: {extends: .base}\n  two: {extends: .base, vmType: t3.large, inputStorageCredentials: null}\n";
    let run = resolve(text, &["--emit", "python", "--sdk", "0.1.60"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("`.base`: `vmType` takes one VM type"), "{}", run.err);
    assert!(run.err.contains("`.base`: `inputStorageCredentials` takes a credential object"), "{}", run.err);
    let run = resolve(text, &["--emit", "python", "--sdk", "0.1.60", "--profile", "two"]);
    assert!(
        run.out.contains("two = CloudConfig(vm_type=\"t3.large\", input_bucket=\"data\")"),
        "{}",
        run.out
    );
}

#[test]
fn options_that_mean_nothing_are_refused() {
    for (options, word) in [
        (vec!["--image", "a"], "--emit args"),
        (vec!["--emit", "args"], "--image IMAGE"),
        (vec!["--emit", "args", "--image=-v"], "no image"),
        (vec!["--emit", "args", "--image", "a", "--sdk", "0.1.60"], "--emit python"),
        (vec!["--emit", "python", "--cli", "job"], "--emit args"),
        (vec!["--emit", "python", "--format", "json"], "Python"),
        (vec!["--emit", "python", "--provenance"], "--provenance"),
    ] {
        let run = resolve(SEED, &options);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{options:?}");
        assert!(run.err.contains(word), "{options:?}: {}", run.err);
    }
}

/// Texts that a shell or Python might take for something else.
const HOSTILE: [&str; 22] = [
    "it's",
    "say \"it\"",
    "$(touch x)",
    "`touch x`",
    "${HOME}",
    "a b",
    "*",
    "~",
    "-v",
    "--spot",
    "!x",
    "\\",
    "a\\",
    "#x",
    "x # y",
    "é中",
    "'\"'\"",
    ";ls",
    "a&&b",
    "%s{}",
    "=",
    "'; touch x; '",
];

#[test]
fn a_shell_reads_back_every_word() {
    for text in HOSTILE {
        let name = serde_json::to_string(text).unwrap();
        let file = format!("profiles:\n  one: {{credentials: {name}, spot: true}}\n");
        let lines = resolve(&file, &["--emit", "args", "--image", "a:1"]);
        let words = resolve(&file, &["--emit", "args", "--image", "a:1", "--format", "json"]);
        let words: Value = serde_json::from_str(&words.out).unwrap();
        let words: Vec<String> = serde_json::from_value(words["profiles"]["one"].clone()).unwrap();
        let read = shlex::split(&lines.out).unwrap();
        assert_eq!(read, words, "{}", lines.out);
        let named = words.iter().any(|word| word == text || *word == format!("--credentials={text}"));
        assert!(named, "{words:?}");
    }
    for text in ["a\\nb", "a\\u0000b", "\\e[2J", "a\\u2028b", "a\\u202eb", "a\\rb"] {
        let file = format!("profiles:\n  one: {{credentials: \"{text}\"}}\n");
        let run = resolve(&file, &["--emit", "args", "--image", "a:1"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{text}");
        assert!(
            run.err.contains("`credentials` holds a line break or another control character"),
            "{}",
            run.err
        );
        let run = resolve(&file, &["--emit", "python"]);
        assert!(run.out.lines().all(|line| !line.contains(|c: char| c.is_control())), "{}", run.out);
    }
}

#[test]
fn no_command_and_no_module_shows_a_secret() {
    for expected in expectations(&FOLDERS, ".resolved.json") {
        let file = expected.to_string_lossy().replace(".resolved.json", ".yaml");
        for options in [vec!["args", "--image", "a"], vec!["python"], vec!["python", "--sdk", "0.1.60"]] {
            let arguments: Vec<&str> =
                ["resolve", "--show-secrets", &file, "--emit"].into_iter().chain(options).collect();
            let run = run(&arguments);
            for secret in
                ["wJalrXUtnFEMI", "RkFLRUZB", "not-a-real-secret", "not-a-real-token", "EXAMPLE/session"]
            {
                assert!(!run.out.contains(secret) && !run.err.contains(secret), "{file}");
            }
        }
    }
}
