//! Look-ups, which every profile makes, and suggestions, which only findings need.

use anycloud_lint::catalog::{Catalog, Gpu, Provider, ProviderSet};
use divan::{Bencher, black_box};

static CATALOG: Catalog = Catalog::builtin();

fn main() {
    divan::main();
}

#[divan::bench(args = ["us-east-1", "westus2", "no-such-region"])]
fn region_providers(name: &str) -> ProviderSet {
    CATALOG.region_providers(black_box(name))
}

#[divan::bench(args = ["p5.48xlarge", "Standard_ND96isr_H100_v5", "n2-custom-4-8192", "no-such-type"])]
fn vm_type_providers(name: &str) -> ProviderSet {
    CATALOG.vm_type_providers(black_box(name))
}

#[divan::bench(args = [
    (Provider::Aws, "p5.48xlarge", "us-east-1"),
    (Provider::Azure, "standard_nd96isr_h100_v5", "westus2"),
    (Provider::Gcp, "n2-custom-4-8192", "us-central1"),
])]
fn offered(bencher: Bencher, (provider, vm_type, region): (Provider, &str, &str)) {
    bencher.bench(|| CATALOG.offered(provider, black_box(vm_type), black_box(region)));
}

#[divan::bench(args = ["h100", "A100_80GB", "no-such-gpu"])]
fn gpu_name(name: &str) -> Option<Gpu> {
    Gpu::from_name(black_box(name))
}

#[divan::bench(args = [Provider::Aws, Provider::Gcp, Provider::Azure])]
fn gpu_offered_in(bencher: Bencher, provider: Provider) {
    let region = CATALOG.regions(provider).last().map_or("", |region| region.name());
    let Some(gpu) = Gpu::from_name("h100") else { return };
    bencher.bench(|| CATALOG.gpu_offered_in(provider, black_box(gpu), Some(8), black_box(region)));
}

#[divan::bench(args = ["us-esat-1", "eastus-1", "nowhere-near"])]
fn closest_regions(bencher: Bencher, name: &str) {
    bencher.bench(|| CATALOG.closest_regions(ProviderSet::COMPUTE, black_box(name)));
}

#[divan::bench(args = ["Standard_NC16as_T4_v2", "p5.24xlarge", "n2-standrad-4", "nothing-of-the-kind"])]
fn closest_vm_types(bencher: Bencher, name: &str) {
    bencher.bench(|| CATALOG.closest_vm_types(ProviderSet::COMPUTE, black_box(name)));
}

#[divan::bench(args = ["h-100", "no-such-gpu"])]
fn closest_gpus(bencher: Bencher, name: &str) {
    bencher.bench(|| CATALOG.closest_gpus(ProviderSet::COMPUTE, black_box(name)));
}

#[divan::bench]
fn regions_offering_nearest_first() -> Vec<&'static str> {
    CATALOG.regions_offering(Provider::Aws, black_box("m5.large"), Some("us-west-1"))
}
