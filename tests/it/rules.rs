//! Every rule does what its documentation shows: the bad example triggers it and nothing else, the good one
//! nothing.

use std::collections::BTreeSet;

use anycloud_lint::config::Config;
use anycloud_lint::finding::{Applicability, Finding, Severity};
use anycloud_lint::rule::{Docs, Rule};
use anycloud_lint::rules;
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};

use crate::harness::{root, run};

/// The settings of the configuration that the rule's examples need.
fn settings(rule: &Rule) -> Settings {
    Config::read("anycloud-lint.toml", rule.docs().configuration.unwrap_or_default())
        .unwrap()
        .settings(&[], &[])
}

fn findings(rule: &Rule, text: &str) -> Vec<Finding> {
    lint(&Source::new("anycloud.yaml", text), &settings(rule))
}

fn codes(findings: &[Finding]) -> BTreeSet<&str> {
    findings.iter().map(|finding| finding.rule.code).collect()
}

#[test]
fn bad_examples_trigger_their_rule_and_nothing_else() {
    for rule in rules::all() {
        let found = findings(rule, rule.docs().bad);
        assert_eq!(codes(&found), BTreeSet::from([rule.code]), "{}: {found:#?}", rule.name);
        for finding in found {
            assert_eq!(finding.severity, rule.severity, "{}", rule.name);
            assert!(finding.help.is_some(), "{}: no help", rule.name);
        }
    }
}

#[test]
fn good_examples_trigger_nothing() {
    for rule in rules::all() {
        let found = findings(rule, rule.docs().good);
        assert!(found.is_empty(), "{}: {found:#?}", rule.name);
    }
}

#[test]
fn what_a_rule_says_is_the_same_everywhere() {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let listed: Vec<serde_json::Value> =
        serde_json::from_str(&run(&["rules", "--format", "json"]).out).unwrap();
    assert_eq!(listed.len(), rules::all().len());
    for (rule, listed) in rules::all().zip(listed) {
        let docs = rule.docs();
        assert_eq!(
            [&listed["code"], &listed["name"], &listed["explanation"], &listed["bad"], &listed["good"]],
            [rule.code, rule.name, &docs.explanation, docs.bad, docs.good]
        );
        let explained = run(&["explain", rule.name]).out;
        assert!(
            explained.lines().all(|line| line.len() <= 80 || line.contains("://") || line.starts_with(' '))
        );
        let (explained, shown) = (words(&explained), words(&docs.explanation));
        assert!(explained.windows(shown.len()).any(|part| part == shown), "{}", rule.name);
        let page = std::fs::read_to_string(root().join(format!("docs/rules/{}.md", rule.name))).unwrap();
        assert!(page.contains(&docs.explanation), "{}", rule.name);
    }
}

#[test]
fn codes_and_names_are_unique_and_in_order() {
    let codes: Vec<&str> = rules::all().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|one, next| one < next), "{codes:?}");
    let names: BTreeSet<&str> = rules::all().map(|rule| rule.name).collect();
    assert_eq!(names.len(), rules::all().len());
    for rule in rules::all() {
        assert!(rule.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{}", rule.name);
        assert!(!rule.summary.is_empty() && rule.group().is_some(), "{}", rule.name);
        assert_eq!(Docs::read(rule.docs).err(), None, "{}", rule.name);
    }
}

#[test]
fn a_file_with_a_rule_is_registered() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && std::fs::read_to_string(&path).unwrap().contains("pub const RULE: Rule") {
            let name = path.file_stem().unwrap().to_string_lossy().replace('_', "-");
            assert!(rules::all().any(|rule| rule.name == name), "{name} is not in src/rules/registry.rs");
        }
    }
}

/// Lints with saved credentials: `two` of AWS, `one` of GCP.
fn with_credentials(text: &str) -> Vec<Finding> {
    use anycloud_lint::catalog::Provider;
    let saved = [
        ("aws-a", Provider::Aws),
        ("aws-b", Provider::Aws),
        ("gcp", Provider::Gcp),
        ("r2", Provider::Cloudflare),
    ];
    let credentials = saved.into_iter().map(|(name, provider)| (name.to_owned(), provider)).collect();
    let settings = Settings { credentials: Some(credentials), ..Settings::default() };
    lint(&Source::new("anycloud.yaml", text), &settings)
}

fn default(text: &str) -> Vec<Finding> {
    lint(&Source::new("anycloud.yaml", text), &Settings::default())
}

/// The codes of the findings, with the lines where they are.
fn lines(text: &str, findings: &[Finding]) -> Vec<String> {
    let source = Source::new("anycloud.yaml", text);
    let line =
        |finding: &Finding| format!("{} {}", finding.rule.code, source.position(finding.span.start).line);
    findings.iter().map(line).collect()
}

#[test]
fn credentials_are_evidence_once_they_are_listed() {
    let text = "profiles:\n  a:\n    credentials: gcp\n    vmType: g5.xlarge\n";
    assert!(default(text).is_empty());
    assert_eq!(lines(text, &with_credentials(text)), ["AC402 4"]);
    // The storage of a bucket is that of its own credentials.
    let text = "profiles:\n  a:\n    credentials: gcp\n    inputBucket: my_data\n    outputBucket: my_data\n    \
                outputStorageCredentials: r2\n";
    assert!(default(text).is_empty());
    assert_eq!(lines(text, &with_credentials(text)), ["AC603 5"]);
}

#[test]
fn unknown_credentials_are_found_in_every_field() {
    let text = "profiles:\n  a:\n    credentials: gpc\n    inputBucket: data\n    inputStorageCredentials: r3\n  b:\n    \
                extends: a\n";
    let found = with_credentials(text);
    assert_eq!(lines(text, &found), ["AC501 3", "AC501 5"]);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `gcp`?"));
}

#[test]
fn a_choice_of_credentials_is_noted_once() {
    let text = "profiles:\n  .t: {region: us-west-2, vmType: g5.xlarge}\n  a: {extends: .t}\n  b: {extends: a}\n  c: \
                {extends: a, credentials: aws-a}\n  d: {cloudProvider: GCP}\n  e: {cloudProvider: Local}\n  f: {}\n";
    let found = with_credentials(text);
    assert_eq!(lines(text, &found), ["AC503 3"]);
    assert_eq!(found[0].severity, Severity::Note);
    assert!(found[0].message.contains("1 other"), "{}", found[0].message);
}

#[test]
fn what_a_missing_base_may_set_is_not_guessed() {
    let text = "profiles:\n  a:\n    extends: [b, nowhere]\n    availabilityZone: \"1\"\n    vmType: g5.xlarge\n    \
                inputStorageRegion: eastus\n  b:\n    region: eastus\n";
    assert_eq!(lines(text, &default(text)), ["AC201 3", "AC403 4"]);
    // Own values are certain.
    let text = "profiles:\n  a:\n    extends: nowhere\n    region: eastus\n    vmType: g5.xlarge\n";
    assert_eq!(lines(text, &default(text)), ["AC201 3", "AC402 4"]);
}

#[test]
fn a_contradiction_has_no_consequences() {
    let text = "profiles:\n  a:\n    cloudProvider: AWS\n    region: eastus\n    availabilityZone: us-east-1a\n    gpuType: \
                a10:3\n    spot: true\n    inputBucket: data_1\n    inputStorageRegion: eastus\n";
    assert_eq!(lines(text, &default(text)), ["AC402 4"]);
    // What is wrong without it is still said.
    let text = "profiles:\n  a:\n    cloudProvider: AWS\n    region: eastus\n    vmType: g5.xlrage\n    gpuType: h-100\n    \
                inputBucket: UPPER\n";
    assert_eq!(
        lines(text, &default(text)),
        ["AC402 4", "AC302 5", "AC301 6", "AC303 6", "AC603 7"].map(String::from)
    );
}

#[test]
fn one_conflict_is_one_finding_for_all_who_inherit_it() {
    let mut text = String::from(
        "profiles:\n  base:\n    cloudProvider: AWS\n    region: eastus\n    vmType: Standard_D4s_v5\n",
    );
    for heir in 0..500 {
        use std::fmt::Write as _;
        // Half of them set the VM type right, and still inherit the region.
        let own = if heir % 2 == 0 { "vmType: g5.xlarge" } else { "spot: true" };
        writeln!(text, "  heir{heir}: {{extends: base, {own}}}").unwrap();
    }
    let found = default(&text);
    // What is at odds in them is another pair of values: they are not affected by the first.
    assert_eq!(lines(&text, &found), ["AC402 5", "AC402 6"]);
    for (finding, others) in found.iter().zip(["250 other", "249 other"]) {
        assert!(finding.message.contains(others), "{}", finding.message);
        assert_eq!(finding.labels.len(), 2);
    }
    assert!(found[1].message.contains("`region` and `cloudProvider`"), "{}", found[1].message);
    // So each can be silenced by itself.
    let silenced = text.replacen("Standard_D4s_v5", "Standard_D4s_v5 # anycloud-lint: ignore[AC402]", 1);
    assert_eq!(lines(&silenced, &default(&silenced)), ["AC402 6"]);
}

#[test]
fn what_is_wrong_in_a_base_is_reported_there() {
    let text = "profiles:\n  .base:\n    cloudProvider: GCP\n    gpuType: [mi300x, t4:8]\n    spot: true\n    inputBucket: \
                google-data\n  a: {extends: .base, region: us-central1}\n  b: {extends: .base, region: us-east1}\n";
    assert_eq!(lines(text, &default(text)), ["AC305 4", "AC304 4", "AC603 6"]);
    // A number that nobody has needs no provider, and the heirs that have one add nothing.
    let text = "profiles:\n  .base:\n    gpuType: h100:3\n  a: {extends: .base, cloudProvider: AWS}\n  b: {extends: .base, \
                region: westus2}\n";
    let found = default(text);
    assert_eq!(lines(text, &found), ["AC304 3"]);
    assert_eq!(found[0].severity, Severity::Error);
}

#[test]
fn several_candidates_pass_if_one_does() {
    // us-west-2 and us-east-1 are regions of AWS and of Lambda.
    for body in [
        "{region: us-west-2, gpuType: a6000:2}",
        "{region: us-west-2, gpuType: t4:4}",
        "{region: us-east-1, spot: true}",
        "{region: us-east-1, gpuType: [a6000, t4]}",
        "{region: us-east-1, inputBucket: my_data, inputStorageRegion: eastus}",
        "{gpuType: h100:2}",
    ] {
        let text = format!("profiles:\n  a: {body}\n");
        assert!(default(&text).is_empty(), "{body}: {:?}", default(&text));
    }
    let text = "profiles:\n  a: {region: us-west-2, gpuType: a6000:2, spot: true}\n";
    assert_eq!(lines(text, &default(text)), ["AC308 2"]);
}

#[test]
fn lambdas_table_gives_warnings_only() {
    for (body, code) in [
        ("{cloudProvider: Lambda, vmType: gpu_16x_h100}", "AC302"),
        ("{vmType: gpu_16x_h100}", "AC302"),
        ("{cloudProvider: Lambda, gpuType: h100:3}", "AC304"),
        ("{cloudProvider: Lambda, gpuType: l4}", "AC305"),
        ("{cloudProvider: Lambda, region: us-north-9}", "AC401"),
    ] {
        let found = default(&format!("profiles:\n  a: {body}\n"));
        assert_eq!(codes(&found), BTreeSet::from([code]), "{body}");
        assert_eq!(found[0].severity, Severity::Warning, "{body}");
    }
}

#[test]
fn wrong_case_is_fixed_where_the_provider_minds_it() {
    for (body, fixed) in [
        ("{cloudProvider: AWS, vmType: G5.XLarge}", Some("g5.xlarge")),
        ("{vmType: N2-Standard-4}", Some("n2-standard-4")),
        ("{vmType: [g5.xlarge, 'P5.48XLARGE']}", Some("p5.48xlarge")),
        ("{region: US-East-1}", Some("us-east-1")),
        ("{cloudProvider: Azure, region: WestUS2}", Some("westus2")),
        ("{cloudProvider: Azure, region: \"West US 2\"}", Some("westus2")),
        ("{cloudProvider: Azure, region: westus-2}", None),
    ] {
        let found = default(&format!("profiles:\n  a: {body}\n"));
        assert_eq!(found.len(), 1, "{body}: {found:?}");
        let fix = found[0].fix.as_ref();
        assert_eq!(fix.map(|fix| fix.edits[0].replacement.as_str()), fixed, "{body}");
        assert!(fix.is_none_or(|fix| fix.applicability == Applicability::Safe));
    }
    assert!(default("profiles:\n  a: {vmType: STANDARD_d4S_v5, region: westus2}\n").is_empty());
}

#[test]
fn the_configuration_adds_to_the_catalog() {
    use anycloud_lint::catalog::{Additions, Catalog, Provider};
    let added = Additions { regions: vec!["us-central-9".into()], vm_types: vec!["p9.48xlarge".into()] };
    let catalog = Catalog::with_additions([(Provider::Aws, added)]);
    let settings = Settings { catalog, ..Settings::default() };
    let lint = |text: &str| lint(&Source::new("anycloud.yaml", text), &settings);
    let text = "profiles:\n  a: {region: us-central-9, vmType: p9.48xlarge, availabilityZone: us-central-9a}\n  b: {region: \
                us-central-9, gpuType: h100:8}\n  c: {region: us-west-2, vmType: p9.48xlarge}\n";
    assert!(lint(text).is_empty(), "{:?}", lint(text));
    assert_eq!(
        codes(&lint("profiles:\n  a: {region: eastus, vmType: p9.48xlarge}\n")),
        BTreeSet::from(["AC402"])
    );
}

#[test]
fn zones_have_the_form_of_their_provider() {
    for (body, expected) in [
        ("{region: us-west-2, availabilityZone: us-west-2-lax-1a}", ""),
        ("{cloudProvider: AWS, availabilityZone: us-east-1a}", ""),
        ("{cloudProvider: AWS, availabilityZone: b}", "AC403"),
        ("{cloudProvider: Lambda, region: us-south-1, availabilityZone: us-south-1a}", "AC403"),
        ("{availabilityZone: \"1\"}", "AC404"),
        ("{availabilityZone: somewhere}", "AC404"),
        ("{region: nowhere-9, cloudProvider: AWS, availabilityZone: us-east-1a}", "AC401"),
        ("{cloudProvider: Azure, region: westus2, availabilityZone: \"4\"}", "AC403"),
    ] {
        let found = default(&format!("profiles:\n  a: {body}\n"));
        let found: Vec<&str> = found.iter().map(|finding| finding.rule.code).collect();
        assert_eq!(found.join(" "), expected, "{body}");
    }
}

#[test]
fn claims_have_a_date_and_a_way_to_add_what_is_newer() {
    for body in [
        "{cloudProvider: AWS, vmType: p9.48xlarge}",
        "{cloudProvider: AWS, gpuType: r300}",
        "{cloudProvider: AWS, gpuType: h100:3}",
        "{cloudProvider: AWS, gpuType: mi300x}",
        "{vmType: p5.48xlarge, region: eu-central-1}",
        "{cloudProvider: AWS, region: eu-central-1, gpuType: h100}",
        "{cloudProvider: AWS, region: eu-west-9}",
    ] {
        let found = default(&format!("profiles:\n  a: {body}\n"));
        assert_eq!(found.len(), 1, "{body}: {found:?}");
        assert!(found[0].message.contains("(AWS as of 2026-11)"), "{body}: {}", found[0].message);
        let help = found[0].help.as_deref().unwrap();
        assert!(help.contains("newer than that, add ") && help.contains("`[catalog.AWS]`"), "{body}: {help}");
    }
}

#[test]
fn saved_credentials_of_cloudflare_do_not_compute() {
    use anycloud_lint::catalog::Provider;
    let text =
        "profiles: {train: {credentials: my-r2}, eval: {inputBucket: data, inputStorageCredentials: my-r2}}";
    let credentials = [("my-r2".to_owned(), Provider::Cloudflare)].into_iter().collect();
    let settings = Settings { credentials: Some(credentials), ..Settings::default() };
    let findings = lint(&Source::new("a", text), &settings);
    let found: Vec<(&str, u32)> =
        findings.iter().map(|finding| (finding.rule.code, finding.span.start)).collect();
    assert_eq!(found, [("AC504", 32)]);
}

#[test]
fn text_that_many_profiles_merge_is_one_cause() {
    let text = "x-both: &both {vmType: g6e.xlarge, gpuType: l40s, minVmCount: 3, maxVmCount: 1, inputStorageRegion: us-east-1}\n\
                profiles:\n  a: {<<: *both}\n  b: {<<: *both}\n  base: {region: us-east-1}\n  \
                c: &c {extends: base, region: us-east-1, spot: null}\n  d: *c\n";
    let findings = lint(&Source::new("a", text), &Settings::default());
    let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["AC301", "AC309", "AC601", "AC203", "AC204"]);
    assert!(findings[0].message.ends_with("(and 1 other profile is affected)"), "{}", findings[0].message);
}

/// Every sentence of a finding: what it says, at its places, what to do and what its fix does.
fn sentences(finding: &Finding) -> Vec<&str> {
    let labels = finding.labels.iter().map(|label| label.message.as_str());
    let fix = finding.fix.iter().map(|fix| fix.message.as_str());
    std::iter::once(finding.message.as_str())
        .chain(labels)
        .chain(finding.help.as_deref())
        .chain(fix)
        .collect()
}

/// What no sentence has in it: the seams of words that do not belong together.
fn seam(sentence: &str) -> Option<&'static str> {
    const SEAMS: [&str; 16] = [
        "  ",
        "` `",
        " ,",
        ",,",
        "one of ,",
        "no region a ",
        "no VM type a ",
        "no GPU a ",
        "region an ",
        "zone a string",
        "bucket, a ",
        " .",
        "; ;",
        "or in anycloud",
        "to one of in ",
        "()",
    ];
    // A backquote between backquotes is never meant.
    let empty = sentence.replace("```", "").contains("``").then_some("``");
    let unreferred = sentence.to_lowercase().contains("newer than that").then_some(sentence);
    empty
        .or_else(|| SEAMS.into_iter().find(|seam| sentence.contains(seam)))
        .or_else(|| unreferred.filter(|sentence| !sentence.contains("[catalog.")).map(|_| "newer than that"))
}

#[test]
fn no_sentence_shows_its_seams() {
    let values = [
        "\"\"",
        "0",
        "-1",
        "1.5",
        "true",
        "null",
        "[]",
        "[a]",
        "[[a]]",
        "{a: 1}",
        "{}",
        "no",
        "x",
        "\"a\\nb\"",
        "AKIAIOSFODNN7EXAMPLE",
        "this-is-a-value-of-more-than-sixty-characters-and-so-it-is-not-shown-in-a-message",
        "\"-----BEGIN PRIVATE KEY----- abc\"",
        "\"a,b\"",
        "\"h100 : 8\"",
        "us-esat-1",
        "us-east-1a",
        "h100:3",
        "g5",
        "\"2\"",
        "s3://a/b?c=d",
        "Local",
        "Lambda",
        "Cloudflare",
        "p5.48xlarge",
        "99999999999999999999",
    ];
    let fields = anycloud_lint::profile::Field::ALL.map(anycloud_lint::profile::Field::name);
    let mut seen = 0;
    for provider in [
        "",
        "cloudProvider: AWS, ",
        "cloudProvider: Azure, ",
        "cloudProvider: Local, ",
        "cloudProvider: Lambda, ",
    ] {
        for field in fields.into_iter().chain(["extends", "clientId", "colour"]) {
            for value in values {
                if field == "cloudProvider" && !provider.is_empty() {
                    continue;
                }
                let text = format!(
                    "profiles:\n  a: {{{provider}{field}: {value}}}\n  b: {{extends: a, spot: true}}\n"
                );
                for finding in default(&text) {
                    for sentence in sentences(&finding) {
                        assert_eq!(seam(sentence), None, "{text}{}: {sentence}", finding.rule.code);
                        seen += 1;
                    }
                    let dated = finding.help.as_deref().is_some_and(|help| help.contains("ewer than that"));
                    assert!(!dated || finding.message.contains("as of"), "{text}{}", finding.message);
                }
            }
        }
    }
    assert!(seen > 2_000, "{seen}");
}
