//! The versions of the SDK, and with which of them a part of the format came.
//!
//! Read from the packages themselves, 0.1.60 to 0.1.70: `anycloud/types.py` up to 0.1.62, the models of the admission
//! body in `anycloud/models` since.

use std::fmt;

use crate::profile::Field;
use crate::submission::JobField;

/// A version of anycloud-sdk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sdk([u32; 3]);

impl Sdk {
    /// The last version but two with `CloudConfig`, `Submission` and their `replace()`: the one that is written for.
    pub const V0_1_60: Self = Self([0, 1, 60]);
    /// The first version with lists, names of storage credentials, and a GPU beside the configuration.
    pub const V0_1_63: Self = Self([0, 1, 63]);
    /// The version whose admission body the format follows.
    pub const V0_1_70: Self = Self([0, 1, 70]);

    /// Reads a version such as `0.1.60`.
    pub fn read(version: &str) -> Option<Self> {
        let numbers: Option<Vec<u32>> = version.split('.').map(|number| number.parse().ok()).collect();
        Some(Self(numbers?.try_into().ok()?))
    }
}

impl fmt::Display for Sdk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(out, "{major}.{minor}.{patch}")
    }
}

/// The version that a field of submissions came with, if it is newer than what the oldest had by any name.
pub const fn since(field: JobField) -> Option<Sdk> {
    match field {
        JobField::Deployment | JobField::NodePool => Some(Sdk([0, 1, 65])),
        JobField::Mounts
        | JobField::Nodes
        | JobField::GpusPerNode
        | JobField::Launch
        | JobField::TimeLimit
        | JobField::Resumable => Some(Sdk([0, 1, 68])),
        _ => None,
    }
}

/// The version that a Docker option came with.
pub fn docker_option_since(option: &str) -> Option<Sdk> {
    match option {
        "network" => Some(Sdk::V0_1_63),
        "privileged" => Some(Sdk([0, 1, 64])),
        _ => None,
    }
}

/// The version that a key of credential objects came with.
pub fn credential_key_since(key: &str) -> Option<Sdk> {
    matches!(key, "sessionToken" | "billingExportDataset").then_some(Sdk::V0_1_63)
}

/// Whether a field of profiles holds the name of credentials for storage: before 0.1.63 it took an object only.
pub const fn is_storage_credentials(field: Field) -> bool {
    matches!(
        field,
        Field::InputStorageCredentials
            | Field::OutputStorageCredentials
            | Field::CheckpointStorageCredentials
    )
}

/// The version that took credential objects of Cloudflare first.
pub const CLOUDFLARE_SINCE: Sdk = Sdk([0, 1, 68]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_three_numbers() {
        assert_eq!(Sdk::read("0.1.60"), Some(Sdk::V0_1_60));
        assert_eq!(Sdk::read("0.1.63").map(|sdk| sdk.to_string()), Some("0.1.63".into()));
        for word in ["0.1", "0.1.60rc1", "latest", "", "0.1.60.1", "-1.0.0", "0.1.99999999999"] {
            assert_eq!(Sdk::read(word), None, "{word}");
        }
        assert!(Sdk::read("0.2.0") > Some(Sdk::V0_1_70) && Sdk::read("0.1.9") < Some(Sdk::V0_1_60));
    }
}
