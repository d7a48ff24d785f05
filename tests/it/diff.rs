//! `diff FILE A B`: how two resolved profiles differ.

use crate::harness::Sandbox;

const FILE: &str = "anycloud.yaml";
const TEXT: &str = "\
profiles:
  .base:
    region: us-east-1
    credentials: {cloudProvider: AWS, accessKeyId: AKIAIOSFODNN7EXAMPLE, secretAccessKey: hunter2hunter2}
    spot: true
    inputBucket: data
  mid:
    extends: .base
    gpuType: [h100:8, A100]
  low:
    extends: mid
    minVmCount: 2.0
  west:
    extends: low
    region: us-west-2
    spot: null
    credentials: {cloudProvider: AWS, accessKeyId: AKIAIOSFODNN7EXAMPLE, secretAccessKey: hunter3hunter3}
  same:
    extends: .base
    gpuType: [H100:8, a100, a100]
";

fn file() -> Sandbox {
    Sandbox::new(&[(FILE, TEXT)])
}

#[test]
fn for_people() {
    let run = file().run(&["diff", FILE, ".base", "west"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn for_programs() {
    let run = file().run(&["diff", FILE, "west", ".base", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn shows_no_secret() {
    for format in ["human", "json"] {
        let run = file().run(&["diff", FILE, "low", "west", "--format", format]);
        assert!(!run.out.contains("hunter"), "{}", run.out);
        assert!(run.out.contains("secret"), "{}", run.out);
    }
}

#[test]
fn what_resolves_alike_is_equal() {
    let run = file().run(&["diff", FILE, "mid", "same"]);
    assert_eq!((run.code, run.out.as_str()), (0, "`mid` and `same` come to the same\n"));
    let run = file().run(&["diff", FILE, "mid", "same", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &report["differences"]), (0, &serde_json::json!([])));
}

#[test]
fn colours() {
    let run = file().run(&["diff", FILE, "mid", "low", "--color", "always"]);
    assert!(run.out.contains("\u{1b}[32m  + 2\u{1b}[0m"), "{:?}", run.out);
}

const JOBS: &str = "\
profiles:
  .base: {credentials: my-aws, spot: true, inputBucket: eval-data, region: us-east-1}
  east: {extends: .base}
  west: {extends: .base, region: us-west-2, gpuType: \"h100:8\"}
submissions:
  .train: {image: \"ghcr.io/acme/train:1.4\", env: {LR: \"0.01\", HF_TOKEN: hunter2hunter2}, secrets: [a]}
  sweep:
    extends: .train
    cloudConfig: {spot: false, inputBucket: null}
    fanOut:
      - {profile: west}
      - {profile: east, env: {LR: \"0.1\"}, secrets: null}
  one: {extends: .train, profile: west, env: {HF_TOKEN: hunter3hunter3}, id: x-1}
";

#[test]
fn jobs_differ_like_profiles() {
    let file = Sandbox::new(&[(FILE, JOBS)]);
    let run = file.run(&["diff", FILE, "sweep-1", "sweep-2"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let other = file.run(&["diff", FILE, "one", "sweep-1", "--format", "markdown"]);
    let json = file.run(&["diff", FILE, "x-1", "sweep-2", "--format", "json"]);
    insta::assert_snapshot!("jobs", format!("{}\n{}\n{}", run.out, other.out, json.out));
    for (names, message, help) in [
        (["sweep", "x-1"], "`sweep` comes to 2 jobs", "`sweep-1`"),
        (["west", "x-1"], "a profile and a job can't be compared", "two jobs"),
        (["sweep-1", "sweep-9"], "no profile or job `sweep-9`", "did you mean `sweep-1`?"),
    ] {
        let run = file.run(&["diff", FILE, names[0], names[1]]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains(message) && run.err.contains(help), "{}", run.err);
    }
}

#[test]
fn what_is_not_there() {
    let run = file().run(&["diff", FILE, "mid", "wst"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("no profile `wst`") && run.err.contains("did you mean `west`?"), "{}", run.err);
    let run = file().run(&["diff", "none.yaml", "a", "b"]);
    assert_eq!(run.code, 2);
    let sandbox = Sandbox::new(&[(FILE, "profiles:\n  a: {spot: 1}\n  b: {}\n")]);
    let run = sandbox.run(&["diff", FILE, "a", "b"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("AC102"), "{}", run.err);
}
