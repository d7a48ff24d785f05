//! The fields of a profile, in the order in which they are printed.

/// The number of fields that a profile can set, `extends` not among them.
pub const FIELD_COUNT: usize = 20;

/// A field of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are those of the format, and the model documents them")]
pub enum Field {
    CloudProvider,
    Region,
    AvailabilityZone,
    VmType,
    GpuType,
    Credentials,
    InputBucket,
    OutputBucket,
    CheckpointBucket,
    InputStorageCredentials,
    OutputStorageCredentials,
    CheckpointStorageCredentials,
    InputStorageRegion,
    OutputStorageRegion,
    CheckpointStorageRegion,
    MinVmCount,
    MaxVmCount,
    Spot,
    DiskSizeGb,
    DiskTier,
}

impl Field {
    /// Every field, in the order of the format's table.
    pub const ALL: [Self; FIELD_COUNT] = [
        Self::CloudProvider,
        Self::Region,
        Self::AvailabilityZone,
        Self::VmType,
        Self::GpuType,
        Self::Credentials,
        Self::InputBucket,
        Self::OutputBucket,
        Self::CheckpointBucket,
        Self::InputStorageCredentials,
        Self::OutputStorageCredentials,
        Self::CheckpointStorageCredentials,
        Self::InputStorageRegion,
        Self::OutputStorageRegion,
        Self::CheckpointStorageRegion,
        Self::MinVmCount,
        Self::MaxVmCount,
        Self::Spot,
        Self::DiskSizeGb,
        Self::DiskTier,
    ];

    /// The field's name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CloudProvider => "cloudProvider",
            Self::Region => "region",
            Self::AvailabilityZone => "availabilityZone",
            Self::VmType => "vmType",
            Self::GpuType => "gpuType",
            Self::Credentials => "credentials",
            Self::InputBucket => "inputBucket",
            Self::OutputBucket => "outputBucket",
            Self::CheckpointBucket => "checkpointBucket",
            Self::InputStorageCredentials => "inputStorageCredentials",
            Self::OutputStorageCredentials => "outputStorageCredentials",
            Self::CheckpointStorageCredentials => "checkpointStorageCredentials",
            Self::InputStorageRegion => "inputStorageRegion",
            Self::OutputStorageRegion => "outputStorageRegion",
            Self::CheckpointStorageRegion => "checkpointStorageRegion",
            Self::MinVmCount => "minVmCount",
            Self::MaxVmCount => "maxVmCount",
            Self::Spot => "spot",
            Self::DiskSizeGb => "diskSizeGb",
            Self::DiskTier => "diskTier",
        }
    }

    /// The field with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "cloudProvider" => Self::CloudProvider,
            "region" => Self::Region,
            "availabilityZone" => Self::AvailabilityZone,
            "vmType" => Self::VmType,
            "gpuType" => Self::GpuType,
            "credentials" => Self::Credentials,
            "inputBucket" => Self::InputBucket,
            "outputBucket" => Self::OutputBucket,
            "checkpointBucket" => Self::CheckpointBucket,
            "inputStorageCredentials" => Self::InputStorageCredentials,
            "outputStorageCredentials" => Self::OutputStorageCredentials,
            "checkpointStorageCredentials" => Self::CheckpointStorageCredentials,
            "inputStorageRegion" => Self::InputStorageRegion,
            "outputStorageRegion" => Self::OutputStorageRegion,
            "checkpointStorageRegion" => Self::CheckpointStorageRegion,
            "minVmCount" => Self::MinVmCount,
            "maxVmCount" => Self::MaxVmCount,
            "spot" => Self::Spot,
            "diskSizeGb" => Self::DiskSizeGb,
            "diskTier" => Self::DiskTier,
            _ => return None,
        })
    }
}

/// One of the three buckets that a profile can name, with the fields that belong to it.
#[derive(Clone, Copy, Debug)]
pub struct Storage {
    /// The bucket's name.
    pub bucket: Field,
    /// Its credentials.
    pub credentials: Field,
    /// Its region.
    pub region: Field,
}

impl Storage {
    /// Input, output and checkpoints.
    pub const ALL: [Self; 3] = [
        Self {
            bucket: Field::InputBucket,
            credentials: Field::InputStorageCredentials,
            region: Field::InputStorageRegion,
        },
        Self {
            bucket: Field::OutputBucket,
            credentials: Field::OutputStorageCredentials,
            region: Field::OutputStorageRegion,
        },
        Self {
            bucket: Field::CheckpointBucket,
            credentials: Field::CheckpointStorageCredentials,
            region: Field::CheckpointStorageRegion,
        },
    ];
}
