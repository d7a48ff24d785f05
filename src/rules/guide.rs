//! Holds the guide to a new rule in CONTRIBUTING.md to what it promises.

use std::sync::Arc;

use super::Check::Document;
use super::Context;
use crate::finding::Finding;
use crate::source::Source;
use crate::{Analysis, Settings};

/// The guide to a new rule, and the rule that it makes.
const GUIDE: &str = include_str!("../../CONTRIBUTING.md");
const FILE: &str = include_str!("../../tests/data/huge_minimum.rs");

#[path = "../../tests/data/huge_minimum.rs"]
mod huge_minimum;

/// What a text indented by three columns says, as the guide shows it in its list.
fn shown(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".into() } else { format!("   {line}\n") }).collect()
}

#[test]
fn the_guide_to_a_new_rule_leads_to_a_rule() {
    assert!(GUIDE.contains(&shown(FILE)), "CONTRIBUTING.md does not show tests/data/huge_minimum.rs");
    assert!(GUIDE.contains(&shown("(&super::huge_minimum::RULE, Document(super::huge_minimum::check)),")));
    let rule = (&huge_minimum::RULE, Document(huge_minimum::check));
    let lint = |text: &str| {
        let source = Source::new("ac311-what-happens.yaml", text);
        let analysis = Analysis::by(&[rule], source, &Arc::new(Settings::default()));
        let expected = |finding: &Finding| {
            let (start, end) = (finding.span.start, finding.span.end);
            let position = |offset| analysis.source().position(offset);
            let (start, end) = (position(start), position(end));
            let path = finding.path().unwrap_or_default();
            let fix = finding.fix.as_ref().map_or("none", |fix| fix.applicability.name());
            format!(
                "{} {}:{}-{}:{} {path} {fix}\n",
                finding.rule.code, start.line, start.column, end.line, end.column
            )
        };
        analysis.findings().iter().map(expected).collect::<String>()
    };
    let docs = huge_minimum::RULE.docs();
    assert!(GUIDE.contains(&format!("```text\n{}   ```", shown(&lint(docs.bad)))), "{}", lint(docs.bad));
    assert_eq!(lint(docs.good), "");
}
