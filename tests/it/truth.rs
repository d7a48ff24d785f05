//! What the tables say is so, at the level of the rules: what is offered lints clean, what is not is reported.

use std::fmt::Write as _;

use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};

use crate::harness::facts;

/// The findings of a document of profiles: code, profile and message.
fn findings(bodies: &[String]) -> Vec<(String, String, String)> {
    let mut text = String::from("profiles:\n");
    for (index, body) in bodies.iter().enumerate() {
        writeln!(text, "  p{index}: {body}").unwrap();
    }
    let found = lint(&Source::new("anycloud.yaml", text), &Settings::default());
    let parts = |finding: anycloud_lint::finding::Finding| {
        (finding.rule.code.to_owned(), finding.profile().unwrap_or_default().to_owned(), finding.message)
    };
    found.into_iter().map(parts).collect()
}

#[test]
fn every_pair_of_vm_type_and_region_lints_clean() {
    let facts = facts();
    let rows = facts.vm_types.iter().filter(|row| matches!(row.provider, "AWS" | "GCP"));
    let pairs = rows.flat_map(|row| {
        row.regions.iter().map(|region| format!("{{vmType: {}, region: {region}}}", row.vm_type))
    });
    let bodies: Vec<String> = pairs.collect();
    assert!(bodies.len() > 30_000, "{}", bodies.len());
    let found = findings(&bodies);
    assert!(found.is_empty(), "{}: {:?}", found.len(), found.first());
}

#[test]
fn pairs_that_are_not_in_the_tables_are_reported() {
    /// One in so many: the sample has pairs of all providers' types and regions.
    const STEP: usize = 97;
    let facts = facts();
    let mut bodies = Vec::new();
    for provider in ["AWS", "GCP", "Azure"] {
        let rows = facts.vm_types.iter().filter(|row| row.provider == provider && !row.regions.is_empty());
        let rows: Vec<_> = rows.collect();
        let regions = facts.regions.iter().filter(|region| region.provider == provider);
        let known = regions.filter(|region| rows.iter().any(|row| row.regions.contains(&region.region)));
        let known: Vec<_> = known.collect();
        let pairs = rows.iter().flat_map(|row| known.iter().map(move |region| (row, region)));
        let missing = pairs.filter(|(row, region)| !row.regions.contains(&region.region));
        bodies.extend(
            missing
                .step_by(STEP)
                .map(|(row, region)| format!("{{vmType: {}, region: {}}}", row.vm_type, region.region)),
        );
    }
    assert!(bodies.len() > 800, "{}", bodies.len());
    let found = findings(&bodies);
    assert_eq!(found.len(), bodies.len());
    for (index, (code, profile, message)) in found.iter().enumerate() {
        assert_eq!((code.as_str(), profile.as_str()), ("AC306", format!("p{index}").as_str()), "{message}");
    }
}

#[test]
fn every_vm_type_with_a_gpu_answers_to_its_name_and_number() {
    let facts = facts();
    let mut bodies = Vec::new();
    for row in facts.vm_types.iter().filter(|row| !row.gpu.is_empty()) {
        let count = row.gpu_count.map_or_else(String::new, |count| format!(":{count}"));
        let gpu = format!("cloudProvider: {}, gpuType: \"{}{count}\"", row.provider, row.gpu);
        bodies.push(format!("{{{gpu}}}"));
        bodies.extend(row.regions.first().map(|region| format!("{{{gpu}, region: {region}}}")));
        bodies.extend(row.regions.last().map(|region| format!("{{{gpu}, region: {region}}}")));
        bodies.push(format!("{{cloudProvider: {}, vmType: {}}}", row.provider, row.vm_type));
    }
    assert!(bodies.len() > 500, "{}", bodies.len());
    let found = findings(&bodies);
    assert!(found.is_empty(), "{}: {:?}", found.len(), found.first());
}

#[test]
fn every_zone_lints_clean() {
    let facts = facts();
    let mut bodies = Vec::new();
    for region in &facts.regions {
        for zone in &region.zones {
            let place = format!("region: {}, availabilityZone: \"{zone}\"", region.region);
            bodies.push(format!("{{cloudProvider: {}, {place}}}", region.provider));
            bodies.push(format!("{{{place}}}"));
            if zone.starts_with(&region.region) {
                bodies.push(format!("{{availabilityZone: \"{zone}\"}}"));
            }
        }
    }
    assert!(bodies.len() > 500, "{}", bodies.len());
    let found = findings(&bodies);
    assert!(found.is_empty(), "{}: {:?}", found.len(), found.first());
}

#[test]
fn every_gpu_lints_clean_where_it_is_offered() {
    let facts = facts();
    let mut bodies = std::collections::BTreeSet::new();
    for row in facts.vm_types.iter().filter(|row| !row.gpu.is_empty()) {
        let counts = row.gpu_count.map_or_else(Vec::new, |count| vec![format!(":{count}")]);
        for region in &row.regions {
            for count in counts.iter().map(String::as_str).chain([""]) {
                let place = format!("cloudProvider: {}, region: {region}", row.provider);
                bodies.insert(format!("{{{place}, gpuType: \"{}{count}\"}}", row.gpu));
            }
        }
    }
    for row in &facts.attachable {
        for zone in &row.zones {
            for count in &row.counts {
                let place = format!("cloudProvider: {}, availabilityZone: {zone}", row.provider);
                bodies.insert(format!("{{{place}, gpuType: \"{}:{count}\"}}", row.gpu));
            }
        }
    }
    assert!(bodies.len() > 1_500, "{}", bodies.len());
    let bodies: Vec<String> = bodies.into_iter().collect();
    let found = findings(&bodies);
    assert!(found.is_empty(), "{}: {:?}", found.len(), found.first());
}

#[test]
fn zones_that_lack_a_gpu_are_reported() {
    let facts = facts();
    for row in &facts.attachable {
        let region_of = |zone: &str| zone.rsplit_once('-').unwrap().0.to_owned();
        let having: std::collections::BTreeSet<String> =
            row.zones.iter().map(|zone| region_of(zone)).collect();
        let all = facts.regions.iter().filter(|region| region.provider == row.provider);
        let zones = all.filter(|region| having.contains(&region.region)).flat_map(|region| &region.zones);
        let lacking: Vec<String> = zones
            .filter(|zone| !row.zones.contains(zone))
            .map(|zone| format!("{{availabilityZone: {zone}, gpuType: {}}}", row.gpu))
            .collect();
        let found = findings(&lacking);
        assert_eq!(found.len(), lacking.len(), "{}: {found:?}", row.gpu);
        assert!(found.iter().all(|(code, ..)| code == "AC307"), "{found:?}");
    }
}
