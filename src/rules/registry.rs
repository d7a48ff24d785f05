//! Every rule, in the order of the codes: one line a rule.

use super::Rule;

/// All rules.
pub const ALL: &[&Rule] = &[
    &super::yaml_syntax::RULE,
    &super::duplicate_key::RULE,
    &super::unsupported_document::RULE,
    &super::encoding::RULE,
    &super::limit::RULE,
    &super::yaml11_boolean::RULE,
    &super::unknown_field::RULE,
    &super::wrong_type::RULE,
    &super::invalid_value::RULE,
    &super::missing_field::RULE,
    &super::invalid_profile_name::RULE,
    &super::unknown_base::RULE,
    &super::inheritance_cycle::RULE,
    &super::redundant_override::RULE,
    &super::null_clears_nothing::RULE,
    &super::unused_template::RULE,
    &super::duplicate_base::RULE,
    &super::gpu_vm_conflict::RULE,
    &super::vm_count_range::RULE,
    &super::duplicate_fallback::RULE,
    &super::plaintext_secret::RULE,
    &super::storage_only_provider::RULE,
    &super::storage_without_bucket::RULE,
    &super::same_bucket::RULE,
    &super::unused_suppression::RULE,
    &super::unknown_rule::RULE,
];
