//! What the configuration and the command line ask for.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Provider};
use crate::finding::{Finding, Severity};
use crate::rules::{self, Rule};

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
    /// Whether the profiles are going to be used. Then nothing may hide that they can't be told from the text.
    pub resolves: bool,
}

/// The rules whose findings leave no way to tell what a profile is: unreadable text, a value of the wrong
/// type, a base that is not there.
const ESSENTIAL: [&str; 9] =
    ["AC001", "AC002", "AC003", "AC004", "AC005", "AC006", "AC102", "AC201", "AC202"];

/// The rules that say that a text can't be read. They run whatever is selected, unless they are ignored.
const UNREADABLE: [&str; 4] = ["AC001", "AC003", "AC004", "AC005"];

impl Settings {
    /// Whether a rule runs.
    pub fn is_enabled(&self, rule: &Rule) -> bool {
        if self.is_needed(rule) {
            return true;
        }
        let any = |selectors: &[String]| selectors.iter().any(|selector| rules::selects(selector, rule));
        // A text that can't be read has not been checked for anything else either, so it is never clean.
        let is_selected = self.select.is_empty() || UNREADABLE.contains(&rule.code) || any(&self.select);
        is_selected && !any(&self.ignore)
    }

    /// Whether a rule runs whatever the configuration and the comments in the file say.
    pub fn is_needed(&self, rule: &Rule) -> bool {
        self.resolves && ESSENTIAL.contains(&rule.code)
    }

    /// Gives a finding the severity that is asked for.
    pub fn adjust(&self, finding: &mut Finding) {
        if self.is_needed(finding.rule) {
            return;
        }
        let asked = self.severity.iter().rev().find(|(selector, _)| rules::selects(selector, finding.rule));
        if let Some((_, severity)) = asked {
            finding.severity = *severity;
        }
    }
}
