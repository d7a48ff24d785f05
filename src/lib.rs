//! The compiler and linter of `anycloud.yaml` deployment profiles.
//!
//! [`analyse`] is the whole of it: text in, findings and resolved profiles out. The command line, the
//! benches and the tests all call it.
//!
//! ```
//! use anycloud_lint::{Settings, lint, source::Source};
//!
//! let source = Source::new("anycloud.yaml", "profiles:\n  train:\n    vm_type: g6e.xlarge\n");
//! let findings = lint(&source, &Settings::default());
//! assert_eq!(findings[0].rule.name, "unknown-field");
//! ```

pub mod baseline;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod diff;
pub mod edit;
pub mod finding;
pub mod fingerprint;
pub mod fix;
pub mod inference;
pub mod normal;
pub mod profile;
pub mod report;
pub mod resolve;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod secret;
mod settings;
pub mod source;
pub mod suggest;
pub mod suppress;
pub mod yaml;

pub use settings::Settings;

use finding::{Finding, Severity};
use profile::Profiles;
use rules::{Check, Context, Parsed};
use source::Source;

/// Reads, checks and resolves a text, and hands the findings and the profiles to `finish`.
///
/// The findings are in the order of the text. The profiles are missing where the text is no mapping; they
/// are worth using only if no finding is an error.
pub fn analyse<R>(
    source: &Source,
    settings: &Settings,
    finish: impl FnOnce(Vec<Finding>, Option<&Profiles<'_>>) -> R,
) -> R {
    let (tree, problems) = if source.flaw().is_some() { (None, Vec::new()) } else { yaml::parse(source) };
    let mut findings = Vec::new();
    let parsed = Parsed { source, tree: tree.as_ref(), problems: &problems };
    for (_, check) in rules::ALL.iter().filter(|(rule, _)| settings.is_enabled(rule)) {
        if let Check::Text(check) = check {
            check(&parsed, &mut findings);
        }
    }
    let Some(tree) = &tree else {
        tidy(source, None, settings, &mut findings);
        return finish(findings, None);
    };
    let mismatches = schema::check(tree);
    let profiles = Profiles::new(tree);
    let context = Context::new(&profiles, &mismatches, &problems, settings);
    for (_, check) in rules::ALL.iter().filter(|(rule, _)| settings.is_enabled(rule)) {
        if let Check::Document(check) = check {
            check(&context, &mut findings);
        }
    }
    suppress::apply(tree, &mut findings, settings);
    tidy(source, Some(tree), settings, &mut findings);
    finish(findings, Some(&profiles))
}

/// The findings of a text, in its order.
pub fn lint(source: &Source, settings: &Settings) -> Vec<Finding> {
    analyse(source, settings, |findings, _| findings)
}

/// Whether a file with these findings resolves to nothing.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Puts the findings in order, one for each cause, and takes out of them what must not be shown.
fn tidy(source: &Source, tree: Option<&yaml::Tree<'_>>, settings: &Settings, findings: &mut Vec<Finding>) {
    if findings.is_empty() {
        return;
    }
    // Many profiles may merge one mapping, or use one alias: what is wrong with it is one cause. Findings
    // are made in the order of the profiles, so the first profile stays.
    findings.sort_by(|one, other| (one.span.start, one.rule.code).cmp(&(other.span.start, other.rule.code)));
    findings.dedup_by(|next, first| {
        next.rule == first.rule && next.span == first.span && next.message == first.message
    });
    let redactor = secret::Redactor::new(source, &secret::find(source, tree));
    for finding in findings {
        settings.adjust(finding);
        let redact = |text: &mut String| *text = redactor.redact(text);
        redact(&mut finding.message);
        finding.help.iter_mut().for_each(redact);
        finding.labels.iter_mut().for_each(|label| redact(&mut label.message));
        finding.path.iter_mut().for_each(redact);
        finding.profile.iter_mut().for_each(redact);
    }
}
