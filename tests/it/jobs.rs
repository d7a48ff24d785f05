//! Jobs: what `submissions` come to.

use serde_json::{Value, json};

use crate::harness::Sandbox;

const FILE: &str = "anycloud.yaml";
const PROFILES: &str = "profiles:\n  west: {credentials: azure2, region: westus2, spot: true}\n  vm: {credentials: azure2, \
    vmType: Standard_NC16as_T4_v3}\n";

fn resolve(submissions: &str, options: &[&str]) -> Value {
    let text = format!("{PROFILES}submissions:\n{submissions}");
    let arguments: Vec<&str> = ["resolve", FILE].iter().chain(options).copied().collect();
    let run = Sandbox::new(&[(FILE, &text)]).run(&arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn findings(submissions: &str) -> Vec<(String, String)> {
    let text = format!("{PROFILES}submissions:\n{submissions}");
    let run = Sandbox::new(&[(FILE, &text)]).run(&["--format", "json", FILE]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(one, "code"), text(one, "message")))
        .collect()
}

#[test]
fn each_step_beats_the_one_before() {
    let text = "  .train: {profile: west, image: a:1, env: {A: '1', B: '2'}, gpuType: t4}\n  \
        sweep: {extends: .train, env: {A: '3'}, cloudConfig: {spot: false}, fanOut: [{}, {env: null, gpuType: null}, \
        {profile: vm, gpuType: null, cloudConfig: {region: westus2}}]}\n";
    let jobs = &resolve(text, &[])["submissions"]["sweep"];
    let config = |spot| json!({"region": "westus2", "credentials": "azure2", "spot": spot});
    assert_eq!(
        jobs[0],
        json!({"image": "a:1", "env": {"A": "3"}, "gpuType": "t4", "cloudConfig": config(false)})
    );
    assert_eq!(jobs[1], json!({"image": "a:1", "cloudConfig": config(false)}));
    let vm = json!({"region": "westus2", "vmType": "Standard_NC16as_T4_v3", "credentials": "azure2"});
    assert_eq!(jobs[2], json!({"image": "a:1", "env": {"A": "3"}, "cloudConfig": vm}));
}

#[test]
fn the_last_key_of_a_matrix_runs_fastest() {
    let text = "  grid: {image: a:1, matrix: {timeLimit: [1, 2], nodes: [1, null]}}\n";
    let all = resolve(text, &[]);
    let pairs: Vec<(u64, Option<u64>)> = all["submissions"]["grid"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| (job["timeLimit"].as_u64().unwrap(), job["nodes"].as_u64()))
        .collect();
    assert_eq!(pairs, [(1, Some(1)), (1, None), (2, Some(1)), (2, None)]);
    let one = resolve(text, &["--job", "grid-3"]);
    assert_eq!(one, json!({"version": 1, "submissions": {"grid": [all["submissions"]["grid"][2]]}}));
}

#[test]
fn one_mistake_of_256_jobs_is_one_finding() {
    let list = |prefix: &str| (0..16).map(|n| format!("{prefix}{n}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "  .t: {{profile: west, image: a:1, cloudConfig: {{region: westus22}}}}\n  grid: {{extends: .t, matrix: {{timeLimit: [{}], \
         nodePool: [{}]}}}}\n",
        list("1"),
        list("p")
    );
    let found = findings(&text);
    assert_eq!(found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["AC401"], "{found:?}");
    let text = "  grid: {profile: west, image: a:1, matrix: {timeLimit: [1, 2], gpuType: [h100:3]}}\n";
    let found = findings(text);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn secrets_in_env_are_never_printed() {
    // Nor is what is written a second time, under another name or in the command.
    let text = "  one: {image: a:1, env: {HF_TOKEN: hunter2hunter2, KEY: AKIAIOSFODNN7EXAMPLE, X: y-hunter2hunter2}, \
        command: [run, --token=hunter2hunter2]}\n";
    let text = format!("{PROFILES}submissions:\n{text}");
    for options in
        [&["resolve"][..], &["resolve", "--emit", "submission"], &["resolve", "--emit", "args"], &["check"]]
    {
        let arguments: Vec<&str> = options.iter().chain(&[FILE]).copied().collect();
        let run = Sandbox::new(&[(FILE, &text)]).run(&arguments);
        for secret in ["hunter2", "AKIAIOSFODNN7EXAMPLE"] {
            assert!(
                !run.out.contains(secret) && !run.err.contains(secret),
                "{options:?}: {}{}",
                run.out,
                run.err
            );
        }
    }
    let text = "  one: {image: a:1, env: {HF_TOKEN: $HF_TOKEN, TOKEN: hunter2hunter2, X: y-hunter2hunter2}, \
        command: [run, $HF_TOKEN]}\n";
    let job = &resolve(text, &[])["submissions"]["one"][0];
    assert_eq!((&job["env"]["X"], &job["command"]), (&json!("y-<redacted>"), &json!(["run", "$HF_TOKEN"])));
}

/// The limit is no matter of the axes, whose rule may be off.
#[test]
fn too_many_jobs_are_told_of_whatever_else_is_ignored() {
    let list = |count: usize| (1..=count).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let text = format!(
        "{PROFILES}submissions:\n  a: {{profile: west, image: \"a:1\", matrix: {{timeLimit: [{}], nodes: [{}]}}}}\n",
        list(17),
        list(16)
    );
    let sandbox = Sandbox::new(&[(FILE, &text)]);
    let codes = |options: &[&str]| {
        let run = sandbox.run(&[options, &["--format", "json", FILE]].concat());
        let report: Value = serde_json::from_str(&run.out).unwrap();
        let findings = report["findings"].as_array().unwrap();
        findings.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for options in [&["--ignore", "AC713"][..], &["--select", "AC005"]] {
        assert_eq!(codes(options), ["AC005"], "{options:?}");
    }
    assert_eq!(codes(&["--ignore", "AC005"]), Vec::<String>::new());
}

/// The page about jobs shows what the program does.
#[test]
fn the_page_shows_a_file_that_is_right() {
    let page = std::fs::read_to_string(crate::harness::root().join("docs/jobs.md")).unwrap();
    let example = page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let sandbox = Sandbox::new(&[(FILE, example)]);
    let run = sandbox.run(&[FILE]);
    assert_eq!(run.code, 0, "{}", run.out);
    let commands = page.split('`').filter_map(|code| code.strip_prefix("anycloud-lint resolve"));
    let mut count = 0;
    for options in commands {
        let options: Vec<&str> =
            options.split_whitespace().map(|word| if word == "IMAGE" { "x:1" } else { word }).collect();
        let run = sandbox.run(&[&["resolve"], options.as_slice(), &[FILE]].concat());
        assert_eq!(run.code, 0, "{options:?}: {}", run.err);
        count += 1;
    }
    assert!(count > 6, "only {count} commands were found");
}
