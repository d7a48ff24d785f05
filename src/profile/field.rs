//! The fields of a profile, in the order in which they are printed.

/// Makes the enum of a section's fields, and their number, from a table in which each field stands once.
macro_rules! field_table {
    ($(#[$about:meta])* $name:ident, $(#[$about_count:meta])* $count:ident: $($field:ident $key:literal,)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the names are those of the format, and the model documents them")]
        pub enum $name {
            $($field,)*
        }

        impl $name {
            /// Every field, in the order of the format's table.
            pub const ALL: [Self; $count] = [$(Self::$field,)*];

            /// The field's name in the file.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$field => $key,)*
                }
            }

            /// The field with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($key => Some(Self::$field),)*
                    _ => None,
                }
            }
        }

        $(#[$about_count])*
        pub const $count: usize = [$($key,)*].len();
    };
}
pub(crate) use field_table;

field_table! {
    /// A field of a profile.
    Field,
    /// The number of fields that a profile can set, `extends` not among them.
    FIELD_COUNT:
    CloudProvider "cloudProvider",
    Region "region",
    AvailabilityZone "availabilityZone",
    VmType "vmType",
    GpuType "gpuType",
    Credentials "credentials",
    InputBucket "inputBucket",
    OutputBucket "outputBucket",
    CheckpointBucket "checkpointBucket",
    InputStorageCredentials "inputStorageCredentials",
    OutputStorageCredentials "outputStorageCredentials",
    CheckpointStorageCredentials "checkpointStorageCredentials",
    InputStorageRegion "inputStorageRegion",
    OutputStorageRegion "outputStorageRegion",
    CheckpointStorageRegion "checkpointStorageRegion",
    MinVmCount "minVmCount",
    MaxVmCount "maxVmCount",
    Spot "spot",
    DiskSizeGb "diskSizeGb",
    DiskTier "diskTier",
}

/// Some of the fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldSet(u32);

impl FieldSet {
    /// Every field.
    pub const ALL: Self = Self((1 << FIELD_COUNT) - 1);

    /// The fields of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a field is among them.
    pub const fn contains(self, field: Field) -> bool {
        self.0 & (1 << field as u32) != 0
    }
}

impl FromIterator<Field> for FieldSet {
    fn from_iter<T: IntoIterator<Item = Field>>(fields: T) -> Self {
        Self(fields.into_iter().fold(0, |set, field| set | (1 << field as u32)))
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
