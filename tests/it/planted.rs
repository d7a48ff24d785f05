//! A secret planted wherever a secret can stand occurs in no output, nor does any piece of it: whether the text
//! can be read or not.

use std::sync::atomic::{AtomicUsize, Ordering};

use anycloud_lint::baseline::Baseline;
use anycloud_lint::report::{self, Checked, Format, Run};
use anycloud_lint::source::Source;
use anycloud_lint::{Analysis, Settings, analyse};

use crate::harness::{Sandbox, each};

/// What is planted: no part of it occurs in any word.
pub const SECRET: &str = "Zq7vX9kLm2Wp4Rt8";

/// Places for a secret, `@`, in a profile.
const IN_A_PROFILE: [&str; 62] = [
    "credentials: {cloudProvider: AWS, accessKeyId: x, secretAccessKey: @}",
    "credentials: {cloudProvider: AWS, accessKeyId: x, secretAccessKey: y, sessionToken: \"@\"}",
    "credentials: {cloudProvider: GCP, projectId: x, privateKey: '@', clientEmail: y}",
    "credentials: {cloudProvider: Azure, applicationId: x, secret: @, directoryId: y, subscriptionId: z}",
    "credentials:\n      cloudProvider: Lambda\n      apiKey: @",
    "inputStorageCredentials:\n      cloudProvider: Cloudflare\n      accountId: x\n      apiToken: @",
    "credentials: {cloudProvider: Lambda, apiSecret: @}",
    "credentials: {cloudProvider: Azure, clientSecret: @}",
    "credentials:\n      cloudProvider: AWS\n      token: @",
    "credentials:\n      cloudProvider: AWS\n      password: @\n      key: x",
    "credentials:\n      cloudProvider: AWS\n      key: @",
    "credentials:\n      cloudProvider: AWS\n      whatever: @",
    "credentials:\n      cloudProvider: AWS\n      whatever:\n        - @\n        - {more: @}",
    "credentials: {AWS: {apiKey: @}}",
    "credentials: {cloudProvider: Lambda, @}",
    "credentials: {apiKey: *@}",
    "credentials:\n      apiKey: *@\n      cloudProvider: Lambda",
    "credentials: {apiKey: &@ }",
    "credentials:\n      apiKey: &@\n      cloudProvider: Lambda",
    "credentials: {apiKey: !@ }",
    "credentials:\n      apiKey: !@ x",
    "credentials:\n      apiKey: !@",
    "credentials:\n      ? apiKey\n      : @",
    "credentials:\n      apiKey:\n        @",
    "credentials:\n      apiKey:\n        @\n        and more",
    "credentials:\n      apiKey: |\n        @\n        more",
    "credentials:\n      apiKey: >-\n        more\n\n        @",
    "credentials:\n      apiKey: \"more\n        @\"",
    "credentials:\n      apiKey: \"\\x5aq7vX9kLm2Wp4Rt8\"\n    region: @",
    "credentials:\n      privateKey: |\n        -----BEGIN PRIVATE KEY-----\n        @\n        -----END PRIVATE KEY-----",
    "credential: {apiKey: x, other: @}",
    "creds:\n      other: @",
    "inputStorageCredential:\n      cloudProvider: AWS\n      other: @",
    "password: @",
    "token: @",
    "secret: \"@\"",
    "apiToken: @",
    "env: {AWS_SECRET_ACCESS_KEY: @, MODE: fast}",
    "env:\n      HF_TOKEN: @\n      DB_PASSWORD: '@'",
    "env: {PASSWORD: {value: @}}",
    "inputBucket: https://me:@@bucket.example.com/x",
    "inputBucket: https://@@bucket.example.com/x",
    "outputBucket: s3://bucket/x?X-Amz-Signature=@",
    "outputBucket: \"bucket?sig=@\"",
    "image: https://registry.example.com/x?token=@",
    "credentials: \"AKIAIOSFODNN7EXAMPLE:@\"",
    "credentials: {cloudProvider: AWS, accessKeyId: \"AKIAIOSFODNN7EXAMPLE:@\", secretAccessKey: x}",
    "regin: x # password: @",
    "regin: x # apiToken=@",
    "regin: x\n    # secret: \"@\"\n    spto: true",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    region: @",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    availabilityZone: @",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    vmType: [x-@, \"@:8\"]",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    gpuType: \"@:8\"",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    extends: @",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    inputBucket: @_\n    outputBucket: s3://@/x",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    inputStorageRegion: \"\\x5aq7vX9kLm2Wp4Rt8\"",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    diskTier: @\n    spot: @",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    @: @\n    z@z: 1",
    "credentials: {cloudProvider: Lambda, apiKey: Zq7vX9, apiToken: @}\n    region: @",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    cloudProvider: @\n    <<: *@",
    "credentials: {cloudProvider: Lambda, apiKey: @}\n    regin: x # anycloud-lint: ignore[@]",
];

/// Places for a secret in a submission.
const IN_A_SUBMISSION: [&str; 41] = [
    "env: {HF_TOKEN: @}",
    "env:\n      DB_PASSWORD: \"@\"\n      MODE: fast",
    "env: {AWS_SECRET_ACCESS_KEY: @, OTHER: @}",
    "env: {HF_TOKEN: @}\n    command: [python, \"@\", \"--token=@\"]",
    "env: {HF_TOKEN: @}\n    id: @\n    secrets: [@]\n    nodePool: x-@",
    "env: {HF_TOKEN: @}\n    dockerOptions: {runtime: @, binds: [\"/a/@:/b\"]}",
    "env: {HF_TOKEN: @}\n    image: \"acme/@:1\"\n    deployment: @",
    "env: {HF_TOKEN: @}\n    mounts: [{name: /@, path: @}]",
    "env: {HF_TOKEN: 1, URL: \"https://me:@@bucket.example.com/x\"}",
    "env: {DATABASE_URL: \"postgres://me:@@bucket.example.com/x\"}",
    "env: {ARGS: \"--password=@ --x\"}",
    "env: {ARGS: \"AKIAIOSFODNN7EXAMPLE:@\"}",
    "image: https://me:@@bucket.example.com/x",
    "image: host.example.com/x?token=@",
    "command: [python, \"--token=@\"]",
    "command: [sh, -c, \"HF_TOKEN=@ python\"]",
    "command: python --api-key=@ train.py",
    "command: [python, --password, @]",
    "command: [curl, \"https://me:@@bucket.example.com/\"]",
    "dockerOptions: {password: @}",
    "dockerOptions: {binds: [\"https://me:@@bucket.example.com/x:/b\"]}",
    "fanOut:\n      - {env: {HF_TOKEN: @}}\n      - {env: {LR: @}}",
    "fanOut: [{env: {HF_TOKEN: @}, command: [@]}]",
    "matrix: {env: [{API_KEY: @}, {API_KEY: x@}], id: [@, b]}",
    "matrix: {env: [{API_KEY: @}], image: [@, @]}\n    exclude: [{env: {API_KEY: @}}]",
    "exclude: [{env: {API_KEY: @}}]",
    "cloudConfig: {credentials: {cloudProvider: Lambda, apiKey: @}}",
    "cloudConfig: {credentials: {cloudProvider: Lambda, apiKey: @}, region: @}",
    "cloudConfig: {credentials: {cloudProvider: Lambda, apiKey: @}}\n    command: [@]\n    env: {A: @, @: x}",
    "env: {HF_TOKEN: [@]}",
    "env: {HF_TOKEN: {a: @}}",
    "env: \"HF_TOKEN=@\"",
    "env: [\"HF_TOKEN=@\"]",
    "env: [{name: HF_TOKEN, value: @}]",
    "secrets: [\"HF_TOKEN=@\"]",
    "secrets: {HF_TOKEN: @}",
    "env: {HF_TOKEN: @}\n    profile: @",
    "env: {HF_TOKEN: @}\n    extends: @",
    "password: @",
    "env: {PASSWORD: &@ x}",
    "env: {PASSWORD: *@}",
];

/// Places for a secret in a file.
const IN_A_FILE: [&str; 16] = [
    "profiles: {a: {}}\nsubmissions:\n  j: {profile: a, image: x:1, env: {HF_TOKEN: @, OTHER: y-@}, command: [run, \"--token=@\"]}\nx: 1\n",
    "profiles: {a: {}}\nsubmissions:\n  j:\n    env: {API_KEY: @}\n    image: \"https://me:@@bucket/x\"\n    id: @\n    fanOut: [{id: @}]\n    spt: 1\n  @: {image: x:1}\n",
    "x-aws: &aws {cloudProvider: Lambda, apiKey: @}\nprofiles:\n  a:\n    credentials: *aws\n    regin: x\n",
    "x-aws: &aws {foo: @}\nprofiles:\n  a:\n    credentials: {<<: *aws, apiKey: x}\n    regin: x\n",
    "x-key: &key @\nprofiles:\n  a:\n    credentials: {apiKey: *key}\n    regin: *key\n",
    "x-one: &one {foo: @}\nx-two: &two {bar: @}\nprofiles:\n  a:\n    credentials: {<<: [*one, *two], foo: x}\n",
    "credentials: {cloudProvider: Lambda, what: @}\nprofiles: {a: {regin: x}}\n",
    "profiles: {a: {credentials: {cloudProvider: Lambda, apiKey: @}}}\n@: x\n",
    "password: @\nprofiles: {a: {regin: x}}\n",
    "a:\n  credentials: {cloudProvider: Lambda, token: @}\n  regin: x\n",
    "# token: @\nprofiles: {a: {credentials: {apiKey: x, foo: @}, b: [@]}}\n",
    "profiles:\n  a: {regin: x}\n---\ncredentials:\n  foo: @\n  apiKey: @\n",
    "- credentials:\n    foo: @\n",
    "profiles:\n  a:\n    credentials:\n      foo: @\n      apiKey: @\n  @: {regin: x}\n",
    "profiles:\n  a:\n    regin: x\n    credentials: {cloudProvider: Lambda,\n      foo: @,\n      apiKey: \"@\"}\n",
    "profiles:\r\n  a:\r\n    regin: x\r\n    credentials:\r\n      foo: @\r\n      apiKey: @\r\n",
];

pub fn texts() -> Vec<String> {
    let profile = |fields: &&str| format!("profiles:\n  a:\n    {fields}\n    spto: true\n");
    let submission =
        |fields: &&str| format!("profiles:\n  a: {{}}\nsubmissions:\n  s:\n    {fields}\n    spto: true\n");
    let profiles = IN_A_PROFILE.iter().map(profile).chain(IN_A_SUBMISSION.iter().map(submission));
    let all = profiles.chain(IN_A_FILE.iter().map(|text| (*text).to_owned()));
    // In an address the sign itself is meant once.
    let plant =
        |text: String| text.replace("@@bucket", "@\u{1}bucket").replace('@', SECRET).replace('\u{1}', "@");
    all.map(plant).collect()
}

/// Whether a text holds a piece of the secret, in any case.
pub fn tells(text: &str) -> bool {
    let text = text.to_lowercase();
    let secret = SECRET.to_lowercase();
    (0..=secret.len() - 8).any(|at| text.contains(&secret[at..at + 8]))
}

fn assert_silent(what: &str, output: &str, text: &str) {
    let line = output.lines().find(|line| tells(line)).unwrap_or_default();
    assert!(!tells(output), "{what} shows the secret: {line}\n---\n{text}");
}

fn analysed(bytes: impl Into<Vec<u8>>) -> Analysis {
    analyse(&Source::from_bytes("anycloud.yaml", bytes.into()), &Settings::default())
}

fn printed(format: Format, checked: &[Checked]) -> String {
    let mut out = termcolor::NoColor::new(Vec::new());
    report::write(format, &Run::new(checked), &mut out).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

#[test]
fn no_format_and_no_line_of_source_shows_it() {
    for text in texts() {
        let analysis = analysed(text.as_str());
        assert_silent("the source", analysis.masked(), &text);
        assert_silent("a finding", &format!("{:?}", analysis.findings()), &text);
        let checked = [Checked::from(analysis)];
        for format in Format::ALL {
            assert_silent(&format!("{format:?}"), &printed(format, &checked), &text);
        }
        let baseline = Baseline::of(&checked, str::to_owned).to_json().unwrap();
        assert_silent("the baseline", &baseline, &text);
        assert!(!checked[0].findings.is_empty(), "nothing is found, so nothing is tested:\n{text}");
    }
}

/// Texts that can no longer be read, or say something else: cut off, with a tab, a quote or a bracket too many.
fn damaged(text: &str) -> Vec<Vec<u8>> {
    let planted = text.find(&SECRET[1..8]).unwrap();
    // Half of a copy is only known to be secret by the whole, so what is cut is the first one or none.
    let is_copy_cut = |end: usize| {
        let copies = text.match_indices(&SECRET[1..]);
        copies.skip(1).any(|(at, copy)| at < end && end < at + copy.len())
    };
    // What stands behind an anchor is known to be secret by the alias, which comes later.
    let alias = text.starts_with("x-").then(|| text.rfind('*')).flatten();
    let known = alias.map_or(planted, |alias| {
        let name = text[alias + 1..].find(|c: char| !c.is_alphanumeric()).unwrap();
        alias + 1 + name
    });
    let cuts = (known..text.len()).filter(|end| !is_copy_cut(*end));
    let cut = cuts.map(|end| text.as_bytes()[..end].to_vec());
    let mut damaged: Vec<Vec<u8>> = cut.collect();
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .filter(|at| *at < text.len())
        .collect();
    for start in starts {
        for piece in ["\t", "\"", "'", "[", "{", "}", "- ", "|\n", "*", "%", "<<<<<<< HEAD\n", "\0"] {
            damaged.push([&text[..start], piece, &text[start..]].concat().into_bytes());
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            damaged.push([&text[..end], piece, &text[end..]].concat().into_bytes());
        }
    }
    damaged.push([text.as_bytes(), b"\xff"].concat());
    damaged
}

#[test]
fn nor_does_anything_where_the_text_is_damaged() {
    let unreadable = AtomicUsize::new(0);
    each(&texts(), |text| {
        for bytes in damaged(text) {
            let analysis = analysed(bytes);
            let (text, findings) = (analysis.source().text(), analysis.findings());
            let is_unreadable = findings.iter().any(|finding| finding.rule.code < "AC1");
            unreadable.fetch_add(usize::from(is_unreadable), Ordering::Relaxed);
            assert_silent("the source", analysis.masked(), text);
            assert_silent("a finding", &format!("{findings:?}"), text);
        }
    });
    let unreadable = unreadable.into_inner();
    assert!(unreadable > 5000, "only {unreadable} texts could not be read");
}

/// Two secrets of which one ends as the other begins, and one inside another.
const OVERLAPPING: [&str; 3] = ["Zq7vX9kLm2Wp4Rt8", "2Wp4Rt8bN5cJ6dF3", "X9kLm2"];

fn assert_no_tail(what: &str, output: &str) {
    let output = output.to_lowercase();
    for secret in OVERLAPPING.map(str::to_lowercase) {
        let piece = (0..=secret.len() - 5).map(|at| &secret[at..at + 5]).find(|piece| output.contains(piece));
        assert_eq!(piece, None, "{what}: {output}");
    }
}

#[test]
fn nothing_is_left_of_secrets_that_overlap() {
    let [first, second, inner] = OVERLAPPING;
    let both = "Zq7vX9kLm2Wp4Rt8bN5cJ6dF3";
    let credentials = format!(
        "{{cloudProvider: AWS, accessKeyId: {inner}, secretAccessKey: {first}, sessionToken: {second}, apiKey: {inner}}}"
    );
    let wrong = format!(
        "profiles:\n  a:\n    credentials: {credentials}\n    region: {both}\n    vmType: [x-{both}-x, \"{first}{first}{second}\"]\n    {both}: {first}{second}\n    extends: [{both}, {second}{first}]\n    inputBucket: \"\\x5aq7vX9kLm2Wp4Rt8bN5cJ6dF3\"\n    outputBucket: s3://{both}@{second}:{both}/x?{both}\n  b: {{extends: {both}x}}\n"
    );
    let broken = format!("{wrong}\tx: {both}\n");
    for text in [&wrong, &broken] {
        let analysis = analysed(text.as_str());
        assert_no_tail("the source", analysis.masked());
        let checked = [Checked::from(analysis)];
        for format in Format::ALL {
            assert_no_tail(&format!("{format:?}"), &printed(format, &checked));
        }
    }
    let valid = format!(
        "profiles:\n  a: {{credentials: {{cloudProvider: AWS, accessKeyId: x, secretAccessKey: {first}, sessionToken: {second}}}}}\n  b: {{inputBucket: {both}, credentials: n-{both}-n}}\n  c: {{inputBucket: {both}, credentials: {first}{second}}}\n"
    );
    let sandbox = Sandbox::new(&[
        ("wrong.yaml", &wrong),
        ("a.yaml", &valid),
        ("b.yaml", "profiles: {b: {}}\n"),
        ("none.toml", "[lint]\nignore = [\"AC\"]\n"),
    ]);
    for args in [
        &["--diff", "--unsafe-fixes", "wrong.yaml"][..],
        &["--diff", "--add-ignore", "wrong.yaml"],
        &["--write-baseline", "baseline.json", "wrong.yaml"],
        &["resolve", "a.yaml", "--provenance"],
        &["resolve", "a.yaml", "--format", "yaml"],
        &["resolve", "a.yaml", "--emit", "submission"],
        &["resolve", "a.yaml", "--emit", "args", "--image", "x", "--profile", "b"],
        &["resolve", "a.yaml", "--emit", "python", "--profile", "b"],
        &["resolve", "a.yaml", "--emit", "python", "--sdk", "0.1.60"],
        &["diff", "a.yaml", "b", "c"],
        &["diff", "a.yaml", "b.yaml", "--format", "json"],
        &["diff", "b.yaml", "a.yaml", "--format", "markdown"],
    ] {
        let args = [args, &["--config", "none.toml"][..usize::from(args[0] == "resolve") * 2]].concat();
        let run = sandbox.run(&args);
        assert_no_tail(&args.join(" "), &(run.out + &run.err));
    }
    assert_no_tail("the baseline", &sandbox.read("baseline.json"));
}

/// Names are what resolved profiles are read by: masked, and still apart.
#[test]
fn a_name_that_is_a_secret_is_masked_and_stays_a_name() {
    let text = format!(
        "profiles:\n  {SECRET}:\n    credentials: {{cloudProvider: Lambda, apiKey: {SECRET}}}\n    region: us-east-1\n  {SECRET}2: {{extends: {SECRET}, credentials: prod, spot: false}}\n  x-{SECRET}: {{extends: {SECRET}2, diskSizeGb: 9}}\n  plain: {{extends: x-{SECRET}, diskSizeGb: 8}}\n"
    );
    let sandbox = Sandbox::new(&[
        ("a.yaml", &text),
        ("b.yaml", &text.replace("us-east-1", "us-west-1")),
        ("c.yaml", "profiles: {}\n"),
        ("none.toml", "[lint]\nignore = [\"AC\"]\n"),
    ]);
    let named = format!("{SECRET}2");
    let misspelt = format!("{SECRET}3");
    for args in [
        &["resolve", "a.yaml"][..],
        &["resolve", "a.yaml", "--provenance"],
        &["resolve", "a.yaml", "--provenance", "--format", "yaml"],
        &["resolve", "a.yaml", "--profile", &named],
        &["resolve", "a.yaml", "--emit", "submission", "--provenance"],
        &["resolve", "a.yaml", "--emit", "args", "--image", "x"],
        &["resolve", "a.yaml", "--emit", "args", "--image", "x", "--profile", &named],
        &["resolve", "a.yaml", "--emit", "args", "--image", "x", "--profile", &named, "--format", "json"],
        &["resolve", "a.yaml", "--emit", "python"],
        &["resolve", "a.yaml", "--emit", "python", "--sdk", "0.1.60"],
        &["diff", "a.yaml", &named, "plain"],
        &["diff", "a.yaml", "plain", &named, "--format", "json"],
        &["diff", "a.yaml", "plain", &named, "--format", "markdown"],
        &["diff", "a.yaml", &named, &named],
        &["diff", "a.yaml", "b.yaml"],
        &["diff", "a.yaml", "b.yaml", "--format", "json"],
        &["diff", "a.yaml", "b.yaml", "--format", "markdown"],
        &["diff", "a.yaml", "c.yaml"],
        &["diff", "c.yaml", "a.yaml"],
    ] {
        let run = sandbox.run(&[args, &["--config", "none.toml"]].concat());
        assert!(run.code == 0 || args.contains(&"args"), "{args:?}: {}", run.err);
        assert_silent(&args.join(" "), &(run.out + &run.err), &text);
    }
    for args in [
        &["resolve", "a.yaml", "--profile", &misspelt][..],
        &["diff", "a.yaml", &misspelt, "plain"],
        &["resolve", "a.yaml", "--profile", &SECRET[1..]],
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2);
        let told = run.out + &run.err;
        assert!(!told.contains(SECRET), "{told}");
    }
    let resolved = sandbox.run(&["resolve", "a.yaml", "--provenance"]).out;
    let resolved: serde_json::Value = serde_json::from_str(&resolved).unwrap();
    let keys: Vec<&str> = resolved["profiles"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["<redacted>", "<redacted>2", "x-<redacted>", "plain"]);
    assert_eq!(resolved["provenance"]["plain"]["region"]["profile"], "<redacted>");
    assert_eq!(
        resolved["provenance"]["plain"]["region"]["through"],
        serde_json::json!(["x-<redacted>", "<redacted>2"])
    );
    let shown = sandbox.run(&["resolve", "a.yaml", "--show-secrets", "--provenance"]).out;
    assert!(shown.contains(&format!("\"x-{SECRET}\"")) && !shown.contains("<redacted>"));
}

#[test]
fn no_command_shows_it() {
    let sandbox = Sandbox::new(&[]);
    let texts = texts();
    for (index, text) in texts.iter().enumerate() {
        sandbox.write(&format!("{index}.anycloud.yaml"), text);
    }
    for args in [
        &["--statistics"][..],
        &["--diff", "--unsafe-fixes"],
        &["--format", "json", "--unsafe-fixes", "--diff"],
        &["--diff", "--add-ignore"],
        &["--write-baseline", "baseline.json"],
    ] {
        let run = sandbox.run(args);
        assert_silent(&args.join(" "), &(run.out + &run.err), "");
    }
    assert_silent("the baseline", &sandbox.read("baseline.json"), "");
    let valid = format!(
        "profiles:\n  a: {{credentials: {{cloudProvider: Lambda, apiKey: {SECRET}}}, inputBucket: data}}\n  b:\n    credentials: {{cloudProvider: Lambda, apiKey: {SECRET}2}}\n    inputStorageCredentials: n-{SECRET}\n    inputBucket: data\n"
    );
    sandbox.write("valid.yaml", &valid);
    sandbox.write("none.toml", "[lint]\nignore = [\"AC\"]\n");
    sandbox.write("other.yaml", "profiles: {other: {}}\n");
    for args in [
        &["resolve", "valid.yaml"][..],
        &["resolve", "valid.yaml", "--format", "yaml", "--provenance"],
        &["resolve", "valid.yaml", "--emit", "submission"],
        &["resolve", "valid.yaml", "--emit", "python"],
        &["diff", "valid.yaml", "a", "b"],
        &["diff", "valid.yaml", "a", "b", "--format", "json"],
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_silent(&args.join(" "), &(run.out + &run.err), "");
    }
    assert!(sandbox.run(&["resolve", "valid.yaml", "--show-secrets"]).out.contains(SECRET));
    // What a configuration lets pass still resolves without its secrets.
    let numbered: Vec<(usize, &String)> = texts.iter().enumerate().collect();
    each(&numbered, |(index, text)| {
        let file = format!("{index}.anycloud.yaml");
        for options in [
            &["--provenance"][..],
            &["--format", "yaml", "--emit", "submission"],
            &["--emit", "args", "--image", "x"],
            &["--emit", "args", "--image", "x", "--format", "json"],
            &["--emit", "python"],
            &["--emit", "python", "--sdk", "0.1.60"],
        ] {
            let run = sandbox.run(&[&["resolve", &file, "--config", "none.toml"], options].concat());
            assert_silent(&format!("resolve {file} {options:?}"), &(run.out + &run.err), text);
            // What is an error to one is an error to all.
            if run.code == 1 {
                return;
            }
        }
        // Of a version that is new or gone everything is said.
        for args in [
            ["diff", "other.yaml", &file, "--format", "json"],
            ["diff", &file, "other.yaml", "--format", "markdown"],
            ["diff", "other.yaml", &file, "--format", "human"],
        ] {
            let run = sandbox.run(&[&args[..], &["--config", "none.toml"]].concat());
            assert_silent(&args.join(" "), &(run.out + &run.err), text);
        }
    });
}

#[test]
fn a_configuration_keeps_it_too() {
    let sandbox = Sandbox::new(&[("anycloud.yaml", "profiles: {a: {spto: true}}\n")]);
    for text in [
        format!("[credentials]\naws = \"{SECRET}\"\n"),
        format!("[credentials]\naws = \"{SECRET}{SECRET}\"\n"),
        format!("[credentials]\nsecretAccessKey = \"{SECRET}\"\nx = 1\n"),
        format!("[lint]\napiKey = \"{SECRET}\"\n"),
        format!("[lint]\nselect = [\"AC\" # token: {SECRET}\n"),
        format!("credentials = {{ aws = {{ apiKey = \"{SECRET}\" }} }}\n"),
    ] {
        sandbox.write("anycloud-lint.toml", &text);
        let run = sandbox.run(&[]);
        assert_eq!(run.code, 2, "{text}");
        assert_silent("a configuration's mistake", &(run.out + &run.err), &text);
    }
}
