//! What the configuration and the command line ask for.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Provider};
use crate::finding::{Finding, Severity};
use crate::rule::{Kind, Rule};
use crate::sdk::Sdk;

/// Which rules run, how bad their findings are, and what is known beyond the file.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The selectors of the rules that run; all of them if empty.
    pub select: Vec<String>,
    /// The selectors of the rules that don't.
    pub ignore: Vec<String>,
    /// Severities by selector; the last one that fits counts.
    pub severity: Vec<(String, Severity)>,
    /// What the clouds offer, the configuration's additions included.
    pub catalog: Catalog,
    /// The saved credentials and their providers, if they are known.
    pub credentials: Option<BTreeMap<String, Provider>>,
    /// The SDK that the files are for, if they are for one.
    pub sdk: Option<Sdk>,
    /// Whether the profiles are going to be used. Then nothing may hide that they can't be told from the text.
    pub resolves: bool,
}

impl Settings {
    /// Whether a rule runs.
    pub fn is_enabled(&self, rule: &Rule) -> bool {
        if self.is_needed(rule) {
            return true;
        }
        let any = |selectors: &[String]| selectors.iter().any(|selector| rule.is_selected_by(selector));
        // A text that can't be read has not been checked for anything else either, so it is never clean.
        let is_selected = self.select.is_empty() || rule.kind == Kind::Unreadable || any(&self.select);
        is_selected && !any(&self.ignore)
    }

    /// Whether a rule runs whatever the configuration and the comments in the file say.
    pub fn is_needed(&self, rule: &Rule) -> bool {
        self.resolves && rule.kind.is_essential()
    }

    /// Gives a finding the severity that is asked for.
    pub fn adjust(&self, finding: &mut Finding) {
        if self.is_needed(finding.rule) {
            return;
        }
        let asked = self.severity.iter().rev().find(|(selector, _)| finding.rule.is_selected_by(selector));
        if let Some((_, severity)) = asked {
            finding.severity = *severity;
        }
    }
}
