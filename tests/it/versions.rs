//! `diff OLD NEW` and `diff --git REV [FILE]`: what a change does to each resolved profile.

use std::process::Command;

use serde_json::{Value, json};

use crate::harness::{Random, Run, Sandbox};

const FILE: &str = "anycloud.yaml";
const OLD: &str = "\
profiles:
  .base:
    region: us-east-1
    credentials: {cloudProvider: AWS, accessKeyId: AKIAIOSFODNN7EXAMPLE, secretAccessKey: hunter2hunter2}
  train:
    extends: .base
    gpuType: h100:8
    spot: true
  same:
    region: eastus
  gone:
    region: westus2
";
const NEW: &str = "\
# a comment changes nothing
profiles:
  .base:
    region: us-west-2
    credentials: {cloudProvider: AWS, accessKeyId: AKIAIOSFODNN7EXAMPLE, secretAccessKey: hunter3hunter3}
  same: {region: eastus}
  train:
    extends: .base
    gpuType: [h100:8, a100]
    spot: null
    minVmCount: 2
  new:
    extends: same
    spot: true
";

fn two() -> Sandbox {
    Sandbox::new(&[("old.yaml", OLD), ("new.yaml", NEW)])
}

fn json_of(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

/// A repository with one commit for each text, and the last one in the work tree.
fn repository(texts: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new(&[]);
    git(&sandbox, &["init", "-q", "-b", "main"]);
    for text in texts {
        sandbox.write(FILE, text);
        git(&sandbox, &["add", "-A"]);
        git(&sandbox, &["commit", "-q", "--allow-empty", "-m", "change"]);
    }
    sandbox
}

fn git(sandbox: &Sandbox, args: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]);
    let output = command.args(args).current_dir(sandbox.path(".")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_change_shows_in_the_jobs_that_it_reaches() {
    let old = "profiles:\n  .base: {region: us-east-1}\n  east: {extends: .base}\nsubmissions:\n  sweep: {image: \"a:1\", profile: east, \
        fanOut: [{env: {N: \"1\"}}, {env: {N: \"2\"}, cloudConfig: {region: us-west-2}}]}\n  gone: {image: \"a:1\"}\n";
    let new = old.replace("us-east-1", "us-east-2").replace("gone", "new");
    let files = Sandbox::new(&[("old.yaml", old), ("new.yaml", &new)]);
    let run = files.run(&["diff", "old.yaml", "new.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let markdown = files.run(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    insta::assert_snapshot!("jobs", format!("{}\n{}", run.out, markdown.out));
    let report = json_of(&files.run(&["diff", "old.yaml", "new.yaml", "--format", "json"]));
    let names = |key: &str, noun: &str| -> Vec<String> {
        report[key].as_array().unwrap().iter().map(|thing| thing[noun].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("profiles", "profile"), ["east"]);
    assert_eq!(names("jobs", "job"), ["sweep-1", "new", "gone"]);
    assert!(json_of(&two().run(&["diff", "old.yaml", "new.yaml", "--format", "json"])).get("jobs").is_none());
}

#[test]
fn two_files_for_people() {
    let run = two().run(&["diff", "old.yaml", "new.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn two_files_for_programs() {
    let run = two().run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn two_files_for_a_comment() {
    let run = two().run(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn no_secret_of_either_version_is_shown() {
    // What is a key in one version stands as a bucket in the other.
    let plain = NEW.replace("  new:\n", "  new:\n    inputBucket: hunter2hunter2\n");
    let sandbox = Sandbox::new(&[("old.yaml", OLD), ("new.yaml", &plain)]);
    for format in ["human", "json", "markdown"] {
        for files in [["old.yaml", "new.yaml"], ["new.yaml", "old.yaml"]] {
            let run = sandbox.run(&["diff", files[0], files[1], "--format", format]);
            assert_eq!(run.code, 0, "{}", run.err);
            assert!(!run.out.contains("hunter") && run.out.contains("secret"), "{format}: {}", run.out);
        }
    }
}

#[test]
fn what_resolves_alike_is_one_sentence() {
    let rewritten = "x-a: &a {spot: true}\nprofiles:\n  b: {<<: *a, region: us-east-1}\n";
    let sandbox = Sandbox::new(&[
        ("old.yaml", "profiles:\n  b:\n    region: us-east-1\n    spot: true\n"),
        ("new.yaml", rewritten),
    ]);
    let out = |format: &str| sandbox.run(&["diff", "old.yaml", "new.yaml", "--format", format]).out;
    assert_eq!(out("human"), "every profile of new.yaml resolves to what it did in old.yaml\n");
    assert_eq!(out("markdown"), "This change to `new.yaml` changes no resolved profile.\n");
    let wanted = json!({"version": 1, "old": "old.yaml", "new": "new.yaml", "profiles": []});
    assert_eq!(serde_json::from_str::<Value>(&out("json")).unwrap(), wanted);
}

#[test]
fn a_revision_is_compared_with_the_work_tree() {
    let sandbox = repository(&[OLD, NEW]);
    let files = two().run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    for args in [
        &["diff", "--git", "HEAD~1"][..],
        &["diff", "--git", "HEAD~1", FILE],
        &["diff", "--git=main~1", "./anycloud.yaml"],
    ] {
        let run = sandbox.run(&[args, &["--format", "json"]].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
        let changes = json_of(&run);
        let names = |value: &Value| -> Vec<(String, String)> {
            let text = |profile: &Value, key: &str| profile[key].as_str().unwrap().to_owned();
            let all = value["profiles"].as_array().unwrap().iter();
            all.map(|profile| (text(profile, "profile"), text(profile, "change"))).collect()
        };
        assert_eq!(names(&changes), names(&json_of(&files)));
        let old = &changes["profiles"][0]["differences"][0]["old"]["origin"]["file"];
        assert!(old.as_str().unwrap().ends_with(":anycloud.yaml") || args.len() == 3, "{old}");
    }
    // What is not committed counts, and nothing is written.
    sandbox.write(FILE, NEW.replace("minVmCount: 2", "minVmCount: 3"));
    assert!(sandbox.run(&["diff", "--git", "HEAD"]).out.contains("+ 3"));
    let absolute = sandbox.path(FILE).to_string_lossy().into_owned();
    assert!(sandbox.run(&["diff", "--git", "HEAD", &absolute]).out.contains("+ 3"));
    assert_eq!(sandbox.names(), [".git", FILE]);
}

#[test]
fn a_file_in_a_folder_of_the_repository() {
    let sandbox = repository(&[OLD]);
    sandbox.write("deploy/gpu.yaml", OLD);
    git(&sandbox, &["add", "-A"]);
    git(&sandbox, &["commit", "-q", "-m", "more"]);
    sandbox.write("deploy/gpu.yaml", NEW);
    let from_root = sandbox.run(&["diff", "--git", "HEAD", "deploy/gpu.yaml"]);
    assert!(
        from_root.out.starts_with("--- HEAD:deploy/gpu.yaml\n+++ deploy/gpu.yaml\n"),
        "{}",
        from_root.out
    );
    let command = &mut sandbox.command(&["diff", "--git", "HEAD", "gpu.yaml", "--format", "json"]);
    let inside: Run = command.current_dir(sandbox.path("deploy")).output().unwrap().into();
    assert_eq!(json_of(&inside)["profiles"].as_array().unwrap().len(), 3);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("deploy/gpu.yaml", sandbox.path("link.yaml")).unwrap();
        assert!(sandbox.run(&["diff", "--git", "HEAD", "link.yaml"]).out.contains("`new` is added"));
    }
}

#[test]
fn a_file_that_comes_or_goes() {
    let sandbox = repository(&[OLD]);
    sandbox.write("new.yaml", NEW);
    let all = |run: Run| -> Vec<String> {
        assert_eq!(run.code, 0, "{}", run.err);
        let profiles = json_of(&run)["profiles"].as_array().unwrap().clone();
        profiles.iter().map(|profile| profile["change"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(all(sandbox.run(&["diff", "--git", "HEAD", "new.yaml", "--format", "json"])), ["added"; 3]);
    assert_eq!(all(sandbox.run(&["diff", "/dev/null", "new.yaml", "--format", "json"])), ["added"; 3]);
    std::fs::remove_file(sandbox.path(FILE)).unwrap();
    assert_eq!(all(sandbox.run(&["diff", "--git", "HEAD", FILE, "--format", "json"])), ["removed"; 3]);
    let run = sandbox.run(&["diff", "--git", "HEAD", "none/at/all.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("can't read none/at/all.yaml"), "{}", run.err);
}

#[test]
fn what_git_can_not_say() {
    let outside = two();
    let run = outside.run(&["diff", "--git", "HEAD", "new.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("is in no git repository"), "{}", run.err);
    let sandbox = repository(&[OLD]);
    let victim = sandbox.path("x");
    for revision in [
        "mian",
        "",
        "HEAD..HEAD",
        "HEAD:anycloud.yaml",
        "a b",
        "--output=x",
        "-p",
        "--upload-pack=touch x",
        "\u{1b}[31m",
    ] {
        let run = sandbox.run(&["diff", &format!("--git={revision}"), FILE]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{revision}");
        assert!(run.err.starts_with("error: git knows no revision `"), "{revision}: {}", run.err);
        assert!(!run.err.contains('\u{1b}') && !victim.exists());
    }
    let run: Run = sandbox.command(&["diff", "--git", "HEAD", FILE]).env("PATH", "").output().unwrap().into();
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no `git` here"), "{}", run.err);
    // A repository that is empty yet.
    let empty = repository(&[]);
    empty.write(FILE, OLD);
    assert!(empty.run(&["diff", "--git", "HEAD"]).err.contains("git knows no revision `HEAD`"));
}

#[test]
fn what_means_nothing() {
    let sandbox = two();
    for (args, said) in [
        (&["diff"][..], "there is nothing to compare"),
        (&["diff", "old.yaml"], "there is nothing to compare"),
        (&["diff", "--git", "HEAD", "old.yaml", "new.yaml"], "there is one file to compare"),
        (&["diff", "-", "-"], "standard input can be read once only"),
        (&["diff", "old.yaml", "train"], "name both: `anycloud-lint diff FILE A B`"),
        (&["diff", "none.yaml", "new.yaml"], "can't read none.yaml"),
    ] {
        let run = sandbox.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.replace("\n  │ ", " ").contains(said), "{args:?}: {}", run.err);
    }
    assert_eq!(sandbox.run_with(OLD, &["diff", "-", "new.yaml"]).code, 0);
    assert_eq!(sandbox.run_with(OLD, &["diff", "-", "train", "gone"]).code, 0);
}

#[test]
fn a_version_with_errors_is_shown_instead() {
    let wrong = OLD.replace("spot: true", "spot: 1");
    let sandbox = Sandbox::new(&[("good.yaml", OLD), ("wrong.yaml", &wrong)]);
    for files in [["good.yaml", "wrong.yaml"], ["wrong.yaml", "good.yaml"], ["wrong.yaml", "wrong.yaml"]] {
        for format in ["human", "json", "markdown"] {
            let run = sandbox.run(&["diff", files[0], files[1], "--format", format]);
            assert_eq!((run.code, run.out.as_str()), (1, ""));
            let wrong = files.iter().filter(|file| **file == "wrong.yaml").count();
            assert_eq!(run.err.matches("error[AC102]").count(), wrong, "{}", run.err);
        }
    }
    let sandbox = repository(&[&wrong, OLD]);
    let run = sandbox.run(&["diff", "--git", "HEAD~1"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("HEAD~1:anycloud.yaml:8:11"), "{}", run.err);
}

/// Every line of a table has as many columns as its head, and no text from a file is markup.
#[test]
fn nothing_in_a_file_breaks_out_of_a_table() {
    let mut random = Random::new(7);
    let pieces = [
        "|",
        "`",
        "``",
        "\\",
        "\\|",
        "<b>",
        "</code>",
        "@all",
        "*x*",
        "https://example.com",
        "\\n",
        "\\r",
        "&amp;",
        " ",
        "a",
        "#1",
    ];
    for _ in 0..60 {
        let text: String = (0..=random.below(6)).map(|_| *random.pick(&pieces.each_ref())).collect();
        let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
        let new = format!("profiles:\n  a: {{credentials: \"x{quoted}y\", spot: true}}\n");
        let sandbox = Sandbox::new(&[("old.yaml", "profiles:\n  a: {spot: false}\n"), ("new.yaml", &new)]);
        let run = sandbox.run(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
        assert_eq!(run.code, 0, "{new}{}", run.err);
        for line in run.out.lines().filter(|line| line.starts_with('|')) {
            assert_eq!(line.matches('|').count(), 4, "{line}");
            assert_eq!(line.matches('`').count() % 2, 0, "{line}");
        }
        let outside: String = run.out.split('`').step_by(2).collect();
        for markup in ["@", "*x", "https:", "<b", " #1"] {
            assert!(
                !outside.replace("<code>", "").replace("</code>", "").contains(markup),
                "{markup}: {}",
                run.out
            );
        }
    }
}

#[test]
fn a_comment_has_an_end() {
    let file = |region: &str| {
        let mut text = "profiles:\n".to_owned();
        for number in 0..2000 {
            text.push_str(&format!("  profile{number}: {{region: {region}}}\n"));
        }
        text
    };
    let sandbox = Sandbox::new(&[("old.yaml", &file("us-east-1")), ("new.yaml", &file("us-west-2"))]);
    let run = sandbox.run(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    assert!(
        run.out.len() < 61_000 && run.out.starts_with("**This change to `new.yaml` changes 2000 resolved")
    );
    let shown = run.out.matches(" is changed:").count();
    assert!(
        run.out.ends_with(&format!("\n{} more are left out for want of space.\n", 2000 - shown)),
        "{shown}"
    );
    // Neither has a value.
    let long = format!("profiles: {{a: {{credentials: {}}}}}", "x".repeat(5000));
    let sandbox = Sandbox::new(&[("old.yaml", "profiles: {a: {}}"), ("new.yaml", &long)]);
    let run = sandbox.run(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    assert!(run.out.contains("` … 4800 more") && run.out.len() < 600, "{}", run.out);
}

/// The action's own script, with a `gh` that writes down what it is asked to do.
#[cfg(unix)]
#[test]
fn the_action_comments_once_and_then_changes_its_comment() {
    use std::os::unix::fs::PermissionsExt;
    let action = std::fs::read_to_string(crate::harness::root().join("action.yml")).unwrap();
    let action: Value = serde_yaml::from_str(&action).unwrap();
    let steps = action["runs"]["steps"].as_array().unwrap();
    let script = steps.iter().find_map(|step| step["run"].as_str().filter(|run| run.contains("--git")));
    let sandbox = repository(&[OLD]);
    sandbox.write("deploy/gpu.yaml", OLD);
    sandbox.write("wrong.yaml", "profiles: [");
    git(&sandbox, &["add", "-A"]);
    git(&sandbox, &["commit", "-q", "-m", "more"]);
    sandbox.write(FILE, NEW);
    git(&sandbox, &["commit", "-q", "-a", "-m", "change"]);
    sandbox.write("bin/gh", "#!/bin/sh\necho \"$*\" >> calls\ncase \"$*\" in *--jq*) echo $COMMENT;; esac\n");
    std::fs::set_permissions(sandbox.path("bin/gh"), PermissionsExt::from_mode(0o755)).unwrap();
    let program = std::path::Path::new(crate::harness::program()).parent().unwrap();
    let path =
        format!("{}:{}:{}", sandbox.path("bin").display(), program.display(), std::env::var("PATH").unwrap());
    for (comment, wanted) in [
        ("", "api --method POST repos/o/r/issues/7/comments"),
        ("41", "api --method PATCH repos/o/r/issues/comments/41"),
    ] {
        let mut command = Command::new("bash");
        command.args(["-e", "-o", "pipefail", "-c", script.unwrap()]).current_dir(sandbox.path("."));
        command.env("PATH", &path).env("COMMENT", comment).env("BODY", "body.md").env("NUMBER", "7");
        command.env("DIFF_FILES", "anycloud.yaml wrong.yaml deploy/gpu.yaml").env("GITHUB_SHA", "HEAD");
        command.env("GITHUB_REPOSITORY", "o/r");
        let run: Run = command.output().unwrap().into();
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(sandbox.read("calls").contains(wanted), "{}", sandbox.read("calls"));
        insta::assert_snapshot!("comment", sandbox.read("body.md"));
    }
}
