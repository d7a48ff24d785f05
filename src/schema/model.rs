//! The format of `anycloud.yaml`, once: the types below are the schema, and their comments are what an
//! editor shows.
//!
//! Nothing is ever parsed into these types: the linter checks the spanned tree against the schema that is
//! generated from them, so that every finding has its place. They follow the fields of
//! `anycloud.types.CloudConfig` of the Python SDK (0.1.60) and of the admission body of its 0.1.70.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::jobs::Submission;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Deployment profiles for anycloud: each says where and how a job runs.
///
/// A profile maps one to one to the SDK's `CloudConfig`. Profiles can extend each other, as
/// `CloudConfig.replace()` makes a copy with some fields changed.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "anycloud.yaml",
    extend("patternProperties" = {"^x-": true}),
    extend("examples" = [{"version": 1, "profiles": {"train": {"credentials": "my-aws", "gpuType": "h100:8", "region": "us-east-2"}}}])
)]
pub struct AnycloudFile {
    /// The version of this format. There is one so far: `1`.
    #[serde(default)]
    #[schemars(with = "Version")]
    pub version: Version,

    /// The profiles by name.
    ///
    /// A name has up to 63 letters, digits, `_`, `.` and `-`, and begins with a letter or a digit. With a
    /// `.` in front it is a template: others extend it, and it is left out of the resolved output.
    // The pattern with the length in it, `{0,62}`, means the same and takes ten times as long to compile.
    #[schemars(extend("minProperties" = 1, "propertyNames" = {
        "pattern": r"^\.?[A-Za-z0-9][A-Za-z0-9_.-]*$",
        "anyOf": [{"maxLength": 63}, {"maxLength": 64, "pattern": r"^\."}]
    }))]
    pub profiles: BTreeMap<String, Option<Profile>>,

    /// What runs with the profiles, by name: jobs, and fan-outs of jobs.
    ///
    /// A name is made as a profile's. With a `.` in front it is a template: others extend it, and it runs nothing
    /// itself.
    #[schemars(with = "BTreeMap<String, Option<Submission>>", extend("propertyNames" = {
        "pattern": r"^\.?[A-Za-z0-9][A-Za-z0-9_.-]*$",
        "anyOf": [{"maxLength": 63}, {"maxLength": 64, "pattern": r"^\."}]
    }))]
    #[serde(default)]
    pub submissions: BTreeMap<String, Option<Submission>>,
}

/// One profile: where and how a job runs. Every field is optional.
///
/// A field set to `null` clears what the profile would inherit.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "profile",
    extend("patternProperties" = {"^x-": true}),
    extend("examples" = [{"credentials": "azure2", "vmType": "Standard_NC16as_T4_v3", "region": "westus2", "spot": true}])
)]
pub struct Profile {
    /// The profile, or the profiles in order, that this one starts from.
    ///
    /// Each base is applied whole and later ones win; then come the profile's own fields. A field that is set
    /// replaces the inherited value: lists and credential objects are never merged.
    #[serde(default)]
    #[schemars(with = "Bases", extend("examples" = ["base", ["base", "spot"]]))]
    pub extends: Bases,

    /// The cloud that runs the job. Usually left out: credentials, `vmType` and `region` tell it too, and all
    /// of them must name the same one.
    pub cloud_provider: Option<ComputeProvider>,

    /// The region to run in, by the provider's own name: `us-east-1` on AWS, `us-central1` on GCP, `westus2`
    /// on Azure. The VM type or GPU must be offered there.
    #[schemars(length(min = 1), extend("examples" = ["us-east-1", "us-central1", "westus2"]))]
    pub region: Option<String>,

    /// One zone of the region: `us-east-1a` on AWS, `us-central1-a` on GCP, `"1"` (with quotes) on Azure.
    #[schemars(length(min = 1), extend("examples" = ["us-east-1a", "us-central1-a", "1"]))]
    pub availability_zone: Option<String>,

    /// The exact VM type, or a list of them in the order in which to try them (a list since SDK 0.1.63).
    ///
    /// Excludes `gpuType`: set this one where the machine matters or no GPU is needed.
    #[schemars(extend("examples" = ["g6e.xlarge", "Standard_NC16as_T4_v3", ["g6e.xlarge", "g5.xlarge"]]))]
    pub vm_type: Option<OneOrMany<VmType>>,

    /// The GPU by name, with a count where one matters, or a list of them in the order in which to try them:
    /// `h100`, `a100:8`, `h100:all`. anycloud picks a VM type that has it.
    ///
    /// Excludes `vmType`: set this one where the GPU matters and the machine does not. Up to SDK 0.1.62 a profile has
    /// none: there the GPU is said where the job starts.
    #[schemars(extend("examples" = ["h100", "a100:8", ["h100:8", "a100:8"]]))]
    pub gpu_type: Option<OneOrMany<GpuType>>,

    /// Who pays: the name of credentials saved with `anycloud credentials new`, or a credential object.
    ///
    /// Prefer the name: an object puts a secret into the file. Without either, anycloud takes the saved
    /// credentials if there is just one set.
    #[schemars(extend("examples" = ["my-aws"]))]
    pub credentials: Option<Credentials<ComputeCredential>>,

    /// The bucket that the job reads from.
    #[schemars(length(min = 1), extend("examples" = ["eval-data"]))]
    pub input_bucket: Option<String>,

    /// The bucket that the job writes to. Must differ from `inputBucket` on the same storage.
    #[schemars(length(min = 1), extend("examples" = ["eval-results"]))]
    pub output_bucket: Option<String>,

    /// The bucket that checkpoints go to, so that a job which lost its spot VM can go on.
    #[schemars(length(min = 1), extend("examples" = ["train-checkpoints"]))]
    pub checkpoint_bucket: Option<String>,

    /// Credentials for `inputBucket` where it is not on the cloud that computes (a name since SDK 0.1.63).
    pub input_storage_credentials: Option<Credentials<StorageCredential>>,

    /// Credentials for `outputBucket` where it is not on the cloud that computes (a name since SDK 0.1.63).
    pub output_storage_credentials: Option<Credentials<StorageCredential>>,

    /// Credentials for `checkpointBucket` where it is not on the cloud that computes (a name since SDK 0.1.63).
    pub checkpoint_storage_credentials: Option<Credentials<StorageCredential>>,

    /// The region of `inputBucket`, by its own provider's name.
    #[schemars(length(min = 1), extend("examples" = ["us-east-1", "auto"]))]
    pub input_storage_region: Option<String>,

    /// The region of `outputBucket`, by its own provider's name.
    #[schemars(length(min = 1), extend("examples" = ["eastus"]))]
    pub output_storage_region: Option<String>,

    /// The region of `checkpointBucket`, by its own provider's name.
    #[schemars(length(min = 1), extend("examples" = ["us-central1"]))]
    pub checkpoint_storage_region: Option<String>,

    /// The fewest VMs to keep. At most `maxVmCount`.
    #[schemars(range(max = i64::MAX), extend("examples" = [0, 1]))]
    pub min_vm_count: Option<u64>,

    /// The most VMs to start. At least `minVmCount`.
    #[schemars(range(max = i64::MAX), extend("examples" = [4]))]
    pub max_vm_count: Option<u64>,

    /// Whether to use spot capacity: cheaper, and the provider may take the VM back at any time.
    pub spot: Option<bool>,

    /// The size of the VM's disk in GB.
    #[schemars(range(min = 1, max = i64::MAX), extend("examples" = [400]))]
    pub disk_size_gb: Option<u64>,

    /// How fast the VM's disk is.
    pub disk_tier: Option<DiskTier>,
}

/// A profile's name, or a list of them.
#[derive(Debug, Default, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Bases {
    /// No base.
    #[default]
    #[schemars(skip)]
    None,
    /// One base.
    One(#[schemars(length(min = 1))] String),
    /// Bases in the order in which they apply.
    Many(#[schemars(length(min = 1), inner(length(min = 1)))] Vec<String>),
}

/// One value, or a list of them in order of preference.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum OneOrMany<T> {
    /// The only choice.
    One(T),
    /// The choices, first to last.
    Many(#[schemars(length(min = 1))] Vec<T>),
}

/// The name of a VM type at its provider.
#[derive(Debug, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct VmType(#[schemars(length(min = 1))] pub String);

/// A GPU: `NAME` for any count, `NAME:COUNT` for that many on one VM, `NAME:all` for all that a VM has.
#[derive(Debug, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct GpuType(#[schemars(regex(pattern = "^[ -9;-~]+(:([1-9][0-9]*|all))?$"))] pub String);

/// A cloud that can run a job.
#[derive(Debug, JsonSchema)]
#[schemars(inline)]
pub enum ComputeProvider {
    /// Amazon Web Services.
    #[serde(rename = "AWS")]
    Aws,
    /// Google Cloud.
    #[serde(rename = "GCP")]
    Gcp,
    /// Microsoft Azure.
    Azure,
    /// Lambda Cloud.
    Lambda,
    /// This machine.
    Local,
}

/// The speed of a disk.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum DiskTier {
    /// The provider's standard disk.
    Medium,
    /// A fast disk.
    High,
    /// The fastest disk that the provider has.
    Ultra,
}

impl DiskTier {
    /// What they are called in the file.
    pub const NAMES: [&str; 3] = ["medium", "high", "ultra"];
}

/// The name of saved credentials, or the credentials themselves.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Credentials<T> {
    /// A saved credential's name.
    Name(#[schemars(length(min = 1))] String),
    /// A credential object.
    Object(T),
}

/// Credentials that can run a job.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ComputeCredential {
    /// Amazon Web Services.
    Aws(AwsCredential),
    /// Google Cloud.
    Gcp(GcpCredential),
    /// Microsoft Azure.
    Azure(AzureCredential),
    /// Lambda Cloud.
    Lambda(LambdaCredential),
}

/// Credentials that can reach a bucket.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum StorageCredential {
    /// Amazon Web Services.
    Aws(AwsCredential),
    /// Google Cloud.
    Gcp(GcpCredential),
    /// Microsoft Azure.
    Azure(AzureCredential),
    /// Lambda Cloud.
    Lambda(LambdaCredential),
    /// Cloudflare R2.
    Cloudflare(CloudflareCredential),
}

/// An AWS access key.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "AWS credential")]
pub struct AwsCredential {
    /// Always `AWS`.
    pub cloud_provider: AwsName,
    /// The access key's id: `AKIA…` or `ASIA…`.
    #[schemars(length(min = 1))]
    pub access_key_id: String,
    /// The access key's secret part.
    #[schemars(length(min = 1), extend("writeOnly" = true))]
    pub secret_access_key: String,
    /// The token that goes with a temporary key.
    #[schemars(with = "String", length(min = 1), extend("writeOnly" = true))]
    #[serde(default)]
    pub session_token: String,
}

/// A key of a GCP service account.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "GCP credential")]
pub struct GcpCredential {
    /// Always `GCP`.
    pub cloud_provider: GcpName,
    /// The project's id.
    #[schemars(length(min = 1))]
    pub project_id: String,
    /// The private key in PEM form.
    #[schemars(length(min = 1), extend("writeOnly" = true))]
    pub private_key: String,
    /// The service account's address.
    #[schemars(length(min = 1))]
    pub client_email: String,
    /// The BigQuery dataset that billing is exported to.
    #[schemars(with = "String", length(min = 1))]
    #[serde(default)]
    pub billing_export_dataset: String,
}

/// An Azure service principal.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "Azure credential")]
pub struct AzureCredential {
    /// Always `Azure`.
    pub cloud_provider: AzureName,
    /// The application's (client's) id.
    #[schemars(length(min = 1))]
    pub application_id: String,
    /// The client secret.
    #[schemars(length(min = 1), extend("writeOnly" = true))]
    pub secret: String,
    /// The directory's (tenant's) id.
    #[schemars(length(min = 1))]
    pub directory_id: String,
    /// The subscription's id.
    #[schemars(length(min = 1))]
    pub subscription_id: String,
}

/// A Lambda Cloud API key.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "Lambda credential")]
pub struct LambdaCredential {
    /// Always `Lambda`.
    pub cloud_provider: LambdaName,
    /// The API key.
    #[schemars(length(min = 1), extend("writeOnly" = true))]
    pub api_key: String,
}

/// A Cloudflare R2 token. For storage only.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "Cloudflare credential")]
pub struct CloudflareCredential {
    /// Always `Cloudflare`.
    pub cloud_provider: CloudflareName,
    /// The account's id.
    #[schemars(length(min = 1))]
    pub account_id: String,
    /// The API token.
    #[schemars(length(min = 1), extend("writeOnly" = true))]
    pub api_token: String,
    /// Where the data must stay.
    #[schemars(with = "Jurisdiction")]
    #[serde(default)]
    pub jurisdiction: Jurisdiction,
}

/// Where Cloudflare keeps the data of a bucket.
#[derive(Debug, Default, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Jurisdiction {
    /// Anywhere.
    #[default]
    Default,
    /// In the European Union.
    Eu,
    /// In the United States, for `FedRAMP`.
    Fedramp,
}

/// A type whose only value is one constant.
macro_rules! constants {
    ($($type:ident = $value:expr),* $(,)?) => {
        $(
            #[doc = concat!("The constant `", stringify!($value), "`.")]
            #[derive(Debug, Default)]
            pub struct $type;

            impl JsonSchema for $type {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    stringify!($type).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "const": $value })
                }
            }
        )*
    };
}

constants! {
    Version = 1,
    AwsName = "AWS",
    GcpName = "GCP",
    AzureName = "Azure",
    LambdaName = "Lambda",
    CloudflareName = "Cloudflare",
}
