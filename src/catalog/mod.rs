//! What the clouds offer: providers, regions, zones, VM types and GPUs.
pub mod provider;

pub use provider::{Provider, ProviderSet};
