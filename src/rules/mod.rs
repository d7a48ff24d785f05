//! The rules: one file each, with its documentation, its examples and its check.

mod clash;
mod context;
pub mod page;
mod registry;
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
mod unknown_base;
mod unknown_credential;
mod unknown_field;
mod unknown_gpu;
mod unknown_region;
pub(crate) mod unknown_rule;
mod unknown_vm_type;
mod unsupported_document;
pub(crate) mod unused_suppression;
mod unused_template;
mod vm_count_range;
mod vm_type_region;
mod wrong_type;
mod yaml11_boolean;
mod yaml_syntax;
mod zone_region;
mod zone_without_region;

pub use context::{Context, Parsed, PoolEntry};
pub use registry::ALL;

use crate::catalog::Provider;
use crate::finding::{Applicability, Finding, Severity};

/// A rule: what it is called, what it says, and how it finds out.
#[derive(Debug)]
pub struct Rule {
    /// The stable code, such as `AC301`.
    pub code: &'static str,
    /// The stable name, such as `gpu-vm-conflict`.
    pub name: &'static str,
    /// The severity unless a finding or the configuration says otherwise.
    pub severity: Severity,
    /// Whether it can repair what it finds, and how surely.
    pub fix: Option<Applicability>,
    /// What it reports, in one line.
    pub summary: &'static str,
    /// What it does, why it matters and what to do instead, in Markdown.
    pub explanation: &'static str,
    /// A file that triggers the rule and nothing else.
    pub bad: &'static str,
    /// The same file put right.
    pub good: &'static str,
    /// The saved credentials that the configuration lists in the examples; none: it has no such list.
    pub example_credentials: &'static [(&'static str, Provider)],
    /// How it finds out.
    pub check: Check,
}

/// When a rule runs, and on what.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// On any text, readable or not.
    Text(fn(&Parsed<'_>, &mut Vec<Finding>)),
    /// On a document whose root is a mapping.
    Document(fn(&Context<'_>, &mut Vec<Finding>)),
    /// On the suppressions, once everything else is known.
    Suppressions,
}

impl Rule {
    /// Where the rule is documented.
    pub fn url(&self) -> String {
        format!("{DOCS}/{}.md", self.name)
    }
}

/// The folder of the rules' pages.
const DOCS: &str = "https://github.com/anycloud-lint/anycloud-lint/blob/main/docs/rules";

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

/// The rule with this code or name, whatever its case.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    let wanted = |rule: &&&Rule| {
        rule.code.eq_ignore_ascii_case(code_or_name) || rule.name.eq_ignore_ascii_case(code_or_name)
    };
    ALL.iter().find(wanted).copied()
}

/// Whether a selector means a rule: its code, its name, or the beginning of its code (`AC`, `AC3`, `AC30`).
pub fn selects(selector: &str, rule: &Rule) -> bool {
    let is_prefix = selector.len() >= 2
        && rule.code.get(..selector.len()).is_some_and(|start| start.eq_ignore_ascii_case(selector));
    is_prefix || rule.name.eq_ignore_ascii_case(selector)
}

/// The rule name or code nearest to a word that is none.
pub fn closest(word: &str) -> Option<&'static str> {
    let names = ALL.iter().flat_map(|rule| [rule.name, rule.code]);
    crate::suggest::closest(word, names)
}
