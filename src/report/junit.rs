//! JUnit XML, for Jenkins and whatever else shows tests: a file is a suite, a finding a failing case.

use std::io;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use termcolor::WriteColor;

use super::{Checked, Run, message_with_help};
use crate::finding::Finding;
use crate::shown;

pub(super) fn write(run: &Run<'_>, out: &mut dyn WriteColor) -> io::Result<()> {
    let mut report = Report::new(env!("CARGO_PKG_NAME"));
    for checked in run.files {
        let file = run.file_name(checked);
        let mut suite = TestSuite::new(file.as_str());
        suite.add_test_cases(checked.findings.iter().map(|finding| failing(checked, &file, finding)));
        if checked.findings.is_empty() {
            let mut case = TestCase::new("no findings", TestCaseStatus::success());
            case.set_classname(file.as_str());
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    report.serialize(out).map_err(io::Error::other)
}

fn failing(checked: &Checked, file: &str, finding: &Finding) -> TestCase {
    let at = checked.source.position(finding.span.start);
    let (rule, severity) = (finding.rule, finding.severity.name());
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(severity).set_message(shown::line(&finding.message)).set_description(shown::defused(
        &format!(
            "{file}:{}:{}: {severity}[{}]: {}\n{}",
            at.line,
            at.column,
            rule.code,
            message_with_help(finding),
            rule.url(),
        ),
    ));
    let name = format!("{} {} at {}:{}", rule.code, rule.name, at.line, at.column);
    let mut case = TestCase::new(name, status);
    case.set_classname(file);
    case
}
