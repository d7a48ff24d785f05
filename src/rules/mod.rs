//! The rules: one file each, with its documentation, its examples and its check.

mod clash;
mod command_string;
mod context;
mod deployment_field;
mod docker_option;
mod duplicate_job_name;
mod env_name;
mod env_value;
mod fan_out_and_matrix;
#[cfg(test)]
mod guide;
mod hardware;
mod image;
mod image_or_deployment;
mod image_reference;
mod image_tag;
mod jobs;
mod keys;
mod matrix_axis;
mod mount_path;
mod nodes_not_distributed;
mod own_settings;
mod registry;
mod same_job;
mod shared_output;
mod unknown_profile;
mod unused_exclude;
mod words;

mod ambiguous_credentials;
mod bucket_name;
mod duplicate_base;
mod duplicate_fallback;
mod duplicate_key;
mod encoding;
mod gpu_count;
mod gpu_provider;
mod gpu_region;
mod gpu_vm_conflict;
mod inheritance_cycle;
mod invalid_profile_name;
mod invalid_value;
mod limit;
mod missing_field;
mod null_clears_nothing;
mod plaintext_secret;
mod provider_conflict;
mod redundant_override;
mod same_bucket;
mod spot_unsupported;
mod storage_only_provider;
mod storage_region;
mod storage_without_bucket;
mod target_sdk;
mod unknown_base;
mod unknown_credential;
mod unknown_field;
mod unknown_gpu;
mod unknown_region;
mod unknown_rule;
mod unknown_vm_type;
mod unsupported_document;
mod unused_suppression;
mod unused_template;
mod vm_count_range;
mod vm_type_region;
mod wrong_type;
mod yaml11_boolean;
mod yaml_syntax;
mod zone_region;
mod zone_without_region;

pub use context::{Context, Parsed};
pub use registry::ALL;

use crate::Settings;
use crate::finding::Finding;
use crate::rule::Rule;
use crate::suppress::Suppressions;

/// When a rule runs, and on what.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// On any text, readable or not.
    Text(fn(&Parsed<'_>, &mut Vec<Finding>)),
    /// On a document whose root is a mapping.
    Document(fn(&Context<'_>, &mut Vec<Finding>)),
    /// On any text, and again on a document whose root is a mapping.
    Both(fn(&Parsed<'_>, &mut Vec<Finding>), fn(&Context<'_>, &mut Vec<Finding>)),
    /// On the suppressions, once they have silenced what the other rules found.
    Suppressions(fn(&Suppressions<'_>, &Settings, &mut Vec<Finding>)),
}

/// What all rules are called and say, in the order of the codes.
pub fn all() -> impl ExactSizeIterator<Item = &'static Rule> + Clone {
    ALL.iter().map(|(rule, _)| *rule)
}

/// The rule with this code or name, whatever its case.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.is_called(code_or_name))
}

/// Whether a selector means any rule.
pub fn selects_any(selector: &str) -> bool {
    all().any(|rule| rule.is_selected_by(selector))
}

/// The rule name or code nearest to a word that is none.
pub fn closest(word: &str) -> Option<&'static str> {
    crate::suggest::closest(word, all().flat_map(|rule| [rule.name, rule.code]))
}
