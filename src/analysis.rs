//! A text and all that is known of it, owned together: made once, asked as often as one likes.

use std::sync::{Arc, OnceLock};

use crate::Settings;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};
use crate::profile::Subjects;
use crate::rule::Rule;
use crate::rules::{self, Check, Context, Parsed};
use crate::secret::Secrets;
use crate::source::Source;
use crate::suppress::Suppressions;
use crate::yaml::{self, Tree};

/// A text that was read, checked and resolved. It can be kept, and shared between threads.
#[derive(Debug)]
pub struct Analysis {
    source: Source,
    settings: Arc<Settings>,
    facts: Option<Facts>,
    findings: Vec<Finding>,
    secrets: OnceLock<Secrets>,
    masked: OnceLock<String>,
}

impl Analysis {
    /// Reads, checks and resolves a text.
    pub fn new(source: Source, settings: &Arc<Settings>) -> Self {
        Self::by(rules::ALL, source, settings)
    }

    /// The same, by these rules.
    pub(crate) fn by(rules: &[(&Rule, Check)], source: Source, settings: &Arc<Settings>) -> Self {
        let (tree, problems) =
            if source.flaw().is_some() { (None, Vec::new()) } else { yaml::parse(&source) };
        let mut suppressions = Suppressions::read(&source, tree.as_ref(), rules::find);
        let mut findings = Vec::new();
        let enabled = || rules.iter().filter(|(rule, _)| settings.is_enabled(rule));
        let parsed =
            Parsed { source: &source, tree: tree.as_ref(), problems: &problems, suppressions: &suppressions };
        for (_, check) in enabled() {
            if let Check::Text(check) | Check::Both(check, _) = check {
                check(&parsed, &mut findings);
            }
        }
        let facts = tree.map(|tree| Facts::new(tree, problems, settings));
        if let Some(facts) = &facts {
            let context = Context::new(facts);
            for (_, check) in enabled() {
                if let Check::Document(check) | Check::Both(_, check) = check {
                    check(&context, &mut findings);
                }
            }
        }
        suppressions.silence(&mut findings, settings);
        let mut unused = Vec::new();
        for (_, check) in enabled() {
            if let Check::Suppressions(check) = check {
                check(&suppressions, settings, &mut unused);
            }
        }
        suppressions.silence(&mut unused, settings);
        findings.append(&mut unused);
        let settings = Arc::clone(settings);
        let (secrets, masked) = (OnceLock::new(), OnceLock::new());
        let mut analysis = Self { source, settings, facts, findings, secrets, masked };
        analysis.tidy();
        analysis
    }

    /// Puts the findings in order, one for each cause, and takes out of them what must not be shown.
    fn tidy(&mut self) {
        let mut findings = std::mem::take(&mut self.findings);
        if findings.is_empty() {
            return;
        }
        // Many profiles may merge one mapping, or use one alias: what is wrong with it is one cause. Findings
        // are made in the order of the profiles, so the first profile stays.
        findings
            .sort_by(|one, other| (one.span.start, one.rule.code).cmp(&(other.span.start, other.rule.code)));
        findings.dedup_by(|next, first| {
            next.rule == first.rule && next.span == first.span && next.message == first.message
        });
        for finding in &mut findings {
            self.settings.adjust(finding);
            self.secrets().seal(&self.source, finding);
        }
        self.findings = findings;
    }

    /// The text.
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// What it was analysed with.
    pub const fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// The document; nothing where the text could not be read, or its root is no mapping.
    pub fn tree(&self) -> Option<&Tree> {
        self.facts().map(Facts::tree)
    }

    /// What is known of the document, where there is one.
    pub const fn facts(&self) -> Option<&Facts> {
        self.facts.as_ref()
    }

    /// The profiles and the like, where there is a document. They are worth using only if no finding is an error.
    pub fn subjects(&self) -> Option<&Subjects> {
        self.facts().map(Facts::subjects)
    }

    /// The findings, in the order of the text.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings alone.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Whether a finding is an error: then the profiles resolve to nothing.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Everything secret in the text.
    pub fn secrets(&self) -> &Secrets {
        self.secrets.get_or_init(|| Secrets::find(&self.source, self.tree()))
    }

    /// The text with everything secret in it masked, to show lines of. Offsets are those of the text.
    pub fn masked(&self) -> &str {
        self.masked.get_or_init(|| self.secrets().masked(&self.source))
    }
}

/// Reads, checks and resolves a text.
pub fn analyse(source: &Source, settings: &Settings) -> Analysis {
    Analysis::new(source.clone(), &Arc::new(settings.clone()))
}

/// The findings of a text, in its order.
pub fn lint(source: &Source, settings: &Settings) -> Vec<Finding> {
    analyse(source, settings).into_findings()
}

/// Whether a file with these findings resolves to nothing.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
