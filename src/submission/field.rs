//! The fields of a submission, in the order in which they are printed.

use crate::profile::field_table;

field_table! {
    /// A field of a submission.
    JobField,
    /// The number of fields that a submission can set, `extends` not among them.
    JOB_FIELD_COUNT:
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
