//! The schema as tables. `cargo xtask generate` writes them.

use super::fits::{Constant, Keyword, Schema, Types};
use super::patterns::{is_gpu, is_name, is_template_name};

pub(super) const DOCUMENT: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("version", &[Keyword::Enum(&[Constant::Integer(1)])]),
    ("profiles", &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[], is_open: false, others: Some(&[Keyword::AnyOf(&[PROFILE, &[Keyword::Type(Types(Types::NULL))]])]) }, Keyword::MinMembers(1), Keyword::Names(&[Keyword::AnyOf(&[&[Keyword::MaxLength(63)], &[Keyword::MaxLength(64), Keyword::Format(is_template_name)]]), Keyword::Format(is_name)])]),
    ("submissions", &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[], is_open: false, others: Some(&[Keyword::AnyOf(&[SUBMISSION, &[Keyword::Type(Types(Types::NULL))]])]) }, Keyword::Names(&[Keyword::AnyOf(&[&[Keyword::MaxLength(63)], &[Keyword::MaxLength(64), Keyword::Format(is_template_name)]]), Keyword::Format(is_name)])]),
], is_open: true, others: None }, Keyword::Required(&["profiles"])];

const PROFILE: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("extends", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]), Keyword::MinItems(1)]])]),
    ("cloudProvider", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::Enum(&[Constant::String("AWS"), Constant::String("GCP"), Constant::String("Azure"), Constant::String("Lambda"), Constant::String("Local"), Constant::Null])]),
    ("region", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("availabilityZone", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("vmType", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]), Keyword::MinItems(1)], &[Keyword::Type(Types(Types::NULL))]])]),
    ("gpuType", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)]), Keyword::MinItems(1)], &[Keyword::Type(Types(Types::NULL))]])]),
    ("credentials", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], AWS_CREDENTIAL, GCP_CREDENTIAL, AZURE_CREDENTIAL, LAMBDA_CREDENTIAL, &[Keyword::Type(Types(Types::NULL))]])]),
    ("inputBucket", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("outputBucket", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("checkpointBucket", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("inputStorageCredentials", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], AWS_CREDENTIAL, GCP_CREDENTIAL, AZURE_CREDENTIAL, LAMBDA_CREDENTIAL, CLOUDFLARE_CREDENTIAL, &[Keyword::Type(Types(Types::NULL))]])]),
    ("outputStorageCredentials", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], AWS_CREDENTIAL, GCP_CREDENTIAL, AZURE_CREDENTIAL, LAMBDA_CREDENTIAL, CLOUDFLARE_CREDENTIAL, &[Keyword::Type(Types(Types::NULL))]])]),
    ("checkpointStorageCredentials", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], AWS_CREDENTIAL, GCP_CREDENTIAL, AZURE_CREDENTIAL, LAMBDA_CREDENTIAL, CLOUDFLARE_CREDENTIAL, &[Keyword::Type(Types(Types::NULL))]])]),
    ("inputStorageRegion", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("outputStorageRegion", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("checkpointStorageRegion", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("minVmCount", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(0), Keyword::Maximum(9223372036854775807)]),
    ("maxVmCount", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(0), Keyword::Maximum(9223372036854775807)]),
    ("spot", &[Keyword::Type(Types(Types::BOOLEAN | Types::NULL))]),
    ("diskSizeGb", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9223372036854775807)]),
    ("diskTier", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::Enum(&[Constant::String("medium"), Constant::String("high"), Constant::String("ultra"), Constant::Null])]),
], is_open: true, others: None }];

const AWS_CREDENTIAL: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("cloudProvider", &[Keyword::Enum(&[Constant::String("AWS")])]),
    ("accessKeyId", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("secretAccessKey", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("sessionToken", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
], is_open: false, others: None }, Keyword::Required(&["cloudProvider","accessKeyId","secretAccessKey"])];

const GCP_CREDENTIAL: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("cloudProvider", &[Keyword::Enum(&[Constant::String("GCP")])]),
    ("projectId", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("privateKey", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("clientEmail", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("billingExportDataset", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
], is_open: false, others: None }, Keyword::Required(&["cloudProvider","projectId","privateKey","clientEmail"])];

const AZURE_CREDENTIAL: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("cloudProvider", &[Keyword::Enum(&[Constant::String("Azure")])]),
    ("applicationId", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("secret", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("directoryId", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("subscriptionId", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
], is_open: false, others: None }, Keyword::Required(&["cloudProvider","applicationId","secret","directoryId","subscriptionId"])];

const LAMBDA_CREDENTIAL: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("cloudProvider", &[Keyword::Enum(&[Constant::String("Lambda")])]),
    ("apiKey", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
], is_open: false, others: None }, Keyword::Required(&["cloudProvider","apiKey"])];

const CLOUDFLARE_CREDENTIAL: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("cloudProvider", &[Keyword::Enum(&[Constant::String("Cloudflare")])]),
    ("accountId", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("apiToken", &[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]),
    ("jurisdiction", &[Keyword::Type(Types(Types::STRING)), Keyword::Enum(&[Constant::String("default"), Constant::String("eu"), Constant::String("fedramp")])]),
], is_open: false, others: None }, Keyword::Required(&["cloudProvider","accountId","apiToken"])];

const SUBMISSION: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("extends", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]), Keyword::MinItems(1)]])]),
    ("profile", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("cloudConfig", &[Keyword::AnyOf(&[CLOUD_CONFIG, &[Keyword::Type(Types(Types::NULL))]])]),
    ("image", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("deployment", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("command", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(&[Keyword::Type(Types(Types::STRING))])]),
    ("env", &[Keyword::Type(Types(Types::OBJECT | Types::NULL)), Keyword::Members { known: &[], is_open: false, others: Some(&[Keyword::Type(Types(Types::STRING))]) }]),
    ("secrets", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(&[Keyword::Type(Types(Types::STRING))])]),
    ("dockerOptions", &[Keyword::AnyOf(&[DOCKER_OPTIONS, &[Keyword::Type(Types(Types::NULL))]])]),
    ("id", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("gpuType", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)]), Keyword::MinItems(1)], &[Keyword::Type(Types(Types::NULL))]])]),
    ("mounts", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(MOUNT)]),
    ("nodes", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)]),
    ("gpusPerNode", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)]),
    ("launch", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::Enum(&[Constant::String("single"), Constant::String("distributed"), Constant::Null])]),
    ("timeLimit", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)]),
    ("resumable", &[Keyword::Type(Types(Types::BOOLEAN | Types::NULL))]),
    ("nodePool", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("fanOut", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(VARIANT)]),
    ("matrix", &[Keyword::AnyOf(&[MATRIX, &[Keyword::Type(Types(Types::NULL))]])]),
    ("exclude", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(VARIANT)]),
], is_open: true, others: None }];

const CLOUD_CONFIG: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("cloudProvider", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::Enum(&[Constant::String("AWS"), Constant::String("GCP"), Constant::String("Azure"), Constant::String("Lambda"), Constant::String("Local"), Constant::Null])]),
    ("region", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("availabilityZone", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("vmType", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)]), Keyword::MinItems(1)], &[Keyword::Type(Types(Types::NULL))]])]),
    ("gpuType", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)]), Keyword::MinItems(1)], &[Keyword::Type(Types(Types::NULL))]])]),
    ("credentials", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], AWS_CREDENTIAL, GCP_CREDENTIAL, AZURE_CREDENTIAL, LAMBDA_CREDENTIAL, &[Keyword::Type(Types(Types::NULL))]])]),
    ("inputBucket", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("outputBucket", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("checkpointBucket", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("inputStorageCredentials", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], AWS_CREDENTIAL, GCP_CREDENTIAL, AZURE_CREDENTIAL, LAMBDA_CREDENTIAL, CLOUDFLARE_CREDENTIAL, &[Keyword::Type(Types(Types::NULL))]])]),
    ("outputStorageCredentials", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], AWS_CREDENTIAL, GCP_CREDENTIAL, AZURE_CREDENTIAL, LAMBDA_CREDENTIAL, CLOUDFLARE_CREDENTIAL, &[Keyword::Type(Types(Types::NULL))]])]),
    ("checkpointStorageCredentials", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::MinLength(1)], AWS_CREDENTIAL, GCP_CREDENTIAL, AZURE_CREDENTIAL, LAMBDA_CREDENTIAL, CLOUDFLARE_CREDENTIAL, &[Keyword::Type(Types(Types::NULL))]])]),
    ("inputStorageRegion", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("outputStorageRegion", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("checkpointStorageRegion", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("minVmCount", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(0), Keyword::Maximum(9223372036854775807)]),
    ("maxVmCount", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(0), Keyword::Maximum(9223372036854775807)]),
    ("spot", &[Keyword::Type(Types(Types::BOOLEAN | Types::NULL))]),
    ("diskSizeGb", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9223372036854775807)]),
    ("diskTier", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::Enum(&[Constant::String("medium"), Constant::String("high"), Constant::String("ultra"), Constant::Null])]),
], is_open: true, others: None }];

const DOCKER_OPTIONS: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("binds", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(&[Keyword::Type(Types(Types::STRING))])]),
    ("cpus", &[Keyword::Type(Types(Types::STRING | Types::NULL))]),
    ("gpus", &[Keyword::Type(Types(Types::STRING | Types::NULL))]),
    ("ipc", &[Keyword::Type(Types(Types::STRING | Types::NULL))]),
    ("memory", &[Keyword::Type(Types(Types::STRING | Types::NULL))]),
    ("network", &[Keyword::Type(Types(Types::STRING | Types::NULL))]),
    ("privileged", &[Keyword::Type(Types(Types::BOOLEAN | Types::NULL))]),
    ("runtime", &[Keyword::Type(Types(Types::STRING | Types::NULL))]),
    ("shmSize", &[Keyword::Type(Types(Types::STRING | Types::NULL))]),
    ("ulimits", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(&[Keyword::Type(Types(Types::STRING))])]),
], is_open: false, others: None }];

const MOUNT: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("name", &[Keyword::Type(Types(Types::STRING))]),
    ("path", &[Keyword::Type(Types(Types::STRING))]),
    ("ro", &[Keyword::Type(Types(Types::BOOLEAN | Types::NULL))]),
], is_open: false, others: None }, Keyword::Required(&["name","path"])];

const VARIANT: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("profile", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("cloudConfig", &[Keyword::AnyOf(&[CLOUD_CONFIG, &[Keyword::Type(Types(Types::NULL))]])]),
    ("image", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("deployment", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("command", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(&[Keyword::Type(Types(Types::STRING))])]),
    ("env", &[Keyword::Type(Types(Types::OBJECT | Types::NULL)), Keyword::Members { known: &[], is_open: false, others: Some(&[Keyword::Type(Types(Types::STRING))]) }]),
    ("secrets", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(&[Keyword::Type(Types(Types::STRING))])]),
    ("dockerOptions", &[Keyword::AnyOf(&[DOCKER_OPTIONS, &[Keyword::Type(Types(Types::NULL))]])]),
    ("id", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
    ("gpuType", &[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)]), Keyword::MinItems(1)], &[Keyword::Type(Types(Types::NULL))]])]),
    ("mounts", &[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(MOUNT)]),
    ("nodes", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)]),
    ("gpusPerNode", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)]),
    ("launch", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::Enum(&[Constant::String("single"), Constant::String("distributed"), Constant::Null])]),
    ("timeLimit", &[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)]),
    ("resumable", &[Keyword::Type(Types(Types::BOOLEAN | Types::NULL))]),
    ("nodePool", &[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)]),
], is_open: true, others: None }];

const MATRIX: Schema = &[Keyword::Type(Types(Types::OBJECT)), Keyword::Members { known: &[
    ("profile", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)])]),
    ("cloudConfig", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::AnyOf(&[CLOUD_CONFIG, &[Keyword::Type(Types(Types::NULL))]])])]),
    ("image", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)])]),
    ("deployment", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)])]),
    ("command", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(&[Keyword::Type(Types(Types::STRING))])])]),
    ("env", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::OBJECT | Types::NULL)), Keyword::Members { known: &[], is_open: false, others: Some(&[Keyword::Type(Types(Types::STRING))]) }])]),
    ("secrets", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(&[Keyword::Type(Types(Types::STRING))])])]),
    ("dockerOptions", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::AnyOf(&[DOCKER_OPTIONS, &[Keyword::Type(Types(Types::NULL))]])])]),
    ("id", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)])]),
    ("gpuType", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::AnyOf(&[&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)], &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING)), Keyword::Format(is_gpu)]), Keyword::MinItems(1)], &[Keyword::Type(Types(Types::NULL))]])])]),
    ("mounts", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::ARRAY | Types::NULL)), Keyword::Items(MOUNT)])]),
    ("nodes", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)])]),
    ("gpusPerNode", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)])]),
    ("launch", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::Enum(&[Constant::String("single"), Constant::String("distributed"), Constant::Null])])]),
    ("timeLimit", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::INTEGER | Types::NULL)), Keyword::Minimum(1), Keyword::Maximum(9007199254740991)])]),
    ("resumable", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::BOOLEAN | Types::NULL))])]),
    ("nodePool", &[Keyword::Type(Types(Types::ARRAY)), Keyword::Items(&[Keyword::Type(Types(Types::STRING | Types::NULL)), Keyword::MinLength(1)])]),
], is_open: false, others: None }];
