//! The fields of a submission, in the order in which they are printed.

/// Makes [`JobField`] from a table in which each field stands once.
macro_rules! fields {
    ($($field:ident $name:literal,)*) => {
        /// A field of a submission.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the names are those of the format, and the model documents them")]
        pub enum JobField {
            $($field,)*
        }

        impl JobField {
            /// Every field, in the order of the format's table.
            pub const ALL: [Self; JOB_FIELD_COUNT] = [$(Self::$field,)*];

            /// The field's name in the file.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$field => $name,)*
                }
            }

            /// The field with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$field),)*
                    _ => None,
                }
            }
        }

        /// The number of fields that a submission can set, `extends` not among them.
        pub const JOB_FIELD_COUNT: usize = [$($name,)*].len();
    };
}

fields! {
    Image "image",
    Deployment "deployment",
    Command "command",
    Env "env",
    Secrets "secrets",
    DockerOptions "dockerOptions",
    Id "id",
    GpuType "gpuType",
    Mounts "mounts",
    Nodes "nodes",
    GpusPerNode "gpusPerNode",
    Launch "launch",
    TimeLimit "timeLimit",
    Resumable "resumable",
    NodePool "nodePool",
    Profile "profile",
    CloudConfig "cloudConfig",
    FanOut "fanOut",
    Matrix "matrix",
    Exclude "exclude",
}

impl JobField {
    /// Whether the admission body has it by this name. `profile` and `cloudConfig` come to the body's own
    /// `cloudConfig`, the others say which jobs there are.
    pub const fn is_wire(self) -> bool {
        !self.makes_jobs() && !matches!(self, Self::Profile | Self::CloudConfig)
    }

    /// Whether it says which jobs there are.
    pub const fn makes_jobs(self) -> bool {
        matches!(self, Self::FanOut | Self::Matrix | Self::Exclude)
    }

    /// Whether a job that targets a deployment can have it: the rest is the deployment's own.
    pub const fn fits_deployment(self) -> bool {
        !matches!(
            self,
            Self::Image
                | Self::Command
                | Self::Env
                | Self::Secrets
                | Self::DockerOptions
                | Self::GpuType
                | Self::NodePool
                | Self::Profile
                | Self::CloudConfig
        )
    }
}
