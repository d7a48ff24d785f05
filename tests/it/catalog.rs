//! The catalog tells what its tables say: every row is looked up, and what is not in a row is not claimed.

use std::collections::BTreeSet;

use anycloud_lint::catalog::{
    Additions, Catalog, Gpu, GpuCount, GpuRequest, GpuRequestError, Offered, Provider, ProviderSet,
    Suggestion, ZoneFit,
};

use crate::harness::{facts, run};

static BUILTIN: Catalog = Catalog::builtin();

fn provider(name: &str) -> Provider {
    Provider::from_name(name).unwrap()
}

fn gpu(name: &str) -> Gpu {
    Gpu::from_name(name).unwrap_or_else(|| panic!("no GPU {name}"))
}

#[test]
fn every_pair_in_the_tables_is_offered_and_the_others_are_not() {
    let facts = facts();
    let mut pairs = 0;
    for row in &facts.vm_types {
        let provider = provider(row.provider);
        for region in facts.regions.iter().filter(|region| region.provider == row.provider) {
            let known = BUILTIN.knows_vm_types_in(provider, &region.region) && !row.regions.is_empty();
            let expected = if row.regions.contains(&region.region) {
                Offered::Yes
            } else if known {
                Offered::No
            } else {
                Offered::Unknown
            };
            let offered = BUILTIN.offered(provider, &row.vm_type, &region.region);
            assert_eq!(offered, expected, "{} in {}", row.vm_type, region.region);
            pairs += 1;
        }
    }
    assert!(pairs > 200_000);
}

#[test]
fn every_row_is_found_with_its_numbers() {
    for row in &facts().vm_types {
        let provider = provider(row.provider);
        let vm_type = BUILTIN.vm_type(provider, &row.vm_type).unwrap();
        assert_eq!(vm_type.name(), row.vm_type);
        assert_eq!(vm_type.vcpus(), row.vcpus);
        assert_eq!(vm_type.memory_gib(), row.memory_mib.map(|memory| f64::from(memory) / 1024.0));
        assert_eq!(vm_type.gpu().map_or("", Gpu::name), row.gpu);
        assert_eq!(vm_type.gpu_count(), row.gpu_count);
        assert_eq!(vm_type.gpu_memory_gib(), row.gpu_memory_gib);
        assert_eq!(BUILTIN.vm_type_providers(&row.vm_type), ProviderSet::of(provider));

        let upper = row.vm_type.to_uppercase();
        assert_eq!(BUILTIN.canonical_vm_type(provider, &upper).as_deref(), Some(row.vm_type.as_str()));
        assert_eq!(BUILTIN.vm_type(provider, &upper).is_some(), provider == Provider::Azure);
        assert_eq!(BUILTIN.regions_offering(provider, &row.vm_type, None), row.regions);
    }
}

#[test]
fn every_vm_type_with_a_gpu_answers_to_its_name_and_count() {
    for row in facts().vm_types.iter().filter(|row| !row.gpu.is_empty()) {
        let provider = provider(row.provider);
        let count = row.gpu_count.map(u32::from);
        for name in [row.gpu.clone(), row.gpu.to_lowercase(), gpu(&row.gpu).family().name().to_owned()] {
            let gpu = gpu(&name);
            let at = format!("{} asked for as {name}", row.vm_type);
            assert_eq!(BUILTIN.gpu_offered(provider, gpu), Offered::Yes, "{at}");
            let mut found = BUILTIN.vm_types_with_gpu(provider, gpu, count, None);
            assert!(found.any(|vm_type| vm_type.name() == row.vm_type), "{at}");
            let counts = BUILTIN.gpu_counts(provider, gpu);
            assert!(count.map_or(!counts.complete, |count| counts.has(count) == Some(true)), "{at}");
            let regions = BUILTIN.regions_with_gpu(provider, gpu, count, None);
            for region in &row.regions {
                assert_eq!(BUILTIN.gpu_offered_in(provider, gpu, count, region), Offered::Yes, "{at}");
                assert!(regions.contains(&region.as_str()), "{at}");
            }
        }
    }
}

#[test]
fn every_attachable_gpu_answers_in_its_zones() {
    for row in &facts().attachable {
        let (provider, gpu) = (provider(&row.provider), gpu(&row.gpu));
        let attachable = BUILTIN.attachable_gpus(provider).iter().find(|known| known.gpu() == gpu).unwrap();
        assert_eq!(attachable.counts(), row.counts);
        assert_eq!(attachable.zones(), row.zones);
        assert_eq!(BUILTIN.gpu_counts(provider, gpu).known, row.counts);
        for zone in &row.zones {
            let (of, region) = BUILTIN.zone_region(zone).unwrap();
            assert_eq!(of, provider);
            for count in &row.counts {
                let offered = BUILTIN.gpu_offered_in(provider, gpu, Some(u32::from(*count)), region);
                assert_eq!(offered, Offered::Yes, "{count} {gpu} in {zone}");
            }
            assert_eq!(BUILTIN.gpu_offered_in(provider, gpu, Some(3), region), Offered::No);
        }
    }
}

#[test]
fn every_region_and_zone_is_known() {
    for row in &facts().regions {
        let provider = provider(&row.provider);
        let region = BUILTIN.region(provider, &row.region).unwrap();
        assert_eq!(region.name(), row.region);
        assert_eq!(region.geography().unwrap().name(), row.geography);
        assert_eq!(region.zones().collect::<Vec<_>>(), row.zones);
        assert!(BUILTIN.region_providers(&row.region).contains(provider));
        assert_eq!(BUILTIN.canonical_region(provider, &row.region.to_uppercase()), Some(row.region.as_str()));
        assert!(BUILTIN.is_storage_region(provider, &row.region));
        for zone in &row.zones {
            assert_eq!(BUILTIN.zone_fit(provider, &row.region, zone), ZoneFit::Fits, "{zone}");
            assert_eq!(BUILTIN.zone_providers(zone), ProviderSet::of(provider), "{zone}");
        }
    }
}

#[test]
fn only_aws_and_lambda_share_names_of_regions() {
    let facts = facts();
    let mut seen = BTreeSet::new();
    for row in facts.regions.iter().filter(|row| !seen.insert(row.region.as_str())) {
        let both = ProviderSet::of(Provider::Aws).with(Provider::Lambda);
        assert_eq!(BUILTIN.region_providers(&row.region), both, "{}", row.region);
    }
}

#[test]
fn every_gpu_has_its_names_and_a_name_alone_claims_nothing() {
    for row in &facts().gpus {
        let known = gpu(&row.gpu);
        assert_eq!((known.name(), known.memory_gib()), (row.gpu.as_str(), row.memory_gib));
        assert_eq!(known.family().name(), row.family);
        for alias in &row.aliases {
            assert_eq!(gpu(&alias.to_lowercase()), known);
        }
        if BUILTIN.gpu_providers(known).is_empty() {
            for provider in Provider::COMPUTE {
                assert_eq!(BUILTIN.gpu_offered(provider, known), Offered::Unknown);
                assert_eq!(BUILTIN.gpu_counts(provider, known).has(8), None);
            }
        }
    }
    assert_eq!(Gpu::from_name("H-100"), None);
    assert_eq!(BUILTIN.gpu_offered(Provider::Local, gpu("h100")), Offered::Unknown);
    assert_eq!(BUILTIN.gpu_offered(Provider::Lambda, gpu("t4")), Offered::No);
}

#[test]
fn a_family_is_served_by_any_member_and_a_member_only_by_itself() {
    assert!(gpu("a100-80gb").serves(gpu("a100")));
    assert!(!gpu("a100").serves(gpu("a100-80gb")));
    assert!(gpu("h100-mega").serves(gpu("h100")));
    assert_eq!(gpu("A100_80GB"), gpu("a100-80gb"));
    assert_eq!(gpu("a100-40gb"), gpu("a100"));
}

#[test]
fn a_fraction_of_a_gpu_leaves_the_numbers_open() {
    let counts = BUILTIN.gpu_counts(Provider::Aws, gpu("l4"));
    assert_eq!((counts.known.as_slice(), counts.complete), ([1, 4, 8].as_slice(), false));
    assert_eq!((counts.has(4), counts.has(3)), (Some(true), None));
    assert_eq!(BUILTIN.gpu_counts(Provider::Aws, gpu("h100")).has(3), Some(false));
    // The numbers of the newest sizes are not known, and so is whether the GPU is in their regions in a given number.
    let rtx = |count| BUILTIN.gpu_offered_in(Provider::Azure, gpu("rtxpro6000"), count, "australiaeast");
    assert_eq!((rtx(None), rtx(Some(4))), (Offered::Yes, Offered::Unknown));
    assert_eq!(BUILTIN.gpu_counts(Provider::Aws, gpu("trainium2")).has(1), None);
    let in_us_east_1 =
        |name, count| BUILTIN.gpu_offered_in(Provider::Aws, gpu(name), Some(count), "us-east-1");
    assert_eq!(in_us_east_1("l4", 3), Offered::Unknown);
    assert_eq!(in_us_east_1("h100", 3), Offered::No);
}

#[test]
fn nothing_is_claimed_where_nothing_is_known() {
    for (provider, vm_type, region) in [
        (Provider::Aws, "m5.large", "me-west-1"),
        (Provider::Aws, "p6e-gb200.36xlarge", "us-east-1"),
        (Provider::Azure, "Standard_D4s_v3", "usgovvirginia"),
        (Provider::Lambda, "gpu_8x_h100_sxm5", "us-east-1"),
        (Provider::Aws, "no-such-type", "us-east-1"),
        (Provider::Aws, "m5.large", "no-such-region"),
    ] {
        assert_eq!(BUILTIN.offered(provider, vm_type, region), Offered::Unknown, "{vm_type} in {region}");
    }
    for (provider, name, region) in [
        (Provider::Aws, "h100", "me-west-1"),
        (Provider::Aws, "gb200", "us-east-1"),
        (Provider::Lambda, "h100", "us-east-1"),
    ] {
        let offered = BUILTIN.gpu_offered_in(provider, gpu(name), None, region);
        assert_eq!(offered, Offered::Unknown, "{name} in {region}");
    }
    assert!(!BUILTIN.knows_vm_types_in(Provider::Aws, "us-iso-east-1"));
    assert!(BUILTIN.knows_vm_types_in(Provider::Aws, "us-gov-west-1"));
    assert!(BUILTIN.knows_vm_types_in(Provider::Aws, "cn-north-1"));
}

#[test]
fn custom_machine_types_are_where_their_family_is() {
    for name in [
        "n2-custom-4-8192",
        "custom-4-8192",
        "n1-custom-2-13312-ext",
        "e2-custom-4-8192",
        "e2-custom-micro-2048",
        "n4-custom-8-16384",
        "n4a-custom-4-8192",
        "n4d-custom-4-8192",
        "n2d-custom-4-8192-ext",
        "g2-custom-4-16384",
    ] {
        assert_eq!(BUILTIN.vm_type_providers(name), ProviderSet::of(Provider::Gcp), "{name}");
        assert_eq!(BUILTIN.offered(Provider::Gcp, name, "us-central1"), Offered::Yes, "{name}");
    }
    for name in ["c3-custom-4-8192", "n2-custom-4", "N2-custom-4-8192", "n2-custom-4-8192x"] {
        assert!(BUILTIN.vm_type_providers(name).is_empty(), "{name}");
    }
    let n2 = BUILTIN.vm_type(Provider::Gcp, "n2-custom-4-8192").unwrap();
    assert_eq!((n2.vcpus(), n2.memory_gib()), (Some(4), Some(8.0)));
    let canonical = BUILTIN.canonical_vm_type(Provider::Gcp, "N2-Custom-4-8192");
    assert_eq!(canonical.as_deref(), Some("n2-custom-4-8192"));

    let facts = facts();
    for region in facts.regions.iter().filter(|region| region.provider == "GCP") {
        let n4 = facts.vm_types.iter().filter(|row| row.vm_type.starts_with("n4-"));
        let there = n4.into_iter().any(|row| row.regions.contains(&region.region));
        let offered = BUILTIN.offered(Provider::Gcp, "n4-custom-8-16384", &region.region);
        assert_eq!(offered == Offered::Yes, there, "{}", region.region);
    }
}

#[test]
fn zones_are_checked_by_form_and_region() {
    let fit = |provider, region, zone| BUILTIN.zone_fit(provider, region, zone);
    for zone in ["us-west-2a", "us-west-2z", "us-west-2-lax-1a", "us-west-2-wl1-las-wlz-1"] {
        assert_eq!(fit(Provider::Aws, "us-west-2", zone), ZoneFit::Fits, "{zone}");
        assert_eq!(fit(Provider::Aws, "us-west-1", zone), ZoneFit::OtherRegion("us-west-2"), "{zone}");
    }
    for zone in ["us-west-2", "us-west-2aa", "us-west-2A", "us-west-2-a", "us-west-2-", "1", "a", ""] {
        assert_eq!(fit(Provider::Aws, "us-west-2", zone), ZoneFit::WrongForm, "{zone}");
    }
    assert_eq!(fit(Provider::Gcp, "us-central1", "us-central1-a"), ZoneFit::Fits);
    assert_eq!(fit(Provider::Gcp, "us-south1", "us-south1-ai1b"), ZoneFit::Fits);
    let other = fit(Provider::Gcp, "europe-west1", "europe-west10-a");
    assert_eq!(other, ZoneFit::OtherRegion("europe-west10"));
    for zone in ["us-central1a", "us-central1-", "us-central1-ai", "us-central1-aa", "us-central1-aia", "1"] {
        assert_eq!(fit(Provider::Gcp, "us-central1", zone), ZoneFit::WrongForm, "{zone}");
    }
    assert_eq!(fit(Provider::Azure, "westus2", "3"), ZoneFit::Fits);
    assert_eq!(fit(Provider::Azure, "westus2", "westus2-1"), ZoneFit::WrongForm);
    assert_eq!(fit(Provider::Azure, "westus2", "4"), ZoneFit::WrongForm);
    assert_eq!(fit(Provider::Lambda, "us-east-1", "us-east-1a"), ZoneFit::WrongForm);

    assert_eq!(BUILTIN.zone_region("us-east-1a"), Some((Provider::Aws, "us-east-1")));
    assert_eq!(BUILTIN.zone_region("europe-west10-a"), Some((Provider::Gcp, "europe-west10")));
    assert_eq!(BUILTIN.zone_region("us-east-1"), None);
    assert_eq!(BUILTIN.zone_providers("2"), ProviderSet::of(Provider::Azure));
}

#[test]
fn storage_has_places_of_its_own() {
    let is = |provider, name| BUILTIN.is_storage_region(provider, name);
    for name in ["us", "EU", "asia", "nam4", "EUR4", "us-central1", "US-CENTRAL1"] {
        assert!(is(Provider::Gcp, name), "{name}");
    }
    for name in ["auto", "wnam", "enam", "weur", "eeur", "apac", "oc"] {
        assert_eq!(BUILTIN.storage_region_providers(name), ProviderSet::of(Provider::Cloudflare), "{name}");
    }
    assert!(is(Provider::Aws, "us-east-1") && !is(Provider::Aws, "US-EAST-1"));
    assert!(!is(Provider::Cloudflare, "us-east-1") && !is(Provider::Azure, "auto"));
}

#[test]
fn gpu_requests_are_read() {
    let request = |text| GpuRequest::parse(text).map(|request| (request.name, request.count));
    assert_eq!(request("h100"), Ok(("h100", GpuCount::Any)));
    assert_eq!(request("H100:8"), Ok(("H100", GpuCount::Exactly(8))));
    assert_eq!(request("Gaudi HL-205:all"), Ok(("Gaudi HL-205", GpuCount::All)));
    assert_eq!(request("h100:99999999999"), Ok(("h100", GpuCount::Exactly(u32::MAX))));
    for bad in ["h100:", "h100:0", "h100:-1", "h100:+1", "h100:1.5", "h100:8:8", "h100: 8"] {
        assert_eq!(request(bad), Err(GpuRequestError::BadCount), "{bad}");
    }
    assert_eq!(request(""), Err(GpuRequestError::NoName));
    assert_eq!(request(":8"), Err(GpuRequestError::NoName));
}

#[test]
fn additions_are_known_and_little_is_claimed_of_them() {
    let added = Additions {
        regions: vec!["us-central-9".to_owned()],
        vm_types: vec!["p9.48xlarge".to_owned(), "p5.48xlarge".to_owned()],
    };
    let catalog = Catalog::with_additions([(Provider::Aws, added)]);
    assert_eq!(catalog.region_providers("us-central-9"), ProviderSet::of(Provider::Aws));
    assert_eq!(catalog.vm_type_providers("p9.48xlarge"), ProviderSet::of(Provider::Aws));
    assert_eq!(catalog.vm_type(Provider::Aws, "p9.48xlarge").unwrap().gpu(), None);
    assert_eq!(catalog.offered(Provider::Aws, "p9.48xlarge", "us-east-1"), Offered::Yes);
    assert_eq!(catalog.offered(Provider::Aws, "m5.large", "us-central-9"), Offered::Unknown);
    assert_eq!(catalog.gpu_offered_in(Provider::Aws, gpu("h100"), None, "us-central-9"), Offered::Unknown);
    assert_eq!(catalog.zone_fit(Provider::Aws, "us-central-9", "us-central-9a"), ZoneFit::Fits);
    assert!(catalog.region(Provider::Gcp, "us-central-9").is_none());
    let near = catalog.closest_vm_types(ProviderSet::of(Provider::Aws), "p9.48xlrage");
    assert_eq!(names(&near)[0], "p9.48xlarge");

    // A built-in type that is now offered in more regions brings its GPU along.
    let eight_h100 =
        |catalog: &Catalog| catalog.gpu_offered_in(Provider::Aws, gpu("h100"), Some(8), "eu-west-3");
    assert_eq!((eight_h100(&BUILTIN), eight_h100(&catalog)), (Offered::No, Offered::Yes));
}

#[test]
fn the_nearest_regions_come_first() {
    let near = BUILTIN.regions_offering(Provider::Aws, "g6e.xlarge", Some("us-west-1"));
    assert_eq!(near[..3], ["us-west-2", "us-east-1", "us-east-2"]);
    let near = BUILTIN.regions_offering(Provider::Azure, "Standard_ND96isr_H100_v5", Some("westus2"));
    assert_eq!(near[..3], ["westus2", "westus", "westus3"]);
    // Another partition is far, however close its name is.
    let near = BUILTIN.regions_with_gpu(Provider::Aws, gpu("h100"), None, Some("us-west-1"));
    assert_eq!(near.last(), Some(&"us-gov-west-1"));
}

fn names(suggestions: &[Suggestion]) -> Vec<&str> {
    suggestions.iter().map(|suggestion| suggestion.name.as_str()).collect()
}

#[test]
fn the_closest_region_is_suggested_first() {
    let any = ProviderSet::COMPUTE;
    let aws = ProviderSet::of(Provider::Aws);
    let azure = ProviderSet::of(Provider::Azure);
    for (preferred, wrong, right) in [
        (any, "us-esat-1", "us-east-1"),
        (aws, "us-esat-1", "us-east-1"),
        (any, "eastus-1", "eastus"),
        (azure, "eastus-1", "eastus"),
        (any, "westus-2", "westus2"),
        (aws, "uswest2", "us-west-2"),
        (azure, "uswest2", "westus2"),
        (any, "US East 1", "us-east-1"),
        (azure, "East US 2", "eastus2"),
        (any, "europewest4", "europe-west4"),
        (any, "us-central-1", "us-central1"),
        (any, "us-gov-east-2", "us-gov-east-1"),
        (any, "US-EAST-1", "us-east-1"),
    ] {
        let closest = BUILTIN.closest_regions(preferred, wrong);
        assert_eq!(names(&closest).first(), Some(&right), "{wrong}");
        assert!(closest.len() <= 5);
    }
    for absurd in ["mars-north-1", "frankfurt", "x", "", "-", "ü", &"us-".repeat(1_000)] {
        assert_eq!(BUILTIN.closest_regions(any, absurd), [], "{absurd}");
    }
}

#[test]
fn the_closest_vm_type_is_suggested_first() {
    for (wrong, right) in [
        ("Standard_NC16as_T4_v2", "Standard_NC16as_T4_v3"),
        ("NC16as_T4_v3", "Standard_NC16as_T4_v3"),
        ("standard-d4s-v3", "Standard_D4s_v3"),
        ("Standrd_D4s_v3", "Standard_D4s_v3"),
        ("p4d.24xlrage", "p4d.24xlarge"),
        ("g6exlarge", "g6e.xlarge"),
        ("n1-standard4", "n1-standard-4"),
        ("gpu_8x_h100", "gpu_8x_h100_sxm5"),
        ("a2-highgpu-3g", "a2-highgpu-8g"),
    ] {
        let closest = BUILTIN.closest_vm_types(ProviderSet::COMPUTE, wrong);
        assert_eq!(names(&closest).first(), Some(&right), "{wrong}");
        assert!(closest.len() <= 5);
    }
    let sizes = BUILTIN.closest_vm_types(ProviderSet::of(Provider::Aws), "p5.24xlarge");
    assert_eq!(names(&sizes), ["p5.4xlarge", "p5.48xlarge"]);
    for absurd in ["huge", "m5.enormous", "x", "", &"Standard_".repeat(1_000)] {
        assert_eq!(BUILTIN.closest_vm_types(ProviderSet::COMPUTE, absurd), [], "{absurd}");
    }
}

#[test]
fn the_closest_gpu_is_suggested_first() {
    for (wrong, right) in [
        ("h-100", "h100"),
        ("h100-80gb", "h100"),
        ("nvidia-tesla-t4", "t4"),
        ("rtx-a6000", "a6000"),
        ("L40 S", "l40s"),
        ("a10080gb", "a100-80gb"),
        ("v1000", "v100"),
    ] {
        let closest = BUILTIN.closest_gpus(ProviderSet::COMPUTE, wrong);
        assert_eq!(names(&closest).first(), Some(&right), "{wrong}");
    }
    assert_eq!(BUILTIN.closest_gpus(ProviderSet::COMPUTE, "voodoo"), []);
    let places = BUILTIN.closest_storage_regions(ProviderSet::of(Provider::Cloudflare), "wnamm");
    assert_eq!(names(&places), ["wnam"]);
}

/// What the program says to a query.
fn listing(query: &str) -> String {
    let arguments: Vec<&str> = query.split_whitespace().collect();
    let run = run(&[&["catalog"], arguments.as_slice()].concat());
    run.out + &run.err
}

#[test]
fn listings_answer_questions() {
    let answers = [
        "vm-types --region us-east-2 --gpu h100",
        "vm-types --provider aws --region eu-west-3 --gpu h100",
        "vm-types --gpu t4:2",
        "vm-types --vm-type n2-custom-4-8192",
        "regions --vm-type standard_nd96isr_mi300x_v5",
        "regions --vm-type gpu_8x_v100",
        "zones --region us-central1",
        "gpus --provider GCP",
        "gpus --gpu h100:3",
        "regions --provider AWX",
        "regions --provider Vast",
        "regions --provider AWS --region us-central1",
        "regions --region us-esat-1",
        "regions --gpu h-100",
        "regions --vm-type Standard_NC16as_T4_v2",
        "regions --vm-type p5.48xlarge --region westus2",
    ];
    insta::assert_snapshot!(answers.map(listing).join("--\n"));
}

#[test]
fn listings_fit_80_columns() {
    for kind in ["regions", "vm-types", "gpus", "zones"] {
        for gpu in ["", "--gpu h100", "--gpu a10:3"] {
            for line in listing(&format!("{kind} {gpu}")).lines() {
                assert!(line.len() <= 80, "{line}");
            }
        }
    }
}

#[test]
fn json_listings_have_stable_keys() {
    let answers = [
        "vm-types --region us-west-1 --gpu h100",
        "regions --region us-central1",
        "zones --region us-central1",
        "gpus --provider GCP --gpu p4",
    ];
    insta::assert_snapshot!(answers.map(|query| listing(&format!("{query} --format json"))).concat());
}
