//! `anycloud-lint.toml`: where it is found, what it changes, and what is said about mistakes in it.

use crate::harness::{Sandbox, short};

/// Repeats what it inherits: AC203 on line 3.
const REDUNDANT: &str = "profiles:\n  a: {region: us-east-1}\n  b: {extends: a, region: us-east-1}\n";

/// Names a secret: AC502 on line 3, a warning.
const SECRET: &str = "profiles:\n  a:\n    credentials: {cloudProvider: Lambda, apiKey: hush-hush-hush}\n";

#[test]
fn the_nearest_configuration_counts() {
    let sandbox = Sandbox::new(&[
        ("anycloud-lint.toml", "[lint]\nignore = ['redundant-override']\n"),
        ("anycloud.yaml", REDUNDANT),
        ("deep/er/anycloud.yaml", REDUNDANT),
        ("own/anycloud-lint.toml", ""),
        ("own/anycloud.yaml", REDUNDANT),
    ]);
    let all = ["anycloud.yaml", "deep/er/anycloud.yaml", "own/anycloud.yaml"];
    assert_eq!(sandbox.findings(&all), ["own/anycloud.yaml:3 AC203"]);
    assert_eq!(sandbox.findings(&[]), ["own/anycloud.yaml:3 AC203"]);
    assert_eq!(sandbox.findings(&["deep/../own/er/../anycloud.yaml"]).len(), 0, "`er` is not there");
    assert_eq!(sandbox.findings(&["deep/../own/anycloud.yaml"]).len(), 1);
    assert_eq!(sandbox.findings(&["--no-config"]).len(), 3);
    assert_eq!(sandbox.findings(&["--config", "own/anycloud-lint.toml"]).len(), 3);
}

#[test]
fn standard_input_has_the_folder_of_its_name() {
    let sandbox = Sandbox::new(&[("here/anycloud-lint.toml", "[lint]\nignore = ['AC2']\n")]);
    let named = ["-", "--format", "short", "-q", "--stdin-filename", "here/anycloud.yaml"];
    assert_eq!(sandbox.run_with(REDUNDANT, &named).out, "");
    let unnamed = ["-", "--format", "short", "-q"];
    assert_eq!(short(&sandbox.run_with(REDUNDANT, &unnamed).out), ["<stdin>:3 AC203"]);
}

#[test]
fn a_target_tells_what_its_sdk_does_not_know() {
    let text = "profiles:\n  .pool: {vmType: [p5.48xlarge, p4d.24xlarge]}\n  a: {extends: .pool}\n  b: {extends: .pool, credentials: aws}\n  \
        g: {gpuType: h100}\n  s: {inputBucket: data-1, inputStorageCredentials: r2}\nsubmissions:\n  .t: {image: \"a:1\", \
        dockerOptions: {network: host, privileged: true, shmSize: 8g}}\n  \
        one: {extends: .t, profile: b, gpuType: h100, nodes: 1}\n  \
        many: {extends: .t, fanOut: [{gpuType: [h100, a100]}, {gpuType: t4}, {cloudConfig: {gpuType: t4}}]}\n  \
        dep: {deployment: d}\n";
    let sandbox = Sandbox::new(&[("anycloud.yaml", text)]);
    let findings = |config: &str| {
        sandbox.write("anycloud-lint.toml", config);
        let run = sandbox.run(&["--select", "AC106", "--format", "json", "-q"]);
        let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let of = |finding: &serde_json::Value| {
            format!("{} {}", finding["span"]["start"]["line"], finding["message"].as_str().unwrap())
        };
        report["findings"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(findings(""), [""; 0]);
    assert_eq!(findings("[target]\nsdk = '0.1.70'"), [""; 0]);
    assert_eq!(
        findings("[target]\nsdk = '0.1.64'"),
        ["9 a submission has no `nodes` in SDK 0.1.64", "11 a submission has no `deployment` in SDK 0.1.64"]
    );
    assert_eq!(
        findings("[target]\nsdk = '0.1.60'"),
        [
            "2 `vmType` takes one VM type and no list in SDK 0.1.60",
            "5 a profile has no `gpuType` in SDK 0.1.60",
            "6 `inputStorageCredentials` takes an object and no name in SDK 0.1.60",
            "8 Docker has no option `network` in SDK 0.1.60",
            "8 Docker has no option `privileged` in SDK 0.1.60",
            "9 a submission has no `nodes` in SDK 0.1.60",
            "10 `gpuType` takes one GPU and no list in SDK 0.1.60",
            "10 a profile has no `gpuType` in SDK 0.1.60",
            "11 a submission has no `deployment` in SDK 0.1.60",
        ]
    );
    sandbox.write("anycloud-lint.toml", "[target]\nsdk = 'latest'");
    let run = sandbox.run(&["-q"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("`latest` is no version of the SDK") && run.err.contains("0.1.60"),
        "{}",
        run.err
    );
}

#[test]
fn a_folder_of_the_name_is_no_configuration() {
    let sandbox = Sandbox::new(&[("anycloud-lint.toml/x", ""), ("anycloud.yaml", REDUNDANT)]);
    assert_eq!(sandbox.findings(&[]).len(), 1);
}

#[test]
fn rules_are_selected_by_code_name_and_prefix() {
    let both =
        format!("{REDUNDANT}  c:\n    credentials: {{cloudProvider: Lambda, apiKey: hush-hush-hush}}\n");
    let sandbox = Sandbox::new(&[("anycloud.yaml", &both)]);
    let findings = |config: &str, args: &[&str]| {
        sandbox.write("anycloud-lint.toml", config);
        let lines = sandbox.findings(args).into_iter();
        lines.map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(findings("", &[]), ["AC203", "AC502"]);
    assert_eq!(findings("[lint]\nselect = ['ac5']", &[]), ["AC502"]);
    assert_eq!(findings("[lint]\nselect = ['Redundant-Override']", &[]), ["AC203"]);
    assert_eq!(findings("[lint]\nselect = ['AC203', 'AC5']\nignore = ['AC502']", &[]), ["AC203"]);
    // The command line replaces what is selected and adds to what is ignored.
    assert_eq!(findings("[lint]\nselect = ['AC5']", &["--select", "AC2"]), ["AC203"]);
    assert_eq!(findings("[lint]\nignore = ['AC203']", &["--ignore", "AC502"]), [""; 0]);
    assert_eq!(findings("[lint]\nignore = ['AC203']", &["--select", "AC"]), ["AC502"]);
}

#[test]
fn the_most_exact_severity_counts() {
    let sandbox = Sandbox::new(&[("anycloud.yaml", SECRET)]);
    let severity = |table: &str| {
        sandbox.write("anycloud-lint.toml", format!("[lint.severity]\n{table}"));
        let run = sandbox.run(&["--format", "short", "-q"]);
        (run.out.split(": ").nth(1).unwrap().split('[').next().unwrap().to_owned(), run.code)
    };
    assert_eq!(severity("plaintext-secret = 'error'"), ("error".into(), 1));
    assert_eq!(severity("plaintext-secret = 'note'\nAC = 'error'\nAC5 = 'error'"), ("note".into(), 0));
    assert_eq!(severity("AC50 = 'note'\nAC5 = 'error'"), ("note".into(), 0));
    assert_eq!(severity("AC1 = 'note'"), ("warning".into(), 0));
}

#[test]
fn files_are_included_and_excluded() {
    let sandbox = Sandbox::new(&[
        (
            "anycloud-lint.toml",
            "[files]\ninclude = ['deploy/*.yaml', './more/**']\nexclude = ['fixtures/**', 'deploy/old', 'x/anycloud.yaml']\n",
        ),
        ("deploy/gpu.yaml", REDUNDANT),
        ("deploy/deeper/gpu.yaml", REDUNDANT),
        ("deploy/old/anycloud.yaml", REDUNDANT),
        ("more/a/b.txt", REDUNDANT),
        ("fixtures/a/anycloud.yaml", REDUNDANT),
        ("x/anycloud.yaml", REDUNDANT),
        ("y/anycloud.yaml", REDUNDANT),
    ]);
    let found = ["deploy/gpu.yaml:3 AC203", "more/a/b.txt:3 AC203", "y/anycloud.yaml:3 AC203"];
    assert_eq!(sandbox.findings(&[]), found);
    assert_eq!(sandbox.findings(&["deploy"]), ["deploy/gpu.yaml:3 AC203"]);
    // What is named is linted.
    assert_eq!(sandbox.findings(&["x/anycloud.yaml"]), ["x/anycloud.yaml:3 AC203"]);
    assert_eq!(sandbox.findings(&["--no-config"]).len(), 4);
}

/// A folder below may have a configuration that includes more, be it one that git ignores.
#[test]
fn configurations_below_include_files_too() {
    let include = "[files]\ninclude = ['*.yml']\n";
    let sandbox = Sandbox::new(&[
        (".gitignore", "anycloud-lint.toml\n"),
        ("a/a.yml", REDUNDANT),
        ("a/b/anycloud-lint.toml", include),
        ("a/b/b.yml", REDUNDANT),
        ("a/b/c/d/d.yml", REDUNDANT),
        ("a/b/c/anycloud.yaml", REDUNDANT),
        ("c.yml", REDUNDANT),
        ("e/anycloud-lint.toml", ""),
        ("e/e.yml", REDUNDANT),
    ]);
    let found = ["a/b/b.yml:3 AC203", "a/b/c/anycloud.yaml:3 AC203"];
    assert_eq!(sandbox.findings(&[]), found);
    assert_eq!(sandbox.findings(&["a", "e", "c.yml"]), [found[0], found[1], "c.yml:3 AC203"]);
    assert_eq!(sandbox.findings(&["a/b/c"]), [found[1]]);
    sandbox.write("a/b/anycloud-lint.toml", include.replace("*.yml", "**/*.yml"));
    assert_eq!(sandbox.findings(&["a/b/c"]), [found[1], "a/b/c/d/d.yml:3 AC203"]);
    assert_eq!(sandbox.findings(&["--no-config"]), [found[1]]);
}

#[test]
fn what_is_excluded_can_be_so_even_where_it_is_named() {
    let sandbox = Sandbox::new(&[
        ("anycloud-lint.toml", "[files]\nexclude = ['fixtures/**', 'old']\n"),
        ("fixtures/a/anycloud.yaml", REDUNDANT),
        ("old/b.yaml", REDUNDANT),
        ("new.yaml", REDUNDANT),
        ("other/anycloud-lint.toml", "[files]\nexclude = ['*.yaml']\n"),
        ("other/c.yaml", REDUNDANT),
    ]);
    let named = ["fixtures/a/anycloud.yaml", "old/b.yaml", "./new.yaml", "other/c.yaml"];
    assert_eq!(sandbox.findings(&named).len(), 4);
    let forced = [&["--force-exclude"][..], &named].concat();
    assert_eq!(sandbox.findings(&forced), ["./new.yaml:3 AC203"]);
    assert_eq!(sandbox.findings(&["--force-exclude", "old", "fixtures"]), [""; 0]);
    let own = sandbox.findings(&[
        "--force-exclude",
        "--config",
        "other/anycloud-lint.toml",
        "other/c.yaml",
        "new.yaml",
    ]);
    assert_eq!(own, ["new.yaml:3 AC203"]);
    assert_eq!(sandbox.findings(&["--no-config", "--force-exclude", "old/b.yaml"]).len(), 1);
    // Where nothing is left that is fine, unless something has to be there.
    let run = sandbox.run(&["--force-exclude", "old/b.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(run.err.starts_with("nothing to check: "), "{}", run.err);
    assert_eq!(sandbox.run(&["--force-exclude", "--require-files", "old/b.yaml"]).code, 2);
    sandbox.run(&["--force-exclude", "--fix", "old/b.yaml"]);
    assert_eq!(sandbox.read("old/b.yaml"), REDUNDANT);
    // Standard input has its name, and comes back as it was.
    let stdin = ["--force-exclude", "--stdin-filename", "old/b.yaml", "-"];
    assert_eq!(sandbox.run_with(REDUNDANT, &stdin).out, "");
    let run = sandbox.run_with(REDUNDANT, &[&stdin[..], &["--fix"]].concat());
    assert_eq!((run.code, run.out.as_str()), (0, REDUNDANT));
}

#[test]
fn patterns_are_relative_to_the_configuration() {
    let sandbox = Sandbox::new(&[
        ("conf/lint.toml", "[files]\ninclude = ['*.yaml']\n"),
        ("conf/a.yaml", REDUNDANT),
        ("b.yaml", REDUNDANT),
    ]);
    assert_eq!(sandbox.findings(&["--config", "conf/lint.toml"]), ["conf/a.yaml:3 AC203"]);
}

#[test]
fn resolve_uses_the_configuration() {
    let sandbox = Sandbox::new(&[
        ("anycloud.yaml", SECRET),
        ("anycloud-lint.toml", "[lint.severity]\nplaintext-secret = 'error'\n"),
    ]);
    assert_eq!(sandbox.run(&["resolve"]).code, 1);
    assert_eq!(sandbox.run(&["resolve", "--no-config"]).code, 0);
    sandbox.write("anycloud-lint.toml", "nonsense");
    assert_eq!(sandbox.run(&["resolve"]).code, 2);
}

/// Nothing that a configuration or a comment turns off may lead to wrong profiles.
#[test]
fn resolve_needs_what_says_what_a_profile_is() {
    let sandbox =
        Sandbox::new(&[("anycloud-lint.toml", "[lint]\nselect = ['AC3']\n[lint.severity]\nAC = 'note'\n")]);
    for text in [
        "# anycloud-lint: ignore-file[unknown-base]\nprofiles: {a: {extends: b}}",
        "profiles: {a: {extends: a}}",
        "profiles: {a: {region: [x]}}",
        "profiles: {a: {region: x, region: y}}",
        "profiles: [",
        "",
    ] {
        sandbox.write("anycloud.yaml", text);
        let run = sandbox.run(&["resolve"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{text}");
        assert!(run.err.contains("error["), "{text}: {}", run.err);
    }
}

#[test]
fn a_broken_configuration_does_not_stop_other_files() {
    let sandbox = Sandbox::new(&[
        ("a/anycloud-lint.toml", "[lint]\nselect = 1\n"),
        ("a/anycloud.yaml", REDUNDANT),
        ("a/b/anycloud.yaml", REDUNDANT),
        ("c/anycloud.yaml", REDUNDANT),
    ]);
    let run = sandbox.run(&["--format", "short"]);
    assert_eq!(run.code, 2);
    assert_eq!(short(&run.out), ["c/anycloud.yaml:3 AC203"]);
    assert_eq!(run.err.matches("a list of texts belongs here, not a number").count(), 1);
}

#[test]
fn no_secret_is_shown() {
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    for config in [
        format!("[credentials]\nprod = \"{secret}\"\n"),
        format!("[credentials]\nprod = \"{secret}\n"),
        format!("[credentials]\nprod = {secret}\n"),
        format!("[credentials]\n\"a\" = 'Azur' # {secret}\nb = \"{secret}\"\n"),
        format!("[credentials]\nprod = {{ secretAccessKey = \"{secret}\" }}\n"),
        format!("[credentials]\nprod = \"\"\"\n{secret}\n"),
        format!("credentials = \"{secret}\"\n"),
        format!("credentials.prod = \"{secret}\"\n"),
        format!("credentials = {{ prod = '{secret}' }}\n"),
        format!("[credentials.prod]\nsecretAccessKey = '{secret}'\n"),
        format!("[lint]\nselect = '{secret}'\nsecretAccessKey = '{secret}'\n"),
    ] {
        let sandbox = Sandbox::new(&[("anycloud.yaml", SECRET), ("anycloud-lint.toml", &config)]);
        let run = sandbox.run(&[]);
        assert_eq!(run.code, 2, "{config}");
        let shown = format!("{}{}", run.out, run.err);
        let tail = &secret[secret.len() - 12..];
        let is_of_lint = config.starts_with("[lint]");
        assert!(is_of_lint || !shown.contains(tail), "{config}\n{shown}");
        assert!(!shown.contains(&format!("Key = '{secret}'")), "{shown}");
    }
}

#[test]
fn what_can_not_be_read_is_said() {
    let sandbox = Sandbox::new(&[("anycloud.yaml", REDUNDANT), ("folder/x", "")]);
    std::fs::write(sandbox.path("latin.toml"), b"# \xe9\n").unwrap();
    std::fs::write(sandbox.path("large.toml"), "#".repeat(2 * 1024 * 1024)).unwrap();
    let mut said = String::new();
    for config in ["missing.toml", "folder", "latin.toml", "large.toml"] {
        let run = sandbox.run(&["--config", config]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        said += &run.err;
        assert_eq!(sandbox.run(&["resolve", "--config", config]).err, run.err);
    }
    insta::assert_snapshot!(said);
    assert_eq!(sandbox.run(&["--config", "a.toml", "--no-config"]).code, 2);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere.toml", sandbox.path("anycloud-lint.toml")).unwrap();
        assert_eq!(sandbox.run(&[]).code, 2, "a link to nowhere is meant to be a configuration");
    }
}

#[test]
fn a_byte_order_mark_and_windows_lines_are_fine() {
    let config = "\u{feff}[lint]\r\nignore = ['AC203']\r\n";
    let sandbox = Sandbox::new(&[("anycloud.yaml", REDUNDANT), ("anycloud-lint.toml", config)]);
    let run = sandbox.run(&[]);
    assert_eq!(run.code, 0, "{}", run.err);
}

/// The report of a configuration with mistakes.
fn report(config: &str) -> String {
    let sandbox = Sandbox::new(&[("anycloud.yaml", REDUNDANT), ("anycloud-lint.toml", config)]);
    let run = sandbox.run(&[]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{config}");
    run.err
}

#[test]
fn mistakes_are_shown_at_their_place() {
    let configs = [
        "[lint\n",
        "[lint]\nselct = ['AC']\n",
        "[lint]\nseverity.spot = 'error'\n",
        "[rules]\nselect = ['AC']\n",
        "[lint]\nselect = []\n",
        "[lint]\nselect = 'AC'\n",
        "[lint]\nselect = ['AC3', 5]\n",
        "[catalog.AWS]\nvm_types = ['p9.48xlarge']\n",
        "[catalog.AWS]\nregions = 'us-central-9'\n",
        "x =",
        "[lint]\nignore = ['AC1']\nignore = ['AC2']\n",
    ];
    insta::assert_snapshot!(configs.map(report).join("\n"));
}

#[test]
fn all_mistakes_of_meaning_are_shown() {
    insta::assert_snapshot!(report(
        "[lint]\nselect = ['gpu-vm-conflit', 'AC77']\n[lint.severity]\nAC502 = 'err'\nAC301 = 'off'\nAC999 = 'error'\n\
         [files]\ninclude = ['deploy/{a']\n[credentials]\nprod = 'azure'\nmine = 'Local'\nold = 'Heroku'\n\
         leaked = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'\n[catalog.Amazon]\nregions = []\n[catalog.Asure]\n"
    ));
}
