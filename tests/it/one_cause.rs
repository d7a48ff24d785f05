//! One mistake in a configuration is one finding, wherever it stands and however many jobs have it.

use std::collections::BTreeMap;

use anycloud_lint::catalog::Provider;
use anycloud_lint::finding::Finding;
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};

/// A rule, and fields that break it and nothing else: those of the first list alone are right.
const MISTAKES: [(&str, &str, &str); 23] = [
    ("AC301", "credentials: aws, vmType: g6e.xlarge", "gpuType: l40s"),
    ("AC302", "credentials: aws", "vmType: g6e.xlrge"),
    ("AC303", "credentials: aws", "gpuType: h1000"),
    ("AC304", "credentials: aws", "gpuType: \"h100:3\""),
    ("AC305", "cloudProvider: GCP", "gpuType: l40s"),
    ("AC306", "region: af-south-1", "vmType: p5.48xlarge"),
    ("AC307", "region: af-south-1", "gpuType: \"h100:8\""),
    ("AC308", "cloudProvider: Lambda", "spot: true"),
    ("AC309", "minVmCount: 4", "maxVmCount: 2"),
    ("AC310", "credentials: aws", "gpuType: [t4, t4]"),
    ("AC401", "credentials: aws", "region: us-esat-1"),
    ("AC402", "cloudProvider: GCP", "region: us-east-1"),
    ("AC403", "region: us-east-1", "availabilityZone: us-west-2a"),
    ("AC404", "cloudProvider: Azure", "availabilityZone: \"1\""),
    ("AC501", "region: us-east-1", "credentials: nobody-has-it"),
    (
        "AC502",
        "region: us-east-1",
        "credentials: {cloudProvider: AWS, accessKeyId: AKIAIOSFODNN7EXAMPLE, secretAccessKey: x}",
    ),
    ("AC504", "spot: true", "cloudProvider: Cloudflare"),
    ("AC601", "credentials: aws", "inputStorageRegion: us-east-1"),
    ("AC602", "credentials: aws, inputBucket: eval-data", "outputBucket: eval-data"),
    ("AC603", "credentials: aws", "inputBucket: Eval_Data"),
    ("AC604", "credentials: aws, inputBucket: eval-data", "inputStorageRegion: us-esat-1"),
    ("AC102", "credentials: aws", "spot: 1"),
    ("AC103", "credentials: aws", "diskTier: highest"),
];

/// How the fields can come together: `@a` is right alone, `@b` breaks it.
const PLACES: [(&str, &str); 12] = [
    (
        "in the profile",
        "profiles:\n  p: {@a, @b}\nsubmissions:\n  s: {profile: p, @many}\n  t: {profile: p}\n",
    ),
    (
        "in a template of profiles",
        "profiles:\n  .p: {@a, @b}\n  p: {extends: .p}\nsubmissions:\n  s: {profile: p, @many}\n",
    ),
    (
        "in a template",
        "profiles:\n  q: {}\nsubmissions:\n  .t: {cloudConfig: {@a, @b}}\n  s: {extends: .t, @many}\n  t: {extends: .t, profile: q}\n",
    ),
    ("in the submission", "submissions:\n  s: {cloudConfig: {@a, @b}, @many}\nprofiles: {q: {}}\n"),
    ("in one job", "submissions:\n  s: {cloudConfig: {@a, @b}}\nprofiles: {q: {}}\n"),
    (
        "in an entry",
        "submissions:\n  s: {fanOut: [{id: a}, {cloudConfig: {@a, @b}}, {id: b}]}\nprofiles: {q: {}}\n",
    ),
    (
        "in an axis",
        "submissions:\n  s: {matrix: {cloudConfig: [null, {@a, @b}], timeLimit: [1, 2, 3]}}\nprofiles: {q: {}}\n",
    ),
    (
        "from the profile and a template",
        "profiles:\n  p: {@a}\nsubmissions:\n  .t: {profile: p, cloudConfig: {@b}}\n  s: {extends: .t, @many}\n  u: {extends: .t}\n",
    ),
    (
        "from the profile and the submission",
        "profiles:\n  p: {@a}\nsubmissions:\n  s: {profile: p, cloudConfig: {@b}, @many}\n",
    ),
    (
        "from the profile of an entry and the submission",
        "profiles:\n  p: {@a}\n  q: {}\nsubmissions:\n  s: {cloudConfig: {@b}, fanOut: [{profile: p}, {profile: p, id: b}]}\n",
    ),
    (
        "from the profile and an entry",
        "profiles:\n  p: {@a}\nsubmissions:\n  s: {profile: p, fanOut: [{id: a}, {cloudConfig: {@b}}]}\n",
    ),
    (
        "from the profile and an axis",
        "profiles:\n  p: {@a}\nsubmissions:\n  s: {matrix: {profile: [p], cloudConfig: [null, {@b}], timeLimit: [1, 2, 3]}}\n",
    ),
];

fn settings() -> Settings {
    let saved = [("aws", Provider::Aws), ("gcp", Provider::Gcp)];
    let credentials: BTreeMap<String, Provider> =
        saved.into_iter().map(|(name, provider)| (name.to_owned(), provider)).collect();
    Settings { credentials: Some(credentials), ..Settings::default() }
}

fn findings(text: &str) -> Vec<Finding> {
    let mut findings = lint(&Source::new("anycloud.yaml", text), &settings());
    // The credentials are listed for AC501; that a profile names none of several is another matter, and so are images.
    findings.retain(|finding| !["AC503", "AC702", "AC716", "AC715"].contains(&finding.rule.code));
    findings
}

fn fill(place: &str, first: &str, second: &str) -> String {
    let many = format!(
        "matrix: {{timeLimit: [{}], nodes: [1, null]}}",
        (1..=8).map(|n| n.to_string()).collect::<Vec<_>>().join(", ")
    );
    place.replace("@many", &many).replace("@a", first).replace("@b", second)
}

#[test]
fn a_mistake_of_a_configuration_is_one_finding() {
    let mut faults = String::new();
    for (rule, first, second) in MISTAKES {
        for (name, place) in PLACES {
            let right = findings(&fill(place, first, "x-none: 1"));
            if !right.is_empty() {
                faults.push_str(&format!("{rule} {name}: there are findings before: {right:?}\n"));
            }
            let text = fill(place, first, second);
            let found = findings(&text);
            let told: Vec<String> =
                found.iter().map(|finding| format!("{} {}", finding.rule.code, finding.message)).collect();
            if found.iter().map(|finding| finding.rule.code).collect::<Vec<_>>() != [rule] {
                faults.push_str(&format!("{rule} {name}: {told:#?}\n{}\n", &text[..text.len().min(200)]));
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn both_places_of_a_conflict_are_shown() {
    for (rule, first, second) in MISTAKES {
        if !["AC301", "AC306", "AC307", "AC309", "AC402", "AC403", "AC602"].contains(&rule) {
            continue;
        }
        for (name, place) in PLACES.iter().filter(|(name, _)| name.starts_with("from")) {
            let text = fill(place, first, second);
            for finding in findings(&text) {
                let marked: Vec<&str> =
                    finding.labels.iter().map(|label| &text[label.span.range()]).collect();
                assert!(marked.len() > 1, "{rule} {name}: {marked:?}\n{text}");
                assert!(finding.message.contains('s'), "{rule} {name}: no job is named: {}", finding.message);
            }
        }
    }
}
