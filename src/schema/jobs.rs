//! The section `submissions`: what runs, and how often.
//!
//! The fields are those of the admission body of SDK 0.1.70 (`WorkloadAdmissionInput`); `profile`, `cloudConfig` and
//! what makes several jobs of one submission are this format's own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::model::{Bases, GpuType, OneOrMany, Profile};

/// One submission: a job, or several that differ in some fields. It needs `image` or `deployment`.
///
/// A field set to `null` clears what the submission would inherit.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "submission",
    extend("patternProperties" = {"^x-": true}),
    extend("examples" = [{"profile": "west", "image": "ghcr.io/acme/train:1.4", "command": ["python", "train.py"]}])
)]
pub struct Submission {
    /// The submission, or the submissions in order, that this one starts from: `Submission.replace()`.
    ///
    /// Each base is applied whole and later ones win; then come the submission's own fields. A field that is set
    /// replaces the inherited value whole: `env`, `secrets`, `command` and `dockerOptions` are never merged.
    #[serde(default)]
    #[schemars(with = "Bases", extend("examples" = [".train", [".train", ".debug"]]))]
    pub extends: Bases,

    /// The profile that the job runs with: where, on what and as whom.
    #[schemars(length(min = 1), extend("examples" = ["west"]))]
    pub profile: Option<String>,

    /// Fields of the profile that differ for this job: `profile.replace(…)`. `null` clears one.
    #[schemars(extend("examples" = [{"spot": false}]))]
    pub cloud_config: Option<CloudConfig>,

    /// The container image to run. Excludes `deployment`.
    #[schemars(length(min = 1), extend("examples" = ["ghcr.io/acme/train:1.4"]))]
    pub image: Option<String>,

    /// The deployment to send the job to, by name or id (since SDK 0.1.65). Excludes `image`; image, environment
    /// and machine are the deployment's own.
    #[schemars(length(min = 1), extend("examples" = ["trainers"]))]
    pub deployment: Option<String>,

    /// The command and its arguments, each an item of the list; without it the image's own. No shell reads it.
    #[schemars(extend("examples" = [["python", "train.py", "--epochs", "50"]]))]
    pub command: Option<Vec<String>>,

    /// Environment variables. All values are strings: `LR: "0.01"`. Secrets belong into `secrets`.
    #[schemars(extend("examples" = [{"LR": "0.01"}]))]
    pub env: Option<BTreeMap<String, String>>,

    /// The names of saved secrets (`anycloud secrets new`) that the job gets as environment variables.
    #[schemars(extend("examples" = [["hf-token"]]))]
    pub secrets: Option<Vec<String>>,

    /// Options for the container runtime.
    pub docker_options: Option<DockerOptions>,

    /// The job's id; a new one without it. Two jobs can't share one.
    #[schemars(length(min = 1), extend("examples" = ["lr-sweep-1e-3"]))]
    pub id: Option<String>,

    /// The GPU, as in a profile. Beats the profile's.
    #[schemars(extend("examples" = ["h100:8", ["h100:8", "a100:8"]]))]
    pub gpu_type: Option<OneOrMany<GpuType>>,

    /// Volumes of the cluster (since SDK 0.1.68).
    #[schemars(extend("examples" = [[{"name": "state", "path": "/mnt/state"}]]))]
    pub mounts: Option<Vec<Mount>>,

    /// On how many nodes the job runs at once (since SDK 0.1.68). More than one needs `launch: distributed`.
    #[schemars(range(min = 1, max = 9_007_199_254_740_991_u64))]
    pub nodes: Option<u64>,

    /// The GPUs to use on each node (since SDK 0.1.68).
    #[schemars(range(min = 1, max = 9_007_199_254_740_991_u64))]
    pub gpus_per_node: Option<u64>,

    /// Whether the command is started once or on every node (since SDK 0.1.68).
    pub launch: Option<Launch>,

    /// The longest time that the job may run, in seconds (since SDK 0.1.68).
    #[schemars(range(min = 1, max = 9_007_199_254_740_991_u64), extend("examples" = [3600]))]
    pub time_limit: Option<u64>,

    /// Whether the job can go on where it was interrupted (since SDK 0.1.68).
    pub resumable: Option<bool>,

    /// The node pool to run in (since SDK 0.1.65).
    #[schemars(length(min = 1))]
    pub node_pool: Option<String>,

    /// One job for each entry: the submission with the entry's fields in place of its own. Up to 256.
    #[schemars(extend("examples" = [[{"profile": "west"}, {"profile": "east", "env": {"LR": "0.1"}}]]))]
    pub fan_out: Option<Vec<Variant>>,

    /// One job for each combination of the values listed here, up to 256; the last key runs fastest. Excludes
    /// `fanOut`.
    #[schemars(extend("examples" = [{"profile": ["west", "east"], "gpuType": ["h100:8", "a100:8"]}]))]
    pub matrix: Option<Matrix>,

    /// Combinations of `matrix` to leave out: those that have all the values of an entry.
    #[schemars(extend("examples" = [[{"profile": "east", "gpuType": "a100:8"}]]))]
    pub exclude: Option<Vec<Variant>>,
}

/// Options for the container runtime.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "Docker options", extend("examples" = [{"shmSize": "8g"}]))]
pub struct DockerOptions {
    /// Files and folders of the host to mount: `/host:/container`.
    pub binds: Option<Vec<String>>,
    /// The share of the processors: `"4"`, `"1.5"`.
    #[schemars(extend("examples" = ["4"]))]
    pub cpus: Option<String>,
    /// The GPUs that the container sees: `all`, or a number.
    #[schemars(extend("examples" = ["all"]))]
    pub gpus: Option<String>,
    /// The IPC mode, such as `host`.
    pub ipc: Option<String>,
    /// The most memory: `"64g"`.
    #[schemars(extend("examples" = ["64g"]))]
    pub memory: Option<String>,
    /// The network mode, such as `host` (since SDK 0.1.63).
    pub network: Option<String>,
    /// Whether the container may do all that the host may (since SDK 0.1.64).
    pub privileged: Option<bool>,
    /// The container runtime, such as `nvidia`.
    pub runtime: Option<String>,
    /// The size of shared memory: `"8g"`. `PyTorch`'s data loaders and NCCL need more than the default.
    #[schemars(extend("examples" = ["8g"]))]
    pub shm_size: Option<String>,
    /// Resource limits: `memlock=-1`.
    pub ulimits: Option<Vec<String>>,
}

/// A volume and where the job sees it.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "mount")]
pub struct Mount {
    /// `state`, or the path of a folder on the node.
    pub name: String,
    /// The path in the container.
    pub path: String,
    /// Whether the job can only read it.
    pub ro: Option<bool>,
}

/// How a job starts on its nodes.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Launch {
    /// Once.
    Single,
    /// On every node.
    Distributed,
}

/// The fields of another type, changed.
macro_rules! derived {
    ($($(#[$doc:meta])* $type:ident($words:literal) = $change:path;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub struct $type;

            impl JsonSchema for $type {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($type).into()
                }

                fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                    let mut schema = $change(generator);
                    schema.remove("examples");
                    schema.remove("title");
                    schema.insert("description".into(), $words.into());
                    schema
                }
            }
        )*
    };
}

derived! {
    /// A profile's own fields.
    CloudConfig("Fields of a profile that differ for this job; `null` clears one.") = cloud_config;
    /// A submission's own fields.
    Variant("Fields of the submission that differ for this job; `null` clears one.") = variant;
    /// A list for each field.
    Matrix("For each field that differs the list of its values. One job for each combination.") = matrix;
}

fn without(mut schema: Schema, names: &[&str]) -> Schema {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.retain(|name, _| !names.contains(&name.as_str()));
    }
    schema
}

fn cloud_config(generator: &mut SchemaGenerator) -> Schema {
    without(Profile::json_schema(generator), &["extends"])
}

fn variant(generator: &mut SchemaGenerator) -> Schema {
    let schema = own_schema(generator);
    without(schema, &["extends", "fanOut", "matrix", "exclude"])
}

fn matrix(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = variant(generator);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (_, property) in properties.iter_mut() {
            let description = property.get("description").cloned().unwrap_or_default();
            let mut items = std::mem::take(property);
            if let Value::Object(items) = &mut items {
                items.remove("description");
            }
            *property = json!({"description": description, "type": "array", "items": items});
        }
    }
    schema.insert("patternProperties".into(), Map::new().into());
    schema.remove("patternProperties");
    schema
}

/// The schema of a submission without those that are made from it: they would never end.
fn own_schema(generator: &mut SchemaGenerator) -> Schema {
    Submission::json_schema(generator)
}
