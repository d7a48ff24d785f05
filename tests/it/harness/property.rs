//! What holds for everything that chance makes. What breaks it is made small before it is shown.

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::Random;

/// How many cases are tried: `CASES=50000` tries that many of everything.
pub fn cases(usual: u32) -> u32 {
    std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// Tries a property, which panics where it does not hold, with lists of numbers that decide: the same in every run.
pub fn holds(cases: u32, property: impl Fn(&mut Random)) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 1000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&vec(any::<u16>(), 0..400), |numbers| {
        property(&mut Random::of(numbers));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
