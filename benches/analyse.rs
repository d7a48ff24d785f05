//! The whole pipeline over the one public function, next to what the YAML parser alone needs.
#![allow(clippy::expect_used, clippy::format_push_string, reason = "benches")]

use std::sync::Arc;

use anycloud_lint::profile::Subjects;
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint, schema, yaml};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [10, 10_000];

/// Profiles as teams write them: a base, variants of it, and others that stand alone.
fn text(count: usize) -> String {
    let mut text = String::from(
        "version: 1\nprofiles:\n  .base:\n    credentials: my-aws\n    diskSizeGb: 400\n    spot: true\n    \
         inputBucket: eval-data\n    outputBucket: eval-results\n",
    );
    for index in 0..count - 1 {
        let previous = index.saturating_sub(1);
        text.push_str(&match index % 5 {
            0 => format!("  job-{index}:\n    extends: .base\n    vmType: g6e.xlarge\n    region: us-east-2\n"),
            1 => format!("  job-{index}:\n    extends: job-{previous}\n    spot: false # on demand\n"),
            2 => format!("  job-{index}:\n    extends: [.base, job-{previous}]\n    region: us-west-2\n    maxVmCount: 4\n"),
            3 => format!("  job-{index}:\n    credentials: gcp-prod\n    gpuType: [h100:8, a100:8]\n    region: us-central1\n"),
            _ => format!("  job-{index}:\n    credentials: azure2\n    vmType: Standard_NC16as_T4_v3\n    region: westus2\n"),
        });
    }
    text
}

/// Checks a sound text.
fn all(bencher: Bencher<'_, '_>, text: String) {
    let length = BytesCount::of_str(&text);
    let source = Source::new("anycloud.yaml", text);
    let settings = Settings::default();
    assert!(lint(&source, &settings).is_empty());
    bencher.counter(length).bench(|| lint(black_box(&source), &settings));
}

#[divan::bench(args = SIZES)]
fn everything(bencher: Bencher<'_, '_>, count: usize) {
    all(bencher, text(count));
}

/// What submissions run with: two profiles, and a template.
const SHARED: &str = "version: 1\nprofiles:\n  east: {credentials: my-aws, vmType: g6e.xlarge, region: us-east-2}\n  west: {credentials: azure2, \
         region: westus2}\nsubmissions:\n  .train:\n    image: ghcr.io/acme/train:1.4\n    command: [python, train.py]\n    secrets: \
         [hf-token]\n";

/// Submissions of a few profiles, each of one job: what they share, and what differs. A file of jobs has as many bytes
/// a job as one of profiles has a profile.
fn submissions(count: usize) -> String {
    let mut text = String::from(SHARED);
    for index in 0..count {
        let previous = index.saturating_sub(1);
        text.push_str(&match index % 5 {
            0 => format!("  run-{index}:\n    extends: .train\n    profile: east\n    env: {{SEED: \"{index}\"}}\n"),
            1 => format!("  run-{index}:\n    extends: .train\n    profile: west\n    gpuType: t4\n    timeLimit: 3600\n"),
            2 => format!("  run-{index}:\n    extends: run-{previous}\n    cloudConfig: {{spot: true}} # cheap\n"),
            3 => format!("  run-{index}:\n    profile: east\n    image: ghcr.io/acme/eval:2.0\n    command: [python, eval.py, \"{index}\"]\n"),
            _ => format!("  run-{index}:\n    extends: .train\n    profile: west\n    nodePool: pool-{index}\n    resumable: true\n"),
        });
    }
    text
}

#[divan::bench(args = SIZES)]
fn everything_with_submissions(bencher: Bencher<'_, '_>, count: usize) {
    all(bencher, submissions(count));
}

/// So many jobs, each an entry of a `fanOut`.
fn fan_out(count: usize) -> String {
    let mut text = String::from(SHARED);
    for index in 0..count {
        if index % 250 == 0 {
            text.push_str(&format!("  run-{index}:\n    extends: .train\n    fanOut:\n"));
        }
        let profile = if index % 2 == 0 { "profile: east" } else { "profile: west, gpuType: t4" };
        text.push_str(&format!("      - {{{profile}, env: {{SEED: \"{index}\"}}}}\n"));
    }
    text
}

#[divan::bench(args = SIZES)]
fn everything_with_a_fan_out(bencher: Bencher<'_, '_>, count: usize) {
    all(bencher, fan_out(count));
}

/// So many jobs, sixteen from each matrix: these are nine bytes a job, so what is measured is jobs, not bytes.
fn matrices(count: usize) -> String {
    let mut text = String::from(SHARED).replace(", vmType: g6e.xlarge", "");
    for index in 0..count.div_ceil(16) {
        text.push_str(&format!(
            "  run-{index}:\n    extends: .train\n    env: {{SEED: \"{index}\"}}\n    matrix: {{profile: [east, west], gpuType: \
             [t4, a100], timeLimit: [60, 120, 180, 240]}}\n"
        ));
    }
    text
}

#[divan::bench(args = SIZES)]
fn everything_with_matrices(bencher: Bencher<'_, '_>, count: usize) {
    all(bencher, matrices(count));
}

#[divan::bench(args = SIZES)]
fn parser_events_alone(bencher: Bencher<'_, '_>, count: usize) {
    let text = text(count);
    bencher.bench(|| {
        granit_parser::Parser::new_from_str(black_box(&text))
            .map(|event| event.is_ok())
            .filter(|ok| *ok)
            .count()
    });
}

#[divan::bench(args = SIZES)]
fn tree(bencher: Bencher<'_, '_>, count: usize) {
    let source = Source::new("anycloud.yaml", text(count));
    bencher.bench(|| yaml::parse(black_box(&source)).1.len());
}

#[divan::bench(args = SIZES)]
fn schema_check(bencher: Bencher<'_, '_>, count: usize) {
    let source = Source::new("anycloud.yaml", text(count));
    let (tree, _) = yaml::parse(&source);
    let tree = tree.expect("a mapping");
    bencher.bench(|| schema::check(black_box(&tree)).len());
}

#[divan::bench(args = SIZES)]
fn inheritance(bencher: Bencher<'_, '_>, count: usize) {
    let source = Source::new("anycloud.yaml", text(count));
    let (tree, _) = yaml::parse(&source);
    let tree = Arc::new(tree.expect("a mapping"));
    bencher.bench(|| Subjects::new(black_box(Arc::clone(&tree))).all().len());
}
